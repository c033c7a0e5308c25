"""Two measures of every plan against each other: breadth and depth, length and share, deprivation and share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.comparing.context import context
from toolkit.comparing.fairness import length_fairness
from toolkit.comparing.gradient import equity_gradient
from toolkit.publishing.charts.canvas import DARK_GREY, ORANGE, Chart, canvas, theme
from toolkit.publishing.charts.scatter import list_height, name_list, numbered_points
from toolkit.publishing.charts.source import described, extremes, table_of
from toolkit.publishing.labels import LEVELS, OVERALL, choose_framework, count, plan_labels, theme_title
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_PERCENT = ([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"])


def breadth_depth_data(run: Results, *, theme: str = OVERALL, framework: str | None = None) -> pd.DataFrame:
    """Return a row per plan: plan_id, label, theme, codes_found, codes_applicable, breadth (0-1), depth (0-4)."""
    columns = ["codes_found", "codes_applicable", "breadth", "depth"]
    return _of_totals(run, theme, framework, columns)


def breadth_depth_text(data: pd.DataFrame) -> str:
    """Return in a sentence which plans are broadest and deepest."""
    known = data.dropna(subset=["breadth", "depth"])
    if known.empty:
        return "No plan has both a breadth and a depth."
    broad, deep = extremes(known, "breadth")[1], extremes(known, "depth")[1]
    return (
        f"Broadest: {broad['label']} ({broad['codes_found']} of {broad['codes_applicable']} codes). "
        f"Deepest where it speaks: {deep['label']} (mean level {deep['depth']:.1f} of 4).{_left_out(data, known)}"
    )


def breadth_depth_chart(
    run: Results | pd.DataFrame, *, theme: str = OVERALL, framework: str | None = None, title: str | None = None
) -> Chart:
    """Return depth against breadth, a numbered point per plan, names beside the drawing."""
    data = table_of(run, lambda r: breadth_depth_data(r, theme=theme, framework=framework))
    figure, ax, known = _frame(
        data, title or f"Breadth against depth{_of(data)}", breadth_depth_text(data), "breadth depth"
    )
    ax.set_xticks(*_PERCENT)
    ax.set_xlim(-0.03, 1.03)
    ax.set_yticks(range(1, 5), [f"{n} {LEVELS[n]}" for n in range(1, 5)])
    ax.set_ylim(0.85, 4.15)
    ax.set_xlabel("Breadth: codes found, of those that apply")
    ax.set_ylabel("Depth: mean level where found")
    return _points(figure, ax, known, "breadth", "depth")


def length_data(run: Results, *, theme: str = OVERALL, framework: str | None = None) -> pd.DataFrame:
    """Return a row per plan: plan_id, label, theme, pages, words, share (0-1).

    `attrs["fairness"]` is the row of `comparing.length_fairness`: does the rank follow the length?
    """
    chosen = choose_framework(run, framework)
    data = _of_totals(run, theme, chosen, ["share"])
    data = data.merge(run.plans[["plan_id", "pages", "words"]], on="plan_id")
    fair = length_fairness(run.totals, run.plans)
    row = fair[(fair["framework"] == chosen) & (fair["theme"] == theme)].iloc[0]
    described(data, run, chosen).attrs["fairness"] = row.astype(object).where(row.notna(), None).to_dict()
    return data


def length_text(data: pd.DataFrame) -> str:
    """Return in a sentence or two whether the share of points follows the length of plans."""
    known, fair = data.dropna(subset=["share"]), data.attrs.get("fairness", {})
    rho = fair.get("spearman_pages")
    if rho is None:
        return f"Too few plans differ in length and share to say whether one follows the other.{_left_out(data, known)}"
    verdict = (
        "ranks follow length: compare plans of like length"
        if fair["follows_length"]
        else "no clear sign that ranks follow length"
    )
    return (
        f"Rank correlation of share with pages {rho:+.2f} (p = {fair['p_pages']:.3f}, {len(known)} plans): "
        f"{verdict}.{_left_out(data, known)}"
    )


def length_chart(
    run: Results | pd.DataFrame, *, theme: str = OVERALL, framework: str | None = None, title: str | None = None
) -> Chart:
    """Return share of points against pages, a numbered point per plan, names beside the drawing."""
    data = table_of(run, lambda r: length_data(r, theme=theme, framework=framework))
    figure, ax, known = _frame(
        data, title or f"Length of plan and share of points{_of(data)}", length_text(data), "pages share"
    )
    ax.set_xlim(0, 1.06 * max(known["pages"], default=1))
    _share_axis(ax, known["share"].tolist())
    ax.set_xlabel("Pages")
    return _points(figure, ax, known, "pages", "share")


def gradient_data(
    run: Results, *, theme: str = OVERALL, framework: str | None = None, measure: str = "imd2025_average_score"
) -> pd.DataFrame:
    """Return a row per plan of a known system: plan_id, label, theme, ods_code, deprivation, population, place, share.

    `place` (0-1) is where the system stands when all are lined up from the least to the most deprived, each as wide
    as its population. `attrs["gradient"]` is the row of `comparing.equity_gradient` (SII, RII, intervals, p-value).
    Plans without an `ics_code` among the 42 systems, or without a share, keep their row, NA.
    """
    chosen = choose_framework(run, framework)
    data = _of_totals(run, theme, chosen, ["share"]).merge(run.plans[["plan_id", "ics_code"]], on="plan_id")
    known = context()[["ods_code", measure, "population_census2021"]]
    known.columns = ["ics_code", "deprivation", "population"]
    data = data.merge(known, on="ics_code", how="left")
    whole = data.dropna(subset=["share", "deprivation"])
    people = whole["population"] / whole.groupby("ics_code")["population"].transform("size")
    places = [
        (people[whole["deprivation"] < d].sum() + people[whole["deprivation"] == d].sum() / 2) / people.sum()
        for d in whole["deprivation"]
    ]
    data["place"] = whole.assign(place=places)["place"].reindex(data.index).astype("Float64") if len(whole) else None
    table = equity_gradient(run.totals, run.plans, measure=measure)
    row = table[(table["framework"] == chosen) & (table["theme"] == theme)].iloc[0]
    described(data, run, chosen).attrs["gradient"] = row.astype(object).where(row.notna(), None).to_dict()
    return data


def gradient_text(data: pd.DataFrame) -> str:
    """Return in a sentence or two whether plans of more deprived systems have higher shares; no causal words."""
    known, row = data.dropna(subset=["share", "place"]), data.attrs.get("gradient", {})
    if row.get("sii") is None:
        return f"Too few systems ({known['ics_code'].nunique()}) for a gradient.{_left_out(data, known)}"
    sii, low, high = (100 * row[k] for k in ("sii", "sii_low", "sii_high"))
    return (
        f"Slope index {sii:+.0f} percentage points from the least to the most deprived end "
        f"({row['interval']:.0%} interval {low:+.0f} to {high:+.0f}, p = {row['p_value']:.3f}; "
        f"{known['ics_code'].nunique()} systems). An association, not a cause.{_left_out(data, known)}"
    )


def gradient_chart(
    run: Results | pd.DataFrame, *, theme: str = OVERALL, framework: str | None = None, title: str | None = None
) -> Chart:
    """Return share of points along the line of deprivation, with the slope of the index when there is one."""
    data = table_of(run, lambda r: gradient_data(r, theme=theme, framework=framework))
    figure, ax, known = _frame(
        data, title or f"Deprivation and share of points{_of(data)}", gradient_text(data), "place share"
    )
    row = data.attrs.get("gradient", {})
    if row.get("sii") is not None:
        ends = [row["mean_share"] + row["sii"] * (x - 0.5) for x in (0, 1)]
        ax.plot([0, 1], ends, color=ORANGE, linewidth=2, zorder=1)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([0, 0.5, 1], ["0\nleast deprived", "0.5", "1\nmost deprived"])
    _share_axis(ax, known["share"].tolist())
    ax.set_xlabel("Systems by deprivation (IMD 2025), each as wide as its population")
    return _points(figure, ax, known, "place", "share")


def _of_totals(run: Results, theme: str, framework: str | None, columns: list[str]) -> pd.DataFrame:
    chosen = choose_framework(run, framework)
    own = run.totals[(run.totals["framework"] == chosen) & (run.totals["theme"] == theme)]
    data = run.plans[["plan_id"]].merge(own[["plan_id", *columns]], on="plan_id", how="left")
    data.insert(1, "label", data["plan_id"].map(plan_labels(run.plans)))
    data.insert(2, "theme", theme_title(run, chosen, theme))
    return described(data, run, chosen)


def _of(data: pd.DataFrame) -> str:
    name = str(data["theme"].iloc[0]) if len(data) else ""
    return f": {name}" if name not in ("", "Overall") else ""


def _left_out(data: pd.DataFrame, known: pd.DataFrame) -> str:
    missing = len(data) - len(known)
    return f" Not shown: {count(missing, 'plan')} without these figures." if missing else ""


def _frame(data: pd.DataFrame, title: str, says: str, needed: str) -> tuple[Chart, Axes, pd.DataFrame]:
    known = data.dropna(subset=needed.split())
    with theme():
        names = name_list(known["label"].tolist())
        figure, ax = canvas(data, title, says, size=(11, max(5.2, list_height(names))), names=names)
        ax.grid(True)
    return figure, ax, known


def _points(figure: Chart, ax: Axes, known: pd.DataFrame, x: str, y: str) -> Chart:
    with theme():
        numbered_points(ax, known[x].astype(float).tolist(), known[y].astype(float).tolist(), range(1, len(known) + 1))
    return figure


def _share_axis(ax: Axes, shares: Sequence[float]) -> None:
    top = min(1.0, (int(10 * max(shares, default=0.9)) + 1) / 10)
    steps = [n / 10 for n in range(round(10 * top) + 1)]
    ax.set_yticks(steps, [f"{s:.0%}" for s in steps], color=DARK_GREY)
    ax.set_ylim(-0.02 * top, 1.03 * top)
    ax.set_ylabel("Share of points")
