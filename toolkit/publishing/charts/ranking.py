"""Plans by share, each with its interval, the ranks that it might hold, and the band it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.publishing.charts.canvas import DARK_BLUE, DARK_GREY, GREY, PAPER, POINTS, Chart, canvas, theme, wrapped
from toolkit.publishing.charts.source import described, table_of
from toolkit.publishing.labels import OVERALL, choose_framework, comparing_settings, count, plan_labels, theme_title
from toolkit.publishing.quotes import rows_of
from toolkit.records import Results, share_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_PLATE = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0}
_FIGURES = (
    *("share", "share_expected", "share_low", "share_high"),
    *("rank", "rank_low", "rank_high", "band", "plans_compared"),
)


def ranking_data(run: Results, *, theme: str = OVERALL, framework: str | None = None) -> pd.DataFrame:
    """Return a row per plan, highest share first: plan_id, label, theme, share (0-1) with interval, ranks, band.

    Figures are those of the table `comparison`; a plan without a share (its text could not be had) comes last, NA.
    """
    chosen = choose_framework(run, framework)
    own = run.comparison[(run.comparison["framework"] == chosen) & (run.comparison["theme"] == theme)]
    data = run.plans[["plan_id"]].merge(own[["plan_id", *_FIGURES]], on="plan_id", how="left")
    data.insert(1, "label", data["plan_id"].map(plan_labels(run.plans)))
    data.insert(2, "theme", theme_title(run, chosen, theme))
    data = data.sort_values("share", ascending=False, kind="stable", na_position="last")
    described(data := data.reset_index(drop=True), run, chosen)
    data.attrs["interval"] = comparing_settings(run, chosen).get("interval")
    return data


def ranking_text(data: pd.DataFrame) -> str:
    """Return in a sentence or two what the ranking shows, ties and bands told before positions."""
    known = data.dropna(subset=["share"])
    missing = len(data) - len(known)
    without = f" {count(missing, 'plan')} could not be scored." if missing else ""
    if known.empty:
        return f"No plan has a share.{without}"
    first, last = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        return f"{first['label']} has {share_text(first['share'], 1)} of the points.{without}"
    says = f"All {len(known)} plans have the same share, {share_text(first['share'], 1)}."
    if first["share"] != last["share"]:
        says = (
            f"Shares run from {share_text(last['share'], 1)} ({last['label']}) "
            f"to {share_text(first['share'], 1)} ({first['label']})."
        )
    bands = known["band"].dropna().nunique()
    if bands == 1:
        says += f" The {len(known)} plans cannot be told apart with confidence: they form one band."
    elif bands:
        says += f" Plans that cannot be told apart with confidence share a band: {bands} bands."
    return says + without


def ranking_chart(
    run: Results | pd.DataFrame, *, theme: str = OVERALL, framework: str | None = None, title: str | None = None
) -> Chart:
    """Return dots by share with intervals, and beside them share, rank interval and band as numbers."""
    return _draw(table_of(run, lambda r: ranking_data(r, theme=theme, framework=framework)), title)


def _draw(data: pd.DataFrame, title: str | None) -> Chart:
    name = str(data["theme"].iloc[0]) if len(data) else "Overall"
    with theme():
        labels = [wrapped(label, 2.8 * POINTS, 9) for label in data["label"]]
        step = max(0.27, 0.17 * max((len(lines) for lines in labels), default=1))
        head = title or f"Share of points by plan, with interval: {name[:1].lower() + name[1:]}"
        figure, ax = canvas(data, head, ranking_text(data), size=(10.5, 1.1 + step * (len(data) + 1)))
        _dots(ax, data)
        _numbers(ax, data)
        ax.set_yticks(range(len(data)), ["\n".join(lines) for lines in labels], size=9)
        ax.tick_params(axis="y", length=0)
        ax.set_ylim(len(data) - 0.4, -1.1)
        ax.set_xlim(0, 1)
        ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"])
        interval = data.attrs.get("interval")
        line = f"{share_text(interval, 1)} interval" if interval else "interval"
        ax.set_xlabel(f"Share of the points available; diamond: allowing for the coder's doubt, with {line}")
        ax.grid(axis="x")
        ax.spines["left"].set_visible(False)
    return figure


def _dots(ax: Axes, data: pd.DataFrame) -> None:
    before = None
    for place, row in enumerate(rows_of(data)):
        if row["share"] is None:
            ax.text(0.01, place, "?  could not be scored", va="center", size=9, color=DARK_GREY, bbox=_PLATE)
            continue
        ends = (row["share_low"], row["share_high"])
        if None not in ends:
            ax.plot(ends, [place, place], color=DARK_BLUE, linewidth=1.8, solid_capstyle="butt")
            ax.vlines(ends, place - 0.14, place + 0.14, color=DARK_BLUE, linewidth=1.2)
        # The interval belongs to the expected share: the dot, the highest strengths found, may lie beyond it.
        if row["share_expected"] is not None:
            ax.plot(row["share_expected"], place, marker="D", markersize=6, color="white", markeredgecolor=DARK_BLUE)
        ax.plot(row["share"], place, marker="o", markersize=7, color=DARK_BLUE, markeredgecolor="white", clip_on=False)
        band = row["band"]
        if before is not None and band != before:
            ax.axhline(place - 0.5, color=DARK_GREY, linewidth=0.8, linestyle=(0, (4, 3)))
        before = band
    rest = int(data["share"].isna().sum())
    if before is not None and rest:
        ax.axhline(len(data) - rest - 0.5, color=GREY, linewidth=0.8)


def _numbers(ax: Axes, data: pd.DataFrame) -> None:
    columns = ((14, "Share"), (58, "Rank"), (96, "Rank interval"), (172, "Band"))  # points right of the axes

    def write(x: float, y: float, text: str, weight: str = "normal") -> None:
        ax.annotate(
            text,
            (1, y),
            (x, 0),
            xycoords=ax.get_yaxis_transform(),
            textcoords="offset points",
            size=8.5,
            weight=weight,
            va="center",
            annotation_clip=False,
        )

    for x, heading in columns:
        write(x, -0.75, heading, "bold")
    for place, row in enumerate(rows_of(data)):
        if row["share"] is None:
            continue
        cells = [share_text(row["share"], 1)]
        if row["rank"] is not None:
            low, high = row["rank_low"], row["rank_high"]
            of = str(low) if low == high else f"{low}–{high}"
            cells += [str(row["rank"]), f"{of} of {row['plans_compared']}", str(row["band"] or "–")]
        for (x, _), text in zip(columns, cells, strict=False):
            write(x, place, text)
