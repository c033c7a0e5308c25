"""Do the intervals cover the truth, and how fast is the simulation? Prints both.

    python tests/benchmarks/simulation.py [corpora]

Coverage: synthetic corpora are made from a known process (per plan and code, right codings fall at random over the
sections; the coder finds a known share of them and adds wrong ones; its chances are calibrated). The truth of a plan
is the share that its process has on average for its number of sections, in closed form. Reported is the share of
plans whose 90% interval holds that truth, and the same for the share that this one plan really has (its right codings
known) with intervals of coder error alone.

Speed: 42 plans x 24 codes x 2,000 draws, against a plain pandas loop over the same codings that does the same work
draw by draw (timed on a few draws, in the same run).
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.comparing.chances import PAIRS, PlanChances, _beyond
from toolkit.comparing.settings import CompareSettings
from toolkit.comparing.simulation import simulate_chances
from toolkit.frameworks.model import Code, Framework, Theme

THEMES = ("access", "behaviours", "wider")
CODES = 24
PLANS = 8
FRAMEWORK = Framework(
    id="synthetic",
    version="1",
    title="",
    description="",
    source="",
    licence="",
    themes=tuple(Theme(id=t, title=t) for t in THEMES),
    codes=tuple(Code(id=f"c{i}", theme=THEMES[i % 3], title="", definition="") for i in range(CODES)),
)
# Kinds of coding that the coder reports: chances of strength >= 1 to 4, and of the equity focus.
KINDS = np.array([[0.95, 0.9, 0.7, 0.1], [0.85, 0.6, 0.2, 0.05], [0.7, 0.3, 0.1, 0.02], [0.9, 0.85, 0.8, 0.6]])
KIND_SHARES = np.array([0.3, 0.35, 0.25, 0.1])
KIND_EQUITY = np.array([0.8, 0.0, 0.5, 0.0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A kind of corpus: codings found per plan and code (a code's mean, lognormal), and the coder's recall."""

    name: str
    codings: float
    recall: float


REGIMES = (
    Regime(name="dense (10 per code)", codings=10.0, recall=0.8),
    Regime(name="usual (4 per code)", codings=4.0, recall=0.8),
    Regime(name="usual, no misses", codings=4.0, recall=1.0),
    Regime(name="sparse (1 per code)", codings=1.0, recall=0.8),
    Regime(name="very sparse (0.3 per code)", codings=0.3, recall=0.8),
)


def corpus(regime: Regime, rng: np.random.Generator) -> tuple[list[PlanChances], np.ndarray, np.ndarray]:
    """Return the coded plans of one corpus, the true share of each process, and the true share of each plan."""
    plans, process, actual = [], [], []
    base = regime.codings * rng.lognormal(-0.5, 1.0, CODES)  # mean of the lognormal factor: 1
    for p in range(PLANS):
        count = int(rng.integers(8, 21))
        rates = base * rng.gamma(3.0, 1 / 3.0, CODES)
        plan, true = coded_plan(f"P{p}", rates, count, regime.recall, rng)
        plans.append(plan)
        actual.append(true)
        process.append(true_share(rates / regime.recall))
    return plans, np.array(process), np.array(actual)


def true_share(rates: np.ndarray) -> float:
    """Return the mean share of a process whose right codings are Poisson: E[max] in closed form."""
    beyond = KIND_SHARES @ KINDS  # mean number of right codings of strength >= k per coding reported
    equity = (KIND_SHARES * KIND_EQUITY) @ KINDS
    level = (1 - np.exp(-rates[:, None] * beyond)).sum(axis=1)
    focus = (1 - np.exp(-rates[:, None] * equity)).sum(axis=1)
    return float(np.mean(0.5 * level + 0.5 * focus) / 4)


