"""The layer of neighbours: what stands around a passage changes how the passage is to be read.

"We will expand this service" is about the topic of the sentences before it, and a page of a smoking strategy is about
smoking without saying so in every line. A first judgement of every passage, made from its own words and heading, is
therefore looked at again beside those of its neighbours. Neighbours only ever speak for a topic, and the weights do not
depend on how many there are: a passage added before or after others takes no coding away from them.

Of the equity focus and of strength, passages that stand together are alike (the rows of an action plan, the bullets of
a list of facts), so there the mean of the neighbours counts, in either direction.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from toolkit.coding.features import Array, Reading
from toolkit.coding.traits import NAMES as TRAITS

NAMES = ("own", "near", "beside", "length", "any", "heading")
NEIGHBOURLY = (1, 2)  # places of the features that come from other passages; their weights are never below 0
OWN = np.eye(1, len(NAMES) + 1)[0]  # weights that leave the first judgement as it is; the last one is the intercept
_LENGTH = TRAITS.index("length")
_FLOOR = 0.002
_REACH, _WIDTH = 1.5, 8  # in passages: how fast a neighbour's word fades, and how many are looked at on either side
_FAR_REACH = 3.0  # the same for equity and strength
_USUAL = 0.2  # weight of what is usual beside that of neighbours
_MEAN_FLOOR = 0.01
USUAL_EQUITY = np.array([0.2])
USUAL_STRENGTH = np.array([0.45, 0.2, 0.05])


def surroundings(own: Array, readings: Sequence[Reading], codes: Sequence[str]) -> Array:
    """Return the features `NAMES` of every passage and code: readings x codes x features.

    `own` are the log-odds of the first judgement (readings x codes). Readings of one document are neighbours in the
    order given.
    """
    chances = _chances(own)
    near, beside = np.zeros_like(chances), np.zeros_like(chances)
    for rows in _documents(readings):
        near[rows], beside[rows] = _near(chances[rows]), _beside(chances[rows])
    length = np.array([[r.traits[_LENGTH]] for r in readings])
    some = _logit(some_topic(own)[:, None])
    heading = np.array([[c in r.context_terms for c in codes] for r in readings], np.float64)
    return np.stack(np.broadcast_arrays(_logit(chances), _logit(near), beside, length, some, heading), axis=-1)


def some_topic(own: Array) -> Array:
    """Return the chance that a passage is about any of the codes, by the log-odds of each (readings x codes)."""
    return np.asarray(1 - np.prod(1 - _chances(own), axis=1))


def beside_mean(own: Array, trust: Array, usual: Array, readings: Sequence[Reading]) -> Array:
    """Return log-odds `own` (readings x answers) and, after them, those of the mean chances of the neighbours.

    Nearer neighbours weigh more, and those that `trust` (0-1, a value per reading) speaks for. `usual` are the mean
    chances where there are no neighbours.
    """
    chances, means = _chances(own), np.empty_like(own)
    for rows in _documents(readings):
        weights = _faded(trust[rows, None], _FAR_REACH)
        means[rows] = (_faded(trust[rows, None] * chances[rows], _FAR_REACH) + _USUAL * usual) / (weights + _USUAL)
    return np.hstack((own, _logit(means, _MEAN_FLOOR)))


def _documents(readings: Sequence[Reading]) -> list[list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for i, reading in enumerate(readings):
        rows[reading.unit.document].append(i)
    return list(rows.values())


def _near(p: Array) -> Array:
    """Return the mean chances of the neighbours, nearer ones weighing more; places without a passage count as 0."""
    return np.asarray(_faded(p, _REACH) / (2 * sum(_weights(_REACH))))


def _faded(p: Array, reach: float) -> Array:
    """Return the sum of the neighbours' values, each times its weight."""
    total = np.zeros_like(p)
    for distance, weight in enumerate(_weights(reach)[: len(p) - 1], start=1):
        total[distance:] += weight * p[:-distance]
        total[:-distance] += weight * p[distance:]
    return total


def _weights(reach: float) -> list[float]:
    return [math.exp(-distance / reach) for distance in range(1, _WIDTH + 1)]


def _beside(p: Array) -> Array:
    """Return the higher chance of the passages straight before and after; 0 where there is none."""
    none = np.zeros((1, p.shape[1]))
    return np.maximum(np.vstack((none, p[:-1])), np.vstack((p[1:], none)))


def _chances(log_odds: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def _logit(p: Array, floor: float = _FLOOR) -> Array:
    kept = np.clip(p, floor, 1 - floor)
    return np.asarray(np.log(kept / (1 - kept)))
