"""The 42 systems of England (boundaries of 2024): hexagons of equal size, and the areas themselves."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import cos, radians, sqrt
from typing import TYPE_CHECKING, Any

from toolkit.plans.icbs import icbs
from toolkit.publishing.charts.canvas import INK, PAPER, POINTS, Chart, canvas, text_width, theme, wrapped
from toolkit.publishing.charts.scatter import list_height, place_labels
from toolkit.publishing.charts.source import described, extremes, table_of
from toolkit.publishing.labels import OVERALL, choose_framework, count, theme_title
from toolkit.publishing.quotes import rows_of
from toolkit.records import Results, share_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

ATTRIBUTION = (
    "Areas: ONS, Open Government Licence v3.0; contains OS data © Crown copyright and database right. "
    "Hexagon layout: Open Innovations, MIT. Short names are not official."
)
_CLASSES = ("#ADD1F1", "#6BACE6", "#2073BC", "#12436D")
_INKS = (INK, INK, PAPER, PAPER)
_SILENT = {"no share": ("?", "/////"), "no plan": ("–", "")}


def map_data(run: Results, *, theme: str = OVERALL, framework: str | None = None) -> pd.DataFrame:
    """Return a row per system (42): ods_code, name, short_name, region, state, share (0-1), plans, hexagon, point.

    `share` is the mean over the system's plans that have one (`plans` of them); `state` is scored, `no share` (a plan
    that could not be scored) or `no plan`. `attrs["off_map"]` counts plans whose system is not one of the 42.
    """
    chosen = choose_framework(run, framework)
    own = run.totals[(run.totals["framework"] == chosen) & (run.totals["theme"] == theme)]
    plans = run.plans[["plan_id", "ics_code"]].merge(own[["plan_id", "share"]], on="plan_id", how="left")
    grouped = plans.groupby("ics_code")["share"].agg(["mean", "count", "size"])
    systems = icbs()
    data = systems[["ods_code", "short_name", "abbrev_suggested", "nhs_region"]].copy()
    data.columns = ["ods_code", "name", "short_name", "region"]
    data["theme"] = theme_title(run, chosen, theme)
    matched = grouped.reindex(data["ods_code"]).reset_index()
    data["plans"] = matched["count"].fillna(0).astype("Int64")
    data["share"] = matched["mean"].astype("Float64")
    there = matched["size"].fillna(0) > 0
    data["state"] = [
        "scored" if n else "no share" if t else "no plan" for n, t in zip(data["plans"], there, strict=True)
    ]
    rows, columns = systems["hex_r"].astype(int), systems["hex_q"].astype(int)
    data["hex_x"] = sqrt(3) * (columns + 0.5 * (rows % 2))
    data["hex_y"] = 1.5 * rows
    data["longitude"], data["latitude"] = systems["label_long"], systems["label_lat"]
    off = int((~plans["ics_code"].isin(data["ods_code"])).sum())
    described(data, run, chosen).attrs["off_map"] = off
    data.attrs["source"] += f" {ATTRIBUTION}"
    return data


def map_text(data: pd.DataFrame) -> str:
    """Return in a sentence or two what the map shows, silences and plans off the map counted."""
    states, known = data["state"].value_counts(), data.dropna(subset=["share"])
    says = f"{count(len(known), 'system')} of {len(data)} with a share of points"
    if len(known):
        low, high = (f"{share_text(row['share'], 1)} ({row['name']})" for row in extremes(known, "share"))
        says += f", from {low} to {high}" if len(known) > 1 else f": {low}"
    for state, words in (("no share", "with a plan that could not be scored"), ("no plan", "without a plan")):
        says += f"; {states[state]} {words}" if states.get(state, 0) else ""
    off = data.attrs.get("off_map", 0)
    return f"{says}." + (f" {count(off, 'plan')} of another or unknown system not shown." if off else "")


def hexmap_chart(
    run: Results | pd.DataFrame, *, theme: str = OVERALL, framework: str | None = None, title: str | None = None
) -> Chart:
    """Return the 42 systems as hexagons of equal size, each with its short name and its number; full names beside."""
    return _map(table_of(run, lambda r: map_data(r, theme=theme, framework=framework)), title, "hexagons")


def boundary_chart(
    run: Results | pd.DataFrame, *, theme: str = OVERALL, framework: str | None = None, title: str | None = None
) -> Chart:
    """Return the 42 systems as areas, London again enlarged, each with its short name and its number."""
    return _map(table_of(run, lambda r: map_data(r, theme=theme, framework=framework)), title, "areas")


def _map(data: pd.DataFrame, title: str | None, kind: str) -> Chart:
    name = str(data["theme"].iloc[0])
    head = title or f"Share of points by system: {name[:1].lower() + name[1:]}"
    edges = _edges(data["share"].dropna().astype(float).tolist())
    names = _names(data)
    with theme():
        size = (12.0, max(9.6, list_height(names)))
        figure, ax = canvas(data, head, map_text(data), size=size, key=_key(data, edges), names=names)
        ax.set_aspect("equal" if kind == "hexagons" else 1 / cos(radians(53)))
        ax.set_axis_off()
        (_hexagons if kind == "hexagons" else _areas)(ax, data, edges)
    return figure


def _edges(shares: list[float]) -> list[float]:
    """Return the lower ends of at most four classes of equal width, in steps of 5, 10, 15, 20 or 25 percent."""
    if not shares:
        return [0.0]
    low, high = round(100 * min(shares)), round(100 * max(shares))
    for width in (5, 10, 15, 20, 25):
        first = low // width * width
        if first + 4 * width > high:
            return [(first + n * width) / 100 for n in range(4) if first + n * width <= high]
    return [0.0, 0.25, 0.5, 0.75]


def _class(share: float, edges: list[float]) -> int:
    return max(n for n, edge in enumerate(edges) if n == 0 or round(share, 9) >= edge)


def _style(row: dict[str, Any], edges: list[float]) -> tuple[dict[str, Any], str, str]:
    """Return how an area is filled, the colour of what is written on it, and its number or mark."""
    if row["state"] in _SILENT:
        mark, hatch = _SILENT[row["state"]]
        return {"facecolor": PAPER, "hatch": hatch}, INK, mark
    step = _class(row["share"], edges)
    return {"facecolor": _CLASSES[step]}, _INKS[step], share_text(row["share"], 1)


def _hexagons(ax: Axes, data: pd.DataFrame, edges: list[float]) -> None:
    from matplotlib.patches import RegularPolygon

    for row in rows_of(data):
        fill, ink, mark = _style(row, edges)
        x, y = row["hex_x"], row["hex_y"]
        ax.add_patch(RegularPolygon((x, y), 6, radius=0.97, edgecolor=INK, linewidth=0.8, **fill))
        plate = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0} if fill.get("hatch") else None
        size = 8.5 if text_width(row["short_name"], 8.5) < 44 else 6.5
        ax.text(x, y + 0.22, row["short_name"], ha="center", va="center", size=size, color=ink, bbox=plate)
        ax.text(x, y - 0.3, mark, ha="center", va="center", size=9, weight="bold", color=ink, bbox=plate)
    ax.set_xlim(data["hex_x"].min() - 1, data["hex_x"].max() + 1)
    ax.set_ylim(data["hex_y"].min() - 1.1, data["hex_y"].max() + 1.1)


def _areas(ax: Axes, data: pd.DataFrame, edges: list[float]) -> None:
    rings = {code: shape for code, shape in _shapes().items() if code in set(data["ods_code"])}
    london = data[data["region"] == "London"]
    _fill(ax, data, rings, edges)
    points = [xy for shape in rings.values() for ring in shape for xy in ring]
    ax.set_xlim(min(x for x, _ in points) - 0.1, max(x for x, _ in points) + 1.6)
    ax.set_ylim(min(y for _, y in points) - 0.1, max(y for _, y in points) + 0.1)
    inset = ax.inset_axes((0.66, 0.76, 0.34, 0.24))
    inset.set_aspect(1 / cos(radians(51.5)))
    inset.set_xticks([])
    inset.set_yticks([])
    inset.spines[:].set_visible(True)
    inset.set_title("London, enlarged", size=8.5, loc="left")
    _fill(inset, data, rings, edges)
    inside = [xy for code in london["ods_code"] for ring in rings[code] for xy in ring]
    inset.set_xlim(min(x for x, _ in inside) - 0.03, max(x for x, _ in inside) + 0.03)
    inset.set_ylim(min(y for _, y in inside) - 0.03, max(y for _, y in inside) + 0.03)
    _label(ax, data[data["region"] != "London"], edges)
    _label(inset, london, edges)


def _fill(ax: Axes, data: pd.DataFrame, rings: dict[str, list[Any]], edges: list[float]) -> None:
    from matplotlib.patches import Polygon

    for row in rows_of(data):
        fill, ink, _ = _style(row, edges)
        for ring in rings[row["ods_code"]]:
            ax.add_patch(Polygon(ring, closed=True, edgecolor=ink, linewidth=0.6, **fill))


def _label(ax: Axes, data: pd.DataFrame, edges: list[float]) -> None:
    texts = [f"{row['short_name']} {_style(row, edges)[2]}" for row in rows_of(data)]
    place_labels(
        ax, data["longitude"].astype(float).tolist(), data["latitude"].astype(float).tolist(), texts, plate=True
    )


@cache
def _shapes() -> dict[str, list[Any]]:
    text = files("toolkit.publishing").joinpath("data", "icb_boundaries_2024.geojson").read_text(encoding="utf-8")
    shapes: dict[str, list[Any]] = {}
    for feature in json.loads(text)["features"]:
        parts = feature["geometry"]["coordinates"]
        parts = parts if feature["geometry"]["type"] == "MultiPolygon" else [parts]
        shapes[feature["properties"]["ods_code"]] = [part[0] for part in parts]
    return shapes


def _names(data: pd.DataFrame) -> list[str]:
    lines = []
    for short, name in sorted(zip(data["short_name"], data["name"], strict=True)):
        first, *rest = wrapped(name, 2.6 * POINTS, 8.5)
        lines += [f"{short}  {first}", *(f"      {more}" for more in rest)]
    return lines


def _key(data: pd.DataFrame, edges: list[float]) -> list[tuple[Artist, str]]:
    from matplotlib.patches import Rectangle

    entries: list[tuple[Artist, str]] = []
    if data["share"].notna().any():
        ends = [*(f"to under {e:.0%}" for e in edges[1:]), "and over"]
        for colour, edge, end in zip(_CLASSES, edges, ends, strict=False):
            entries.append(
                (Rectangle((0, 0), 1, 1, edgecolor=INK, linewidth=0.6, facecolor=colour), f"{edge:.0%} {end}")
            )
    for state, (mark, hatch) in _SILENT.items():
        if (data["state"] == state).any():
            words = "plan could not be scored" if state == "no share" else "no plan in this run"
            patch = Rectangle((0, 0), 1, 1, edgecolor=INK, linewidth=0.6, facecolor=PAPER, hatch=hatch)
            entries.append((patch, f"{mark}  {words}"))
    return entries
