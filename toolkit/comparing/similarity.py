"""Which plans are alike: distances of profiles, and clusters in the order of their dendrogram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from toolkit.comparing.matrix import Floats, score_matrix
from toolkit.errors import InvalidInput
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd


def similarity(scores: pd.DataFrame, *, equity_weight: float = 0.5) -> pd.DataFrame:
    """Return the table `similarity`: the distance of every two plans' profiles, per framework.

    Distance is the mean absolute difference of mixed levels over the codes known in both plans, divided by 4: 0 the
    same, 1 as different as can be; NA when no code is known in both.
    """
    rows = []
    for framework in scores["framework"].unique():
        matrix = score_matrix(scores, framework, equity_weight)
        distance, compared = profile_distances(matrix.mixed)
        for i, a in enumerate(matrix.plan_ids):
            for j in range(i + 1, len(matrix.plan_ids)):
                row = {"framework": framework, "plan_a": a, "plan_b": matrix.plan_ids[j]}
                known = distance[i, j] if compared[i, j] else None
                rows.append(row | {"distance": known, "codes_compared": int(compared[i, j])})
    return table("similarity", rows)


def profile_distances(mixed: Floats) -> tuple[Floats, Floats]:
    """Return distances (0-1, NaN when nothing is known in both) and the number of codes compared, plans x plans."""
    gaps = np.abs(mixed[:, None, :] - mixed[None, :, :]) / 4.0
    known = ~np.isnan(gaps)
    compared = known.sum(axis=2)
    total = np.where(known, gaps, 0.0).sum(axis=2)
    return np.divide(total, compared, out=np.full_like(total, np.nan), where=compared > 0), compared.astype(np.float64)


def clusters(scores: pd.DataFrame, *, count: int = 4, equity_weight: float = 0.5) -> pd.DataFrame:
    """Return the table `clusters`: plans in the order of the dendrogram, cut into `count` clusters.

    Agglomerative with average linkage (UPGMA) on the distances of `similarity`. Plans that share no known code with
    some other plan are left out. Raises InvalidInput for a count below 1.
    """
    if count < 1:
        raise InvalidInput("clusters", [f"count is {count}; give 1 or more"])
    rows = []
    for framework in scores["framework"].unique():
        matrix = score_matrix(scores, framework, equity_weight)
        distance, _ = profile_distances(matrix.mixed)
        names = sorted(p for p, row in zip(matrix.plan_ids, distance, strict=True) if not np.isnan(row).any())
        places = [matrix.plan_ids.index(p) for p in names]
        tree = average_linkage(distance[np.ix_(places, places)])
        numbers = _cut(tree, len(names), min(count, len(names)))
        for order, leaf in enumerate(_leaves(tree, len(names)), start=1):
            row = {"framework": framework, "plan_id": names[leaf], "order": order, "cluster": numbers[leaf]}
            rows.append(row)
    return table("clusters", rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two branches that were joined, at what distance, and how many plans they hold together."""

    left: int
    right: int
    distance: float
    size: int


def average_linkage(distance: Floats) -> tuple[Merge, ...]:
    """Return the merges of agglomerative clustering with average linkage, nearest first.

    Branches below n are plans, branch n + k is the k-th merge. Of equally near pairs the first in order is taken.
    """
    n = len(distance)
    live = dict.fromkeys(range(n), 1)
    gaps = {(i, j): float(distance[i, j]) for i in range(n) for j in range(i + 1, n)}
    merges: list[Merge] = []
    while len(live) > 1:
        (a, b), gap = min(gaps.items(), key=lambda item: (round(item[1], 12), item[0]))
        size_a, size_b = live.pop(a), live.pop(b)
        new = n + len(merges)
        merges.append(Merge(left=a, right=b, distance=gap, size=size_a + size_b))
        for other in live:
            to_a, to_b = gaps[min(a, other), max(a, other)], gaps[min(b, other), max(b, other)]
            gaps[other, new] = (size_a * to_a + size_b * to_b) / (size_a + size_b)
        gaps = {pair: g for pair, g in gaps.items() if a not in pair and b not in pair}
        live[new] = size_a + size_b
    return tuple(merges)


def _leaves(tree: tuple[Merge, ...], n: int) -> list[int]:
    """Return the plans in the order of the dendrogram: left branches first."""
    if not tree:
        return list(range(n))
    order, stack = [], [n + len(tree) - 1]
    while stack:
        branch = stack.pop()
        if branch < n:
            order.append(branch)
        else:
            stack += [tree[branch - n].right, tree[branch - n].left]
    return order


def _cut(tree: tuple[Merge, ...], n: int, count: int) -> list[int]:
    """Return the cluster of each plan when the last merges are undone, numbered in the order of the dendrogram."""
    home = list(range(n))
    for step, merge in enumerate(tree[: max(n - count, 0)]):
        home = [n + step if h in (merge.left, merge.right) else h for h in home]
    numbers: dict[int, int] = {}
    for leaf in _leaves(tree, n):
        numbers.setdefault(home[leaf], len(numbers) + 1)
    return [numbers[h] for h in home]
