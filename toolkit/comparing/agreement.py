"""Agreement between coders, corrected for chance in three ways.

Every coefficient is (observed - expected) / (1 - expected) over a matrix of weights w (1 = full agreement); they
differ in what they expect by chance. Codings are a table of units x coders of categories 0, 1, ..., with NaN where a
coder did not code a unit. A coefficient is None when it is not defined: no unit coded twice, or no variation, where
chance alone gives full agreement.

Sources: Cohen 1960 and 1968; Krippendorff 2011 (Computing Krippendorff's alpha-reliability); Gwet 2008 and 2014
(Handbook of Inter-Rater Reliability, 4th ed.); paradoxes of kappa: Feinstein & Cicchetti 1990.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from toolkit.errors import UnknownName

Floats = NDArray[np.float64]
Weights = Literal["identity", "linear", "quadratic"]
Level = Literal["nominal", "ordinal", "interval"]
_CERTAIN = 1.0 - 1e-12


def percent_agreement(codings: Floats) -> float | None:
    """Return the share of pairs of codings of the same unit that agree, mean over units; None without such pairs."""
    counts = _counts(codings)
    return _observed(counts, np.eye(counts.shape[1])) if len(counts) else None


def cohen_kappa(codings: Floats, weights: Weights = "identity", categories: int | None = None) -> float | None:
    """Return Cohen's kappa of two coders over the units that both coded (weighted kappa for ordered categories)."""
    both = codings[~np.isnan(codings).any(axis=1)].astype(int)
    if not len(both):
        return None
    size = max(categories or 0, int(both.max()) + 1)
    joint = np.zeros((size, size))
    np.add.at(joint, (both[:, 0], both[:, 1]), 1 / len(both))
    scheme = _scheme(weights, size)
    return _corrected(float((scheme * joint).sum()), float((scheme * np.outer(joint.sum(1), joint.sum(0))).sum()))


def gwet_ac(codings: Floats, weights: Weights = "identity", categories: int | None = None) -> float | None:
    """Return Gwet's AC1 (AC2 with weights): chance is how often a coder in doubt would agree.

    `categories` is the number of categories that could have been used; it defaults to those up to the highest seen.
    """
    coded = _counts(codings, categories, least=1)
    counts, size = coded[coded.sum(axis=1) >= 2], coded.shape[1]
    if not len(counts) or size < 2:
        return None
    shares = (coded / coded.sum(axis=1, keepdims=True)).mean(axis=0)
    scheme = _scheme(weights, size)
    expected = float(scheme.sum() / (size * (size - 1)) * (shares * (1 - shares)).sum())
    return _corrected(_observed(counts, scheme), expected)


def krippendorff_alpha(codings: Floats, level: Level = "nominal") -> float | None:
    """Return Krippendorff's alpha for any number of coders and missing codings."""
    counts = _counts(codings, least=2)
    if not len(counts):
        return None
    pairs = counts.sum(axis=1)[:, None, None] - 1
    coincidence = ((counts[:, :, None] * counts[:, None, :] - _diagonal(counts)) / pairs).sum(axis=0)
    margin = coincidence.sum(axis=1)
    total = margin.sum()
    distance = _distance(level, margin)
    expected = float((np.outer(margin, margin) - np.diag(margin)).ravel() @ distance.ravel() / (total - 1))
    if expected <= 0:
        return None
    return float(1 - (coincidence * distance).sum() / expected)


def _counts(codings: Floats, categories: int | None = None, least: int = 2) -> Floats:
    """Return units x categories: how many coders gave each category, of units that `least` or more coders coded."""
    known = codings[(~np.isnan(codings)).sum(axis=1) >= least]
    highest = int(np.nanmax(known)) + 1 if len(known) else 1
    size = max(categories or 0, highest)
    return np.stack([(known == c).sum(axis=1) for c in range(size)], axis=1).astype(np.float64)


def _observed(counts: Floats, scheme: Floats) -> float:
    coders = counts.sum(axis=1)
    agreeing = (counts * (counts @ scheme.T - 1)).sum(axis=1)
    return float((agreeing / (coders * (coders - 1))).mean())


def _corrected(observed: float, expected: float) -> float | None:
    return None if expected >= _CERTAIN else (observed - expected) / (1 - expected)


def _scheme(weights: Weights, size: int) -> Floats:
    if weights not in ("identity", "linear", "quadratic"):
        raise UnknownName("weights", weights, ("identity", "linear", "quadratic"))
    if weights == "identity" or size < 2:
        return np.eye(size)
    gap = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / (size - 1)
    return np.asarray(1 - gap ** (1 if weights == "linear" else 2))


def _diagonal(counts: Floats) -> Floats:
    return np.asarray(counts[:, :, None] * np.eye(counts.shape[1]))


def _distance(level: Level, margin: Floats) -> Floats:
    size = len(margin)
    if level == "nominal":
        return np.asarray(1 - np.eye(size))
    if level == "ordinal":
        # Distance of two ranks: how many codings lie from one to the other, both ends at half.
        middle = np.cumsum(margin) - margin / 2
        return np.asarray(np.subtract.outer(middle, middle) ** 2)
    if level == "interval":
        return np.asarray(np.subtract.outer(np.arange(size), np.arange(size)) ** 2.0)
    raise UnknownName("level", level, ("nominal", "ordinal", "interval"))
