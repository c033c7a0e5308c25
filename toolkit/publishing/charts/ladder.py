"""The strength ladder: for every code, how many plans reach each rung (or for every plan, how many codes do)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

from matplotlib.ticker import MaxNLocator

from toolkit.publishing.charts.canvas import (
    INK,
    LEVEL_COLOURS,
    LEVEL_INKS,
    PAPER,
    POINTS,
    Chart,
    canvas,
    text_width,
    theme,
    wrapped,
)
from toolkit.publishing.charts.source import described, table_of
from toolkit.publishing.labels import LEVELS, STATES, choose_framework, plan_labels
from toolkit.records import Results, share_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

By = Literal["code", "plan"]
# Rungs from the top of the ladder down, then the silences.
RUNGS: tuple[str, ...] = ("measurable", "action", "aim", "mention", "absent", "not_applicable", "unreadable")


def ladder_data(run: Results, *, by: By = "code", framework: str | None = None) -> pd.DataFrame:
    """Return a row per bar and rung: by, id, label, theme_title (of a code), rung, count, of (all cells of the bar).

    `by="code"` counts plans per code, `by="plan"` codes per plan; the counts of a bar always sum to `of`.
    """
    import pandas as pd

    chosen = choose_framework(run, framework)
    scores = run.scores[run.scores["framework"] == chosen]
    codes = run.codes[run.codes["framework"] == chosen].set_index("code")
    labels = dict(codes["title"]) if by == "code" else plan_labels(run.plans)
    themes = dict(codes["theme_title"]) if by == "code" else {}
    column = "code" if by == "code" else "plan_id"
    rungs = [LEVELS[int(v)] if s == "found" else s for s, v in zip(scores["state"], scores["level"], strict=True)]
    counted = Counter(zip(scores[column], rungs, strict=True))
    sizes = Counter(scores[column])
    rows = [
        {
            "by": by,
            "id": bar,
            "label": labels[bar],
            "theme_title": themes.get(bar, ""),
            "rung": rung,
            "count": counted[bar, rung],
            "of": sizes[bar],
        }
        for bar in labels
        for rung in RUNGS
    ]
    return described(pd.DataFrame(rows), run, chosen)


def ladder_text(data: pd.DataFrame) -> str:
    """Return in a sentence which share of all cells reaches an action or more, and which bar reaches it most."""
    if data.empty:
        return "Nothing to show."
    high = data[data["rung"].isin(["action", "measurable"])].groupby("id", sort=False)["count"].sum()
    cells = int(data.drop_duplicates("id")["of"].sum())
    best = data.loc[data["id"] == high.idxmax()].iloc[0]
    unit = "plans" if best["by"] == "code" else "codes"
    return (
        f"An action or a measurable commitment is reached in {int(high.sum()):,} of {cells:,} cells "
        f"({share_text(int(high.sum()), cells)}); most often for {best['label']} "
        f"({int(high.max())} of {best['of']} {unit})."
    )


def ladder_chart(
    run: Results | pd.DataFrame, *, by: By = "code", framework: str | None = None, title: str | None = None
) -> Chart:
    """Return stacked bars, strongest rung first, the count in every part; silences hatched and named in the key."""
    data = table_of(run, lambda r: ladder_data(r, by=by, framework=framework))
    shown = str(data["by"].iloc[0]) if len(data) else by
    bars = data.drop_duplicates("id")
    with theme():
        labels = [wrapped(label, 3.2 * POINTS, 9) for label in bars["label"]]
        step = max(0.3, 0.17 * max((len(lines) for lines in labels), default=1))
        unit, each = ("plans", "code") if shown == "code" else ("codes", "plan")
        head = title or f"How strongly {unit if shown == 'code' else 'plans'} commit themselves, by {each}"
        size = (10.5, 0.9 + step * len(bars))
        figure, ax = canvas(data, head, ladder_text(data), size=size, key=_key(data))
        _bars(ax, data)
        ax.set_yticks(range(len(bars)), ["\n".join(lines) for lines in labels], size=9)
        ax.tick_params(axis="y", length=0)
        ax.set_ylim(len(bars) - 0.4, -0.6)
        ax.set_xlim(0, 1.005 * max(bars["of"], default=1))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel(f"Number of {unit}")
        ax.spines["left"].set_visible(False)
    return figure


def _bars(ax: Axes, data: pd.DataFrame) -> None:
    whole = max(data["of"], default=1)
    for y, (_, bar) in enumerate(data.groupby("id", sort=False)):
        left = 0
        for rung, number in zip(bar["rung"], bar["count"], strict=True):
            if number:
                style, ink = _style(rung)
                ax.barh(y, number, left=left, height=0.78, edgecolor=INK, linewidth=0.6, **style)
                plate = (
                    {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
                    if rung in STATES and rung != "absent"
                    else None
                )
                if text_width(str(number), 8) < 0.9 * number / whole * 5.6 * POINTS:
                    ax.text(left + number / 2, y, str(number), ha="center", va="center", size=8, color=ink, bbox=plate)
            left += number


def _style(rung: str) -> tuple[dict[str, Any], str]:
    for level, name in LEVELS.items():
        if rung == name:
            return {"color": LEVEL_COLOURS[level]}, LEVEL_INKS[level]
    return (
        ({"color": "#EDEDED", "hatch": "...."}, INK)
        if rung == "not_applicable"
        else (
            {"color": PAPER, "hatch": "/////"},
            INK,
        )
    )


def _key(data: pd.DataFrame) -> list[tuple[Artist, str]]:
    from matplotlib.patches import Rectangle

    there = {r for r, n in zip(data["rung"], data["count"], strict=True) if n}
    meaning = {name: f"{level} {name}" for level, name in LEVELS.items()}
    meaning |= {s: m.meaning for s, m in STATES.items()} | {"absent": f"0 {STATES['absent'].meaning}"}
    return [
        (Rectangle((0, 0), 1, 1, edgecolor=INK, linewidth=0.6, **_patch(r)), meaning[r])
        for r in RUNGS
        if r in there or r in LEVELS.values()
    ]


def _patch(rung: str) -> dict[str, Any]:
    style, _ = _style(rung)
    return {("facecolor" if k == "color" else k): v for k, v in style.items()}