def coded_plan(
    name: str, rates: np.ndarray, count: int, recall: float, rng: np.random.Generator
) -> tuple[PlanChances, float]:
    """Return one plan as coded, and the share that its right codings (found or missed) give it."""
    numbers = rng.poisson(rates)
    code = np.repeat(np.arange(CODES), numbers)
    kind = rng.choice(len(KINDS), size=len(code), p=KIND_SHARES)
    section = rng.integers(0, count, len(code))
    at_least = np.column_stack([KINDS[kind], np.zeros(len(code))])
    beyond = _beyond(at_least, KIND_EQUITY[kind])
    by_section = np.zeros((count, CODES, len(PAIRS)))
    np.add.at(by_section, (section, code), np.log(1 - beyond))
    found, exceed = np.zeros(CODES), np.zeros((CODES, len(PAIRS)))
    np.add.at(found, code, at_least[:, 0])
    np.add.at(exceed, code, beyond)
    plan = PlanChances(
        plan_id=name,
        words=1000 * count,
        by_section=by_section,
        always=np.zeros_like(exceed),
        found=found,
        exceed=exceed,
    )
    lost = rng.poisson(rates * (1 - recall) / recall)
    all_codes = np.concatenate([code, np.repeat(np.arange(CODES), lost)])
    all_kinds = np.concatenate([kind, rng.choice(len(KINDS), size=lost.sum(), p=KIND_SHARES)])
    strength = (rng.random(len(all_codes))[:, None] < KINDS[all_kinds]).sum(axis=1)
    focus = np.where(rng.random(len(all_codes)) < KIND_EQUITY[all_kinds], strength, 0)
    level, equity = np.zeros(CODES), np.zeros(CODES)
    np.maximum.at(level, all_codes, strength)
    np.maximum.at(equity, all_codes, focus)
    return plan, float(np.mean(0.5 * level + 0.5 * equity) / 4)


def coverage(regime: Regime, corpora: int, seed: int = 1) -> tuple[float, float, float]:
    """Return the shares of plans covered (process, plan) and the mean width of the interval for the process."""
    applies = np.ones((PLANS, CODES), dtype=bool)
    hits = np.zeros((corpora, 2, PLANS))
    widths = []
    for n in range(corpora):
        rng = np.random.default_rng([seed, n])
        plans, process, actual = corpus(regime, rng)
        for way, truth in enumerate((process, actual)):
            settings = CompareSettings(
                draws=400, seed=n, default_recall=regime.recall, resample_sections=way == 0, interval=0.9
            )
            low, high = np.quantile(
                simulate_chances(plans, applies, FRAMEWORK, settings).shares[-1], settings.ends, axis=1
            )
            hits[n, way] = (low <= truth) & (truth <= high)
            if way == 0:
                widths.append((high - low).mean())
    covered = hits.mean(axis=(0, 2))
    return float(covered[0]), float(covered[1]), float(np.mean(widths))


def speed() -> tuple[float, float]:
    """Return seconds for 42 x 24 x 2,000 by the simulation, and by the pandas loop (scaled up from a few draws)."""
    rng = np.random.default_rng(1)
    plans, frames = [], []
    for p in range(42):
        rates = np.full(CODES, 4.0)
        plans.append(coded_plan(f"P{p}", rates, 15, 1.0, rng)[0])
        size = int(rng.poisson(rates.sum()))
        kind = rng.choice(len(KINDS), size=size, p=KIND_SHARES)
        frame = pd.DataFrame(KINDS[kind], columns=[1, 2, 3, 4])
        frame["equity"], frame["section"] = KIND_EQUITY[kind], rng.integers(0, 15, size)
        frame["code"] = rng.integers(0, CODES, size)
        frames.append(frame)
    start = time.perf_counter()
    simulate_chances(plans, np.ones((42, CODES), dtype=bool), FRAMEWORK, CompareSettings(draws=2000))
    ours = time.perf_counter() - start
    start, few = time.perf_counter(), 5
    for _ in range(few):
        for frame in frames:
            pandas_draw(frame, rng)
    return ours, (time.perf_counter() - start) * 2000 / few


def pandas_draw(frame: pd.DataFrame, rng: np.random.Generator) -> float:
    """Return one simulated share of one plan, the plain way."""
    kept = frame[frame["section"].isin(rng.integers(0, 15, 15))]
    strength = kept[[1, 2, 3, 4]].gt(rng.random(len(kept)), axis=0).sum(axis=1)
    focus = strength.where(rng.random(len(kept)) < kept["equity"], 0)
    top = pd.DataFrame({"code": kept["code"], "level": strength, "focus": focus}).groupby("code").max()
    return float((0.5 * top["level"] + 0.5 * top["focus"]).sum() / (4 * CODES))


def main() -> None:
    """Print coverage per regime and the speed ratio."""
    corpora = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    for regime in REGIMES:
        process, actual, width = coverage(regime, corpora)
        print(
            f"{regime.name:28s} recall {regime.recall:.1f}: 90% interval covers process {process:.1%}, "
            f"this plan (coder error alone) {actual:.1%}; mean width {width:.3f}; {corpora} corpora of {PLANS} plans"
        )
    ours, loop = speed()
    print(f"42 plans x 24 codes x 2,000 draws: {ours:.2f} s; pandas loop {loop:.0f} s; {loop / ours:.0f} times as fast")


if __name__ == "__main__":
    main()
