"""Long plans say more: does rank follow length, and what would plans of equal length have said?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.comparing.matrix import Floats
from toolkit.errors import InvalidInput
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd

_ENOUGH_PLANS = 4  # with three plans the smallest possible p-value is 1/3


def length_fairness(
    totals: pd.DataFrame, plans: pd.DataFrame, *, permutations: int = 9999, seed: int = 1
) -> pd.DataFrame:
    """Return the table `length_fairness`: rank correlation (Spearman) of share with pages and with words.

    `p_pages` is the share of random orders whose correlation is at least as strong in size, the order observed among
    them. Correlations are NA for fewer than 4 plans, or when shares or lengths do not differ.
    """
    joined = totals.merge(plans[["plan_id", "pages", "words"]], on="plan_id").dropna(subset=["share"])
    rows = []
    for framework, theme in totals[["framework", "theme"]].drop_duplicates().itertuples(index=False):
        group = joined[(joined["framework"] == framework) & (joined["theme"] == theme)].sort_values("plan_id")
        share, pages, words = (group[c].to_numpy(dtype=np.float64) for c in ("share", "pages", "words"))
        by_pages = spearman(share, pages)
        p = None if by_pages is None else _permutation_p(share, pages, permutations, seed)
        rows.append(
            {
                "framework": framework,
                "theme": theme,
                "plans_compared": len(group),
                "spearman_pages": by_pages,
                "spearman_words": spearman(share, words),
                "p_pages": p,
                "follows_length": None if p is None else p < 0.05,
            }
        )
    return table("length_fairness", rows)


def spearman(x: Floats, y: Floats) -> float | None:
    """Return Spearman's rank correlation, ties at their mean rank; None when it is not defined."""
    a, b = mean_ranks(x), mean_ranks(y)
    if len(a) < _ENOUGH_PLANS or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def mean_ranks(values: Floats) -> Floats:
    """Return ranks from 1 (lowest); ties share their mean rank."""
    below = (values[:, None] > values[None, :]).sum(axis=1)
    equal = (values[:, None] == values[None, :]).sum(axis=1)
    return np.asarray(below + (equal + 1) / 2, dtype=np.float64)


def _permutation_p(x: Floats, y: Floats, permutations: int, seed: int) -> float:
    a, b = mean_ranks(x) - mean_ranks(x).mean(), mean_ranks(y) - mean_ranks(y).mean()
    stream = np.random.default_rng(seed)
    drawn = stream.permuted(np.broadcast_to(a, (permutations, len(a))), axis=1) @ b
    # 1e-9: a sum taken in another order must still count as equal.
    return float((1 + (np.abs(drawn) >= abs(a @ b) - 1e-9).sum()) / (permutations + 1))


def rarefaction(passages: pd.DataFrame, evidence: pd.DataFrame, *, words: Sequence[int] | None = None) -> pd.DataFrame:
    """Return the table `rarefaction`: codes expected to be found in equal numbers of words of each plan.

    A sample of w words is w / W of the plan's W words, taken passage by passage at random without replacement; with n
    of its N passages drawn, a code in m passages is found with probability 1 - C(N - m, n) / C(N, n) (Hurlbert 1971),
    n = N w / W. `words` defaults to a tenth, two tenths and so on of the shortest plan. Passages of kind furniture and
    contents are left out. A plan shorter than w has no row for w.
    """
    content = passages[~passages["kind"].isin(["furniture", "contents"])]
    sizes = content.groupby("plan_id", sort=False)["words"].agg(["sum", "count"])
    sizes = sizes[sizes["sum"] > 0]
    if words is not None and any(w < 1 for w in words):
        raise InvalidInput("rarefaction", [f"words {list(words)}: give numbers of 1 or more"])
    shortest = int(sizes["sum"].min()) if len(sizes) else 0
    steps = list(words) if words is not None else [shortest * tenth // 10 for tenth in range(1, 11)]
    rows: list[dict[str, Any]] = []
    for framework, group in evidence.groupby("framework", sort=False):
        holds = group.drop_duplicates(["plan_id", "code", "passage_id"]).groupby(["plan_id", "code"]).size()
        for plan_id, total, count in sizes.itertuples():
            found = holds[holds.index.get_level_values("plan_id") == plan_id].to_numpy()
            rows += _curve(
                str(framework), str(plan_id), found, (int(total), int(count)), sorted({s for s in steps if s})
            )
    return table("rarefaction", rows)


def _curve(
    framework: str, plan_id: str, found: Any, size: tuple[int, int], steps: Sequence[int]
) -> Iterator[dict[str, Any]]:
    total, count = size
    for step in steps:
        if step <= total:
            expected = expected_codes(found, count, count * step / total)
            place = {"plan_id": plan_id, "framework": framework, "words": step}
            yield place | {"codes_expected": expected, "codes_found": len(found)}


def expected_codes(holding: Sequence[int], passages: int, drawn: float) -> float:
    """Return the number of codes expected in `drawn` of `passages` passages, of which each code is in `holding[i]`."""
    from math import exp, lgamma

    def _log_choose(n: float, k: float) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    expected = 0.0
    for m in holding:
        left = passages - m
        missed = exp(_log_choose(left, drawn) - _log_choose(passages, drawn)) if drawn <= left else 0.0
        expected += 1.0 - missed
    return expected
