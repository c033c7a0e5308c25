"""One pass over normalised text for all rows of words: the keys of the rows, then what the keys leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import ahocorasick_rs
import numpy as np

from toolkit.frameworks.keys import Row
from toolkit.frameworks.normalise import Flags, Ints, Normal
from toolkit.frameworks.spans import Places, Spans, expanded
from toolkit.frameworks.words import WordKeys

_HINT = 6  # letters
_SMALL = 20_000  # letters of all keys together


class Scanner:
    """The rows of all phrases, compiled."""

    def __init__(self, rows: Sequence[tuple[Row, int]], reach: Ints) -> None:
        """Take (row, number of its phrase); `find` gives these numbers back.

        `reach` says of each phrase how many words around it may hold phrases that follow it (which have -1 there).
        """
        self._rows = [row for row, _ in rows]
        owners: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for key in dict.fromkeys(row.keys):
                owners.setdefault(key, []).append(number)
        keys = sorted((key.encode("latin-1") for key in owners), key=_is_open)
        self._whole = len(keys) - sum(map(_is_open, keys))  # so many keys are whole words, the others come after them
        self._words = WordKeys(keys[: self._whole])
        self._automaton = _automaton(keys[self._whole :])
        by_key = [owners[key.decode("latin-1")] for key in keys]
        self._row_of = np.array([row for found in by_key for row in found], np.int64)
        self._counts = np.array([len(found) for found in by_key], np.int64)
        self._lows = np.cumsum(self._counts) - self._counts
        self._open = np.array([[key[:1] != b" ", key[-1:] != b" "] for key in keys], bool).reshape(-1, 2).T
        self._phrase = np.array([phrase for _, phrase in rows], np.int64)
        self._reach = reach[self._phrase]
        self._follows = bool((reach < 0).any())
        self._several = np.array([len(row.slots) > 1 for row in self._rows], bool)
        self._loose = np.array([row.loose for row in self._rows], bool)
        self._direct = np.array([row.direct for row in self._rows], bool)
        caps: dict[tuple[int, ...], int] = {(): 0}  # how many capitals the words must have; 0 for none
        for row in self._rows:
            caps.setdefault(_capitals(row), len(caps))
        self._caps = np.array([caps[_capitals(row)] for row in self._rows], np.int64)
        self._letters = np.array([r.slots[0].cased if len(r.slots) == 1 else 0 for r in self._rows], np.int64)
        self._first = np.array([row.first for row in self._rows], np.int64)
        self._verify = {place: row.verify for place, row in enumerate(self._rows) if not row.direct}
        hints = [_hint(row) for row in self._rows]
        self._beside = np.array([place for place, _ in hints], np.int64)
        self._hint = np.array([list(start.ljust(_HINT, b"\0")) for _, start in hints], np.uint8).reshape(-1, _HINT)

    def find(self, normal: Normal, places: Places, text: str) -> Spans:
        """Return the spans (of phrases, in normalised text) of every reading of every row, in no order.

        Of the phrases that follow others those near enough to matter are found, of the others all.
        """
        keys, first, last = self._words.find(places.hashes)
        seen = Spans(keys, places.spaces[first] + 1, places.spaces[last])
        if self._automaton is not None:
            raw = self._automaton.find_matches_as_indexes(normal.data, overlapping=True)
            keys, starts, ends = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3).T
            seen = Spans.joined((seen, self._completed(keys + self._whole, starts, ends, places)))
            seen = seen[np.argsort(seen.starts, kind="stable")]
        each, rows = expanded(self._lows[seen.what], self._counts[seen.what])
        found = self._near(Spans(self._row_of[rows], seen.starts[each], seen.ends[each]), places)
        direct = self._direct[found.what]
        found = Spans.joined((found[direct], self._verified(found[~direct], normal, places)))
        several = np.flatnonzero(self._several[found.what])
        wide = found[several]
        crosses = places.over_wall(wide.starts, wide.ends, self._loose[wide.what])
        keep = np.ones(len(found), bool)
        keep[several[crosses]] = False
        cased = np.flatnonzero((self._caps[found.what] > 0) & keep)
        keep[cased] = self._capital(found[cased], normal, text)
        return Spans(self._phrase[found.what[keep]], found.starts[keep], found.ends[keep])

    def _completed(self, keys: Ints, starts: Ints, ends: Ints, places: Places) -> Spans:
        """Return the spans of whole words that hold the keys found by the automaton."""
        starts, ends = starts + 1, ends - 1  # inside the spaces that bound a key
        left, right = (np.flatnonzero(side[keys]) for side in self._open)
        starts[left] = places.word_start(starts[left] - 1)
        ends[right] = places.word_end(ends[right] + 1)
        return Spans(keys, starts, ends)

    def _near(self, found: Spans, places: Places) -> Spans:
        """Return the spans (of rows) without those of phrases that follow others and have none of these near them."""
        if not self._follows:
            return found
        reach = self._reach[found.what]
        leads, follows = np.flatnonzero(reach > 0), np.flatnonzero(reach < 0)
        spaces, lead, starts = places.spaces, found[leads], found.starts[follows]
        low = np.sort(spaces[np.maximum(spaces.searchsorted(lead.starts) - 1 - reach[leads], 0)])
        high = np.sort(spaces[np.minimum(spaces.searchsorted(lead.ends) + reach[leads], len(spaces) - 1)])
        keep = np.ones(len(found), bool)
        keep[follows] = low.searchsorted(starts) > high.searchsorted(starts)  # more begun before here than ended
        return found[keep]

    def _verified(self, found: Spans, normal: Normal, places: Places) -> Spans:
        """Return the rows that stand in the text in full, of those of which a stretch was seen."""
        begin = places.spaces.searchsorted(found.starts) - 1 - self._first[found.what]
        likely = (begin >= 0) & self._hinted(begin, found.what, places)
        seen = np.unique(found.what[likely] * len(places.spaces) + begin[likely])
        rows, starts = seen // len(places.spaces), places.spaces[seen % len(places.spaces)] + 1
        text, verify = normal.text, self._verify
        ends = [
            m.end() if (m := verify[row].match(text, at)) else 0
            for row, at in zip(rows.tolist(), starts.tolist(), strict=True)
        ]
        made = Spans(rows, starts, np.array(ends, np.int64))
        return made[made.ends > 0]

    def _hinted(self, begin: Ints, rows: Ints, places: Places) -> Flags:
        """Return whether a word beside the keys begins as the row wants it: quick, and most chance finds fail here."""
        word = np.minimum(begin + self._beside[rows], len(places.spaces) - 1)
        letters = places.padded[(places.spaces[word] + 1)[:, None] + np.arange(_HINT)]
        hinted: Flags = ((letters == self._hint[rows]) | (self._hint[rows] == 0)).all(axis=1)
        return hinted

    def _capital(self, found: Spans, normal: Normal, text: str) -> Flags:
        """Return which spans are written in capitals where their rows ask for them."""
        width = len(normal.data)
        _, first, same = np.unique(
            self._caps[found.what] * width + found.starts, return_index=True, return_inverse=True
        )
        each = found[first]
        letters = self._letters[each.what]
        several = np.flatnonzero(letters == 0)
        spans = zip(
            each.what[several].tolist(), each.starts[several].tolist(), each.ends[several].tolist(), strict=True
        )
        parts = [
            (i, *p) for i, span in zip(several.tolist(), spans, strict=True) for p in self._capitals_of(*span, normal)
        ]
        one = np.stack((np.arange(len(each)), each.starts, each.starts + letters - 1))[:, letters > 0]
        owner, begins, ends = np.concatenate((one, np.array(parts, np.int64).reshape(-1, 3).T), axis=1)
        capital = np.ones(len(each), bool)
        begins, ends = normal.original(begins), normal.original(ends) + 1
        written = [text[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
        capital[owner[[word != word.upper() for word in written]]] = False
        return capital[same]

    def _capitals_of(self, row: int, start: int, end: int, normal: Normal) -> Iterator[tuple[int, int]]:
        """Return the first and last place of each stretch of letters that must be capitals."""
        for slot, word in zip(self._rows[row].slots, normal.data[start:end].split(b" "), strict=True):
            if slot.cased:
                yield start, start + slot.cased - 1
            start += len(word) + 1


def _automaton(keys: list[bytes]) -> ahocorasick_rs.BytesAhoCorasick | None:
    """Return an automaton for keys, as a full table when that is small enough to be the quickest; None for no keys."""
    small = sum(map(len, keys)) < _SMALL
    kind = ahocorasick_rs.Implementation.DFA if small else ahocorasick_rs.Implementation.ContiguousNFA
    return ahocorasick_rs.BytesAhoCorasick(keys, implementation=kind) if keys else None


def _is_open(key: bytes) -> bool:
    """Return whether a key may begin or end inside a word."""
    return key[:1] != b" " or key[-1:] != b" "


def _capitals(row: Row) -> tuple[int, ...]:
    return tuple(slot.cased for slot in row.slots) if row.cased else ()


def _hint(row: Row) -> tuple[int, bytes]:
    """Return the place and the first letters of the word that says most of those that the keys leave open."""
    last = row.first + len(row.keys[0].split()) if row.keys else len(row.slots)
    starts = [_shared([form.split("*")[0] for form in slot.forms])[:_HINT] for slot in row.slots]
    places = [place for place in range(len(starts)) if not row.first <= place < last]
    place = max(places, key=lambda place: len(starts[place]), default=0)
    return place, starts[place].encode("latin-1") if places else b""


def _shared(words: Sequence[str]) -> str:
    """Return the letters with which all words begin."""
    low, high = min(words), max(words)
    return low[: next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))]
