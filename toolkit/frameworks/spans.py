"""Spans in a text: proximity, scopes, exclusions, and which of several overlapping ones stays."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from toolkit.frameworks.normalise import SPACE, Ints, Normal
from toolkit.frameworks.patterns import Near, Pattern, Scope

Span = tuple[int, int]
Flags = NDArray[np.bool_]


class Places:
    """Where words, walls and sentence ends of one normalised text are."""

    def __init__(self, normal: Normal) -> None:
        self.walls, self.stops = normal.walls, normal.stops
        self._data = normal.data

    @cached_property
    def spaces(self) -> Ints:
        """Places of the spaces: one before the first word, one after each word."""
        return np.flatnonzero(np.frombuffer(self._data, np.uint8) == SPACE)

    def word_start(self, places: Ints) -> Ints:
        """Return where the word that holds each place begins."""
        return self.spaces[np.maximum(self.spaces.searchsorted(places, side="left") - 1, 0)] + 1

    def word_end(self, places: Ints) -> Ints:
        """Return where the word that ends at or holds each place ends."""
        return self.spaces[np.minimum(self.spaces.searchsorted(places, side="left"), len(self.spaces) - 1)]

    def over_wall(self, starts: Ints, ends: Ints, loose: Flags) -> Flags:
        """Return which spans run over a wall, or, where `loose`, over the end of a sentence."""
        crosses = [m.searchsorted(starts) != m.searchsorted(ends) for m in (self.walls, self.stops)]
        crossed: Flags = np.where(loose, crosses[1], crosses[0])
        return crossed

    def combine(self, pattern: Pattern, parts: list[Ints]) -> Ints:
        """Return the spans of a proximity or scope from those of its phrases (see `placed`), left to right, sorted."""
        if isinstance(pattern, Near):
            left, right = self.combine(pattern.left, parts[:-1]), parts[-1]
            found = self._followed(left, right, pattern.gap)
            turned = found[:0] if pattern.ordered else self._followed(right, left, pattern.gap)
            return np.unique(np.concatenate((found, turned)), axis=0) if len(turned) else found
        if isinstance(pattern, Scope):
            return np.array([self._scope(span, pattern) for span in parts[0].tolist()], np.int64).reshape(-1, 2)
        return parts[0]

    def placed(self, starts: Ints, ends: Ints) -> Ints:
        """Return spans with their places among words and sentences: start, end, word of each, sentence of each."""
        found = [mark.searchsorted(place) for mark in (self.spaces, self.stops) for place in (starts, ends)]
        return np.column_stack((starts, ends, *found))

    def _followed(self, left: Ints, right: Ints, gap: int) -> Ints:
        """Return each left span with the nearest right span after it, when near enough and in the same sentence."""
        if not len(left) or not len(right):
            return left[:0]
        final = np.append(right[1:, 0] != right[:-1, 0], True)
        right = right[final]  # of those with one start the longest, which is the last
        place = right[:, 0].searchsorted(left[:, 1])
        left, right = left[place < len(right)], right[place[place < len(right)]]
        near = (right[:, 2] - left[:, 3] - 1 <= gap) & (left[:, 4] == right[:, 5])
        found: Ints = left[near]
        found[:, 1::2] = right[near, 1::2]
        return found

    def _scope(self, span: list[int], pattern: Scope) -> Span:
        start, end = span[:2]
        if pattern.before:
            first = int(self.spaces.searchsorted(start)) - 1 - pattern.words
            stop = int(self.stops.searchsorted(start)) - 1
            low = int(self.stops[stop]) + 1 if stop >= 0 else 1
            return max(int(self.spaces[max(first, 0)]) + 1, low), end
        final = int(self.spaces.searchsorted(end)) + pattern.words
        stop = int(self.stops.searchsorted(end))
        high = int(self.stops[stop]) if stop < len(self.stops) else int(self.spaces[-1])
        return start, max(end, min(int(self.spaces[min(final, len(self.spaces) - 1)]), high))


def without_excluded(owners: Ints, spans: Ints, excludes: Flags) -> tuple[Ints, list[tuple[int, int]]]:
    """Return the rows of `spans` (entry, start, end) that count, and (hit, excluding row) of those that do not."""
    hits = np.flatnonzero(~excludes)
    removed: list[tuple[int, int]] = []
    for owner in np.unique(owners[excludes]).tolist():
        own = hits[owners[hits] == owner]
        own = own[np.argsort(spans[own, 1], kind="stable")]
        starts, ends = spans[own, 1], spans[own, 2]
        reach = int((ends - starts).max()) if len(own) else 0
        gone: dict[int, int] = {}
        for by in np.flatnonzero(excludes & (owners == owner)).tolist():
            start, end = int(spans[by, 1]), int(spans[by, 2])
            for i in range(int(starts.searchsorted(start - reach)), int(starts.searchsorted(end))):
                if ends[i] > start and ends[i] - starts[i] <= end - start:
                    gone.setdefault(int(own[i]), by)
        removed += gone.items()
    dropped = np.array([hit for hit, _ in removed], np.int64)
    removed.sort(key=lambda pair: tuple(spans[pair[0], 1:].tolist()))
    return hits[~np.isin(hits, dropped)], removed


def longest(owners: Ints, spans: Ints) -> Ints:
    """Return rows in reading order such that no two of one owner overlap: the longest stay, then the first."""
    if not len(spans):
        return np.empty(0, np.int64)
    starts, ends = spans[:, 1], spans[:, 2]
    order = np.lexsort((spans[:, 0], starts - ends, starts, owners))
    width = int(ends.max()) + 1
    reach = np.maximum.accumulate(ends[order] + owners[order] * width)  # furthest end so far within the owner
    begins = np.ones(len(order), bool)
    begins[1:] = starts[order[1:]] + owners[order[1:]] * width >= reach[:-1]
    clusters = np.flatnonzero(begins)
    sizes = np.diff(np.append(clusters, len(order)))
    kept = [order[clusters[sizes == 1]]]
    for first, size in zip(clusters[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        kept.append(_disjoint(order[first : first + size], spans))
    rows = np.concatenate(kept)
    return rows[np.lexsort((spans[rows, 0], starts[rows] - ends[rows], starts[rows]))]


def _disjoint(cluster: Ints, spans: Ints) -> Ints:
    taken: list[tuple[int, int, int]] = []
    for row in sorted(cluster.tolist(), key=lambda r: (spans[r, 1] - spans[r, 2], spans[r, 1], spans[r, 0])):
        _, start, end = spans[row].tolist()
        if all(end <= s or start >= e for _, s, e in taken):
            taken.append((row, start, end))
    return np.array([row for row, _, _ in taken], np.int64)
