"""A composite is a choice: what other choices of weights would have made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.comparing.matrix import Floats, Matrix, score_matrix, weights_of
from toolkit.comparing.ranks import competition_ranks, rank_intervals
from toolkit.errors import InvalidInput
from toolkit.frameworks.model import Framework
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd


def sensitivity(
    scores: pd.DataFrame,
    framework: Framework,
    *,
    draws: int = 1000,
    seed: int = 1,
    interval: float = 0.9,
    concentration: float = 1.0,
) -> pd.DataFrame:
    """Return the table `sensitivity`: the overall share and rank of each plan under other weights.

    Variants: `as set` (the framework's weights), `equal weights`, each code and each theme left out in turn, and
    `random weights`: `draws` Dirichlet weights with the given `concentration` per code (1 = every set of weights is
    equally likely; higher = nearer to equal weights). Plans whose share is not known are left out. The scores are
    taken from the plain levels. Raises InvalidInput for a concentration that is not above 0 or no draws.
    """
    if not concentration > 0 or draws < 1 or not 0 < interval < 1:
        text = f"concentration {concentration}, draws {draws}, interval {interval}"
        raise InvalidInput(
            "sensitivity", [f"{text}: give a concentration above 0, draws of 1 or more, an interval in 0-1"]
        )
    matrix = score_matrix(scores, framework.id, framework.equity_weight).whole
    base = weights_of(framework, matrix.codes)
    as_set = _ranked(shares_under(matrix, base))
    rows: list[dict[str, Any]] = []
    for variant, left_out, weights in _variants(matrix, base):
        shares = shares_under(matrix, weights)
        rows += _rows(matrix, framework.id, (variant, left_out), shares, as_set)
    rows += _random_rows(matrix, framework.id, as_set, (draws, seed, interval, concentration))
    return table("sensitivity", rows)


def shares_under(matrix: Matrix, weights: Floats) -> Floats:
    """Return each plan's share under weights of codes: 0-1, NaN where no points can be had."""
    points = np.where(matrix.applies, matrix.mixed, 0.0) @ weights
    available = 4.0 * matrix.applies @ weights
    shares = np.divide(points, available, out=np.full_like(points, np.nan), where=available > 0)
    return np.asarray(np.round(shares, 12), dtype=np.float64)


def _variants(matrix: Matrix, base: Floats) -> Iterator[tuple[str, str, Floats]]:
    yield "as set", "", base
    yield "equal weights", "", np.ones_like(base)
    for code in matrix.codes:
        yield "without code", code, base * [c != code for c in matrix.codes]
    for theme in dict.fromkeys(matrix.themes):
        yield "without theme", theme, base * [t != theme for t in matrix.themes]


def _ranked(shares: Floats) -> Floats:
    """Return competition ranks among the plans that have a share, NaN for the others."""
    ranks = np.full(len(shares), np.nan)
    known = ~np.isnan(shares)
    ranks[known] = competition_ranks(shares[known])
    return ranks


def _rows(
    matrix: Matrix, framework: str, variant: tuple[str, str], shares: Floats, as_set: Floats
) -> Iterator[dict[str, Any]]:
    ranks = _ranked(shares)
    for i, plan_id in enumerate(matrix.plan_ids):
        yield {
            "plan_id": plan_id,
            "framework": framework,
            "variant": variant[0],
            "left_out": variant[1],
            "share": _known(shares[i]),
            "rank": _known(ranks[i]),
            "rank_change": _known(ranks[i] - as_set[i]),
            "plans_compared": int((~np.isnan(shares)).sum()),
        }


def _random_rows(
    matrix: Matrix, framework: str, as_set: Floats, choice: tuple[int, int, float, float]
) -> Iterator[dict[str, Any]]:
    draws, seed, interval, concentration = choice
    weights = np.random.default_rng(seed).dirichlet(np.full(len(matrix.codes), concentration), size=draws).T
    shares = shares_under(matrix, weights)
    ends = ((1 - interval) / 2, (1 + interval) / 2)
    if not len(shares):
        return
    low, high = np.quantile(shares, ends, axis=1)
    best, worst = rank_intervals(shares, ends)
    middle = np.quantile(competition_ranks(shares), 0.5, axis=1, method="inverted_cdf")
    for i, plan_id in enumerate(matrix.plan_ids):
        yield {
            "plan_id": plan_id,
            "framework": framework,
            "variant": "random weights",
            "left_out": "",
            "share": shares[i].mean(),
            "share_low": low[i],
            "share_high": high[i],
            "rank": middle[i],
            "rank_low": best[i],
            "rank_high": worst[i],
            "rank_change": _known(middle[i] - as_set[i]),
            "plans_compared": len(shares),
        }


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
