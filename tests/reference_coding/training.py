"""How the statistical layer is learnt from coded passages (scikit-learn, needed here only, not by users)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from calibrating import best_threshold, document_folds, logistic, platt, points, recall
from coded import Coded, truth_of
from neighbours import fit_around, fit_beside, places_of
from scipy.sparse import csr_matrix, hstack

from toolkit.coding.commitment import strength_features
from toolkit.coding.features import (
    NOTHING,
    Array,
    Reading,
    Unit,
    Weighed,
    equity_features,
    hit_features,
    pooled_features,
    read_units,
    weigh,
)
from toolkit.coding.model import UNNAMED, Model
from toolkit.coding.opinions import Reader
from toolkit.coding.surroundings import (
    OWN,
    USUAL_EQUITY,
    USUAL_STRENGTH,
    some_topic,
)
from toolkit.frameworks.model import Framework

VOCABULARY = 16000
MIN_TEXTS = 3  # a stem or pair in fewer coded passages is left out
FEW = 4  # a code with fewer coded passages is judged by the shared layer alone
FOLDS = 4


def readings_of(rows: Sequence[Coded], framework: Framework) -> list[Reading]:
    """Return the reading of every coded passage."""
    return read_units([Unit(text=r.text, context=r.context, document=r.document) for r in rows], framework)


def fit(
    rows: Sequence[Coded], readings: Sequence[Reading], framework: Framework, encoders: Sequence[Reader], seed: int = 0
) -> Model:
    """Return a calibrated model: fitted on all rows, calibrated on rows of documents left out in turn.

    `encoders` answer for every row as ones that saw nothing of its document.

    Invented passages teach, but topics and equity focus are calibrated on those of documents, and on those written anew
    after them. Strength is calibrated on all: the documents at hand promise less than the plans that invented
    passages stand for.
    """
    codes = [c.id for c in framework.codes]
    logits = _left_out(rows, readings, framework, encoders, seed)
    truth, weights = truth_of(rows, codes), np.array([r.weight for r in rows])
    places = places_of(rows, readings)
    around, first = fit_around(codes, logits[0], truth, places)
    like = np.array([r.real or r.near for r in rows])
    real = like if like.any() else np.ones(len(rows), bool)
    steps = np.array([[r.strength >= k for k in (2, 3, 4)] for r in rows])
    some = np.array([r.strength > 0 for r in rows])
    found = np.array([[bool(r.coded(c)) for c in codes] for r in readings])
    equity = np.array([[r.equity] for r in rows])
    everyone, everywhere = np.ones(len(rows)), np.ones(len(rows), bool)
    focus_around, focus = fit_beside(logits[2], everyone, USUAL_EQUITY, equity, everywhere, places)
    trust = some_topic(logits[0])
    steps_around, firm = fit_beside(logits[3], trust, USUAL_STRENGTH, steps, some, places)
    judged = (
        points(first, truth, weights, real),
        points(logits[1], truth, weights, real[:, None] & found),
        points(focus, equity, weights, real),
        points(firm, steps, weights, some),
    )
    calibration = np.array([platt(of) for of in judged])
    thresholds = np.array([best_threshold(of, *calibration[i]) for i, of in enumerate(judged)])
    as_judged = points(first - UNNAMED / calibration[0, 0] * ~found, truth, weights, real)
    return replace(
        _fit(rows, readings, framework, encoders),
        around=around,
        equity_around=focus_around,
        strength_around=steps_around,
        calibration=calibration,
        thresholds=thresholds,
        recall=recall(as_judged, calibration[0], thresholds[0], len(codes)),
    )


def _left_out(
    rows: Sequence[Coded], readings: Sequence[Reading], framework: Framework, encoders: Sequence[Reader], seed: int
) -> tuple[Array, Array, Array, Array]:
    """Return the log-odds of every row (`Model.logits`) by a model that saw no row of its document."""
    codes = [c.id for c in framework.codes]
    n = len(rows)
    logits = (np.zeros((n, len(codes))), np.zeros((n, len(codes))), np.zeros((n, 1)), np.zeros((n, 3)))
    folds = np.array(document_folds([r.document for r in rows], FOLDS, seed))
    for fold in range(folds.max() + 1):
        train, held = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        part = _fit(*_take(rows, readings, train), framework, encoders)
        for whole, found in zip(logits, part.logits([readings[i] for i in held]), strict=True):
            whole[held] = found
    return logits


def _take(
    rows: Sequence[Coded], readings: Sequence[Reading], index: Iterable[int]
) -> tuple[list[Coded], list[Reading]]:
    return [rows[i] for i in index], [readings[i] for i in index]


def _fit(rows: Sequence[Coded], readings: Sequence[Reading], framework: Framework, encoders: Sequence[Reader]) -> Model:
    codes = tuple(c.id for c in framework.codes)
    weights = np.array([r.weight for r in rows])
    vocabulary, idf = _vocabulary(readings)
    logits = _term_logits(rows, readings, codes)
    places = {key: len(vocabulary) + i for i, key in enumerate(logits)}
    words = _matrix(weigh(readings, vocabulary, idf, places), len(vocabulary) + len(places))
    traits = np.array([r.traits for r in readings])
    pooled, margin = _fit_pooled(rows, readings, codes, weights)
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
        words=np.column_stack((*(o[1] for o in own), equity_words, *strength_words)),
        own_pooled=np.array([o[0] for o in own]),
        own_traits=np.array([o[2] for o in own]),
        own_base=np.array([o[3] for o in own]),
        equity=equity,
        strength=strength,
        encoders=tuple(encoders),
        around=OWN,
        equity_around=np.eye(1, 3),
        strength_around=np.eye(3, 7),
        recall=np.ones(len(codes)),
        calibration=np.array([[1.0, 0.0]] * 4),
        thresholds=np.array([0.4, 0.4, 0.45, 0.5]),
    )


def _vocabulary(readings: Sequence[Reading]) -> tuple[dict[str, int], Array]:
    texts = Counter(g for r in readings for g in set(r.grams))
    kept = sorted((g for g, n in texts.items() if n >= MIN_TEXTS), key=lambda g: (-texts[g], g))[:VOCABULARY]
    idf = np.array([math.log((1 + len(readings)) / (1 + texts[g])) + 1 for g in kept])
    return {g: i for i, g in enumerate(kept)}, idf


def _matrix(weighed: Weighed, width: int) -> csr_matrix:
    return csr_matrix((weighed.weights, weighed.places, weighed.starts), (len(weighed.starts) - 1, width))


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


def _odds_elsewhere(counts: dict[tuple[str, str], dict[str, list[float]]]) -> dict[str, dict[tuple[str, str], float]]:
    """Return, per document, the log-odds of the terms that it holds, as the other documents have them."""
    found: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for key, cell in counts.items():
        for document in cell.keys() - {""}:
            found[document][key] = _odds(cell, document)
    return found


def _term_logits(
    rows: Sequence[Coded], readings: Sequence[Reading], codes: Sequence[str]
) -> dict[tuple[str, str], float]:
    return {key: _odds(cell) for key, cell in sorted(_counts(rows, readings, codes).items())}


def _fit_pooled(
    rows: Sequence[Coded],
    readings: Sequence[Reading],
    codes: Sequence[str],
    weights: Array,
) -> tuple[Array, Array]:
    """Return the shared weights and the margin of every row and code.

    What a term is worth to a passage is taken from the other documents, or the layer would trust terms too much.
    Passages in which nothing of a code was found are alike but for their context: they are learnt from as sums.
    """
    elsewhere = _odds_elsewhere(_counts(rows, readings, codes))
    hit = np.array([[bool(r.coded(c)) for c in codes] for r in readings])
    context = np.array([[c in r.context_terms for c in codes] for r in readings])
    truth, spread = truth_of(rows, codes), np.broadcast_to(weights[:, None], hit.shape)
    at = list(zip(*np.nonzero(hit), strict=True))
    found = np.array([hit_features(readings[i], codes[j], elsewhere[rows[i].document]) for i, j in at])
    none = np.array([[*NOTHING[:-1], c] for c in (0, 0, 1, 1)])
    sums = [spread[~hit & (context == c) & (truth == y)].sum() for c in (0, 1) for y in (0, 1)]
    traits = np.array([r.traits for r in readings])
    x = pooled_features(
        np.vstack((found, none)), np.vstack((traits[[i for i, _ in at]], np.zeros((4, traits.shape[1]))))
    )
    y, w = np.append(truth[hit], [False, True] * 2), np.append(spread[hit], sums)
    scale = np.sqrt(np.average((x - np.average(x, axis=0, weights=w)) ** 2, axis=0, weights=w)) + 1e-6
    coef, base = logistic(x / scale, y, w, 1.0)
    values = (x / scale) @ coef + base
    margin = np.where(context, values[-1], values[-4])
    margin[hit] = values[:-4]
    return np.append(coef / scale, base), margin


def _fit_own(
    y: Array, margin: Array, words: csr_matrix, traits: Array, weights: Array
) -> tuple[float, Array, Array, float]:
    """Return weight of the pooled margin, word weights, trait weights and intercept of one code."""
    if y @ weights < FEW:
        return 1.0, np.zeros(words.shape[1]), np.zeros(traits.shape[1]), 0.0
    x = hstack([csr_matrix(margin[:, None]), words, csr_matrix(0.3 * traits)]).tocsr()
    coef, base = logistic(x, y, weights, 4.0)
    n = words.shape[1]
    return coef[0], coef[1 : n + 1], 0.3 * coef[n + 1 :], base


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
    coef, base = logistic(x, np.array([r.equity for r in rows]), weights, 0.5)
    n, m = dense.shape[1], len(terms)
    return np.append(coef[:n], base), dict(zip(terms, 0.7 * coef[n : n + m], strict=True)), coef[n + m :]


def _fit_strength(
    rows: Sequence[Coded], readings: Sequence[Reading], words: csr_matrix, weights: Array
) -> tuple[Array, Array]:
    some = np.array([r.strength > 0 for r in rows])
    strength = np.array([r.strength for r in rows])[some]
    dense = np.array([strength_features(r) for r in readings])[some]
    x = hstack([csr_matrix(dense), 3 * words[some]]).tocsr()
    fits = [logistic(x, strength >= k, weights[some], 1.0) for k in (2, 3, 4)]
    n = dense.shape[1]
    return np.array([np.append(c[:n], b) for c, b in fits]), np.array([3 * c[n:] for c, _ in fits])
