"""The table `agreement`: two coders over the same passages, code by code, with intervals by document and a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from toolkit.comparing.agreement import Floats
from toolkit.errors import InvalidInput
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd

Integers = NDArray[np.intp]

RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff's limits for alpha
LEAST_POSITIVES = 10  # passages to which a coder gave the code
EXTREME = 0.05  # prevalence below this, or above 1 - this, makes kappa and alpha collapse
_COEFFICIENTS = ("percent", "kappa", "alpha", "ac")
_CERTAIN = 1.0 - 1e-12


def agreement(
    units: pd.DataFrame,
    evidence_a: pd.DataFrame,
    evidence_b: pd.DataFrame,
    codes: Sequence[str],
    *,
    coders: tuple[str, str] = ("a", "b"),
    framework: str = "",
    resamples: int = 1000,
    interval: float = 0.95,
    seed: int = 1,
) -> pd.DataFrame:
    """Return the table `agreement`: a row per code, then `equity` and `strength` of the passage.

    `units` (columns plan_id, passage_id) are the passages that both coders judged, uncoded ones included; the two
    evidence tables (plan_id, passage_id, code, strength, equity) say what each of them found. Strength is 0-4, 0 for a
    passage without a code, and is compared as an ordered scale. Intervals resample documents. What is not defined is
    NA. Precision, recall and F1 take coder a as the reference. Raises InvalidInput for evidence outside the units,
    codes that were not asked for, or units given twice.
    """
    places = list(zip(units["plan_id"], units["passage_id"], strict=True))
    _check(places, (evidence_a, evidence_b), codes, coders)
    documents = np.unique(np.array([p for p, _ in places], dtype=str), return_inverse=True)[1]
    stream = np.random.default_rng(seed)
    count = int(documents.max()) + 1 if places else 0
    shares = np.full(count, 1 / count) if count else np.ones(0)
    times = stream.multinomial(count, shares, size=resamples).astype(np.float64) if count else np.zeros((0, 0))
    rows = []
    for name, a, b, size in _judged(places, (evidence_a, evidence_b), codes):
        joint = np.zeros((count, size, size))
        np.add.at(joint, (documents, a, b), 1.0)
        row: dict[str, Any] = {"framework": framework, "code": name, "coder_a": coders[0], "coder_b": coders[1]}
        row |= {"unit": "strength" if size > 2 else "presence", "units": len(places), "documents": count}
        rows.append(row | _figures(joint, times, interval))
    return table("agreement", rows)


def pair_coefficients(joint: Floats) -> dict[str, Floats]:
    """Return percent, kappa, alpha and ac of two coders from tables of counts, rows x K x K; NaN where not defined.

    Two categories are compared as names; more are ordered: quadratic weights for kappa and ac, ordinal alpha.
    """
    total = joint.sum(axis=(1, 2))
    size = joint.shape[1]
    share = np.divide(joint, total[:, None, None], out=np.full_like(joint, np.nan), where=total[:, None, None] > 0)
    gap = np.abs(np.subtract.outer(np.arange(size), np.arange(size)))
    scheme = np.eye(size) if size == 2 else 1 - (gap / (size - 1)) ** 2
    first, second = share.sum(axis=2), share.sum(axis=1)
    middle = (first + second) / 2
    observed = (share * scheme).sum(axis=(1, 2))
    by_margins = np.einsum("ri,rj,ij->r", first, second, scheme)
    by_doubt = scheme.sum() / (size * (size - 1)) * (middle * (1 - middle)).sum(axis=1)
    return {
        "percent": np.asarray((share * np.eye(size)).sum(axis=(1, 2))),
        "kappa": _corrected(observed, by_margins),
        "alpha": _alpha(joint, ordinal=size > 2),
        "ac": _corrected(observed, by_doubt),
    }


def _alpha(joint: Floats, *, ordinal: bool) -> Floats:
    coincidence = joint + joint.transpose(0, 2, 1)
    margin = coincidence.sum(axis=2)
    middle = np.cumsum(margin, axis=1) - margin / 2
    distance = (middle[:, :, None] - middle[:, None, :]) ** 2
    if not ordinal:
        distance = np.broadcast_to(1 - np.eye(joint.shape[1]), joint.shape)
    expected = (margin[:, :, None] * margin[:, None, :] * distance).sum(axis=(1, 2)) / (margin.sum(axis=1) - 1)
    found = (coincidence * distance).sum(axis=(1, 2))
    return np.asarray(1 - np.divide(found, expected, out=np.full_like(found, np.nan), where=expected > 0))


def _corrected(observed: Floats, expected: Floats) -> Floats:
    left = 1 - expected
    known = expected < _CERTAIN
    return np.asarray(np.divide(observed - expected, left, out=np.full_like(left, np.nan), where=known))


def _judged(
    places: list[tuple[str, str]], evidence: Sequence[pd.DataFrame], codes: Sequence[str]
) -> Iterator[tuple[str, Integers, Integers, int]]:
    """Yield what each coder said of every passage, as categories: code by code, then equity and strength."""
    said = []
    for frame in evidence:
        index = list(zip(frame["plan_id"], frame["passage_id"], strict=True))
        by_code = set(zip(index, frame["code"], strict=True))
        equity = {p for p, e in zip(index, frame["equity"], strict=True) if e}
        strength: dict[tuple[str, str], int] = {}
        for place, value in zip(index, frame["strength"], strict=True):
            strength[place] = max(strength.get(place, 0), int(value))
        said.append((by_code, equity, strength))
    (codes_a, equity_a, strength_a), (codes_b, equity_b, strength_b) = said
    for code in codes:
        yield code, _array((p, code) in codes_a for p in places), _array((p, code) in codes_b for p in places), 2
    yield "equity", _array(p in equity_a for p in places), _array(p in equity_b for p in places), 2
    yield "strength", _array(strength_a.get(p, 0) for p in places), _array(strength_b.get(p, 0) for p in places), 5


def _array(values: Iterable[int]) -> Integers:
    return np.fromiter(values, dtype=np.intp)


def _figures(joint: Floats, times: Floats, interval: float) -> dict[str, Any]:
    whole = joint.sum(axis=0)
    exact = {k: float(v[0]) for k, v in pair_coefficients(whole[None]).items()}
    drawn = pair_coefficients(np.einsum("rd,dij->rij", times, joint))
    row: dict[str, Any] = {}
    for name in _COEFFICIENTS:
        row |= {name: _known(exact[name]), **_interval(name, exact[name], drawn[name], interval)}
    if len(whole) > 2:
        return row | {"verdict": _verdict(exact, int(whole.sum() - whole[0, 0]), None)}
    neither, only_b, only_a, both = (int(n) for n in whole.ravel())
    units = both + only_a + only_b + neither
    prevalence = (2 * both + only_a + only_b) / (2 * units) if units else None
    return row | {
        "both": both,
        "only_a": only_a,
        "only_b": only_b,
        "neither": neither,
        "prevalence": prevalence,
        "precision": _ratio(both, both + only_b),
        "recall": _ratio(both, both + only_a),
        "f1": _ratio(2 * both, 2 * both + only_a + only_b),
        "verdict": _verdict(exact, both + only_a + only_b, prevalence),
    }


def _interval(name: str, exact: float, drawn: Floats, interval: float) -> dict[str, float | None]:
    """Return the ends, or None when the coefficient is not defined, or not in most of the resamples."""
    known = drawn[~np.isnan(drawn)]
    if np.isnan(exact) or 2 * len(known) <= len(drawn):
        return {f"{name}_low": None, f"{name}_high": None}
    low, high = np.quantile(known, [(1 - interval) / 2, (1 + interval) / 2])
    return {f"{name}_low": float(low), f"{name}_high": float(high)}


def _verdict(exact: dict[str, float], positives: int, prevalence: float | None) -> str:
    alpha = exact["alpha"]
    if np.isnan(alpha) or positives < LEAST_POSITIVES:
        return "too little evidence"
    if alpha >= RELIABLE:
        return "ok"
    extreme = prevalence is not None and not EXTREME <= prevalence <= 1 - EXTREME
    if alpha >= TENTATIVE or (extreme and exact["ac"] >= RELIABLE):
        return "weak"
    return "not automatable"


def _check(
    places: list[tuple[str, str]], evidence: Sequence[pd.DataFrame], codes: Sequence[str], coders: tuple[str, str]
) -> None:
    faults = [] if len(set(places)) == len(places) else ["units hold a passage twice"]
    for name, frame in zip(coders, evidence, strict=True):
        outside = set(zip(frame["plan_id"], frame["passage_id"], strict=True)) - set(places)
        unknown = sorted(set(frame["code"]) - set(codes))
        faults += [f"coder {name}: passage {p} was coded but is not among the units" for p in sorted(outside)[:5]]
        faults += [f"coder {name}: code '{c}' was not asked for" for c in unknown]
        faults += [f"coder {name}: strength {s}; give 1 to 4" for s in sorted(set(frame["strength"]) - {1, 2, 3, 4})]
    if faults:
        raise InvalidInput("agreement", faults)


def _ratio(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
