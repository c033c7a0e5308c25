"""Terms of several phrases: proximity within a sentence and scopes, all of a codebook at once.

All phrases come from the one pass over the text; of each term the rarest leads, and the others count only where they
stand as near to it as the term allows.
What is known of a phrase in the text is a column: pattern, start, end, words before each, sentences before each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.frameworks.keys import Row, rarity, rows_of
from toolkit.frameworks.normalise import Flags, Ints
from toolkit.frameworks.patterns import Near, Pattern, Phrase, Scope
from toolkit.frameworks.spans import Places, Spans, expanded

_PATTERN, _START, _END, _WORD, _WORD_END, _SENTENCE, _SENTENCE_END = range(7)


class Proximity:
    """Proximities and scopes, each with the number of its entry; `rows` are the (row, part) to look for.

    `reach` is for each part that leads the number of words around it that its terms may take in,
    and -1 for the other parts.
    """

    def __init__(self, patterns: Sequence[tuple[int, Pattern]]) -> None:
        self._entry = np.array([entry for entry, _ in patterns], np.int64)
        phrases = [_phrases(pattern) for _, pattern in patterns]
        self._last = np.array([len(found) - 1 for found in phrases], np.int64)
        nears = [_nears(pattern) for _, pattern in patterns]
        deepest = max(map(len, nears), default=0)
        self._gaps = [np.array([n[i].gap if i < len(n) else 0 for n in nears], np.int64) for i in range(deepest)]
        self._turns = [np.array([i < len(n) and not n[i].ordered for n in nears], bool) for i in range(deepest)]
        scopes = [p if isinstance(p, Scope) else None for _, p in patterns]
        self._scope = np.array([s is not None for s in scopes], bool)
        self._before = np.array([s is not None and s.before for s in scopes], bool)
        self._words = np.array([s.words if s else 0 for s in scopes], np.int64)
        number = {phrase: i for i, phrase in enumerate(dict.fromkeys(p for found in phrases for p in found))}
        uses = sorted((number[phrase], i, n) for i, found in enumerate(phrases) for n, phrase in enumerate(found))
        self._use = np.array(uses, np.int64).reshape(-1, 3).T
        self._uses_from = self._use[0].searchsorted(np.arange(len(number) + 1))
        self._build(list(number), [[number[phrase] for phrase in found] for found in phrases], nears)

    def _build(self, phrases: list[Phrase], parts: list[list[int]], nears: list[tuple[Near, ...]]) -> None:
        """Choose the rarest part of each pattern, and say how many words around it the pattern may take in."""
        rows = [list(rows_of(phrase)) for phrase in phrases]
        rare = [min(rarity(row.keys) for row in found) for found in rows]
        words = [max(map(len, phrase.readings())) for phrase in phrases]
        self.reach = np.full(len(phrases), -1, np.int64)
        for numbers, chain in zip(parts, nears, strict=True):
            rarest = max(numbers, key=rare.__getitem__)
            reach = sum(near.gap for near in chain) + sum(words[number] for number in numbers)
            self.reach[rarest] = max(self.reach[rarest], reach if chain else 0)
        self.rows: list[tuple[Row, int]] = [(row, part) for part, found in enumerate(rows) for row in found]

    def find(self, found: Spans, places: Places) -> Spans:
        """Return the spans (of entries) that the parts found make with each other, each once."""
        if not len(found):
            return found
        marks = [(mark, place) for mark in (places.spaces, places.stops) for place in (found.starts, found.ends)]
        columns = np.stack((found.what, found.starts, found.ends, *(mark.searchsorted(place) for mark, place in marks)))
        lows = self._uses_from[found.what]
        row, use = expanded(lows, self._uses_from[found.what + 1] - lows)
        parts = columns[:, row]
        parts[_PATTERN] = self._use[1, use]
        return self._combined(parts, self._use[2, use], places)

    def _combined(self, parts: Ints, nth: Ints, places: Places) -> Spans:
        left = _sorted(parts[:, nth == 0])
        made = [self._scoped(left[:, self._scope[left[_PATTERN]]], places)]
        left = left[:, ~self._scope[left[_PATTERN]]]
        for i, (gaps, turns) in enumerate(zip(self._gaps, self._turns, strict=True)):
            right = _sorted(parts[:, nth == i + 1])
            left, done = _near(left, right, gaps, turns), self._last == i + 1
            made.append(left[:, done[left[_PATTERN]]])
            left = left[:, ~done[left[_PATTERN]]]
        every = np.concatenate(made, axis=1)
        return Spans(self._entry[every[_PATTERN]], every[_START], every[_END])

    def _scoped(self, parts: Ints, places: Places) -> Ints:
        """Return each part with the words after it (or before it) in its sentence that its scope takes in."""
        words, before = self._words[parts[_PATTERN]], self._before[parts[_PATTERN]]
        spaces = places.spaces
        stops = np.concatenate((np.zeros(1, np.int64), places.stops, spaces[-1:]))
        far = spaces[np.minimum(parts[_WORD_END] + words, len(spaces) - 1)]
        end = np.maximum(parts[_END], np.minimum(far, stops[parts[_SENTENCE_END] + 1]))
        back = spaces[np.maximum(parts[_WORD] - 1 - words, 0)] + 1
        scoped = parts.copy()
        scoped[_END] = np.where(before, parts[_END], end)
        scoped[_START] = np.where(before, np.maximum(back, stops[parts[_SENTENCE]] + 1), parts[_START])
        return scoped


def _phrases(pattern: Pattern) -> tuple[Phrase, ...]:
    """Return the phrases of a pattern, left to right."""
    if isinstance(pattern, Near):
        return (*_phrases(pattern.left), pattern.right)
    return (pattern.phrase if isinstance(pattern, Scope) else pattern,)


def _nears(pattern: Pattern) -> tuple[Near, ...]:
    return (*_nears(pattern.left), pattern) if isinstance(pattern, Near) else ()


def _near(left: Ints, right: Ints, gaps: Ints, turns: Flags) -> Ints:
    """Return what neighbouring parts span: left before right, or, where the order may turn, right before left."""
    turned = _followed(right[:, turns[right[_PATTERN]]], left, gaps)
    return _sorted(np.concatenate((_followed(left, right, gaps), turned), axis=1))


def _followed(left: Ints, right: Ints, gaps: Ints) -> Ints:
    """Return each left part with the nearest right part after it, when near enough and in the same sentence."""
    if not left.size or not right.size:
        return left[:, :0]
    width = int(max(left[_END].max(), right[_END].max())) + 1
    places = right[_PATTERN] * width + right[_START]
    final = np.append(places[1:] != places[:-1], True)  # of those with one start the longest, which is the last
    right, places = right[:, final], places[final]
    at = places.searchsorted(left[_PATTERN] * width + left[_END])
    left, at = left[:, at < len(places)], at[at < len(places)]
    next_to = (
        (left[_PATTERN] == right[_PATTERN, at])
        & (right[_WORD, at] - left[_WORD_END] - 1 <= gaps[left[_PATTERN]])
        & (left[_SENTENCE] == right[_SENTENCE_END, at])
    )
    found: Ints = left[:, next_to]
    found[[_END, _WORD_END, _SENTENCE_END]] = right[:, at[next_to]][[_END, _WORD_END, _SENTENCE_END]]
    return found


def _sorted(parts: Ints) -> Ints:
    """Return the parts by pattern, start and end, each once."""
    order = np.argsort(parts[_END], kind="stable")
    order = order[
        np.argsort((parts[_PATTERN] * (int(parts[_START].max(initial=0)) + 1) + parts[_START])[order], kind="stable")
    ]
    ordered = parts[:, order]
    keys = ordered[: _END + 1]
    new = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)) if ordered.size else np.empty(0, bool)
    return ordered[:, new]
