"""One pass over normalised text for all rows of words: the keys of the rows, then what the keys leave open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import ahocorasick_rs
import numpy as np

from toolkit.frameworks.keys import Row
from toolkit.frameworks.normalise import Flags, Ints, Normal
from toolkit.frameworks.spans import Places, Spans, expanded


class Scanner:
    """The rows of all phrases, compiled."""

    def __init__(self, rows: Sequence[tuple[Row, int]]) -> None:
        """Take (row, number of its phrase); `find` gives these numbers back."""
        self._rows = [row for row, _ in rows]
        owners: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for key in dict.fromkeys(row.keys):
                owners.setdefault(key, []).append(number)
        keys = [key.encode("latin-1") for key in owners]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(keys) if keys else None
        self._row_of = np.array([row for found in owners.values() for row in found], np.int64)
        self._counts = np.array([len(found) for found in owners.values()], np.int64)
        self._lows = np.cumsum(self._counts) - self._counts
        self._open = np.array([[key[:1] != b" ", key[-1:] != b" "] for key in keys], bool).reshape(-1, 2).T
        self._phrase = np.array([phrase for _, phrase in rows], np.int64)
        self._several = np.array([len(row.slots) > 1 for row in self._rows], bool)
        self._loose = np.array([row.loose for row in self._rows], bool)
        self._direct = np.array([row.direct for row in self._rows], bool)
        self._cased = np.array([row.cased for row in self._rows], bool)
        self._first = np.array([row.first for row in self._rows], np.int64)

    def find(self, normal: Normal, places: Places, text: str) -> Spans:
        """Return the spans (of phrases, in normalised text) of every reading of every row, in no order."""
        if self._automaton is None:
            none = np.empty(0, np.int64)
            return Spans(none, none, none)
        raw = self._automaton.find_matches_as_indexes(normal.data, overlapping=True)
        keys, starts, ends = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3).T
        found = self._words(keys, starts, ends, places)
        direct = self._direct[found.what]
        found = Spans.joined((found[direct], self._verified(found[~direct], normal, places)))
        several = np.flatnonzero(self._several[found.what])
        wide = found[several]
        crosses = places.over_wall(wide.starts, wide.ends, self._loose[wide.what])
        keep = np.ones(len(found), bool)
        keep[several[crosses]] = False
        cased = np.flatnonzero(self._cased[found.what] & keep)
        keep[cased] = self._capital(found[cased], normal, text)
        return Spans(self._phrase[found.what[keep]], found.starts[keep], found.ends[keep])

    def _words(self, keys: Ints, starts: Ints, ends: Ints, places: Places) -> Spans:
        """Return the spans (of rows) of whole words that hold the keys."""
        starts, ends = starts + 1, ends - 1  # inside the spaces that bound a key
        left, right = (np.flatnonzero(side[keys]) for side in self._open)
        starts[left] = places.word_start(starts[left] - 1)
        ends[right] = places.word_end(ends[right] + 1)
        found, rows = expanded(self._lows[keys], self._counts[keys])
        return Spans(self._row_of[rows], starts[found], ends[found])

    def _verified(self, found: Spans, normal: Normal, places: Places) -> Spans:
        """Return the rows that stand in the text in full, of those of which a stretch was seen."""
        begin = places.spaces.searchsorted(found.starts) - 1 - self._first[found.what]
        rows, begin = found.what[begin >= 0], begin[begin >= 0]
        seen = np.unique(rows * len(places.spaces) + begin)
        rows, starts = seen // len(places.spaces), places.spaces[seen % len(places.spaces)] + 1
        text = normal.text
        matches = [
            self._rows[row].verify.match(text, at) for row, at in zip(rows.tolist(), starts.tolist(), strict=True)
        ]
        whole = np.array([match is not None for match in matches], bool)
        return Spans(rows[whole], starts[whole], np.array([match.end() for match in matches if match], np.int64))

    def _capital(self, found: Spans, normal: Normal, text: str) -> Flags:
        """Return which spans are written in capitals where their rows ask for them."""
        return np.array(
            [
                self._in_capitals(self._rows[row], start, end, normal, text)
                for row, start, end in zip(found.what.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True)
            ],
            bool,
        )

    def _in_capitals(self, row: Row, start: int, end: int, normal: Normal, text: str) -> bool:
        words = normal.data[start:end].split(b" ")
        for slot, word in zip(row.slots, words, strict=True):
            if slot.cased:
                written = text[int(normal.offsets[start]) : int(normal.offsets[start + slot.cased - 1]) + 1]
                if written != written.upper():
                    return False
            start += len(word) + 1
        return True
