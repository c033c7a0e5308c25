"""How the hidden layer is learnt: one layer of units that all codes share, by gradient descent in NumPy.

Words are left out at random while it learns (word dropout), and so are units (Srivastava et al. 2014), or it would
learn the training passages by heart. Steps are those of Adam (Kingma & Ba 2015), longest a third of the way in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from coded import Coded, truth_of
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from toolkit.coding.commitment import strength_features
from toolkit.coding.features import Array, Reading, equity_features
from toolkit.coding.hidden import HiddenLayer, seen

Single = NDArray[np.float32]

UNITS = 128
EPOCHS = 16
BATCH = 512
WORDS_OUT, UNITS_OUT = 0.5, 0.6  # shares left out
RATE = 5e-3
WARM = 0.3  # share of the steps in which the rate grows
_DECAY = (0.9, 0.999)


def learn(words: csr_matrix, seen: Array, truth: Array, weights: Array, seed: int = 0) -> tuple[Array, HiddenLayer]:
    """Return what each word adds to the units, and the layer, that predict `truth` (rows x answers)."""
    rng = np.random.default_rng(seed)
    shapes = [(words.shape[1], UNITS), (seen.shape[1], UNITS), (UNITS,), (UNITS, truth.shape[1])]
    shapes += [(seen.shape[1], truth.shape[1]), (truth.shape[1],)]
    spread = (0.05, seen.shape[1] ** -0.5, 0.0, UNITS**-0.5, 0.0, 0.0)
    layer = [(rng.standard_normal(s) * scale).astype(np.float32) for s, scale in zip(shapes, spread, strict=True)]
    data = words.astype(np.float32), seen.astype(np.float32), truth.astype(np.float32), weights.astype(np.float32)
    steps = EPOCHS * -(-len(truth) // BATCH)
    moments = [(np.zeros_like(p), np.zeros_like(p)) for p in layer]
    for step, rows in enumerate(_batches(len(truth), rng), start=1):
        slopes = _slopes(layer, *(part[rows] for part in data), rng)
        _adam(layer, slopes, moments, step, _rate(step / steps))
    own, seen_in, base, out, past, out_base = (part.astype(np.float64) for part in layer)
    return own, HiddenLayer(seen_in=seen_in, base=base, out=out, past=past, out_base=out_base)


_WORD_SCALE, _SEEN_SCALE = 4.0, 3.0  # so that words and the other features count alike when learning begins


def fit_hidden(
    rows: Sequence[Coded],
    readings: Sequence[Reading],
    codes: Sequence[str],
    words: csr_matrix,
    margin: Array,
    weights: Array,
) -> tuple[Array, HiddenLayer]:
    """Return what each word adds to the units, and the rest of the layer; the scales of learning are undone in them."""
    manner = np.array([np.append(equity_features(r), strength_features(r)) for r in readings])
    features = seen(readings, codes, manner, margin)
    middle, spread = features.mean(axis=0), _SEEN_SCALE * (features.std(axis=0) + 1e-3)
    truth = np.column_stack((truth_of(rows, codes), [r.equity for r in rows]))
    own, layer = learn(_WORD_SCALE * words, (features - middle) / spread, truth, weights)
    seen_in, past = layer.seen_in / spread[:, None], layer.past / spread[:, None]
    base, out_base = layer.base - middle @ seen_in, layer.out_base - middle @ past
    return _WORD_SCALE * own, replace(layer, seen_in=seen_in, base=base, past=past, out_base=out_base)


def _batches(n: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    for _ in range(EPOCHS):
        order = rng.permutation(n)
        yield from (order[i : i + BATCH] for i in range(0, n, BATCH))


def _rate(done: float) -> float:
    return RATE * (done / WARM if done < WARM else (1 - done) / (1 - WARM) + 1e-3)


def _slopes(
    layer: list[Single], words: csr_matrix, seen: Single, truth: Single, weights: Single, rng: np.random.Generator
) -> list[Single]:
    """Return the slope of the loss (cross-entropy, mean over rows) along every weight."""
    own, other, base, out, past, out_base = layer
    words = words.copy()
    words.data *= (rng.random(len(words.data)) >= WORDS_OUT) / np.float32(1 - WORDS_OUT)
    units = np.maximum(words @ own + seen @ other + base, 0)
    kept = (rng.random(units.shape, np.float32) >= UNITS_OUT) / np.float32(1 - UNITS_OUT)
    units *= kept
    answers = 1 / (1 + np.exp(-(units @ out + seen @ past + out_base)))
    wrong = (answers - truth) * weights[:, None] / np.float32(len(truth))
    back = (wrong @ out.T) * kept * (units > 0)
    return [words.T @ back, seen.T @ back, back.sum(0), units.T @ wrong, seen.T @ wrong, wrong.sum(0)]


def _adam(
    layer: list[Single], slopes: list[Single], moments: list[tuple[Single, Single]], step: int, rate: float
) -> None:
    first, second = (np.float32(d) for d in _DECAY)
    size = np.float32(rate * np.sqrt(1 - second**step) / (1 - first**step))
    for part, slope, (mean, square) in zip(layer, slopes, moments, strict=True):
        np.multiply(mean, first, out=mean)
        np.add(mean, (1 - first) * slope, out=mean)
        np.multiply(square, second, out=square)
        np.add(square, (1 - second) * slope * slope, out=square)
        np.subtract(part, size * mean / (np.sqrt(square) + np.float32(1e-8)), out=part)
