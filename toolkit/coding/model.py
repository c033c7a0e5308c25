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
    Reading,
    equity_features,
    hit_features,
    pooled_features,
    profiles,
    weigh,
)

FILE = "data/model.npz"
_CONTEXT, _PROFILE = HIT_FEATURES.index("context"), HIT_FEATURES.index("profile")


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
    """The learnt weights; every array is float64 in memory, rows in the order of `codes` and `vocabulary`."""

    codes: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Array
    term_logits: dict[tuple[str, str], float]
    equity_terms: dict[str, float]
    pooled: Array  # weights of pooled_features, last one the intercept
    own_words: Array  # codes x vocabulary
    own_pooled: Array  # per code: weight of the pooled logit
    own_traits: Array  # codes x traits
    own_base: Array  # per code: intercept
    equity: Array  # weights of equity_features, last one the intercept
    equity_words: Array
    strength: Array  # 3 x (strength_features + intercept)
    strength_words: Array  # 3 x vocabulary
    calibration: Array  # rows topic, pooled, equity, strength: slope, intercept on the logit
    thresholds: Array  # topic, pooled, equity, strength
    recall: Array  # per code: share of coded passages that were found in documents left out of the learning

    def judge(self, readings: Sequence[Reading], codes: Sequence[str]) -> list[Judgement]:
        """Return a judgement of each reading; codes the model was not taught are judged by the shared layer."""
        if not readings:
            return []
        words, taught = self._from_words(readings), len(self.own_base)
        traits = np.array([r.traits for r in readings])
        topics = self._topics(readings, codes, traits, words[:, :taught]).tolist()
        equity = self._equity(readings, words[:, taught]).tolist()
        strength = self._strength(readings, words[:, taught + 1 :]).tolist()
        return [
            Judgement(topics=dict(zip(codes, of, strict=True)), equity=focus, at_least=(two, three, four))
            for of, focus, (two, three, four) in zip(topics, equity, strength, strict=True)
        ]

    def pooled_logits(self, readings: Sequence[Reading], codes: Sequence[str], traits: Array) -> Array:
        """Return the log-odds of the layer that all codes share: readings x codes."""
        shares = np.array(profiles(readings, codes))
        weights, base = self.pooled[:-1], self.pooled[-1]
        logits = NOTHING @ weights[: len(NOTHING)] + weights[_PROFILE] * shares + base
        rows, columns, found = [], [], []
        for i, reading in enumerate(readings):
            for j, code in enumerate(codes):
                if code in reading.terms or code in reading.hints:
                    rows.append(i)
                    columns.append(j)
                    found.append(hit_features(reading, code, self.term_logits, shares[i, j]))
                elif code in reading.context_terms:
                    logits[i, j] += weights[_CONTEXT]
        if found:
            logits[rows, columns] = pooled_features(np.array(found), traits[rows]) @ weights + base
        return np.asarray(logits)

    def _from_words(self, readings: Sequence[Reading]) -> Array:
        """Return what the words add, a row per reading: to each taught code, to the equity focus, to each strength."""
        table = np.vstack((self.own_words, self.equity_words, self.strength_words)).T
        weighed = weigh([r.grams for r in readings], self.vocabulary, self.idf)
        added = np.zeros((len(readings), table.shape[1]))
        held = [i for i, (index, _) in enumerate(weighed) if len(index)]
        if held:
            index = np.concatenate([weighed[i][0] for i in held])
            weights = np.concatenate([weighed[i][1] for i in held])
            starts = np.cumsum([0, *(len(weighed[i][0]) for i in held[:-1])])
            added[held] = np.add.reduceat(table[index] * weights[:, None], starts)
        return added

    def _topics(self, readings: Sequence[Reading], codes: Sequence[str], traits: Array, words: Array) -> Array:
        rows = np.array([self.codes.index(c) if c in self.codes else -1 for c in codes], np.int64)
        pooled = self.pooled_logits(readings, codes, traits)
        own = self.own_pooled[rows] * pooled + words[:, rows] + traits @ self.own_traits[rows].T + self.own_base[rows]
        taught = rows >= 0
        p = np.where(taught, self._calibrated(0, own), self._calibrated(1, pooled))
        unseen = np.array([[not (c in r.terms or c in r.hints) for c in codes] for r in readings])
        return np.where(~taught & unseen, 0.0, p)

    def _equity(self, readings: Sequence[Reading], words: Array) -> Array:
        found = np.array([equity_features(r) for r in readings]) @ self.equity[:-1] + self.equity[-1]
        named = [{h.term for hits in r.equity.values() for h in hits} for r in readings]
        known = np.array([sum(self.equity_terms.get(t, 0.0) for t in sorted(terms)) for terms in named])
        return self._calibrated(2, found + words + known)

    def _strength(self, readings: Sequence[Reading], words: Array) -> Array:
        found = np.array([strength_features(r) for r in readings])
        p = self._calibrated(3, found @ self.strength[:, :-1].T + self.strength[:, -1] + words)
        # Each step asks for the one below it: P(>= 3) can not exceed P(>= 2).
        return np.minimum.accumulate(p, axis=1)

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
    "idf pooled own_words own_pooled own_traits own_base equity equity_words strength strength_words "
    "calibration thresholds recall"
).split()
