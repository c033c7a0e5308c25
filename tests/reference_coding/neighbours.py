"""How the layers of neighbours are learnt, from judgements of passages that the other layers had not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from calibrating import logistic
from coded import Coded, truth_of

from toolkit.coding.features import Array, Index, Reading
from toolkit.coding.surroundings import NEIGHBOURLY, OWN, beside_mean, surroundings


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows stand among their neighbours: a passage that was coded twice stands there once."""

    kept: Index  # the rows that stand there
    at: Index  # per row: its place among them
    ordered: Index  # the rows that have neighbours, and so can teach what those mean


def places_of(rows: Sequence[Coded]) -> Places:
    """Return where each row stands."""
    once = {r.id: i for i, r in reversed(list(enumerate(rows)))}
    kept = sorted(once.values())
    place = {i: n for n, i in enumerate(kept)}
    at = [place[once[r.id]] for r in rows]
    return Places(np.array(kept), np.array(at), np.flatnonzero([r.ordered for r in rows]))


def fit_around(
    rows: Sequence[Coded], readings: Sequence[Reading], codes: Sequence[str], own: Array, places: Places
) -> tuple[Array, Array]:
    """Return the weights of the layer of neighbours, and its log-odds of every row."""
    features = surroundings(own[places.kept], [readings[i] for i in places.kept], codes)[places.at]
    if not len(places.ordered):
        return OWN, own
    x = features[places.ordered].reshape(-1, features.shape[-1])
    y = truth_of(rows, codes)[places.ordered].ravel()
    weights = np.repeat([rows[i].weight for i in places.ordered], len(codes))
    coef, base = logistic(x, y, weights, 1.0)
    if (coef[list(NEIGHBOURLY)] < 0).any():
        raise ValueError(f"neighbours speak against a topic, which the layer promises not to do: {coef}")
    return np.append(coef, base), np.asarray(features @ coef + base)


def fit_beside(
    rows: Sequence[Coded],
    readings: Sequence[Reading],
    own: Array,
    trust: Array,
    usual: Array,
    truth: Array,
    which: Array,
    places: Places,
) -> tuple[Array, Array]:
    """Return, per answer, the weights of its own log-odds and the neighbours' mean; and the log-odds of every row."""
    kept = places.kept
    features = beside_mean(own[kept], trust[kept], usual, [readings[i] for i in kept])[places.at]
    taught = [i for i in places.ordered if which[i]]
    if not taught:
        return np.eye(own.shape[1], 2 * own.shape[1] + 1), own
    weights = np.array([rows[i].weight for i in taught])
    fits = [logistic(features[taught], answers[taught], weights, 1.0) for answers in truth.T]
    around = np.array([np.append(coef, base) for coef, base in fits])
    return around, features @ around[:, :-1].T + around[:, -1]
