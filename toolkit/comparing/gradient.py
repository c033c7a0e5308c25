"""Do plans of more deprived systems go deeper? Slope and relative index of inequality of plan shares.

Systems are lined up from the least to the most deprived; each takes up as much of the line (0 to 1) as it has of the
population, and stands at the middle of its stretch. SII is the slope of the population-weighted straight line through
the shares: the difference between the two ends. RII is SII / population-weighted mean share. Above 0: higher shares
at the more deprived end. They describe an association among at most 42 systems, nothing more.

Sources: Low & Low 2004 (doi 10.1093/pubmed/fdh175); Schlotheuber & Hosseinpoor 2022 (doi 10.3390/ijerph19063697).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.comparing.context import context
from toolkit.comparing.matrix import Floats
from toolkit.comparing.simulation import Simulation
from toolkit.errors import InvalidInput, UnknownName
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd

_ENOUGH_PLANS = 5


def equity_gradient(
    totals: pd.DataFrame,
    plans: pd.DataFrame,
    *,
    measure: str = "imd2025_average_score",
    simulation: Simulation | None = None,
    resamples: int = 2000,
    interval: float = 0.95,
    seed: int = 1,
) -> pd.DataFrame:
    """Return the table `gradient`: SII and RII of shares over deprivation, per theme, with resampled intervals.

    Plans are matched to `context()` by `ics_code`; plans without one, or without a share, are left out. Where a system
    has several plans they divide its population (Census 2021). `measure` is a column of `context()`, higher = more
    deprived. Intervals resample systems with replacement, each at its place on the line; with `simulation` (of
    `compare`) each resample also takes one simulated share per plan. `p_value` permutes shares over plans: give
    plans of one kind at a time, since plans of one system are not independent. All are NA for fewer than 5 systems.
    """
    known = context()
    if measure not in known.columns or known[measure].dtype.kind not in "fiu":
        raise UnknownName("measure", measure, [c for c in known.columns if known[c].dtype.kind in "fiu"])
    if resamples < 1 or not 0 < interval < 1:
        raise InvalidInput(
            "gradient", [f"resamples {resamples}, interval {interval}: give 1 or more, and a share in 0-1"]
        )
    facts = plans[["plan_id", "ics_code"]].merge(known, left_on="ics_code", right_on="ods_code")
    joined = totals.dropna(subset=["share"]).merge(facts, on="plan_id").sort_values(["ods_code", "plan_id"])
    rows = []
    for framework, theme in totals[["framework", "theme"]].drop_duplicates().itertuples(index=False):
        group = joined[(joined["framework"] == framework) & (joined["theme"] == theme)]
        row = {"framework": framework, "theme": theme, "measure": measure, "plans_compared": len(group)}
        drawn = _simulated(simulation, framework, theme, list(group["plan_id"]))
        rows.append(row | {"interval": interval} | _gradient(group, measure, drawn, (resamples, interval, seed)))
    return table("gradient", rows)


def slope_index(share: Floats, deprivation: Floats, population: Floats) -> tuple[float, float]:
    """Return the slope index and the weighted mean, of values for groups with a deprivation value and a population.

    Groups of equal deprivation share one stretch of the line. The slope is NaN when all are equally deprived.
    """
    slope, mean = _slopes(share[None], _places(deprivation, population), population[None])
    return float(slope[0]), float(mean[0])


def _gradient(
    group: pd.DataFrame, measure: str, drawn: Floats | None, choice: tuple[int, float, int]
) -> dict[str, Any]:
    resamples, interval, seed = choice
    codes, systems = np.unique(group["ods_code"].to_numpy(dtype=str), return_inverse=True)
    if len(codes) < _ENOUGH_PLANS:
        return {}
    share, deprivation, people = (
        group[c].to_numpy(dtype=np.float64) for c in ("share", measure, "population_census2021")
    )
    population = people / np.bincount(systems)[systems]
    slope, mean = slope_index(share, deprivation, population)
    if np.isnan(slope):
        return {}
    stream = np.random.default_rng(seed)
    # How often each system is drawn; its plans go with it.
    times = stream.multinomial(len(codes), np.full(len(codes), 1 / len(codes)), size=resamples)[:, systems]
    values = np.broadcast_to(share, (resamples, len(share)))
    if drawn is not None:
        values = drawn[:, stream.integers(0, drawn.shape[1], size=resamples)].T
    places = _places(deprivation, population)
    slopes, means = _slopes(values, places, population * times)
    permuted = stream.permuted(np.broadcast_to(share, (resamples, len(share))), axis=1)
    chance, _ = _slopes(permuted, places, population[None])
    ends = [(1 - interval) / 2, (1 + interval) / 2]
    sii = np.nanquantile(slopes, ends)
    rii = np.nanquantile(slopes / np.where(means > 0, means, np.nan), ends) if mean > 0 else (None, None)
    return {
        "mean_share": mean,
        "sii": slope,
        "sii_low": sii[0],
        "sii_high": sii[1],
        "rii": slope / mean if mean > 0 else None,
        "rii_low": rii[0],
        "rii_high": rii[1],
        "p_value": (1 + (np.abs(chance) >= abs(slope) - 1e-12).sum()) / (resamples + 1),
    }


def _places(deprivation: Floats, population: Floats) -> Floats:
    """Return where each group stands on the line: population less deprived plus half of those equally deprived."""
    share = population / population.sum()
    below = (deprivation[None, :] < deprivation[:, None]) @ share
    equal = (deprivation[None, :] == deprivation[:, None]) @ share
    return np.asarray(below + equal / 2)


def _slopes(values: Floats, places: Floats, population: Floats) -> tuple[Floats, Floats]:
    """Return the weighted slope over the places and the weighted mean, one per row of values."""
    weight = population / population.sum(axis=1, keepdims=True)
    mean = (weight * values).sum(axis=1)
    off = places - (weight * places).sum(axis=1, keepdims=True)
    spread = (weight * off**2).sum(axis=1)
    slope = (weight * off * (values - mean[:, None])).sum(axis=1)
    spread = np.broadcast_to(spread, slope.shape)
    return np.divide(slope, spread, out=np.full_like(slope, np.nan), where=spread > 1e-15), mean


def _simulated(simulation: Simulation | None, framework: str, theme: str, plan_ids: list[str]) -> Floats | None:
    if simulation is None or simulation.framework != framework or not set(plan_ids) <= set(simulation.plan_ids):
        return None
    places = [simulation.plan_ids.index(p) for p in plan_ids]
    return np.asarray(simulation.shares[simulation.themes.index(theme), places])
