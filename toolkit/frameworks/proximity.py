"""Terms of several phrases: proximity within a sentence and scopes, all of a codebook at once.

What is known of a phrase in the text is a column: pattern, start, end, words before each, sentences before each.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.frameworks.normalise import Flags, Ints
from toolkit.frameworks.patterns import Near, Pattern, Phrase, Scope
from toolkit.frameworks.spans import Places, Spans, expanded

_PATTERN, _START, _END, _WORD, _WORD_END, _SENTENCE, _SENTENCE_END = range(7)


def parts_of(pattern: Pattern) -> tuple[Phrase, ...]:
    """Return the phrases of a pattern, left to right."""
    if isinstance(pattern, Near):
        return (*parts_of(pattern.left), pattern.right)
    return (pattern.phrase if isinstance(pattern, Scope) else pattern,)


class Proximity:
    """Patterns of several phrases, and scopes, each with its entry and the numbers of its phrases."""

    def __init__(self, patterns: Sequence[tuple[int, Pattern, tuple[int, ...]]], phrases: int) -> None:
        self._entry = np.array([entry for entry, _, _ in patterns], np.int64)
        self._last = np.array([len(parts) - 1 for _, _, parts in patterns], np.int64)
        nears = [_nears(pattern) for _, pattern, _ in patterns]
        deepest = max(map(len, nears), default=0)
        self._gaps = [np.array([n[i].gap if i < len(n) else 0 for n in nears], np.int64) for i in range(deepest)]
        self._turns = [np.array([i < len(n) and not n[i].ordered for n in nears], bool) for i in range(deepest)]
        scopes = [p if isinstance(p, Scope) else None for _, p, _ in patterns]
        self._scope = np.array([s is not None for s in scopes], bool)
        self._before = np.array([s is not None and s.before for s in scopes], bool)
        self._words = np.array([s.words if s else 0 for s in scopes], np.int64)
        uses = sorted((part, i, n) for i, (_, _, parts) in enumerate(patterns) for n, part in enumerate(parts))
        self._use = np.array(uses, np.int64).reshape(-1, 3).T
        self._uses_from = self._use[0].searchsorted(np.arange(phrases + 1))

    def find(self, found: Spans, places: Places) -> Spans:
        """Return the spans (of entries) that the phrases found combine to, each once."""
        lows = self._uses_from[found.what]
        row, use = expanded(lows, self._uses_from[found.what + 1] - lows)
        _, pattern, nth = self._use[:, use]
        starts, ends = found.starts[row], found.ends[row]
        ranks = (mark.searchsorted(place) for mark in (places.spaces, places.stops) for place in (starts, ends))
        parts = np.stack((pattern, starts, ends, *ranks))
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
    ordered = parts[:, np.lexsort((parts[_END], parts[_START], parts[_PATTERN]))]
    keys = ordered[: _END + 1]
    new = np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)) if ordered.size else np.empty(0, bool)
    return ordered[:, new]
