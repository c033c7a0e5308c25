"""How many plans must be read before no new code turns up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from toolkit.comparing.saturation import saturation
from toolkit.publishing.charts.canvas import DARK_BLUE, DARK_GREY, LEVEL_COLOURS, Chart, canvas, theme
from toolkit.publishing.charts.source import described, table_of
from toolkit.publishing.labels import choose_framework, count
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes


def saturation_data(run: Results, *, framework: str | None = None) -> pd.DataFrame:
    """Return the table `comparing.saturation` of one framework: codes found after 1, 2, ... plans in random order."""
    chosen = choose_framework(run, framework)
    table = saturation(run.scores)
    return described(table[table["framework"] == chosen].reset_index(drop=True), run, chosen)


def saturation_text(data: pd.DataFrame) -> str:
    """Return in a sentence after how many plans nine tenths of the codes that turn up have turned up."""
    if data.empty or not data["codes_mean"].iloc[-1]:
        return "No code was found in any plan."
    last = data.iloc[-1]
    enough = data.loc[data["codes_mean"] >= 0.9 * last["codes_mean"] - 1e-9, "plans"].iloc[0]
    return (
        f"All plans together hold {last['codes_mean']:.0f} of {count(int(last['codes']), 'code')}; "
        f"on average nine tenths of those have turned up after {count(int(enough), 'plan')}, "
        f"and the last plan adds {last['new_mean']:.1f}."
    )


def saturation_chart(run: Results | pd.DataFrame, *, framework: str | None = None, title: str | None = None) -> Chart:
    """Return codes met against plans read: the mean over all orders, and the interval of single orders."""
    data = table_of(run, lambda r: saturation_data(r, framework=framework))
    with theme():
        head = title or "New codes as more plans are read"
        figure, ax = canvas(data, head, saturation_text(data), size=(9.0, 4.6), key=_key())
        _curve(ax, data)
        ax.set_xlim(0.5, max(data["plans"], default=1) + 0.5)
        ax.set_ylim(0, 1.06 * max(data["codes"], default=1))
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        ax.yaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set_xlabel("Plans read")
        ax.set_ylabel("Codes met")
        ax.grid(axis="y")
    return figure


def _curve(ax: Axes, data: pd.DataFrame) -> None:
    plans, mean = data["plans"].astype(float), data["codes_mean"].astype(float)
    low, high = data["codes_low"].astype(float), data["codes_high"].astype(float)
    ax.vlines(plans, low, high, color=LEVEL_COLOURS[2], linewidth=3)
    ax.plot(plans, mean, color=DARK_BLUE, marker="o", markersize=4, linewidth=1.5)
    if len(data):
        ax.axhline(float(data["codes"].iloc[0]), color=DARK_GREY, linestyle=(0, (4, 3)), linewidth=1)


def _key() -> list[tuple[Artist, str]]:
    from matplotlib.lines import Line2D

    return [
        (Line2D([], [], color=DARK_BLUE, marker="o", markersize=4), "mean over all orders of reading"),
        (Line2D([], [], color=LEVEL_COLOURS[2], linewidth=3), "interval of single orders (90%)"),
        (Line2D([], [], color=DARK_GREY, linestyle=(0, (4, 3)), linewidth=1), "codes that apply to some plan"),
    ]
