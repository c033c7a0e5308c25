"""What the statistical layer sees of a passage: which terms hit where, its shape, its document, its words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from toolkit.coding.differences import differences
from toolkit.coding.lexicon import CUE, EQUITY, HINT, TERM, damaged_matcher, joint_matcher
from toolkit.coding.traits import traits
from toolkit.coding.words import grams
from toolkit.frameworks.matching import Hit
from toolkit.frameworks.model import Framework

Array = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]
EQUITY_GROUPS = ("gap", "place", "group")
LABEL_WORDS = 4  # a label has at most so many words
INTENDING = ("will", "should")  # cues of intention
STATING = (*INTENDING, "verb_aim", "verb_action")  # cues of a statement
# A phrase of the equity lexicon by its group and by what it is worth; "against.any" speaks against the focus.
EQUITY_LISTS = (
    *(f"{group}.{worth}" for group in EQUITY_GROUPS for worth in ("strong", "likely", "weak")),
    "against.any",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A passage as the coder reads it. `context` is its lead-in and nearest heading; `document` groups units.

    `damaged` says that letters may be wrong (OCR, lost glyphs): terms are then also found with some letters wrong.
    """

    text: str
    context: str = ""
    document: str = ""
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A unit with what was found in it."""

    unit: Unit
    terms: dict[str, list[Hit]]  # code -> hits of its terms
    hints: dict[str, list[Hit]]
    equity: dict[str, list[Hit]]  # list of the equity lexicon (EQUITY_LISTS) -> hits
    cues: dict[str, list[Hit]]
    context_terms: frozenset[str]  # codes whose terms stand in the context
    context_cues: frozenset[str]
    traits: Array
    grams: tuple[str, ...]

    @property
    def is_label(self) -> bool:
        """Whether it names rather than states: a few words without a verb of aim or action, nor led in by one.

        Names on a map and cells of a chart stand beside statements, but share neither topic nor promise with them.
        """
        if self.unit.text.count(" ") >= LABEL_WORDS:
            return False
        lines = self.unit.context.split("\n")
        # "Supporting well" over a list of bodies promises nothing of them; "Our priorities" and "We support:" do.
        led_in = STATING if any(line.endswith((":", "…", "...")) for line in lines) else INTENDING
        return not any(map(self.cues.get, STATING)) and not any(group in self.context_cues for group in led_in)

    def coded(self, code: str) -> list[Hit]:
        """Return the hits of a code: its terms, then its hints."""
        return self.terms.get(code, []) + self.hints.get(code, [])


def read_units(units: Sequence[Unit], framework: Framework) -> list[Reading]:
    """Return a reading of each unit; one pass over all texts."""
    matcher = joint_matcher(framework)
    texts = matcher.find_each([u.text for u in units])
    damaged = [i for i, u in enumerate(units) if u.damaged]
    for i in damaged:
        texts[i] = sorted([*texts[i], *_damaged_hits(units[i].text, texts[i], framework)], key=lambda h: h.start)
    contexts = matcher.find_each([u.context for u in units])
    return [_reading(*parts) for parts in zip(units, texts, contexts, strict=True)]


def _damaged_hits(text: str, exact: list[Hit], framework: Framework) -> list[Hit]:
    """Return terms with some letters wrong; the term says how many, so that every reader of the evidence sees it."""
    return [
        Hit(h.id, f"{h.term} ({h.distance} off)", h.start, h.end)
        for h in damaged_matcher(framework).find(text, exact)
        if h.distance
    ]


def _reading(unit: Unit, hits: list[Hit], context: list[Hit]) -> Reading:
    groups: dict[str, dict[str, list[Hit]]] = {p: defaultdict(list) for p in (TERM, HINT, EQUITY, CUE)}
    for hit in hits:
        prefix, _, name = hit.id.partition(":")
        groups[prefix + ":"][name].append(hit)
    around = {p: frozenset(h.id.removeprefix(p) for h in context if h.id.startswith(p)) for p in (TERM, CUE)}
    return Reading(
        unit=unit,
        terms=groups[TERM],
        hints=groups[HINT],
        equity=groups[EQUITY],
        cues=groups[CUE],
        context_terms=around[TERM],
        context_cues=around[CUE],
        traits=np.array(traits(unit.text)),
        grams=tuple(grams(unit.text)),
    )


HIT_FEATURES = (
    "hit term_hit best second any_right terms spans first cover others density short_hit any_right_density context"
).split()
ODDS_OF_NONE = -4.0
# Features of a code of which nothing was found, in the order of HIT_FEATURES; the context is added to them.
NOTHING = np.array([0, 0, -3, -2, ODDS_OF_NONE, 0, 0, 1, 0, 0, 0, 0, 0, 0], np.float64)


def hit_features(reading: Reading, code: str, logits: dict[tuple[str, str], float]) -> list[float]:
    """Return the features `HIT_FEATURES` of one code in one passage.

    `logits` are the log-odds that a passage with this term is about the code, known from coded passages.
    """
    hits = reading.coded(code)
    context = float(code in reading.context_terms)
    if not hits:
        return [*NOTHING[:-1], context]
    terms = {h.term for h in hits}
    odds = sorted((logits.get((code, t), DEFAULT_LOGIT) for t in terms), reverse=True)
    wrong = math.prod(1 - min(0.97, 1 / (1 + math.exp(-z))) for z in odds)
    any_right = math.log((1 - wrong) / wrong)
    spans = {(h.start, h.end) for h in hits}
    size = len(reading.unit.text)
    words = max(1, reading.unit.text.count(" ") + 1)
    others = sum(1 for c in reading.terms if c != code)
    return [
        1.0,
        float(bool(reading.terms.get(code))),
        odds[0],
        odds[1] if len(odds) > 1 else -2.0,
        any_right,
        math.log1p(len(terms)),
        math.log1p(len(spans)),
        min(s for s, _ in spans) / size,
        min(1.0, 3 * sum(e - s for s, e in spans) / size),
        others / 5,
        3 / math.sqrt(words),
        float(words < 8),
        5 * any_right / math.sqrt(max(words, 10)),
        context,
    ]


DEFAULT_LOGIT = 0.4  # of a term that was never seen in a coded passage
TERM_WEIGHT = 0.5  # of a term that was found, beside stems and pairs that are scaled to length 1


def pooled_features(found: Array, passage_traits: Array) -> Array:
    """Return the features of the layer that all codes share, a row each: the hits, and where there are any the traits.

    `found` has the hit features of a code in a passage per row, `passage_traits` the traits of the same passages.
    """
    hit, any_right = found[:, :1], found[:, 4:5]
    return np.hstack((found, passage_traits * hit, passage_traits * any_right * 0.2 * hit))


def equity_features(reading: Reading) -> Array:
    """Return the features of the equity focus that do not name single terms."""
    terms = {name: {h.term for h in hits} for name, hits in reading.equity.items() if hits}
    of = {g: {t for name, found in terms.items() if name.startswith(g) for t in found} for g in EQUITY_GROUPS}
    found = [float(bool(of[g])) for g in EQUITY_GROUPS] + [float(name in terms) for name in EQUITY_LISTS]
    many = [math.log1p(len(of[g])) for g in EQUITY_GROUPS] + [math.log1p(len(terms.get(n, ()))) for n in EQUITY_LISTS]
    directed = float(bool(of["group"]) and bool(reading.terms))
    return np.array([*found, *many, directed, *reading.traits, *differences(reading.unit.text)])


class Weighed(NamedTuple):
    """What stands in each of many readings, in one table by rows: `starts[i]:starts[i + 1]` are those of reading i."""

    starts: Index
    places: Index
    weights: Array


def weigh(
    readings: Sequence[Reading], vocabulary: dict[str, int], idf: Array, terms: dict[tuple[str, str], int]
) -> Weighed:
    """Return the places and weights of each reading's stems and pairs, and of the terms that were found in it.

    Stems and pairs weigh 1 + log count, times idf, scaled to length 1; each known (code, term) weighs `TERM_WEIGHT`.
    """
    count = len(readings)
    row, place = _table([[vocabulary[gram] for gram in r.grams if gram in vocabulary] for r in readings])
    every, times = np.unique(row * (len(vocabulary) + 1) + place, return_counts=True)
    row, place = np.divmod(every, len(vocabulary) + 1)
    weight = (1 + np.log(times)) * idf[place]
    weight /= np.sqrt(np.bincount(row, weight**2, minlength=count))[row]
    named_row, named = _table([_places(r, terms) for r in readings])
    rows = np.concatenate((row, named_row))
    order = np.argsort(rows, kind="stable")
    return Weighed(
        starts=np.searchsorted(rows[order], np.arange(count + 1)),
        places=np.concatenate((place, named))[order],
        weights=np.concatenate((weight, np.full(len(named), TERM_WEIGHT)))[order],
    )


def _table(lists: Sequence[Sequence[int]]) -> tuple[Index, Index]:
    """Return the values of all lists in a row, and before them the number of the list that each stands in."""
    rows = np.repeat(np.arange(len(lists)), [len(values) for values in lists])
    return rows, np.fromiter(chain.from_iterable(lists), np.int64, len(rows))


def _places(reading: Reading, terms: dict[tuple[str, str], int]) -> list[int]:
    """Return the places of the terms found, each once."""
    groups = (*reading.terms.items(), *reading.hints.items())
    return sorted({terms[code, h.term] for code, hits in groups for h in hits if (code, h.term) in terms})


__all__ = [
    "DEFAULT_LOGIT",
    "EQUITY_GROUPS",
    "EQUITY_LISTS",
    "HIT_FEATURES",
    "NOTHING",
    "Array",
    "Index",
    "Reading",
    "Unit",
    "Weighed",
    "equity_features",
    "hit_features",
    "pooled_features",
    "read_units",
    "weigh",
]
