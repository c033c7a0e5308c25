"""A passage with the codes that a reader gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.coding.features import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A passage as people or readers coded it; `weight` is below 1 when several codings of it are given."""

    id: str
    document: str
    text: str
    topics: frozenset[str]
    equity: bool
    strength: int
    weight: float = 1.0
    context: str = ""
    real: bool = True  # whether it stands in a document; False for a passage that was invented
    near: bool = False  # whether it was written anew after a passage of a document, with the same codes
    ordered: bool = True  # whether the rows before and after it are its neighbours


def lessons_of(rows: Sequence[Coded], codes: Sequence[str]) -> tuple[Array, Array]:
    """Return what a reader of whole passages should answer, and how much each answer counts: both rows x answers.

    The answers are each code, the equity focus, and strength 2, 3 and 4 or more; what has no topic has no strength.
    """
    steps = [[r.strength >= k for k in (2, 3, 4)] for r in rows]
    truth = np.column_stack((truth_of(rows, codes), [r.equity for r in rows], steps)).astype(float)
    counts = np.repeat([[r.weight] for r in rows], truth.shape[1], axis=1)
    counts[[r.strength == 0 for r in rows], -3:] = 0
    return truth, counts


def truth_of(rows: Sequence[Coded], codes: Sequence[str]) -> Array:
    """Return whether each passage has each code: rows x codes."""
    return np.array([[c in r.topics for c in codes] for r in rows])
