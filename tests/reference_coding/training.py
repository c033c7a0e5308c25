"""How the statistical layer is learnt from coded passages (scikit-learn, needed here only, not by users)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from toolkit.coding.commitment import strength_features
from toolkit.coding.features import (
    Array,
    Reading,
    Unit,
    equity_features,
    hit_features,
    pooled_features,
    profiles,
    read_units,
    weigh,
)
from toolkit.coding.model import Model
from toolkit.frameworks.model import Framework

VOCABULARY = 8000
MIN_TEXTS = 3  # a stem or pair in fewer coded passages is left out
FEW = 4  # a code with fewer coded passages is judged by the shared layer alone
FOLDS = 5


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


def readings_of(rows: Sequence[Coded], framework: Framework) -> list[Reading]:
    """Return the reading of every coded passage."""
    return read_units([Unit(text=r.text, context=r.context, document=r.document) for r in rows], framework)


def fit(rows: Sequence[Coded], readings: Sequence[Reading], framework: Framework, seed: int = 0) -> Model:
    """Return a calibrated model: fitted on all rows, calibrated on rows of documents left out in turn.

    Invented passages teach, but topics and equity focus are calibrated on those of documents, unless there are none.
    Strength is calibrated on all: the documents at hand promise less than the plans that invented passages stand for.
    """
    if not any(r.real for r in rows):
        rows = [replace(r, real=True) for r in rows]
    folds = document_folds([r.document for r in rows], FOLDS, seed)
    raw = {"topic": [], "pooled": [], "equity": [], "strength": []}
    for fold in sorted(set(folds)):
        train = [i for i, f in enumerate(folds) if f != fold]
        held = [i for i, f in enumerate(folds) if f == fold]
        part = _fit(*_take(rows, readings, train), framework)
        for name, found in _logits(part, *_take(rows, readings, held), framework).items():
            raw[name] += found
    calibration = np.array([_platt(np.array(raw[name])) for name in raw])
    thresholds = np.array([_best_threshold(np.array(raw[name]), *calibration[i]) for i, name in enumerate(raw)])
    recall = _recall(np.array(raw["topic"]), calibration[0], thresholds[0], len(framework.codes))
    return replace(_fit(rows, readings, framework), calibration=calibration, thresholds=thresholds, recall=recall)


def document_folds(documents: Sequence[str], n: int, seed: int) -> list[int]:
    """Return a fold number per row; all rows of a document are in one fold."""
    names = sorted(set(documents))
    order = np.random.default_rng(seed).permutation(len(names))
    fold = {name: int(order[i]) % n for i, name in enumerate(names)}
    return [fold[d] for d in documents]


def _take(
    rows: Sequence[Coded], readings: Sequence[Reading], index: Sequence[int]
) -> tuple[list[Coded], list[Reading]]:
    return [rows[i] for i in index], [readings[i] for i in index]


def _fit(rows: Sequence[Coded], readings: Sequence[Reading], framework: Framework) -> Model:
    codes = tuple(c.id for c in framework.codes)
    weights = np.array([r.weight for r in rows])
    vocabulary, idf = _vocabulary(readings)
    words = _matrix(weigh([r.grams for r in readings], vocabulary, idf), len(vocabulary))
    shares = profiles(readings, codes)
    logits = _term_logits(rows, readings, codes)
    traits = np.array([r.traits for r in readings])
    pooled, margin = _fit_pooled(rows, readings, codes, weights, shares)
    own = [
        _fit_own(np.array([c in r.topics for r in rows]), margin[:, i], words, traits, weights)
        for i, c in enumerate(codes)
    ]
    equity, equity_terms, equity_words = _fit_equity(rows, readings, words, weights)
    strength, strength_words = _fit_strength(rows, readings, words, weights)
    return Model(
        codes=codes,
        vocabulary=vocabulary,
        idf=idf,
        term_logits=logits,
        equity_terms=equity_terms,
        pooled=pooled,
        own_pooled=np.array([o[0] for o in own]),
        own_words=np.array([o[1] for o in own]),
        own_traits=np.array([o[2] for o in own]),
        own_base=np.array([o[3] for o in own]),
        equity=equity,
        equity_words=equity_words,
        strength=strength,
        strength_words=strength_words,
        recall=np.ones(len(codes)),
        calibration=np.array([[1.0, 0.0]] * 4),
        thresholds=np.array([0.4, 0.4, 0.45, 0.5]),
    )


def _vocabulary(readings: Sequence[Reading]) -> tuple[dict[str, int], Array]:
    texts = Counter(g for r in readings for g in set(r.grams))
    kept = sorted((g for g, n in texts.items() if n >= MIN_TEXTS), key=lambda g: (-texts[g], g))[:VOCABULARY]
    idf = np.array([math.log((1 + len(readings)) / (1 + texts[g])) + 1 for g in kept])
    return {g: i for i, g in enumerate(kept)}, idf


def _matrix(weighed: list[tuple[Array, Array]], width: int) -> csr_matrix:
    lengths = np.cumsum([0, *(len(i) for i, _ in weighed)])
    index = np.concatenate([i for i, _ in weighed])
    return csr_matrix((np.concatenate([w for _, w in weighed]), index, lengths), (len(weighed), width))


# Prior of a term's precision: right, wrong. Terms of the codebook are trusted more than hints.
_PRIOR = {"terms": (3.0, 2.0), "hints": (1.0, 3.0)}
_TRUST = 0.7  # weight of a coded passage against the prior: passages of one document are alike


def _counts(
    rows: Sequence[Coded], readings: Sequence[Reading], codes: Sequence[str]
) -> dict[tuple[str, str], dict[str, list[float]]]:
    """Return right and wrong weights per (code, term), per document; '' holds the prior."""
    counts: dict[tuple[str, str], dict[str, list[float]]] = {}
    for row, reading in zip(rows, readings, strict=True):
        for kind in ("terms", "hints"):
            found = getattr(reading, kind)
            for code in codes:
                for term in {h.term for h in found.get(code, ())}:
                    cell = counts.setdefault((code, term), defaultdict(lambda: [0.0, 0.0]))
                    cell[""] = list(_PRIOR[kind])
                    cell[row.document][code not in row.topics] += _TRUST * row.weight
    return counts


def _odds(cell: dict[str, list[float]], without: str | None = None) -> float:
    right = sum(n[0] for d, n in cell.items() if d != without)
    wrong = sum(n[1] for d, n in cell.items() if d != without)
    return math.log(right / wrong)


def _term_logits(
    rows: Sequence[Coded], readings: Sequence[Reading], codes: Sequence[str]
) -> dict[tuple[str, str], float]:
    return {key: _odds(cell) for key, cell in sorted(_counts(rows, readings, codes).items())}


def _fit_pooled(
    rows: Sequence[Coded],
    readings: Sequence[Reading],
    codes: Sequence[str],
    weights: Array,
    shares: Sequence[Array],
) -> tuple[Array, Array]:
    """Return the shared weights and the margin of every row and code.

    What a term is worth to a passage is taken from the other documents, or the layer would trust terms too much.
    """
    counts = _counts(rows, readings, codes)
    by_document = {d: {key: _odds(cell, d) for key, cell in counts.items()} for d in sorted({r.document for r in rows})}
    found = [
        hit_features(reading, code, by_document[row.document], share[i])
        for i, code in enumerate(codes)
        for row, reading, share in zip(rows, readings, shares, strict=True)
    ]
    x = pooled_features(np.array(found), np.tile(np.array([r.traits for r in readings]), (len(codes), 1)))
    y = np.array([code in row.topics for code in codes for row in rows])
    scale = x.std(0) + 1e-6
    coef, base = _logistic(x / scale, y, np.tile(weights, len(codes)), 1.0)
    margin = (x / scale) @ coef + base
    return np.append(coef / scale, base), margin.reshape(len(codes), len(rows)).T


def _fit_own(
    y: Array, margin: Array, words: csr_matrix, traits: Array, weights: Array
) -> tuple[float, Array, Array, float]:
    """Return weight of the pooled margin, word weights, trait weights and intercept of one code."""
    if y @ weights < FEW:
        return 1.0, np.zeros(words.shape[1]), np.zeros(traits.shape[1]), 0.0
    x = hstack([csr_matrix(6 * margin[:, None]), words, csr_matrix(0.3 * traits)]).tocsr()
    coef, base = _logistic(x, y, weights, 6.0)
    n = words.shape[1]
    return 6 * coef[0], coef[1 : n + 1], 0.3 * coef[n + 1 :], base


def _fit_equity(
    rows: Sequence[Coded], readings: Sequence[Reading], words: csr_matrix, weights: Array
) -> tuple[Array, dict[str, float], Array]:
    terms = sorted({h.term for r in readings for hits in r.equity.values() for h in hits})
    place = {t: i for i, t in enumerate(terms)}
    named = np.zeros((len(rows), len(terms)))
    for i, r in enumerate(readings):
        for hits in r.equity.values():
            for h in hits:
                named[i, place[h.term]] = 1
    dense = np.array([equity_features(r) for r in readings])
    x = hstack([csr_matrix(dense), csr_matrix(0.7 * named), words]).tocsr()
    coef, base = _logistic(x, np.array([r.equity for r in rows]), weights, 1.0)
    n, m = dense.shape[1], len(terms)
    return np.append(coef[:n], base), dict(zip(terms, 0.7 * coef[n : n + m], strict=True)), coef[n + m :]


def _fit_strength(
    rows: Sequence[Coded], readings: Sequence[Reading], words: csr_matrix, weights: Array
) -> tuple[Array, Array]:
    some = np.array([r.strength > 0 for r in rows])
    strength = np.array([r.strength for r in rows])[some]
    dense = np.array([strength_features(r) for r in readings])[some]
    x = hstack([csr_matrix(dense), words[some]]).tocsr()
    fits = [_logistic(x, strength >= k, weights[some], 2.0) for k in (2, 3, 4)]
    n = dense.shape[1]
    return np.array([np.append(c[:n], b) for c, b in fits]), np.array([c[n:] for c, _ in fits])


def _logistic(x: object, y: Array, weights: Array, c: float) -> tuple[Array, float]:
    model = LogisticRegression(C=c, max_iter=1000).fit(x, y, sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0])


def _logits(
    model: Model, rows: Sequence[Coded], readings: Sequence[Reading], framework: Framework
) -> dict[str, list[tuple[float, float, float]]]:
    """Return (logit, truth, weight) of every judgement about rows the model has not seen."""
    codes = [c.id for c in framework.codes]
    shared = replace(model, codes=())
    found: dict[str, list[tuple[float, float, float]]] = {n: [] for n in ("topic", "pooled", "equity", "strength")}
    for name, judge in (("topic", model), ("pooled", shared)):
        for row, judgement in zip(rows, judge.judge(readings, codes), strict=True):
            if row.real:
                found[name] += [
                    (_logit(p), float(c in row.topics), row.weight) for c, p in judgement.topics.items() if p > 0
                ]
            if name == "topic" and row.real:
                found["equity"].append((_logit(judgement.equity), float(row.equity), row.weight))
            if name == "topic" and row.strength:
                found["strength"] += [
                    (_logit(p), float(row.strength >= k), row.weight) for k, p in enumerate(judgement.at_least, start=2)
                ]
    return found


def _recall(points: Array, calibration: Array, threshold: float, codes: int) -> Array:
    """Return, per code, the share of its coded passages that stand, with one found and one missed added to each."""
    p = 1 / (1 + np.exp(-(calibration[0] * points[:, 0] + calibration[1])))
    table = np.column_stack((p >= threshold, points[:, 1] * points[:, 2])).reshape(-1, codes, 2)
    return np.asarray(((table[:, :, 0] * table[:, :, 1]).sum(0) + 1) / (table[:, :, 1].sum(0) + 2))


def _logit(p: float) -> float:
    p = min(max(p, 1e-9), 1 - 1e-9)
    return math.log(p / (1 - p))


def _platt(points: Array) -> tuple[float, float]:
    """Return slope and intercept that turn logits into calibrated ones (Platt 1999)."""
    coef, base = _logistic(points[:, :1], points[:, 1], points[:, 2], 1e6)
    return float(coef[0]), base


def _best_threshold(points: Array, slope: float, base: float) -> float:
    """Return the probability above which F1 over these judgements is highest."""
    p = 1 / (1 + np.exp(-(slope * points[:, 0] + base)))
    y, w = points[:, 1], points[:, 2]
    grid = np.arange(0.2, 0.71, 0.01)
    f1 = [2 * (w * y * (p >= t)).sum() / ((w * y).sum() + (w * (p >= t)).sum()) for t in grid]
    return float(round(grid[int(np.argmax(f1))], 2))
