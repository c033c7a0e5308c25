"""How many plans must be read before no new code turns up?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.comparing.matrix import Matrix, score_matrix
from toolkit.errors import InvalidInput
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd


def saturation(scores: pd.DataFrame, *, orders: int = 1000, seed: int = 1, interval: float = 0.9) -> pd.DataFrame:
    """Return the table `saturation`: codes found after 1, 2, ... plans, over random orders of reading.

    Means are exact: after n of N plans, a code held by m of them has been met with probability 1 - C(N-m, n) / C(N, n).
    The interval comes from `orders` seeded orders. Codes that apply to no plan are not counted.
    """
    if orders < 1 or not 0 < interval < 1:
        raise InvalidInput("saturation", [f"orders {orders}, interval {interval}: give 1 or more, and a share in 0-1"])
    rows: list[dict[str, Any]] = []
    for framework in scores["framework"].unique():
        matrix = score_matrix(scores, framework)
        rows += _curve(framework, matrix, (orders, seed, interval))
    return table("saturation", rows)


def _curve(framework: str, matrix: Matrix, choice: tuple[int, int, float]) -> Iterator[dict[str, Any]]:
    orders, seed, interval = choice
    order = np.argsort(np.array(matrix.plan_ids))
    found = matrix.found[order][:, matrix.applies.any(axis=0)]
    plans, codes = found.shape
    stream = np.random.default_rng(seed)
    # First place at which each code is met, per order of reading; a code never met is met after the last plan.
    places = np.argsort(stream.random((orders, plans)), axis=1)
    met = found[places]
    first = np.where(met.any(axis=1), met.argmax(axis=1), plans)
    mean_before = 0.0
    for n in range(1, plans + 1):
        so_far = (first < n).sum(axis=1)
        low, high = np.quantile(so_far, [(1 - interval) / 2, (1 + interval) / 2], method="inverted_cdf")
        mean = _exact_mean(found.sum(axis=0), plans, n)
        yield {
            "framework": framework,
            "plans": n,
            "codes_mean": mean,
            "codes_low": low,
            "codes_high": high,
            "new_mean": mean - mean_before,
            "codes": codes,
        }
        mean_before = mean


def _exact_mean(held: Any, plans: int, read: int) -> float:
    from math import comb

    return float(sum(1 - comb(plans - int(m), read) / comb(plans, read) for m in held))
