"""Plan by code: how strongly each plan commits itself on each code, and where nothing can be said."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

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
from toolkit.publishing.labels import LEVELS, OVERALL, STATES, choose_framework, count, plan_labels
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

Measure = Literal["level", "equity_level"]
Order = Literal["share", "run"]
_CELL, _TALL, _GAP = 0.42, 0.34, 0.3  # inches wide, inches high, cells between two themes
_NAMES = {"level": "Strength of commitment", "equity_level": "Strength of commitment with an equity focus"}


def heatmap_data(
    run: Results, *, measure: Measure = "level", order: Order = "share", framework: str | None = None
) -> pd.DataFrame:
    """Return a row per plan and code: plan, label, theme, code, titles, measure, state, level (0-4) and mark.

    `level` is NA where the state is not_applicable or unreadable; `mark` is what a cell shows. Plans come by overall
    share, highest first and those without one last (`order="run"`: as in the run), codes as in the framework.
    """
    chosen = choose_framework(run, framework)
    labels = plan_labels(run.plans)
    scores = run.scores[run.scores["framework"] == chosen]
    codes = run.codes[run.codes["framework"] == chosen].set_index("code")
    data = scores[["plan_id", "theme", "code", "state"]].copy()
    data.insert(1, "label", data["plan_id"].map(labels))
    data.insert(3, "theme_title", data["code"].map(codes["theme_title"]))
    data.insert(5, "code_title", data["code"].map(codes["title"]))
    data["measure"] = measure
    data["level"] = scores[measure]
    data["mark"] = [
        STATES[s].mark if s in STATES else str(v) for s, v in zip(data["state"], data["level"], strict=True)
    ]
    plans = {p: n for n, p in enumerate(_order(run, chosen) if order == "share" else run.plans["plan_id"])}
    places = {c: n for n, c in enumerate(codes.index)}
    keys = sorted(range(len(data)), key=lambda n: (plans[data["plan_id"].iloc[n]], places[data["code"].iloc[n]]))
    return described(data.iloc[keys].reset_index(drop=True), run, chosen)


def _order(run: Results, framework: str) -> list[str]:
    own = run.totals[(run.totals["framework"] == framework) & (run.totals["theme"] == OVERALL)].dropna(subset="share")
    shares = {p: -s for p, s in zip(own["plan_id"], own["share"], strict=True)}
    return sorted(run.plans["plan_id"], key=lambda p: shares.get(p, 1.0))


def heatmap_text(data: pd.DataFrame) -> str:
    """Return in a sentence or two what the heatmap shows."""
    states = data["state"].value_counts()
    found, cells = int(states.get("found", 0)), len(data)
    says = f"Evidence was found in {found:,} of {count(cells, 'cell')}"
    if found:
        deep = int((data["level"] >= 3).fillna(False).sum())
        says += f"; {deep:,} of them reach an action or a measurable commitment"
    for state, words in (("unreadable", "could not be read"), ("not_applicable", "do not apply")):
        if states.get(state, 0):
            says += f"; {int(states[state]):,} {words}"
    return f"{says}."


def heatmap_chart(
    run: Results | pd.DataFrame,
    *,
    measure: Measure = "level",
    order: Order = "share",
    framework: str | None = None,
    title: str | None = None,
) -> Chart:
    """Return the heatmap of a run (or of its `heatmap_data`): a number in every cell, a mark for every state."""
    data = table_of(run, lambda r: heatmap_data(r, measure=measure, order=order, framework=framework))
    shown = str(data["measure"].iloc[0]) if len(data) else measure
    plans = data.drop_duplicates("plan_id")["label"].tolist()
    codes = data.drop_duplicates("code")
    at = _places(codes["theme"].tolist())
    with theme():
        rows = [wrapped(label, 2.6 * POINTS, 9) for label in plans]
        columns = [wrapped(t, 2.3 * POINTS, 8.5) for t in codes["code_title"]]
        step = max(_TALL, 0.17 * max((len(r) for r in rows), default=1))
        wide = max(_CELL, 0.17 * max((len(c) for c in columns), default=1))
        across, down = wide * (max(at, default=0) + 1.1), step * (len(plans) + 0.1)
        left = max((text_width(line, 9) for r in rows for line in r), default=0) / POINTS + 0.35
        above = max((text_width(line, 8.5) for c in columns for line in c), default=0) / POINTS + 0.2
        captions = _captions(codes, at, wide)
        below = max((c.tall for c in captions), default=0) + 0.35
        right = max(0.2, 8.0 - left - across)
        figure, ax = canvas(
            data,
            title or f"{_NAMES[shown]}, by plan and code",
            heatmap_text(data),
            size=(left + across + right, above + down + below),
            key=_key(data),
            pads=(left, above, right, below),
        )
        _cells(ax, data, dict(zip(codes["code"], at, strict=True)))
        ax.set_yticks(range(len(plans)), ["\n".join(r) for r in rows], size=9)
        ax.set_xticks(at, ["\n".join(c) for c in columns], rotation=90, size=8.5)
        ax.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
        ax.set_xlim(-0.55, max(at, default=0) + 0.55)
        ax.set_ylim(len(plans) - 0.4, -0.5)
        ax.spines[:].set_visible(False)
        _write_captions(ax, captions)
    return figure


def _places(themes: list[str]) -> list[float]:
    gaps = [0.0]
    for before, after in pairwise(themes):
        gaps.append(gaps[-1] + (_GAP if before != after else 0.0))
    return [n + gap for n, gap in enumerate(gaps[: len(themes)])]


def _cells(ax: Axes, data: pd.DataFrame, at: dict[str, float]) -> None:
    from matplotlib.patches import Rectangle

    rows = {plan: n for n, plan in enumerate(data.drop_duplicates("plan_id")["plan_id"])}
    for row in data.itertuples():
        x, y = at[str(row.code)], rows[str(row.plan_id)]
        style, ink = _style(str(row.state), row.level)
        ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, edgecolor=INK, linewidth=0.5, **style))  # type: ignore[arg-type]
        size = 9 if len(str(row.mark)) < 3 else 7
        ax.text(x, y, str(row.mark), ha="center", va="center", size=size, color=ink, bbox=_ground(str(row.state)))


def _style(state: str, level: object) -> tuple[dict[str, object], str]:
    if state == "found":
        step = int(str(level))
        return {"facecolor": LEVEL_COLOURS[step]}, LEVEL_INKS[step]
    if state == "not_applicable":
        return {"facecolor": "#EDEDED"}, INK
    if state == "unreadable":
        return {"facecolor": PAPER, "hatch": "/////"}, INK
    return {"facecolor": PAPER}, INK


def _ground(state: str) -> dict[str, object] | None:
    """Return a white plate for a mark that would be lost in hatching."""
    return {"facecolor": PAPER, "edgecolor": "none", "pad": 1.2} if state == "unreadable" else None


class _Caption(NamedTuple):
    """A theme's title under its columns; on its side when the columns are too few for its longest word."""

    low: float
    high: float
    lines: list[str]
    turned: bool

    @property
    def tall(self) -> float:
        """Return its height in inches."""
        return max(text_width(line, 9) for line in self.lines) / POINTS if self.turned else 0.17 * len(self.lines)


