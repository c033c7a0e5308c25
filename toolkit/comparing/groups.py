"""Plans by region, kind, year, deprivation, or anything else that is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.comparing.context import context
from toolkit.errors import InvalidInput, UnknownName
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd

GROUPINGS = ("region", "kind", "year", "deprivation", "ics")
UNKNOWN = "not known"


def by_group(totals: pd.DataFrame, plans: pd.DataFrame, by: str = "region", *, parts: int = 4) -> pd.DataFrame:
    """Return the table `groups`: shares by region, kind, year (of start), deprivation or ics.

    Deprivation cuts the ICSs of England, not the plans at hand, into `parts` of equal number by the official IMD 2025
    average score: `1 (most deprived)` to `parts (least deprived)`. `by` may also name a column of `plans`. A plan
    whose group is not known is in the group `not known`, so that the groups sum to the whole. Group shares divide
    sums of points by sums of points that could be had.
    """
    labels = _labels(plans, by, parts)
    known = totals.dropna(subset=["share"]).assign(group=lambda t: t["plan_id"].map(labels).fillna(UNKNOWN))
    rows = []
    order = totals[["framework", "theme"]].drop_duplicates()
    for framework, theme in order.itertuples(index=False):
        part = known[(known["framework"] == framework) & (known["theme"] == theme)]
        for group, of_group in part.groupby("group"):
            points, available, shares = of_group["points"].sum(), of_group["available"].sum(), of_group["share"]
            rows.append(
                {
                    "grouping": by,
                    "group": group,
                    "framework": framework,
                    "theme": theme,
                    "plans": len(of_group),
                    "points": points,
                    "available": available,
                    "share": points / available if available else None,
                    "share_median": shares.median(),
                    "share_lowest": shares.min(),
                    "share_highest": shares.max(),
                }
            )
    return table("groups", rows)


def _labels(plans: pd.DataFrame, by: str, parts: int) -> pd.Series:
    """Return the group of each plan, indexed by plan id; missing where it is not known."""
    indexed = plans.set_index("plan_id")
    if by == "region":
        known = context().set_index("ods_code")["nhs_region"]
        return indexed["ics_code"].map(known)
    if by == "deprivation":
        return indexed["ics_code"].map(_deprivation_parts(parts))
    column = {"kind": "kind", "year": "year_start", "ics": "ics_code"}.get(by, by)
    if column not in indexed.columns:
        raise UnknownName("grouping", by, (*GROUPINGS, *indexed.columns))
    return indexed[column].astype("string")


def _deprivation_parts(parts: int) -> pd.Series:
    if not 2 <= parts <= 42:
        raise InvalidInput("groups", [f"parts is {parts}; give 2 to 42"])
    score = context().set_index("ods_code")["imd2025_average_score"]
    place = score.rank(ascending=False, method="first").sub(1).mul(parts).floordiv(len(score)).add(1).astype(int)
    names = {1: f"1 of {parts} (most deprived)", parts: f"{parts} of {parts} (least deprived)"}
    return place.map(lambda n: names.get(n, f"{n} of {parts}"))
