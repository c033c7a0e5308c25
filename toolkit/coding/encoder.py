"""The encoder: a small transformer that reads a passage piece by piece, each beside the others.

Words on their own say little of "working together to keep people out of hospital"; their order and company do. The
layers look (attention, Vaswani et al. 2017) and think (two products with a threshold between), each on what the layer
before made of the passage, normalised.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from toolkit.coding.features import Array, Index, Unit
from toolkit.coding.word_pieces import BEGIN, BETWEEN, WordPieces

Single = NDArray[np.float32]

HEADS = 4
OF_CONTEXT, OF_TEXT = 20, 104  # pieces that are read at once: the last of the context, and so many of the text
_SHARED = 20  # pieces of the text that a window has in common with the one before
_TOGETHER = 16  # passages: more do not fit beside the weights in the fast memory of a processor
_TINY, _SUREST = np.float32(1e-5), np.float32(60)  # e^60 and e^-60 are still numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The weights of one layer, `width` numbers a piece: products, and what is added to each."""

    look: Single  # width x 3 widths: what a piece asks, how it is found, and what it tells
    look_base: Single
    seen: Single  # width x width
    seen_base: Single
    think: Single  # width x inner
    think_base: Single
    thought: Single  # inner x width
    thought_base: Single

    def __call__(self, read: Single) -> Single:
        """Return what the layer makes of passages of one length (passages x pieces x width)."""
        read = read + self._looked(_normal(read))
        inner = _normal(read) @ self.think
        inner += self.think_base
        np.maximum(inner, 0, out=inner)
        read += inner @ self.thought
        read += self.thought_base
        return read

    def _looked(self, read: Single) -> Single:
        """Return what every piece learns from the others of its passage."""
        *each, width = read.shape
        parts = read @ self.look
        parts += self.look_base
        asked, found, told = parts.reshape(*each, 3, HEADS, width // HEADS).transpose(2, 0, 3, 1, 4)
        heed = _heed(asked @ found.transpose(0, 1, 3, 2))
        learnt = heed @ told
        learnt /= heed.sum(axis=3)[..., None]
        learnt = learnt.transpose(0, 2, 1, 3).reshape(*each, width) @ self.seen
        learnt += self.seen_base
        return np.asarray(learnt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """The learnt weights. Its answers are the codes of the model, the equity focus, and strength 2, 3 and 4 or more."""

    pieces: WordPieces
    vectors: Single  # pieces x width
    places: Single  # places x width: what the place in the passage adds
    sides: Single  # 2 x width: what it adds to stand in the context or in the text
    layers: tuple[Layer, ...]
    out: Single  # 2 widths x answers: the mean and the largest of each number over the pieces
    out_base: Single
    heed: Single  # width x answers: which pieces an answer looks at (Mullenbach et al. 2018)
    worth: Single  # width x answers: what it makes of them

    def logits(self, units: Sequence[Unit]) -> Array:
        """Return the log-odds of each answer: units x answers.

        A longer text is read in windows, and has of each answer the highest log-odds. Passages of one length are read
        together, each by products of its own: no other passage changes its answer.
        """
        with _blas().limit(limits=1):
            return self._logits(units)

    def _logits(self, units: Sequence[Unit]) -> Array:
        found = np.full((len(units), len(self.out_base)), -np.inf)
        alike: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for place, unit in enumerate(units):
            for numbers in read_windows(self.pieces, unit.context, unit.text):
                alike[len(numbers)].append((place, numbers))
        for group in alike.values():
            for at in range(0, len(group), _TOGETHER):
                places, texts = zip(*group[at : at + _TOGETHER], strict=True)
                np.maximum.at(found, list(places), self._read(np.array(texts)))
        return found

    def _read(self, numbers: Index) -> Single:
        """Return the answers to passages of one length (passages x pieces)."""
        read = self.vectors[numbers] + self.places[: numbers.shape[1]]
        read += self.sides[(numbers == BETWEEN).cumsum(axis=1)]
        for layer in self.layers:
            read = layer(read)
        read = _normal(read)
        whole = np.concatenate((read.mean(axis=1), read.max(axis=1)), axis=1)
        heed = _heed(read @ self.heed)
        heeded = (heed * (read @ self.worth)).sum(axis=1) / heed.sum(axis=1)
        return np.asarray((whole[:, None] @ self.out)[:, 0] + self.out_base + heeded)


def read_windows(pieces: WordPieces, context: str, text: str) -> list[list[int]]:
    """Return the numbers of the pieces that are read at once, each window behind the pieces of the context.

    A text that is too long to be read at once has as few windows as it needs, of like length.
    """
    before, told = [BEGIN, *pieces.of(context)[-OF_CONTEXT:], BETWEEN], pieces.of(text)
    windows = max(math.ceil((len(told) - _SHARED) / (OF_TEXT - _SHARED)), 1)
    step = math.ceil((len(told) - _SHARED) / windows)
    return [[*before, *told[i * step : (i + 1) * step + _SHARED]] for i in range(windows)]


@cache
def _blas() -> ThreadpoolController:
    """Return what holds NumPy's library of matrices to one thread: for products as small as these, more only wait."""
    return ThreadpoolController()


def _heed(odds: Single) -> Single:
    """Return how much each counts, going by log-odds, in the same place: divided by their sum, these are shares."""
    np.clip(odds, -_SUREST, _SUREST, out=odds)
    np.exp(odds, out=odds)
    return odds


def _normal(read: Single) -> Single:
    """Return every piece with variance 1; its mean is 0, for all that is added up to it has the mean 0."""
    variance = np.einsum("ijk,ijk->ij", read, read) / np.float32(read.shape[2])
    return np.asarray(read / np.sqrt(variance + _TINY)[..., None])
