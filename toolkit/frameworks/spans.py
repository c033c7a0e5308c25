"""Spans in a text, in columns: where words and sentences are, exclusions, which of overlapping spans stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from toolkit.frameworks.normalise import SPACE, Bytes, Flags, Ints, Normal
from toolkit.frameworks.words import Hashes, word_hashes


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of one text: `what[i]` (a number that the maker explains) stands at `starts[i]` to `ends[i]`."""

    what: Ints
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.what)

    def __getitem__(self, rows: Ints | Flags) -> Spans:
        if rows.dtype == bool:
            rows = np.flatnonzero(rows)  # once for three columns
        return Spans(self.what[rows], self.starts[rows], self.ends[rows])

    @staticmethod
    def joined(parts: Iterable[Spans]) -> Spans:
        """Return all spans of several columns, one after the other."""
        columns = zip(*((part.what, part.starts, part.ends) for part in parts), strict=True)
        return Spans(*map(np.concatenate, columns))


class Places:
    """Where words, walls and sentence ends of one normalised text are."""

    def __init__(self, normal: Normal) -> None:
        self.walls, self.stops = normal.walls, normal.stops
        self.data = normal.data
        self.bytes = np.frombuffer(normal.data, np.uint8)

    @cached_property
    def spaces(self) -> Ints:
        """Places of the spaces: one before the first word, one after each word."""
        return np.flatnonzero(self.bytes == SPACE)

    @cached_property
    def hashes(self) -> Hashes:
        """A number for each word, the same for the same word."""
        return word_hashes(self.data, self.spaces)

    @cached_property
    def padded(self) -> Bytes:
        """The bytes of the text and some more, so that the last word has as many letters as any."""
        return np.concatenate((self.bytes, np.full(8, SPACE, np.uint8)))

    def word_start(self, places: Ints) -> Ints:
        """Return where the word that holds each place begins."""
        return self.spaces[np.maximum(self.spaces.searchsorted(places, side="left") - 1, 0)] + 1

    def word_end(self, places: Ints) -> Ints:
        """Return where the word that ends at or holds each place ends."""
        return self.spaces[np.minimum(self.spaces.searchsorted(places, side="left"), len(self.spaces) - 1)]

    def over_wall(self, starts: Ints, ends: Ints, loose: Flags) -> Flags:
        """Return which spans run over a wall, or, where `loose`, over the end of a sentence."""
        beyond = np.append(self.walls, len(self.data))
        crosses: Flags = beyond[self.walls.searchsorted(starts)] < ends
        if loose.any():
            crosses[loose] = self.stops.searchsorted(starts[loose]) != self.stops.searchsorted(ends[loose])
        return crosses


def expanded(lows: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return, for ranges of `counts[i]` numbers from `lows[i]` on, the range and the number of every member."""
    ranges = np.repeat(np.arange(len(counts)), counts)
    return ranges, np.arange(len(ranges)) - (np.cumsum(counts) - counts - lows)[ranges]


def without_excluded(owners: Ints, spans: Spans, excludes: Flags) -> tuple[Ints, list[tuple[int, int]]]:
    """Return the rows of `spans` that count, and (hit, excluding row) of those that do not, in reading order."""
    hits, others = np.flatnonzero(~excludes), np.flatnonzero(excludes)
    if not len(others):
        return hits, []
    width, sizes = int(spans.ends.max()) + 1, spans.ends - spans.starts
    within = np.zeros(int(owners.max()) + 1, bool)
    within[owners[others]] = True
    own = hits[within[owners[hits]]]
    own = own[np.argsort(owners[own] * width + spans.starts[own], kind="stable")]
    places = owners[own] * width + spans.starts[own]
    reach = int(sizes[own].max(initial=0))
    lows = places.searchsorted(owners[others] * width + np.maximum(spans.starts[others] - reach, 0))
    highs = places.searchsorted(owners[others] * width + spans.ends[others])
    which, at = expanded(lows, np.maximum(highs - lows, 0))
    hit, by = own[at], others[which]
    covered = (spans.ends[hit] > spans.starts[by]) & (sizes[hit] <= sizes[by])
    gone, first = np.unique(hit[covered], return_index=True)
    order = np.lexsort((spans.ends[gone], spans.starts[gone]))
    removed = zip(gone[order].tolist(), by[covered][first][order].tolist(), strict=True)
    return np.setdiff1d(hits, gone, assume_unique=True), list(removed)


def longest(owners: Ints, spans: Spans) -> Ints:
    """Return rows in reading order such that no two of one owner overlap: the longest stay, then the first."""
    if not len(spans):
        return np.empty(0, np.int64)
    starts, ends = spans.starts, spans.ends
    width, size = int(ends.max()) + 1, int((ends - starts).max()) + 1
    order = np.argsort(starts, kind="stable")  # quick, as most are in order, and so are small numbers
    order = order[np.argsort(owners[order].astype(np.min_scalar_type(owners.max())), kind="stable")]
    lows = (owners * width + starts)[order]
    reach = np.maximum.accumulate((owners * width + ends)[order])  # furthest end so far within the owner
    begins = np.append(True, lows[1:] >= reach[:-1])
    alone = begins & np.append(begins[1:], True)
    keep = np.zeros(len(spans), bool)
    keep[order[alone]] = True
    keep[_disjoint(np.cumsum(begins)[~alone], order[~alone], spans)] = True
    rows = np.flatnonzero(keep)
    longer_first = (starts[rows] + 1) * size - (ends - starts)[rows]
    rank = longer_first * (int(spans.what.max()) + 1) + spans.what[rows]
    return rows[np.argsort(rank, kind="stable")]


def _disjoint(clusters: Ints, rows: Ints, spans: Spans) -> Ints:
    """Return the rows that stay, of clusters of spans that overlap: in each the best, then the best of what is left."""
    starts, ends = spans.starts[rows], spans.ends[rows]
    order = np.lexsort((spans.what[rows], starts, starts - ends, clusters))
    clusters, rows, starts, ends = clusters[order], rows[order], starts[order], ends[order]
    kept = []
    while len(rows):
        best = np.append(True, clusters[1:] != clusters[:-1])
        kept.append(rows[best])
        rival = np.cumsum(best) - 1
        clear = (ends <= starts[best][rival]) | (starts >= ends[best][rival])
        clusters, rows, starts, ends = clusters[clear], rows[clear], starts[clear], ends[clear]
    return np.concatenate([*kept, rows])
