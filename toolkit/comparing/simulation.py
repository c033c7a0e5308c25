"""One seeded simulation that joins the bootstrap over sections with the coder's calibrated error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from toolkit.comparing.chances import PAIRS, Floats, PlanChances, missed, plan_chances
from toolkit.comparing.settings import CompareSettings
from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document, content_id
from toolkit.scoring.checks import OVERALL

Levels = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Simulated shares, themes x plans x draws (NaN where a theme has no points), and their exact expectation."""

    framework: str
    plan_ids: tuple[str, ...]
    themes: tuple[str, ...]
    shares: Floats
    expected: Floats  # themes x plans


def simulate(
    documents: Sequence[Document], codings: Sequence[Coding], framework: Framework, settings: CompareSettings
) -> Simulation:
    """Return the simulated shares of every document, in the order given.

    Each draw takes the plan's sections again with replacement, decides for each coding whether it is right, how
    strong, and whether it has the equity focus, and adds misses. Drawing sections again loses evidence on average
    (a section is left out of about 37% of draws), so the draws are shifted to have the mean that the plan has with
    all its sections; shares stay within 0-1. Each plan has its own stream of random numbers, from the seed and its
    id: neither the order nor the company of plans changes it.
    """
    own = [c for c in codings if c.framework == framework.id]
    by_plan: dict[str, list[Coding]] = {}
    for coding in own:
        by_plan.setdefault(coding.plan_id, []).append(coding)
    plans = [_applicable(d, by_plan.get(d.plan.plan_id, []), framework) for d in documents]
    applies = np.array([[c.applies_to(d.plan.kind) for c in framework.codes] for d in documents], dtype=bool)
    applies = applies.reshape(len(documents), len(framework.codes))
    return simulate_chances(plans, applies, framework, settings)


def simulate_chances(
    plans: Sequence[PlanChances], applies: NDArray[np.bool_], framework: Framework, settings: CompareSettings
) -> Simulation:
    """Return the simulated shares from chances; `applies` (plans x codes) says which code is meant for which plan."""
    themes = (*(t.id for t in framework.themes), OVERALL)
    extra = _misses(plans, applies, framework, settings)
    shares = np.full((len(themes), len(plans), settings.draws), np.nan)
    expected = np.full((len(themes), len(plans)), np.nan)
    for i, plan in enumerate(plans):
        parts = _theme_parts(framework, themes, applies[i])
        always = plan.always + extra[i]
        stream = np.random.default_rng([settings.seed, int(content_id(framework.id, plan.plan_id), 16)])
        level, equity_level = draw_levels(plan.by_section, always, settings, stream)
        mixed = _mix(level.astype(np.float64), equity_level.astype(np.float64), framework.equity_weight)
        centre = _mix(*expected_levels(plan.by_section, always), framework.equity_weight)
        expected[:, i] = centre @ parts
        raw = mixed @ parts
        shares[:, i] = np.clip(raw + (expected[:, i] - raw.mean(axis=0)), 0.0, 1.0).T
    # Twelve digits, so that plans which are equal in arithmetic are equal in ranks.
    return Simulation(
        framework=framework.id,
        plan_ids=tuple(p.plan_id for p in plans),
        themes=themes,
        shares=np.round(shares, 12),
        expected=np.round(expected, 12),
    )


def draw_levels(
    by_section: Floats, always: Floats, settings: CompareSettings, stream: np.random.Generator
) -> tuple[Levels, Levels]:
    """Return simulated levels and equity levels, draws x codes, each 0-4."""
    drawn = _sections_drawn(by_section.shape[0], settings, stream)
    logs = drawn @ by_section.reshape(by_section.shape[0], -1) + always.reshape(-1)
    grid = _grid(np.exp(logs).reshape(settings.draws, -1, len(PAIRS)))
    sure = np.stack([grid[:, :, j, j] for j in range(4)], axis=-1)  # P(L <= j)
    level = (stream.random(sure.shape[:2])[:, :, None] >= sure).sum(axis=-1)
    # P(L = l and E <= k) for the level l that was drawn, then E by inversion.
    below = np.concatenate([np.zeros_like(grid[:, :, :1]), grid[:, :, :-1]], axis=2)
    exact = np.take_along_axis(grid - below, level[:, :, None, None], axis=2)[:, :, 0]
    cut = stream.random(sure.shape[:2]) * exact[:, :, 4]
    equity = np.minimum((cut[:, :, None] >= exact[:, :, :4]).sum(axis=-1), level)
    return level.astype(np.int8), equity.astype(np.int8)


def expected_levels(by_section: Floats, always: Floats) -> tuple[Floats, Floats]:
    """Return the exact expected level and equity level per code, all sections taken once."""
    grid = _grid(np.exp(by_section.sum(axis=0) + always)[None])[0]
    level = sum((1.0 - grid[:, j, j] for j in range(4)), np.zeros(len(always)))
    equity = sum((1.0 - grid[:, 4, k] for k in range(4)), np.zeros(len(always)))
    return level, equity


def _applicable(document: Document, codings: Sequence[Coding], framework: Framework) -> PlanChances:
    codes = {c.id for c in framework.codes if c.applies_to(document.plan.kind)}
    return plan_chances(document, [c for c in codings if c.code in codes], framework)


def _misses(
    plans: Sequence[PlanChances], applies: NDArray[np.bool_], framework: Framework, settings: CompareSettings
) -> Floats:
    """Return what misses add, computed in the order of plan ids so that sums do not depend on the order given."""
    order = sorted(range(len(plans)), key=lambda i: plans[i].plan_id)
    recall = np.array([settings.recall_of(c.id) for c in framework.codes])
    extra = np.zeros((len(plans), len(framework.codes), len(PAIRS)))
    if plans:
        extra[order] = missed([plans[i] for i in order], applies[order], recall)
    return extra


def _sections_drawn(count: int, settings: CompareSettings, stream: np.random.Generator) -> Floats:
    """Return draws x sections: 1 where a section was drawn at least once. A second copy adds no new evidence."""
    if not settings.resample_sections or count == 0:
        return np.ones((settings.draws, count))
    picked = stream.integers(0, count, size=(settings.draws, count))
    drawn = np.zeros((settings.draws, count))
    np.put_along_axis(drawn, picked, 1.0, axis=1)
    return drawn


def _grid(cumulative: Floats) -> Floats:
    """Return P(L <= j and E <= k) as rows x codes x 5 x 5; beyond k = j it stays what it is at k = j."""
    grid = np.ones((*cumulative.shape[:2], 5, 5))
    for position, (j, k) in enumerate(PAIRS):
        grid[:, :, j, k] = cumulative[:, :, position]
    for j in range(4):
        grid[:, :, j, j + 1 :] = grid[:, :, j, j, None]
    return grid


def _mix(level: Floats, equity: Floats, equity_weight: float) -> Floats:
    return (1.0 - equity_weight) * level + equity_weight * equity


def _theme_parts(framework: Framework, themes: Sequence[str], applies: NDArray[np.bool_]) -> Floats:
    """Return what a point of each code adds to each theme's share: codes x themes, NaN for a theme without points."""
    weights = np.array([[c.weight * (t in (c.theme, OVERALL)) for t in themes] for c in framework.codes])
    weights = weights.reshape(len(framework.codes), len(themes)) * applies[:, None]
    available = 4.0 * weights.sum(axis=0)
    return np.asarray(weights / np.where(available > 0, available, np.nan))
