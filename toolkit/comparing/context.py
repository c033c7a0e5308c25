"""Context of England's integrated care boards: population, deprivation, health."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from toolkit.errors import UnknownName
from toolkit.schema import check
from toolkit.schema.catalogue import TABLES

if TYPE_CHECKING:
    import pandas as pd

BOUNDARIES = ("2024", "2026")
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0 (ONS, MHCLG, NHS). "
    "Contains OS data © Crown copyright and database right. IMD 2019 average scores: mySociety, CC BY 4.0."
)
_SUMMED = ("population_mid2020", "population_census2021", "lsoas2021")
_NAMES = ("ods_code", "icb_code", "name", "nhs_region")


def context(boundaries: str = "2024") -> pd.DataFrame:
    """Return the table `context`: one row per board, in the order of ODS codes, with its population and deprivation.

    `boundaries` "2024" are the 42 boards of July 2022 to March 2026; "2026" are the 36 boards from 1 April 2026, whose
    values are computed from those of 2024: `basis` says which rows are `as published`, `summed` from whole boards, or
    `partly inferred` because a board was split. `attrs["attribution"]` must go with anything that is published.
    Sources and caveats: toolkit/comparing/data/SOURCES.md.
    """
    if str(boundaries) not in BOUNDARIES:
        raise UnknownName("boundaries", str(boundaries), BOUNDARIES)
    frame = _read("icb_context.csv").assign(basis="as published")
    if str(boundaries) == "2026":
        frame = _of_2026(frame, _read("icb_2026.csv"))
    frame = frame.astype({c.name: c.dtype for c in TABLES["context"].columns})[TABLES["context"].names]
    frame.attrs["attribution"] = ATTRIBUTION
    return check("context", frame)


def _read(name: str) -> pd.DataFrame:
    import pandas as pd

    with files("toolkit.comparing").joinpath("data", name).open("rb") as source:
        return pd.read_csv(source)


def _of_2026(old: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    by_code = old.set_index("ods_code")
    averaged = [c for c in by_code.columns if c not in (*_NAMES, *_SUMMED, "imd2025_rank", "basis")]
    rows = []
    for code, group in parts.groupby("ods_code", sort=True):
        sources = by_code.loc[group["predecessor"]].reset_index(drop=True)
        share = (group["lsoas2021"] / group["lsoas2021_of_predecessor"]).reset_index(drop=True)
        people = sources["population_census2021"] * share
        row = {"ods_code": code, **group.iloc[0][["icb_code", "name", "nhs_region"]].to_dict()}
        row |= {c: round(float((sources[c] * share).sum())) for c in _SUMMED}
        row |= {c: float((sources[c] * people).sum() / people.sum()) for c in averaged}
        whole = "as published" if len(group) == 1 else "summed"
        row["basis"] = whole if (share == 1).all() else "partly inferred"
        rows.append(row)
    return pd.DataFrame(rows).assign(imd2025_rank=None)  # ranks are among 42 boards, not among 36
