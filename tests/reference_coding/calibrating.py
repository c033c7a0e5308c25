"""Calibrating a learnt model on judgements of passages that it had not seen: chances, thresholds, recall."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import issparse
from sklearn.linear_model import LogisticRegression

from toolkit.coding.features import Array


def document_folds(documents: Sequence[str], n: int, seed: int) -> list[int]:
    """Return a fold number per row; all rows of a document are in one fold."""
    names = sorted(set(documents))
    order = np.random.default_rng(seed).permutation(len(names))
    fold = {name: int(order[i]) % n for i, name in enumerate(names)}
    return [fold[d] for d in documents]


def points(logits: Array, truth: Array, weights: Array, which: Array) -> Array:
    """Return (logit, truth, weight) of every judgement that `which` names, a row each."""
    shape = logits.shape
    tall = (-1,) + (1,) * (logits.ndim - 1)
    named = np.broadcast_to(which.reshape(tall) if which.ndim < logits.ndim else which, shape)
    spread = np.broadcast_to(weights.reshape(tall), shape)
    return np.column_stack((logits[named], truth[named], spread[named]))


def logistic(x: object, y: Array, weights: Array, c: float) -> tuple[Array, float]:
    """Return the weights and the intercept of a logistic regression; the smaller `c`, the nearer to 0 they are kept."""
    solver = "liblinear" if issparse(x) else "lbfgs"  # of sparse tables it is ten times faster
    model = LogisticRegression(C=c, max_iter=1000, tol=1e-3, solver=solver).fit(x, y, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def recall(judged: Array, calibration: Array, threshold: float, codes: int) -> Array:
    """Return, per code, the share of its coded passages that stand, with one found and one missed added to each."""
    p = 1 / (1 + np.exp(-(calibration[0] * judged[:, 0] + calibration[1])))
    table = np.column_stack((p >= threshold, judged[:, 1] * judged[:, 2])).reshape(-1, codes, 2)
    return np.asarray(((table[:, :, 0] * table[:, :, 1]).sum(0) + 1) / (table[:, :, 1].sum(0) + 2))


def platt(judged: Array) -> tuple[float, float]:
    """Return slope and intercept that turn logits into calibrated ones (Platt 1999)."""
    coef, base = logistic(judged[:, :1], judged[:, 1], judged[:, 2], 1e6)
    return float(coef[0]), base


def best_threshold(judged: Array, slope: float, base: float) -> float:
    """Return the probability above which F1 over these judgements is highest."""
    p = 1 / (1 + np.exp(-(slope * judged[:, 0] + base)))
    y, w = judged[:, 1], judged[:, 2]
    grid = np.arange(0.2, 0.71, 0.01)
    f1 = [2 * (w * y * (p >= t)).sum() / ((w * y).sum() + (w * (p >= t)).sum()) for t in grid]
    return float(round(grid[int(np.argmax(f1))], 2))
