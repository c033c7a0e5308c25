"""Which plans are alike: a dendrogram of their profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from toolkit.comparing.matrix import score_matrix
from toolkit.comparing.similarity import average_linkage, profile_distances
from toolkit.publishing.charts.canvas import DARK_BLUE, POINTS, Chart, canvas, theme, wrapped
from toolkit.publishing.charts.source import described, table_of
from toolkit.publishing.labels import choose_framework, count, plan_labels
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_COLUMNS = ("merge", "left", "right", "left_label", "right_label", "distance", "plans")


def similarity_data(run: Results, *, framework: str | None = None, equity_weight: float = 0.5) -> pd.DataFrame:
    """Return a row per merge of average-linkage clustering, nearest first: merge, left, right, labels, distance, plans.

    `left` and `right` are plan ids, or "merge 3" for an earlier row. `distance` (0-1) is the mean absolute difference
    of levels, divided by 4. `attrs["left_out"]` counts plans that were not read well enough: one that is known on a few
    codes only would look like any other.
    """
    import pandas as pd

    chosen = choose_framework(run, framework)
    matrix = score_matrix(run.scores, chosen, equity_weight).whole
    distance, _ = profile_distances(matrix.mixed)
    kept = [i for i, row in enumerate(distance) if not np.isnan(row).any()]
    kept.sort(key=lambda i: matrix.plan_ids[i])
    ids = [matrix.plan_ids[i] for i in kept]
    names = [*ids]
    labels = plan_labels(run.plans)
    rows: list[tuple[object, ...]] = []
    for number, merge in enumerate(average_linkage(distance[np.ix_(kept, kept)]), start=1):
        pair = (names[merge.left], names[merge.right])
        shown = tuple(labels.get(name, "") for name in pair)
        rows.append((f"merge {number}", *pair, *shown, merge.distance, merge.size))
        names.append(f"merge {number}")
    data = described(pd.DataFrame(rows, columns=list(_COLUMNS)), run, chosen)
    data.attrs["left_out"] = len(run.plans) - len(ids)
    return data


def similarity_text(data: pd.DataFrame) -> str:
    """Return in a sentence which two plans are most alike, and how many are left out."""
    out = data.attrs.get("left_out", 0)
    without = f" Left out: {count(out, 'plan')} of which some codes could not be read." if out else ""
    if data.empty:
        return f"Fewer than two plans can be compared.{without}"
    first, last = data.iloc[0], data.iloc[-1]
    return (
        f"Most alike: {first['left_label']} and {first['right_label']} (distance {first['distance']:.2f}). "
        f"The last two branches join at {last['distance']:.2f}; 0 is the same profile, 1 the opposite.{without}"
    )


def similarity_chart(run: Results | pd.DataFrame, *, framework: str | None = None, title: str | None = None) -> Chart:
    """Return the dendrogram of a run's plans: the further right two branches join, the less alike they are."""
    data = table_of(run, lambda r: similarity_data(r, framework=framework))
    with theme():
        order = _leaves(data)
        labels = [wrapped(label, 2.8 * POINTS, 9) for _, label in order]
        step = max(0.27, 0.17 * max((len(lines) for lines in labels), default=1))
        head = title or "Which plans are alike in what they commit to"
        figure, ax = canvas(data, head, similarity_text(data), size=(10.0, 1.4 + step * len(order)))
        _tree(ax, data, {plan: float(n) for n, (plan, _) in enumerate(order)})
        ax.set_yticks(range(len(order)), ["\n".join(lines) for lines in labels], size=9)
        ax.tick_params(axis="y", length=0)
        ax.set_ylim(len(order) - 0.4, -0.6)
        ax.set_xlim(0, 1.08 * max(data["distance"], default=1.0) or 1.0)
        ax.set_xlabel("Distance of profiles (mean difference of levels / 4)")
        ax.grid(axis="x")
        ax.spines["left"].set_visible(False)
    return figure


def _leaves(data: pd.DataFrame) -> list[tuple[str, str]]:
    """Return (plan id, label) from top to bottom, so that no branches cross."""
    rows = {str(row["merge"]): row for _, row in data.iterrows()}
    order: list[tuple[str, str]] = []
    stack = [(str(data["merge"].iloc[-1]), "")] if len(data) else []
    while stack:
        name, label = stack.pop()
        if name in rows:
            row = rows[name]
            stack += [(str(row["right"]), str(row["right_label"])), (str(row["left"]), str(row["left_label"]))]
        else:
            order.append((name, label))
    return order


def _tree(ax: Axes, data: pd.DataFrame, heights: dict[str, float]) -> None:
    y, reach = dict(heights), dict.fromkeys(heights, 0.0)
    for _, row in data.iterrows():
        left, right, far = str(row["left"]), str(row["right"]), float(row["distance"])
        xs = [reach[left], far, far, reach[right]]
        ax.plot(xs, [y[left], y[left], y[right], y[right]], color=DARK_BLUE, linewidth=1.5)
        y[str(row["merge"])], reach[str(row["merge"])] = (y[left] + y[right]) / 2, far