def _captions(codes: pd.DataFrame, at: list[float], wide: float) -> list[_Caption]:
    titles = dict(zip(codes["theme"], codes["theme_title"], strict=True))
    groups = {t: [x for x, own in zip(at, codes["theme"], strict=True) if own == t] for t in titles}
    rooms = {t: (max(xs) - min(xs) + 0.9) * wide * POINTS * 0.95 for t, xs in groups.items()}
    turned = any(text_width(word, 9) > rooms[t] for t in titles for word in titles[t].split())
    return [
        _Caption(min(xs) - 0.45, max(xs) + 0.45, wrapped(titles[t], 1.8 * POINTS if turned else rooms[t], 9), turned)
        for t, xs in groups.items()
    ]


def _write_captions(ax: Axes, captions: list[_Caption]) -> None:
    for caption in captions:
        bar = ax.get_xaxis_transform()
        ax.plot([caption.low, caption.high], [0, 0], color=INK, linewidth=1.5, clip_on=False, transform=bar)
        middle, text = (caption.low + caption.high) / 2, "\n".join(caption.lines)
        turn = 90 if caption.turned else 0
        ax.annotate(
            text,
            (middle, 0),
            (0, -6),
            xycoords=bar,
            textcoords="offset points",
            ha="center",
            va="top",
            size=9,
            rotation=turn,
        )


def _key(data: pd.DataFrame) -> list[tuple[Artist, str]]:
    from matplotlib.patches import Rectangle

    entries = [("found", n, f"{n}  {LEVELS[n]}") for n in (1, 2, 3, 4)]
    entries += [(s, 0, f"{m.mark}  {m.meaning}") for s, m in STATES.items() if (data["state"] == s).any()]
    return [(Rectangle((0, 0), 1, 1, edgecolor=INK, linewidth=0.5, **_style(s, n)[0]), text) for s, n, text in entries]  # type: ignore[arg-type]
