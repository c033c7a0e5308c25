"""The statistical layer: linear models over the features, learnt from coded passages, in one small file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from toolkit.coding.features import (
    HIT_FEATURES,
    NOTHING,
    Array,
    Index,
    Reading,
    equity_features,
    pooled_features,
    profiles,
    strength_features,
    weigh,
)

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
        words = weigh([r.grams for r in readings], self.vocabulary, self.idf)
        rows = np.array([self.codes.index(c) if c in self.codes else -1 for c in codes], np.int64)
        return [
            Judgement(
                topics=dict(zip(codes, self._topics(reading, codes, rows, share, index, weights), strict=True)),
                equity=self._equity(reading, index, weights),
                at_least=self._strength(reading, index, weights),
            )
            for reading, share, (index, weights) in zip(readings, profiles(readings, codes), words, strict=True)
        ]

    def pooled_logits(self, reading: Reading, codes: Sequence[str], share: Array) -> Array:
        """Return the log-odds of the layer that all codes share, one per code."""
        nothing, profile, context = self.pooled[: len(NOTHING)], HIT_FEATURES.index("profile"), _CONTEXT
        logits = NOTHING @ nothing + self.pooled[profile] * share + self.pooled[-1]
        for i, code in enumerate(codes):
            if code in reading.terms or code in reading.hints:
                found = pooled_features(reading, code, self.term_logits, share[i])
                logits[i] = found @ self.pooled[:-1] + self.pooled[-1]
            elif code in reading.context_terms:
                logits[i] += self.pooled[context]
        return np.asarray(logits)

    def _topics(
        self, reading: Reading, codes: Sequence[str], rows: Index, share: Array, index: Index, weights: Array
    ) -> list[float]:
        pooled = self.pooled_logits(reading, codes, share)
        own = (
            self.own_pooled[rows] * pooled
            + self.own_words[np.ix_(rows, index)] @ weights
            + self.own_traits[rows] @ reading.traits
            + self.own_base[rows]
        )
        taught = rows >= 0
        p = np.where(taught, self._calibrated(0, own), self._calibrated(1, pooled))
        unseen = np.array([not reading.coded(c) for c in codes])
        return [float(v) for v in np.where(~taught & unseen, 0.0, p)]

    def _equity(self, reading: Reading, index: Index, weights: Array) -> float:
        logit = equity_features(reading) @ self.equity[:-1] + self.equity[-1] + self.equity_words[index] @ weights
        terms = {h.term for hits in reading.equity.values() for h in hits}
        return float(self._calibrated(2, logit + sum(self.equity_terms.get(t, 0.0) for t in sorted(terms))))

    def _strength(self, reading: Reading, index: Index, weights: Array) -> tuple[float, float, float]:
        found = strength_features(reading)
        logits = self.strength[:, :-1] @ found + self.strength[:, -1] + self.strength_words[:, index] @ weights
        two, three, four = (float(p) for p in self._calibrated(3, logits))
        # Each step asks for the one below it: P(>= 3) can not exceed P(>= 2).
        return two, min(two, three), min(two, three, four)

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
