"""One plan code by code, against the median of all plans of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import UnknownName
from toolkit.publishing.charts.canvas import DARK_BLUE, DARK_GREY, ORANGE, PAPER, POINTS, Chart, canvas, theme, wrapped
from toolkit.publishing.charts.source import described, table_of
from toolkit.publishing.labels import LEVELS, STATES, choose_framework, count, plan_labels
from toolkit.publishing.quotes import rows_of
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes


def profile_data(run: Results, plan_id: str, *, framework: str | None = None) -> pd.DataFrame:
    """Return a row per code for one plan: titles, state, level, equity_level, median level of all plans, gap.

    The median is over the plans in which the code applies and could be looked for (`plans_compared` of them), this
    one among them. Raises UnknownName for a plan that is not in the run.
    """
    labels = plan_labels(run.plans)
    if plan_id not in labels:
        raise UnknownName("plan", plan_id, labels)
    chosen = choose_framework(run, framework)
    scores = run.scores[run.scores["framework"] == chosen]
    data = run.codes.loc[run.codes["framework"] == chosen, ["theme", "theme_title", "code", "title"]]
    data = data.rename(columns={"title": "code_title"})
    own = scores.loc[scores["plan_id"] == plan_id, ["code", "state", "level", "equity_level"]]
    medians = scores.groupby("code")["level"].agg(["median", "count"]).reset_index()
    medians.columns = ["code", "median_level", "plans_compared"]
    data = data.merge(own, on="code", how="left").merge(medians, on="code", how="left")
    data.insert(0, "plan_id", plan_id)
    data.insert(1, "label", labels[plan_id])
    data["gap"] = data["level"] - data["median_level"]
    return described(data.reset_index(drop=True), run, chosen)


def profile_text(data: pd.DataFrame) -> str:
    """Return in a sentence or two where the plan stands above and below the median."""
    gaps = data["gap"].dropna()
    above, below, same = int((gaps > 0).sum()), int((gaps < 0).sum()), int((gaps == 0).sum())
    says = f"Above the median of the plans on {count(above, 'code')}, below it on {below}, at it on {same}"
    for state, words in (("unreadable", "could not be looked for"), ("not_applicable", "do not apply")):
        silent = int((data["state"] == state).sum())
        says += f"; {silent} {words}" if silent else ""
    return f"{says}."


def profile_chart(
    run: Results | pd.DataFrame, plan_id: str | None = None, *, framework: str | None = None, title: str | None = None
) -> Chart:
    """Return one plan's level per code (disc) against the median (diamond); `plan_id` when a run is given."""
    data = table_of(run, lambda r: profile_data(r, _chosen(r, plan_id), framework=framework))
    with theme():
        labels = [wrapped(t, 3.2 * POINTS, 9) for t in data["code_title"]]
        step = max(0.29, 0.16 * max((len(lines) for lines in labels), default=1))
        at = _places(data["theme"].tolist())
        head = title or f"Strength of commitment by code: {data['label'].iloc[0]}"
        size = (9.5, 0.9 + step * (max(at, default=0.0) + 1.5))
        figure, ax = canvas(data, head, profile_text(data), size=size, key=_key(data))
        _marks(ax, data, at)
        ax.set_yticks(at, ["\n".join(lines) for lines in labels], size=9)
        ax.tick_params(axis="y", length=0)
        ax.set_xticks(range(5), [f"{n}\n{LEVELS[n]}" for n in range(5)])
        ax.set_xlim(-0.65, 4.3)
        ax.set_ylim(max(at, default=0.0) + 0.7, -1.2)
        ax.grid(axis="x")
        ax.spines["left"].set_visible(False)
    return figure


def _chosen(run: Results, plan_id: str | None) -> str:
    if plan_id is None:
        raise UnknownName("plan", "(none given)", run.plans["plan_id"])
    return plan_id


def _places(themes: list[str]) -> list[float]:
    """Return heights from the top: a line of room before each theme for its title."""
    at, places = -1.0, []
    for n, name in enumerate(themes):
        at += 1.0 if n and themes[n - 1] == name else 2.0 if n else 1.0
        places.append(at)
    return places


def _marks(ax: Axes, data: pd.DataFrame, at: list[float]) -> None:
    rows = rows_of(data)
    for n, (row, y) in enumerate(zip(rows, at, strict=True)):
        if n == 0 or rows[n - 1]["theme"] != row["theme"]:
            ax.text(-0.6, y - 0.85, row["theme_title"], size=9.5, weight="bold", va="center")
        level, median = row["level"], row["median_level"]
        if level is not None and median is not None:
            ax.plot([level, median], [y, y], color=DARK_GREY, linewidth=1.2, zorder=1)
        if median is not None:
            ax.plot(median, y, marker="D", markersize=10, color=PAPER, markeredgecolor=ORANGE, markeredgewidth=1.6)
        if level is not None:
            ax.plot(level, y, marker="o", markersize=5.5, color=DARK_BLUE)
        elif row["state"] in STATES:
            ax.text(-0.45, y, STATES[row["state"]].mark, size=8.5, va="center", ha="center", color=DARK_GREY)


def _key(data: pd.DataFrame) -> list[tuple[Artist, str]]:
    from matplotlib.lines import Line2D

    disc = Line2D([], [], marker="o", markersize=5.5, color=DARK_BLUE, linestyle="none")
    diamond = Line2D([], [], marker="D", markersize=10, color=PAPER, markeredgecolor=ORANGE, linestyle="none")
    entries: list[tuple[Artist, str]] = [(disc, "this plan"), (diamond, "median of the plans")]
    for state in ("unreadable", "not_applicable"):
        if (data["state"] == state).any():
            entries.append((Line2D([], [], linestyle="none"), f"{STATES[state].mark}  {STATES[state].meaning}"))
    return entries
