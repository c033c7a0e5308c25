"""The drawings of the report's overview as numbers for its template: hexagons of the systems, bars of the ranking."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

from toolkit.publishing.quotes import rows_of
from toolkit.publishing.report.views import anchor
from toolkit.records import Results, share_text

if TYPE_CHECKING:
    import pandas as pd

_SIZE = 34.0  # of a hexagon, centre to corner
_SHADES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Hexagon:
    """A system on the map: where it stands, what is written on it, and the plan it leads to (None without one)."""

    x: float
    y: float
    points: str
    name: str
    short: str
    mark: str
    shade: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HexMap:
    """The map of the 42 systems: hexagons, size of the drawing, text alternative, and where its outlines are from."""

    hexagons: tuple[Hexagon, ...]
    width: float
    height: float
    says: str
    source: str


def hex_map(results: Results, framework: str) -> HexMap | None:
    """Return the map of a framework's overall shares; None when no plan is of one of the 42 systems."""
    from toolkit.publishing.charts.geography import ATTRIBUTION, map_data, map_text

    data = map_data(results, framework=framework)
    if not (data["state"] != "no plan").any():
        return None
    plans = {r["ics_code"]: r["plan_id"] for r in reversed(rows_of(results.plans)) if r["ics_code"]}
    x0, y0 = float(data["hex_x"].min()) - 1, float(data["hex_y"].max()) + 1.1
    edges = _edges(data)
    hexagons = tuple(
        _hexagon(row, (row["hex_x"] - x0) * _SIZE, (y0 - row["hex_y"]) * _SIZE, plans.get(row["ods_code"]), edges)
        for row in rows_of(data)
    )
    return HexMap(
        hexagons=hexagons,
        width=round((float(data["hex_x"].max()) + 1 - x0) * _SIZE),
        height=round((y0 - float(data["hex_y"].min()) + 1.1) * _SIZE),
        says=map_text(data),
        source=ATTRIBUTION,
    )


def _hexagon(row: dict[str, Any], x: float, y: float, plan: str | None, edges: tuple[float, float]) -> Hexagon:
    corners = ((x + 0.97 * _SIZE * sin(n * pi / 3), y + 0.97 * _SIZE * cos(n * pi / 3)) for n in range(6))
    share, (low, high) = row["share"], edges
    shade = "none" if row["state"] == "no plan" else "silent"
    if share is not None:
        shade = str(1 + min(_SHADES - 1, int(_SHADES * (share - low) / (high - low)))) if high > low else "2"
    return Hexagon(
        x=round(x, 1),
        y=round(y, 1),
        points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners),
        name=row["name"],
        short=row["short_name"],
        mark={"no plan": "–", "no share": "?"}.get(row["state"]) or share_text(share, 1),
        shade=shade,
        link=anchor(plan=plan) if plan else None,
    )


def _edges(data: pd.DataFrame) -> tuple[float, float]:
    known = data["share"].dropna()
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A line of the ranking: its figures as text, the values they sort by, and its bar (0-100, None without one)."""

    plan: str
    anchor: str
    label: str
    figures: dict[str, str]
    values: dict[str, float | None]


def ranking(results: Results, framework: str) -> tuple[Ranked, ...]:
    """Return the plans of a framework by overall share, those without one last."""
    from toolkit.publishing.charts.ranking import ranking_data
    from toolkit.publishing.report.views import figures

    names = ("share", "share_expected", "share_low", "share_high", "rank", "rank_low", "band")
    return tuple(
        Ranked(
            plan=row["plan_id"],
            anchor=anchor(plan=row["plan_id"]),
            label=row["label"],
            figures=figures(row),
            values={n: None if row[n] is None else round(100 * row[n] if "share" in n else row[n], 2) for n in names},
        )
        for row in rows_of(ranking_data(results, framework=framework))
    )
