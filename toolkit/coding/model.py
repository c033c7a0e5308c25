"""The statistical layer: linear models over the features, learnt from coded passages, in one small file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from toolkit.coding.commitment import strength_features
from toolkit.coding.features import (
    HIT_FEATURES,
    NOTHING,
    Array,
    Index,
    Reading,
    equity_features,
    hit_features,
    pooled_features,
    weigh,
)
from toolkit.coding.surroundings import surroundings

FILE = "data/model.npz"
_CONTEXT = HIT_FEATURES.index("context")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the layer thinks of one passage, as calibrated probabilities.

    `topics[code]` that the passage is about the code; `equity` that it has the equity focus; `at_least[k-2]` that its
    strength is k or more (k = 2, 3, 4), given that some topic applies.
    """

    topics: dict[str, float]
    equity: float
    at_least: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The learnt weights; every array is float64 in memory, rows in the order of `codes`.

    What is said of words has a column per stem or pair of `vocabulary`, then one per term of `term_logits`.
    """

    codes: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Array
    term_logits: dict[tuple[str, str], float]
    equity_terms: dict[str, float]
    pooled: Array  # weights of pooled_features, last one the intercept
    own_words: Array  # codes x words
    own_pooled: Array  # per code: weight of the pooled logit
    own_traits: Array  # codes x traits
    own_base: Array  # per code: intercept
    around: Array  # weights of the features of `surroundings`, last one the intercept
    equity: Array  # weights of equity_features, last one the intercept
    equity_words: Array
    strength: Array  # 3 x (strength_features + intercept)
    strength_words: Array  # 3 x words
    calibration: Array  # rows topic, pooled, equity, strength: slope, intercept on the logit
    thresholds: Array  # topic, pooled, equity, strength
    recall: Array  # per code: share of coded passages that were found in documents left out of the learning

    def judge(self, readings: Sequence[Reading], codes: Sequence[str]) -> list[Judgement]:
        """Return a judgement of each reading; codes the model was not taught are judged by the shared layer.

        Readings stand in the order of their documents: a passage is judged beside its neighbours.
        """
        if not readings:
            return []
        own, pooled, equity, strength = self.logits(readings, codes)
        topics = self._topics(readings, codes, own, pooled).tolist()
        # Each step asks for the one below it: P(>= 3) can not exceed P(>= 2).
        steps = np.minimum.accumulate(self._calibrated(3, strength), axis=1)
        steps[[r.is_label for r in readings]] = 0.0
        return [
            Judgement(topics=dict(zip(codes, of, strict=True)), equity=focus, at_least=(two, three, four))
            for of, focus, (two, three, four) in zip(
                topics, self._calibrated(2, equity).tolist(), steps.tolist(), strict=True
            )
        ]

    def logits(self, readings: Sequence[Reading], codes: Sequence[str]) -> tuple[Array, Array, Array, Array]:
        """Return the log-odds that each passage earns by itself, not calibrated.

        They are of each code by its own layer (0 where it has none), of each code by the shared layer, of the equity
        focus, and of strength 2, 3 and 4 or more: readings x codes, the same, readings, readings x 3.
        """
        words, taught = self._from_words(readings), len(self.own_base)
        traits = np.array([r.traits for r in readings])
        pooled = self.pooled_logits(readings, codes, traits)
        rows = self._rows(codes)
        own = self.own_pooled[rows] * pooled + words[:, rows] + traits @ self.own_traits[rows].T + self.own_base[rows]
        equity = self._equity(readings, words[:, taught])
        strength = np.array([strength_features(r) for r in readings])
        steps = strength @ self.strength[:, :-1].T + self.strength[:, -1] + words[:, taught + 1 :]
        return np.where(rows >= 0, own, 0.0), pooled, equity, steps

    def _rows(self, codes: Sequence[str]) -> Index:
        """Return the row of each code in the weights, -1 for a code that the model was not taught."""
        return np.array([self.codes.index(c) if c in self.codes else -1 for c in codes], np.int64)

    def pooled_logits(self, readings: Sequence[Reading], codes: Sequence[str], traits: Array) -> Array:
        """Return the log-odds of the layer that all codes share: readings x codes."""
        weights, base = self.pooled[:-1], self.pooled[-1]
        logits = np.full((len(readings), len(codes)), NOTHING @ weights[: len(NOTHING)] + base)
        rows, columns, found = [], [], []
        for i, reading in enumerate(readings):
            for j, code in enumerate(codes):
                if code in reading.terms or code in reading.hints:
                    rows.append(i)
                    columns.append(j)
                    found.append(hit_features(reading, code, self.term_logits))
                elif code in reading.context_terms:
                    logits[i, j] += weights[_CONTEXT]
        if found:
            logits[rows, columns] = pooled_features(np.array(found), traits[rows]) @ weights + base
        return np.asarray(logits)

    def _from_words(self, readings: Sequence[Reading]) -> Array:
        """Return what the words add, a row per reading: to each taught code, to the equity focus, to each strength."""
        table = np.vstack((self.own_words, self.equity_words, self.strength_words)).T
        places = {key: len(self.vocabulary) + i for i, key in enumerate(self.term_logits)}
        weighed = weigh(readings, self.vocabulary, self.idf, places)
        added = np.zeros((len(readings), table.shape[1]))
        held = [i for i, (index, _) in enumerate(weighed) if len(index)]
        if held:
            index = np.concatenate([weighed[i][0] for i in held])
            weights = np.concatenate([weighed[i][1] for i in held])
            starts = np.cumsum([0, *(len(weighed[i][0]) for i in held[:-1])])
            added[held] = np.add.reduceat(table[index] * weights[:, None], starts)
        return added

    def _topics(self, readings: Sequence[Reading], codes: Sequence[str], own: Array, pooled: Array) -> Array:
        """Return the chance of each code: taught ones beside their neighbours, others where a term is found.

        A label takes no topic from its neighbours: it needs a term or hint of its own.
        """
        found = self._calibrated(1, pooled)
        taught = np.flatnonzero(self._rows(codes) >= 0).tolist()
        alone = np.array([[not (c in r.terms or c in r.hints) for c in codes] for r in readings])
        found[alone] = 0.0
        if taught:
            beside = surroundings(own[:, taught], readings, [codes[i] for i in taught])
            found[:, taught] = self._calibrated(0, beside @ self.around[:-1] + self.around[-1])
        found[alone & np.array([[r.is_label] for r in readings])] = 0.0
        return found

    def _equity(self, readings: Sequence[Reading], words: Array) -> Array:
        found = np.array([equity_features(r) for r in readings]) @ self.equity[:-1] + self.equity[-1]
        named = [{h.term for hits in r.equity.values() for h in hits} for r in readings]
        known = np.array([sum(self.equity_terms.get(t, 0.0) for t in sorted(terms)) for terms in named])
        return np.asarray(found + words + known)

    def _calibrated(self, row: int, logits: Array) -> Array:
        slope, base = self.calibration[row]
        return np.asarray(1 / (1 + np.exp(-(slope * logits + base))))


def save_model(model: Model) -> bytes:
    """Return the bytes of a model file (NumPy archive, no pickled objects)."""
    arrays = {name: getattr(model, name) for name in _ARRAYS}
    small = {"own_words", "equity_words", "strength_words"}
    stream = BytesIO()
    np.savez_compressed(
        stream,
        allow_pickle=False,
        codes=np.array(model.codes),
        vocabulary=np.array(list(model.vocabulary)),
        term_codes=np.array([c for c, _ in model.term_logits]),
        terms=np.array([t for _, t in model.term_logits]),
        term_odds=np.array(list(model.term_logits.values())),
        equity_names=np.array(list(model.equity_terms)),
        equity_odds=np.array(list(model.equity_terms.values())),
        **{name: a.astype(np.float16 if name in small else np.float64) for name, a in arrays.items()},
    )
    return stream.getvalue()


def load_model(data: bytes) -> Model:
    """Return the model in the bytes of a model file."""
    with np.load(BytesIO(data), allow_pickle=False) as archive:
        get = {name: archive[name] for name in archive.files}
    return Model(
        codes=tuple(map(str, get["codes"])),
        vocabulary={str(g): i for i, g in enumerate(get["vocabulary"])},
        term_logits={
            (str(c), str(t)): float(z)
            for c, t, z in zip(get["term_codes"], get["terms"], get["term_odds"], strict=True)
        },
        equity_terms={str(t): float(z) for t, z in zip(get["equity_names"], get["equity_odds"], strict=True)},
        **{name: get[name].astype(np.float64) for name in _ARRAYS},
    )


@lru_cache(maxsize=1)
def bundled_model() -> Model:
    """Return the model that ships with the package."""
    return load_model(files("toolkit.coding").joinpath(FILE).read_bytes())


_ARRAYS = (
    "idf pooled own_words own_pooled own_traits own_base around equity equity_words strength strength_words "
    "calibration thresholds recall"
).split()
