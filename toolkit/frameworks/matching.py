"""Find terms in text: one pass for all of them, exact places in the original.

The rules, which a regular expression per term would give too (the tests hold it to that):
- every reading of every term is found, overlaps included;
- a longer (or equal) excluding wording that overlaps a hit of its code removes it;
- of the overlapping hits of one code the longest stays (then the first); different codes do not compete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import ahocorasick_rs
import numpy as np

from toolkit.frameworks.keys import Row, rows_of
from toolkit.frameworks.normalise import Ints, Normal, normalise
from toolkit.frameworks.patterns import Near, Pattern, Phrase, Scope, parse
from toolkit.frameworks.spans import Places, longest, without_excluded

_BATCH = 300_000  # characters that are joined for one pass: large enough for speed, small enough for the cache
_BREAK = "\n\f\n"  # between joined texts; nothing runs over it


class Hit(NamedTuple):
    """A term of `id`, as the codebook writes it, found at `text[start:end]`."""

    id: str
    term: str
    start: int
    end: int


class Excluded(NamedTuple):
    """A hit that does not count, because `by` stands at `text[start:end]`."""

    hit: Hit
    by: str
    start: int
    end: int


class _Entry(NamedTuple):
    owner: int
    term: str
    excludes: bool
    pattern: Pattern


class Matcher:
    """All terms of a codebook or lexicon, compiled; `find` may be called from several threads."""

    def __init__(self, ids: Sequence[str], entries: Sequence[_Entry]) -> None:
        self._entries = tuple(entries)
        self._labels = [(ids[entry.owner], entry.term) for entry in entries]
        self._rows: list[tuple[Row, int]] = []  # row, phrase
        self._phrases: list[int] = []  # entry of a phrase that stands alone, or -1 when it is part of something
        self._complex: list[tuple[int, Pattern, tuple[int, ...]]] = []  # entry, pattern, its phrases
        for number, entry in enumerate(self._entries):
            self._add(number, entry.pattern)
        self._build()

    def find(self, text: str) -> list[Hit]:
        """Return the hits in reading order; `text[start:end]` is what was found, verbatim."""
        return self._resolve(text)[0]

    def excluded(self, text: str) -> list[Excluded]:
        """Return the hits that an excluding wording removed, in reading order, with that wording."""
        return self._resolve(text)[1]

    def find_each(self, texts: Iterable[str]) -> list[list[Hit]]:
        """Return the hits of each text, as `find` would; much faster for many short texts."""
        found: list[list[Hit]] = []
        for batch in _batches(texts):
            starts = np.cumsum([0, *(len(text) + len(_BREAK) for text in batch)])
            lists: list[list[Hit]] = [[] for _ in batch]
            hits = self.find(_BREAK.join(batch))
            places = np.searchsorted(starts, np.array([h.start for h in hits], np.int64), side="right") - 1
            for hit, place in zip(hits, places.tolist(), strict=True):
                shift = int(starts[place])
                lists[place].append(Hit(hit.id, hit.term, hit.start - shift, hit.end - shift))
            found += lists
        return found

    def phrases(self) -> Iterator[tuple[str, str, Row]]:
        """Return (id, term, row) of every row of a term that stands alone: no exclusions, no proximity."""
        for row, phrase in self._rows:
            entry = self._phrases[phrase]
            if entry >= 0 and not self._entries[entry].excludes:
                yield *self._labels[entry], row

    def _add(self, number: int, pattern: Pattern) -> None:
        if isinstance(pattern, Phrase):
            self._add_phrase(pattern, number)
            return
        parts: list[Phrase] = []
        node: Pattern = pattern
        while isinstance(node, Near):
            parts.insert(0, node.right)
            node = node.left
        parts.insert(0, node.phrase if isinstance(node, Scope) else node)
        self._complex.append((number, pattern, tuple(self._add_phrase(part, -1) for part in parts)))

    def _add_phrase(self, phrase: Phrase, entry: int) -> int:
        self._phrases.append(entry)
        self._rows += [(row, len(self._phrases) - 1) for row in rows_of(phrase)]
        return len(self._phrases) - 1

    def _build(self) -> None:
        owners: dict[str, list[int]] = {}
        for number, (row, _) in enumerate(self._rows):
            for key in dict.fromkeys(row.keys):
                owners.setdefault(key, []).append(number)
        keys = [key.encode("latin-1") for key in owners]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(keys) if keys else None
        self._row_of = np.array([row for rows in owners.values() for row in rows], np.int64)
        self._rows_from = np.cumsum([0, *(len(rows) for rows in owners.values())]).astype(np.int64)
        self._lead = np.array([key[:1] == b" " for key in keys], np.int64)
        self._tail = np.array([key[-1:] == b" " for key in keys], np.int64)
        self._direct = np.array([row.direct for row, _ in self._rows], bool)
        self._loose = np.array([row.loose for row, _ in self._rows], bool)
        self._cased = np.array([row.cased for row, _ in self._rows], bool)
        self._phrase_of = np.array([phrase for _, phrase in self._rows], np.int64)
        self._entry_of = np.array(self._phrases, np.int64)

    def _resolve(self, text: str) -> tuple[list[Hit], list[Excluded]]:
        if self._automaton is None or not text:
            return [], []
        normal = normalise(text)
        spans = self._scan(normal, text)
        if len(normal.joins):
            other = normal.respaced()
            spans = np.unique(np.concatenate((spans, self._scan(other, text))), axis=0)
        owners = np.array([e.owner for e in self._entries], np.int64)[spans[:, 0]]
        excludes = np.array([e.excludes for e in self._entries], bool)[spans[:, 0]]
        hits, removed = without_excluded(owners, spans, excludes)
        hits = hits[longest(owners[hits], spans[hits])]
        entries, starts, ends = spans[hits].T.tolist() if len(hits) else ([], [], [])
        labels = map(self._labels.__getitem__, entries)
        made = [Hit(name, term, start, end) for (name, term), start, end in zip(labels, starts, ends, strict=True)]
        gone = [
            Excluded(
                self._hit(*spans[hit].tolist()), self._entries[spans[by, 0]].term, int(spans[by, 1]), int(spans[by, 2])
            )
            for hit, by in removed
        ]
        return made, gone

    def _hit(self, entry: int, start: int, end: int) -> Hit:
        name, term = self._labels[entry]
        return Hit(name, term, start, end)

    def _scan(self, normal: Normal, text: str) -> Ints:
        """Return (entry, start, end) of every reading of every term, places in the original, in no order."""
        assert self._automaton is not None
        raw = self._automaton.find_matches_as_indexes(normal.data, overlapping=True)
        found = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3)
        places = Places(normal)
        rows, starts, ends = self._rows_found(found, normal, places)
        keep = ~places.over_wall(starts, ends, self._loose[rows])
        rows, starts, ends = rows[keep], starts[keep], ends[keep]
        capital = self._capitals(rows, starts, ends, normal, text)
        phrases, starts, ends = self._phrase_of[rows[capital]], starts[capital], ends[capital]
        entries = self._entry_of[phrases]
        alone = entries >= 0
        spans = [np.column_stack((entries[alone], starts[alone], ends[alone]))]
        if self._complex and not alone.all():
            spans.append(self._combined(phrases[~alone], starts[~alone], ends[~alone], places))
        all_spans = np.concatenate(spans)
        all_spans[:, 1] = normal.offsets[all_spans[:, 1]]
        all_spans[:, 2] = normal.offsets[all_spans[:, 2] - 1] + 1
        return all_spans

    def _rows_found(self, found: Ints, normal: Normal, places: Places) -> tuple[Ints, Ints, Ints]:
        keys, starts, ends = found[:, 0], found[:, 1] + self._lead[found[:, 0]], found[:, 2] - self._tail[found[:, 0]]
        counts = self._rows_from[keys + 1] - self._rows_from[keys]
        if len(counts) and counts.max() > 1:
            nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
            keys, starts, ends = np.repeat(keys, counts), np.repeat(starts, counts), np.repeat(ends, counts)
            rows = self._row_of[self._rows_from[keys] + nth]
        else:
            rows = self._row_of[self._rows_from[keys]]
        open_left, open_right = self._lead[keys] == 0, self._tail[keys] == 0
        starts = np.where(open_left, places.word_start(starts), starts)
        ends = np.where(open_right, places.word_end(ends), ends)
        sure = self._direct[rows]
        checked = self._verified(rows[~sure], starts[~sure], normal)
        return tuple(np.concatenate((a[sure], b)) for a, b in zip((rows, starts, ends), checked, strict=True))  # type: ignore[return-value]

    def _verified(self, rows: Ints, starts: Ints, normal: Normal) -> tuple[Ints, Ints, Ints]:
        """Return the rows that stand in the text in full, of those of which a stretch was seen."""
        text = normal.text
        kept = set()
        for number, place in zip(rows.tolist(), starts.tolist(), strict=True):
            row = self._rows[number][0]
            start = place
            for _ in range(row.first):
                start = text.rfind(" ", 0, start - 1) + 1
                if not start:
                    break
            else:
                if match := row.verify.match(text, start):
                    kept.add((number, start, match.end()))
        made = np.array(sorted(kept), np.int64).reshape(-1, 3)
        return made[:, 0], made[:, 1], made[:, 2]

    def _capitals(self, rows: Ints, starts: Ints, ends: Ints, normal: Normal, text: str) -> Ints:
        keep = np.ones(len(rows), bool)
        for i in np.flatnonzero(self._cased[rows]).tolist():
            place = int(starts[i])
            words = normal.data[place : int(ends[i])].split(b" ")
            for slot, word in zip(self._rows[int(rows[i])][0].slots, words, strict=True):
                if slot.cased:
                    written = text[int(normal.offsets[place]) : int(normal.offsets[place + slot.cased - 1]) + 1]
                    keep[i] &= written == written.upper()
                place += len(word) + 1
        return np.flatnonzero(keep)

    def _combined(self, phrases: Ints, starts: Ints, ends: Ints, places: Places) -> Ints:
        order = np.lexsort((ends, starts, phrases))
        phrases, spans = phrases[order], places.placed(starts[order], ends[order])
        firsts = np.flatnonzero(np.append(True, phrases[1:] != phrases[:-1]))
        found = dict(zip(phrases[firsts].tolist(), np.split(spans, firsts[1:]), strict=True))
        made = [np.empty((0, 3), np.int64)]
        for entry, pattern, parts in self._complex:
            if all(part in found for part in parts):
                combined = places.combine(pattern, [found[part] for part in parts])
                made.append(np.insert(combined[:, :2], 0, entry, axis=1))
        return np.concatenate(made)


def compile_terms(terms: Mapping[str, Iterable[str]], excludes: Mapping[str, Iterable[str]] | None = None) -> Matcher:
    """Return a matcher for the terms of each id and the wordings in which they do not count.

    Raises PatternError for a term that is not in the pattern language (see `patterns`).
    """
    ids = list(dict.fromkeys([*terms, *(excludes or {})]))
    entries = [_Entry(ids.index(i), t, False, parse(t, scope_allowed=False)) for i, ts in terms.items() for t in ts]
    entries += [_Entry(ids.index(i), t, True, parse(t)) for i, ts in (excludes or {}).items() for t in ts]
    return Matcher(ids, entries)


def _batches(texts: Iterable[str]) -> Iterable[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch
