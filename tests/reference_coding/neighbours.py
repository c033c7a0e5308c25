"""How the layers of neighbours are learnt, from judgements of passages that the other layers had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from calibrating import logistic
from coded import Coded

from toolkit.coding.features import Array, Index, Reading
from toolkit.coding.surroundings import NEIGHBOURLY, OWN, beside_mean, surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where rows stand among their neighbours: a passage that was coded twice stands there once."""

    kept: Index  # the rows that stand there
    readings: list[Reading]  # of these
    at: Index  # per row: its place among them
    ordered: Index  # the rows that have neighbours, and so can teach what those mean
    weights: Array  # per row


def places_of(rows: Sequence[Coded], readings: Sequence[Reading]) -> Places:
    """Return where each row stands."""
    once = {r.id: i for i, r in reversed(list(enumerate(rows)))}
    kept = sorted(once.values())
    place = {i: n for n, i in enumerate(kept)}
    return Places(
        kept=np.array(kept),
        readings=[readings[i] for i in kept],
        at=np.array([place[once[r.id]] for r in rows]),
        ordered=np.flatnonzero([r.ordered for r in rows]),
        weights=np.array([r.weight for r in rows]),
    )


def fit_around(codes: Sequence[str], own: Array, truth: Array, places: Places) -> tuple[Array, Array]:
    """Return the weights of the layer of neighbours, and its log-odds of every row."""
    features = surroundings(own[places.kept], places.readings, codes)[places.at]
    if not len(places.ordered):
        return OWN, own
    x = features[places.ordered].reshape(-1, features.shape[-1])
    weights = np.repeat(places.weights[places.ordered], len(codes))
    coef, base = logistic(x, truth[places.ordered].ravel(), weights, 1.0)
    if (coef[list(NEIGHBOURLY)] < 0).any():
        raise ValueError(f"neighbours speak against a topic, which the layer promises not to do: {coef}")
    return np.append(coef, base), np.asarray(features @ coef + base)


def fit_beside(
    own: Array, trust: Array, usual: Array, truth: Array, which: Array, places: Places
) -> tuple[Array, Array]:
    """Return, per answer, the weights of its own log-odds and the neighbours' mean; and the log-odds of every row.

    It is learnt from the rows that `which` names.
    """
    features = beside_mean(own[places.kept], trust[places.kept], usual, places.readings)[places.at]
    taught = [i for i in places.ordered if which[i]]
    if not taught:
        return np.eye(own.shape[1], 2 * own.shape[1] + 1), own
    fits = [logistic(features[taught], answers[taught], places.weights[taught], 1.0) for answers in truth.T]
    around = np.array([np.append(coef, base) for coef, base in fits])
    return around, features @ around[:, :-1].T + around[:, -1]
