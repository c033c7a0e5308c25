"""Ranks over simulated shares: intervals, the probability that one plan is above another, and bands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from toolkit.comparing.chances import Floats

Ints = NDArray[np.int64]


def competition_ranks(values: Floats) -> Ints:
    """Return ranks down the first axis: 1 = highest, ties share the best rank; `values` hold no NaN."""
    return np.asarray(1 + (values[None, :] > values[:, None]).sum(axis=1), dtype=np.int64)


def rank_intervals(shares: Floats, ends: tuple[float, float]) -> tuple[Ints, Ints]:
    """Return the best and the worst rank of the interval per plan, from shares of plans x draws."""
    ranks = competition_ranks(shares)
    low = np.quantile(ranks, ends[0], axis=1, method="inverted_cdf")
    high = np.quantile(ranks, ends[1], axis=1, method="inverted_cdf")
    return low.astype(np.int64), high.astype(np.int64)


def probability_above(shares: Floats) -> Floats:
    """Return plans x plans: the share of draws in which the row is above the column, half of the ties added."""
    above = (shares[:, None] > shares[None, :]).mean(axis=2)
    return np.asarray(0.5 + 0.5 * (above - above.T))


def bands(shares: Floats, above: Floats, apart: float, names: tuple[str, ...]) -> Ints:
    """Return the band of each plan, 1 = highest: plans that cannot be told apart from the first of their band.

    From the highest share down, a plan opens a new band when the band's first plan is above it with probability
    `apart` or more. Plans of equal share are taken in the order of their names.
    """
    order = sorted(range(len(shares)), key=lambda i: (-shares[i], names[i]))
    found = np.zeros(len(shares), dtype=np.int64)
    first, band = -1, 0
    for i in order:
        if first < 0 or above[first, i] >= apart:
            first, band = i, band + 1
        found[i] = band
    return found
