"""What the codings of a plan leave open, as arrays: the joint chances of level and equity level, section by section.

For one code let L be the highest strength of the codings that are right, and E the same over those with the equity
focus. Codings are right or wrong independently of each other, so that

    P(L <= j and E <= k) = product over codings of 1 - a[j+1] - e (a[k+1] - a[j+1]),    k <= j

with a[s] the chance that a coding is right with strength s or more (a[5] = 0) and e its chance of the equity focus.
Products over sections become sums of logarithms, so that a bootstrap over sections is one matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document
from toolkit.scoring.levels import chances
from toolkit.scoring.sections import sections

Floats = NDArray[np.float64]

# (j, k): L <= j and E <= k. (4, 4) is certain and left out.
PAIRS: tuple[tuple[int, int], ...] = tuple((j, k) for j in range(5) for k in range(j + 1) if (j, k) != (4, 4))
_SMALLEST = 1e-300  # stands for 0: its logarithm can be multiplied by 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChances:
    """What one plan's codings leave open. Arrays: sections x codes x PAIRS, and codes x PAIRS."""

    plan_id: str
    words: int
    by_section: Floats  # logarithms of the products, per section
    always: Floats  # of codings outside any section, and of misses: there in every draw
    found: Floats  # expected number of right codings, per code
    exceed: Floats  # expected number of right codings beyond (j, k), codes x PAIRS


def plan_chances(document: Document, codings: Sequence[Coding], framework: Framework) -> PlanChances:
    """Return the chances of one plan; `codings` are those of this plan and framework."""
    column = {c.id: i for i, c in enumerate(framework.codes)}
    place = sections(document)
    rows = np.array([place.get(c.passage_id, -1) for c in codings], dtype=np.intp)
    columns = np.array([column[c.code] for c in codings], dtype=np.intp)
    at_least = np.array([(*chances(c), 0.0) for c in codings], dtype=np.float64).reshape(-1, 5)
    equity = np.array([c.equity_confidence if c.equity else 0.0 for c in codings], dtype=np.float64)
    beyond = _beyond(at_least, equity)
    logs = np.log(np.clip(1.0 - beyond, _SMALLEST, 1.0))
    inside = rows >= 0
    by_section = np.zeros((max(place.values(), default=-1) + 1, len(column), len(PAIRS)))
    always, exceed = np.zeros((2, len(column), len(PAIRS)))
    found = np.zeros(len(column))
    np.add.at(by_section, (rows[inside], columns[inside]), logs[inside])
    np.add.at(always, columns[~inside], logs[~inside])
    np.add.at(exceed, columns, beyond)
    np.add.at(found, columns, at_least[:, 0])
    words = sum(len(p.text.split()) for p in document.content)
    return PlanChances(
        plan_id=document.plan.plan_id, words=words, by_section=by_section, always=always, found=found, exceed=exceed
    )


def _beyond(at_least: Floats, equity: Floats) -> Floats:
    """Return P(a coding is right and its strength is above j, or above k with the equity focus): codings x PAIRS."""
    above_j = at_least[:, [j for j, _ in PAIRS]]
    above_k = at_least[:, [k for _, k in PAIRS]]
    return np.asarray(above_j + equity[:, None] * (above_k - above_j))


def missed(plans: Sequence[PlanChances], applies: NDArray[np.bool_], recall: Floats) -> Floats:
    """Return the logarithms that misses add: plans x codes x PAIRS; all 0 where recall is 1.

    Right codings are taken to fall like rain at a rate per word that is the code's own. A plan's rate is a gamma
    posterior: its own count, with the count that the corpus as a whole would give a plan of its length worth one
    observation. Of every right coding found, (1 - recall) / recall were missed, of the strengths that the code has.
    """
    words = np.array([p.words for p in plans], dtype=np.float64)[:, None] * applies
    found = np.array([p.found for p in plans]) * applies
    exceed = np.array([p.exceed for p in plans]) * applies[:, :, None]
    all_found = found.sum(axis=0)
    rate = np.divide(all_found, words.sum(axis=0), out=np.zeros_like(all_found), where=words.sum(axis=0) > 0)
    typical = rate * words
    own_rate = np.divide((1.0 + found) * typical, 1.0 + typical)
    kinds = np.divide(
        exceed.sum(axis=0), all_found[:, None], out=np.zeros(exceed.shape[1:]), where=all_found[:, None] > 0
    )
    return np.asarray(-(own_rate * (1.0 - recall) / recall)[:, :, None] * kinds)
