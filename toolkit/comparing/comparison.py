"""Totals with what can be said of their uncertainty: intervals, ranks, bands, and who is above whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.comparing.chances import Floats
from toolkit.comparing.ranks import bands, competition_ranks, probability_above, rank_intervals
from toolkit.comparing.settings import CompareSettings
from toolkit.comparing.simulation import Simulation, simulate
from toolkit.errors import UnknownName
from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document, Problem
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Tables `comparison` and `p_above`, what a person should know, and the draws behind them."""

    table: pd.DataFrame
    p_above: pd.DataFrame
    problems: tuple[Problem, ...]
    simulation: Simulation

    def above(self, theme: str = "overall") -> pd.DataFrame:
        """Return plans x plans: the probability that the row is above the column; NA on the diagonal.

        Raises UnknownName, with the choices, for a theme in which no two plans were compared.
        """
        known = list(self.p_above["theme"].unique())
        if theme not in known:
            raise UnknownName("theme", theme, known)
        own = self.p_above[self.p_above["theme"] == theme]
        order = own["plan_a"].unique()
        wide = own.pivot(index="plan_a", columns="plan_b", values="p_above")
        return wide.reindex(index=order, columns=order)


def compare(
    documents: Sequence[Document],
    codings: Sequence[Coding],
    totals: pd.DataFrame,
    framework: Framework,
    settings: CompareSettings | None = None,
) -> Comparison:
    """Return the totals of one framework with intervals, rank intervals, bands and the chance that A is above B.

    `totals` is the table that `scoring.totals` made of the same documents and codings. Plans without a share keep
    their row, with NA. Ranks, bands and gaps need two plans that have a share: otherwise they are NA, and a problem
    says so. `share` may lie outside its interval: the interval allows for the coder's doubt, as `share_expected` does.
    Raises UnknownName when `totals` holds no rows of the framework.
    """
    chosen = settings or CompareSettings()
    own = totals[totals["framework"] == framework.id]
    if own.empty and len(totals):
        raise UnknownName("framework", framework.id, totals["framework"].unique())
    had = own.dropna(subset=["share"])
    shares = dict(zip(zip(had["plan_id"], had["theme"], strict=True), had["share"].astype(float), strict=True))
    scored = [d for d in documents if any(p == d.plan.plan_id for p, _ in shares)]
    simulation = simulate(scored, codings, framework, chosen)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    pairs: list[dict[str, Any]] = []
    for t, theme in enumerate(simulation.themes):
        kept = [i for i, p in enumerate(simulation.plan_ids) if (p, theme) in shares]
        names = tuple(simulation.plan_ids[i] for i in kept)
        observed = np.round(np.array([shares[p, theme] for p in names]), 12)
        draws, expected = simulation.shares[t, kept], simulation.expected[t, kept]
        for name, row in zip(names, _rows(names, observed, expected, draws, chosen), strict=True):
            rows[name, theme] = row
        pairs += _pairs(framework.id, theme, names, probability_above(draws))
    blank = dict.fromkeys(_FIGURES)
    counts = {t: sum(theme == t for _, theme in rows) for t in simulation.themes}
    made = [
        {"plan_id": p, "framework": framework.id, "theme": t, "plans_compared": counts[t]} | rows.get((p, t), blank)
        for p, t in zip(own["plan_id"], own["theme"], strict=True)
    ]
    comparison = table("comparison", made)
    problems = tuple(_problems(comparison, len(scored), framework, chosen))
    return Comparison(table=comparison, p_above=table("p_above", pairs), problems=problems, simulation=simulation)


_FIGURES = (
    *("share", "share_expected", "share_low", "share_high"),
    *("rank", "rank_low", "rank_high", "band", "gap_to_median"),
)


def _rows(
    names: tuple[str, ...], observed: Floats, expected: Floats, draws: Floats, settings: CompareSettings
) -> Iterator[dict[str, Any]]:
    if not names:
        return
    low, high = np.quantile(draws, settings.ends, axis=1)
    above = probability_above(draws)
    ranks = competition_ranks(observed)
    best, worst = rank_intervals(draws, settings.ends)
    in_bands = bands(observed, above, settings.apart, names)
    gaps = observed - np.median(observed)
    for i in range(len(names)):
        own = (observed[i], expected[i], low[i], high[i])
        placed = (ranks[i], best[i], worst[i], in_bands[i], gaps[i]) if len(names) > 1 else (None,) * 5
        yield dict(zip(_FIGURES, (*own, *placed), strict=True))


def _pairs(framework: str, theme: str, names: tuple[str, ...], above: Floats) -> Iterator[dict[str, Any]]:
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            if i != j:
                yield {"framework": framework, "theme": theme, "plan_a": a, "plan_b": b, "p_above": above[i, j]}


def _problems(table: pd.DataFrame, scored: int, framework: Framework, settings: CompareSettings) -> Iterator[Problem]:
    if scored < 2:
        message = f"{framework.id}: fewer than two plans have a share, so that no rank, band or gap can be given."
        yield Problem(plan_id="", stage="compare", kind="nothing to compare", message=message, remedy="Add plans.")
    unknown = [c.id for c in framework.codes if c.id not in settings.recall]
    if unknown and settings.default_recall == 1.0:
        message = (
            f"{framework.id}: the recall of {len(unknown)} codes is not known; intervals leave out what was missed."
        )
        remedy = "Give recall per code, from codings that were checked by a person."
        yield Problem(plan_id="", stage="compare", kind="recall not known", message=message, remedy=remedy)
    whole = table[table["theme"] == "overall"]
    outside = (whole["share"] < whole["share_low"]) | (whole["share"] > whole["share_high"])
    for row in whole[outside.fillna(False)].itertuples():
        message = (
            f"{framework.id}: the share from the highest strengths lies outside the interval that allows for doubt."
        )
        remedy = "Read share_expected beside it, or score with points_from='expected_level'."
        yield Problem(plan_id=str(row.plan_id), stage="compare", kind="doubtful share", message=message, remedy=remedy)
