"""Answers to coded passages that were worked out before: kept in files, by the passage's id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from coded import Coded

from toolkit.coding.features import Array, Unit

STEP = 0.1  # of log-odds, as they are kept: one byte each
_FURTHEST = 12.7


def save_logits(path: Path, rows: Sequence[Coded], logits: Array) -> None:
    """Write the log-odds (rows x answers) of every passage."""
    steps = np.rint(np.clip(logits, -_FURTHEST, _FURTHEST) / STEP).astype(np.int8)
    _save(path, rows, steps)


def load_logits(path: Path) -> dict[str, Array]:
    """Return the log-odds of every passage by its id."""
    return {name: STEP * steps for name, steps in _load(path).items()}


def save_chances(path: Path, rows: Sequence[Coded], chances: Array) -> None:
    """Write chances (rows x answers, 0-1) of every passage."""
    _save(path, rows, np.rint(255 * chances).astype(np.uint8))


def load_chances(path: Path) -> dict[str, Array]:
    """Return the chances of every passage by its id."""
    return {name: steps / 255 for name, steps in _load(path).items()}


def _save(path: Path, rows: Sequence[Coded], values: np.ndarray) -> None:
    once = {row.id: i for i, row in enumerate(rows)}  # a passage may have the codings of two readers
    np.savez_compressed(path, ids=np.array(list(once)), values=values[list(once.values())])


def _load(path: Path) -> dict[str, np.ndarray]:
    with np.load(path, allow_pickle=False) as archive:
        return dict(zip(archive["ids"].tolist(), archive["values"], strict=True))


class Known:
    """Stands for an encoder where its answers are known: those of encoders that saw nothing of the document."""

    def __init__(self, rows: Sequence[Coded], logits: Mapping[str, Array]) -> None:
        """Raises ValueError when passages have no answer yet."""
        missing = [row.id for row in rows if row.id not in logits]
        if missing:
            some = ", ".join(missing[:3])
            raise ValueError(f"{len(missing)} passages were not there when the encoder was learnt ({some} ...)")
        self._of = {(r.document, r.context, r.text): logits[r.id] for r in rows}

    def logits(self, units: Sequence[Unit]) -> Array:
        """Return the log-odds of each answer: units x answers."""
        return np.array([self._of[u.document, u.context, u.text] for u in units])
