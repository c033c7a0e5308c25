"""The statistical layer: what it has learnt from coded passages, and how it judges others by that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from toolkit.coding.opinions import Reader, together
from toolkit.coding.surroundings import USUAL_EQUITY, USUAL_STRENGTH, beside_mean, some_topic, surroundings

_CONTEXT = HIT_FEATURES.index("context")
# Of log-odds: so much less often than it seems is a code right of which no term or hint is found. Those who invented
# passages were asked to avoid the usual words; in documents a topic without them is rarer (METHOD.md, how
# passages are coded).
UNNAMED = 0.6


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
    """The learnt weights, rows in the order of `codes`.

    `words` has a row per stem or pair of `vocabulary`, then one per term of `term_logits`; its columns are what a word
    adds to each code, to the equity focus, and to strength 2, 3 and 4 or more.
    """

    codes: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: Array
    term_logits: dict[tuple[str, str], float]
    equity_terms: dict[str, float]
    pooled: Array  # weights of pooled_features, last one the intercept
    words: Array  # words x (codes + 1 + 3)
    own_pooled: Array  # per code: weight of the pooled logit
    own_traits: Array  # codes x traits
    own_base: Array  # per code: intercept
    equity: Array  # weights of equity_features, last one the intercept
    strength: Array  # 3 x (strength_features + intercept)
    encoders: tuple[Reader, ...]  # in the order in which they are asked
    around: Array  # weights of the features of `surroundings`, last one the intercept
    equity_around: Array  # 1 x (weights of `beside_mean` + intercept)
    strength_around: Array  # 3 x (weights of `beside_mean` + intercept)
    calibration: Array  # rows topic, pooled, equity, strength: slope, intercept on the logit
    thresholds: Array  # topic, pooled, equity, strength
    recall: Array  # per code: share of coded passages that were found in documents left out of the learning

    def judge(self, readings: Sequence[Reading], codes: Sequence[str]) -> list[Judgement]:
        """Return a judgement of each reading; codes the model was not taught are judged by the shared layer.

        Readings stand in the order of their documents: a passage is judged beside its neighbours.
        """
        if not readings:
            return []
        own, pooled, equity, strength = self.logits(readings)
        if tuple(codes) != self.codes:
            pooled = self.pooled_logits(readings, codes, np.array([r.traits for r in readings]))
        topics = self._topics(readings, codes, own, pooled).tolist()
        equity, strength = self._beside(readings, own, equity, strength)
        # Each step asks for the one below it: P(>= 3) can not exceed P(>= 2).
        steps = np.minimum.accumulate(self._calibrated(3, strength), axis=1)
        steps[[r.is_label for r in readings]] = 0.0
        return [
            Judgement(topics=dict(zip(codes, of, strict=True)), equity=focus, at_least=(two, three, four))
            for of, focus, (two, three, four) in zip(
                topics, self._calibrated(2, equity).tolist(), steps.tolist(), strict=True
            )
        ]

    def logits(self, readings: Sequence[Reading]) -> tuple[Array, Array, Array, Array]:
        """Return the log-odds that each passage earns by itself, not calibrated.

        They are of each taught code, of each taught code by the layer that all codes share, of the equity focus, and
        of strength 2, 3 and 4 or more: readings x codes, the same, readings x 1, readings x 3. But for the shared layer
        they are the mean of what terms, words and traits say, and of what encoders say of the whole passage.
        """
        taught = len(self.codes)
        words = self._from_words(readings)
        traits = np.array([r.traits for r in readings])
        pooled = self.pooled_logits(readings, self.codes, traits)
        own = self.own_pooled * pooled + traits @ self.own_traits.T + self.own_base
        focus = self._equity(readings, np.array([equity_features(r) for r in readings]))
        firm = np.array([strength_features(r) for r in readings]) @ self.strength[:, :-1].T + self.strength[:, -1]
        said = together(np.hstack((own, focus, firm)) + words, [r.unit for r in readings], self.encoders)
        return said[:, :taught], pooled, said[:, taught : taught + 1], said[:, taught + 1 :]

    def _beside(self, readings: Sequence[Reading], own: Array, equity: Array, strength: Array) -> tuple[Array, Array]:
        """Return the log-odds of the equity focus and of each strength, looked at beside their neighbours."""
        everyone, topical = np.ones(len(readings)), some_topic(own)
        focus = beside_mean(equity, everyone, USUAL_EQUITY, readings)
        steps = beside_mean(strength, topical, USUAL_STRENGTH, readings)
        weights, firm = self.equity_around, self.strength_around
        return (focus @ weights[:, :-1].T + weights[:, -1])[:, 0], steps @ firm[:, :-1].T + firm[:, -1]

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
        """Return what the words of each reading add up to, in the columns of `words`."""
        places = {key: len(self.vocabulary) + i for i, key in enumerate(self.term_logits)}
        starts, found, weights = weigh(readings, self.vocabulary, self.idf, places)
        added = np.zeros((len(readings), self.words.shape[1]))
        held = starts[:-1] < starts[1:]
        if held.any():
            added[held] = np.add.reduceat(self.words[found] * weights[:, None], starts[:-1][held])
        return added

    def _topics(self, readings: Sequence[Reading], codes: Sequence[str], own: Array, pooled: Array) -> Array:
        """Return the chance of each code: taught ones beside their neighbours, others where a term is found.

        A label takes no topic from its neighbours: it needs a term or hint of its own.
        """
        found = self._calibrated(1, pooled)
        alone = np.array([[not (c in r.terms or c in r.hints) for c in codes] for r in readings])
        found[alone] = 0.0
        beside = surroundings(own, readings, self.codes) @ self.around[:-1] + self.around[-1]
        rows = self._rows(codes)
        taught = rows >= 0
        odds = self._odds(0, beside[:, rows[taught]]) - UNNAMED * alone[:, taught]
        found[:, taught] = 1 / (1 + np.exp(-odds))
        found[alone & np.array([[r.is_label] for r in readings])] = 0.0
        return found

    def _equity(self, readings: Sequence[Reading], signs: Array) -> Array:
        found = signs @ self.equity[:-1] + self.equity[-1]
        named = [{h.term for hits in r.equity.values() for h in hits} for r in readings]
        known = np.array([sum(self.equity_terms.get(t, 0.0) for t in sorted(terms)) for terms in named])
        return np.asarray(found + known)[:, None]

    def _calibrated(self, row: int, logits: Array) -> Array:
        return np.asarray(1 / (1 + np.exp(-self._odds(row, logits))))

    def _odds(self, row: int, logits: Array) -> Array:
        slope, base = self.calibration[row]
        return np.asarray(slope * logits + base)
