"""Find terms in text: one pass for all of them, exact places in the original.

The rules, which a regular expression per term would give too (the tests hold it to that):
- every reading of every term is found, overlaps included;
- a longer (or equal) excluding wording that overlaps a hit of its code removes it;
- of the overlapping hits of one code the longest stays (then the first); different codes do not compete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from toolkit.frameworks.keys import Row, rows_of
from toolkit.frameworks.normalise import Ints, Normal, normalise
from toolkit.frameworks.patterns import Pattern, Phrase, parse
from toolkit.frameworks.proximity import Proximity
from toolkit.frameworks.scanning import Scanner
from toolkit.frameworks.spans import Places, Spans, longest, without_excluded

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
        self._ids = [ids[entry.owner] for entry in entries]
        self._terms = [entry.term for entry in entries]
        self._owner = np.array([entry.owner for entry in entries], np.int64)
        self._excludes = np.array([entry.excludes for entry in entries], bool)
        self._rows = [
            (row, n) for n, e in enumerate(entries) if isinstance(e.pattern, Phrase) for row in rows_of(e.pattern)
        ]
        self._proximity = Proximity(
            [(n, e.pattern) for n, e in enumerate(entries) if not isinstance(e.pattern, Phrase)]
        )
        parts = ((row, len(entries) + part) for row, part in self._proximity.rows)
        reach = np.concatenate((np.zeros(len(entries), np.int64), self._proximity.reach))
        self._scanner = Scanner([*self._rows, *parts], reach)

    def find(self, text: str) -> list[Hit]:
        """Return the hits in reading order; `text[start:end]` is what was found, verbatim."""
        spans = self.spans(text)
        return self._hits(spans, spans.starts, spans.ends)

    def spans(self, text: str) -> Spans:
        """Return the hits as `find` does, but in columns of numbers; `label` says what a number stands for."""
        spans, owners, hits, _ = self._resolved(text)
        return spans[hits[longest(owners[hits], spans[hits])]]

    def label(self, number: int) -> tuple[str, str]:
        """Return the id and the term that a number in `spans` stands for."""
        return self._ids[number], self._terms[number]

    def excluded(self, text: str) -> list[Excluded]:
        """Return the hits that an excluding wording removed, in reading order, with that wording."""
        spans, _, _, removed = self._resolved(text)
        hits = self._hits(spans, spans.starts, spans.ends)
        return [Excluded(hits[hit], hits[by].term, hits[by].start, hits[by].end) for hit, by in removed]

    def find_each(self, texts: Iterable[str]) -> list[list[Hit]]:
        """Return the hits of each text, as `find` would; much faster for many short texts."""
        found: list[list[Hit]] = []
        for batch in _batches(texts):
            begins = np.cumsum([0, *(len(text) + len(_BREAK) for text in batch)])
            spans = self.spans(_BREAK.join(batch))
            shift = begins[begins.searchsorted(spans.starts, side="right") - 1]
            hits = self._hits(spans, spans.starts - shift, spans.ends - shift)
            cuts = spans.starts.searchsorted(begins).tolist()
            found += [hits[low:high] for low, high in pairwise(cuts)]
        return found

    def phrases(self) -> Iterator[tuple[str, str, Row]]:
        """Return (id, term, row) of every row of a term that stands alone: no exclusions, no proximity."""
        for row, entry in self._rows:
            if not self._entries[entry].excludes:
                yield self._ids[entry], self._terms[entry], row

    def _hits(self, spans: Spans, starts: Ints, ends: Ints) -> list[Hit]:
        entries = spans.what.tolist()
        ids, terms = map(self._ids.__getitem__, entries), map(self._terms.__getitem__, entries)
        return list(map(_HIT, zip(ids, terms, starts.tolist(), ends.tolist(), strict=True)))

    def _resolved(self, text: str) -> tuple[Spans, Ints, Ints, list[tuple[int, int]]]:
        """Return all readings, their owners, the rows that are not excluded, and (row, by row) of those that are."""
        normal = normalise(text)
        spans = self._readings(normal, text)
        if len(normal.joins):
            spans = _distinct(Spans.joined((spans, self._readings(normal.respaced(), text))))
        owners = self._owner[spans.what]
        return spans, owners, *without_excluded(owners, spans, self._excludes[spans.what])

    def _readings(self, normal: Normal, text: str) -> Spans:
        """Return the spans (of entries, in the original) of every reading of every term, in no order."""
        places = Places(normal)
        found = self._scanner.find(normal, places, text)
        part = found.what >= len(self._entries)
        parts = found[part]
        near = self._proximity.find(Spans(parts.what - len(self._entries), parts.starts, parts.ends), places)
        spans = Spans.joined((found[~part], near))
        return Spans(spans.what, normal.original(spans.starts), normal.original(spans.ends - 1) + 1)


_HIT = partial(tuple.__new__, Hit)


def _distinct(spans: Spans) -> Spans:
    what, starts, ends = np.unique(np.stack((spans.what, spans.starts, spans.ends)), axis=1)
    return Spans(what, starts, ends)


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
