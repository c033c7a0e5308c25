"""Find terms in damaged text (OCR, lost glyphs): a few letters wrong, never another right word.

A wording may differ from a term by one letter from 6 letters on, two from 10 and three from 18. What differs must be an
unknown word: a word of the word list is never taken for another, and no prefix that turns the meaning (in-, un-, ex-,
dis-) may come, go or become another. Wildcards stand for the commonest words that they fit. Acronyms and proximity are
left out.
Use it on pages with more than `UNKNOWN_LIMIT` unknown words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice, pairwise, product
from typing import NamedTuple

import ahocorasick_rs
import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein, Postfix

from toolkit.frameworks.damage import Page, running
from toolkit.frameworks.keys import Row, starting
from toolkit.frameworks.matching import Hit, Matcher
from toolkit.frameworks.normalise import Ints, normalise
from toolkit.frameworks.spans import expanded
from toolkit.reading.wordlist import english

UNKNOWN_LIMIT = 0.05  # share of unknown words of a page from which fuzzy matching is worth its risk
_FORMS, _WILD_FORMS = 6, 8  # commonest forms of each word, and of a wildcard
_TURNING = ("in", "un", "ex", "dis", "de", "im", "il", "ir", "non", "mis", "anti", "under", "over", "mal")
_ALIKE = (
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("ii", "u"),
    ("li", "h"),
    ("ri", "n"),
    ("0", "o"),
    ("1", "l"),
    ("5", "s"),
)
_MOST = 5  # letters that may differ at all: three, and two more where glyphs look alike


class FuzzyHit(NamedTuple):
    """A damaged wording of a term at `text[start:end]`, `distance` letters away from it."""

    id: str
    term: str
    start: int
    end: int
    distance: int


def edits_allowed(letters: int) -> int:
    """Return how many letters may be wrong in a wording of that many letters."""
    return 0 if letters < 6 else 1 if letters < 10 else 2 if letters < 18 else 3


def known_word(word: str) -> bool:
    """Return whether a lower-case word is in the word list, or is too short or too numeric to judge."""
    plain = word.rstrip("0123456789")  # a footnote mark may stick to a word
    letters = sum(map(str.isalpha, plain))
    return len(plain) < 3 or letters < len(plain) - letters + 2 or english().band(plain) > 0


class FuzzyMatcher:
    """The terms of a matcher, found with some letters wrong."""

    def __init__(self, matcher: Matcher, known: Callable[[str], bool] = known_word) -> None:
        self._known = known
        owners: dict[str, list[tuple[str, str]]] = {}
        for name, term, row in matcher.phrases():
            for wording in _wordings(row):
                if edits_allowed(len(wording)) and (name, term) not in owners.setdefault(wording, []):
                    owners[wording].append((name, term))
        self._wordings = list(owners)
        self._lengths = np.array([len(wording) for wording in owners], np.int64)
        self._allowed = np.array([edits_allowed(len(wording)) for wording in owners], np.int64)
        self._letters = np.stack([running(w)[-1] for w in ("", *owners)])[1:]
        self._owners = list(owners.values())
        pieces: dict[str, list[tuple[int, int]]] = {}
        for number, wording in enumerate(self._wordings):
            for offset, piece in _pieces(wording):
                pieces.setdefault(piece, []).append((number, offset))
        self._piece_of = np.array([use for uses in pieces.values() for use in uses], np.int64).reshape(-1, 2).T
        self._counts = np.array([len(uses) for uses in pieces.values()], np.int64)
        self._lows = np.cumsum(self._counts) - self._counts
        self._automaton = ahocorasick_rs.AhoCorasick(list(pieces)) if pieces else None

    def find(self, text: str, exact: Iterable[Hit] = ()) -> list[FuzzyHit]:
        """Return the damaged wordings in reading order, without those that overlap an `exact` hit of the same id."""
        if self._automaton is None or not text:
            return []
        page = Page(normalise(text), self._known)
        near = self._near(page, *page.windows(*self._seen(page), self._lengths, self._allowed))
        starts = page.normal.original(np.array([page.starts[first] for _, first, _, _ in near], np.int64)).tolist()
        ends = page.normal.original(np.array([page.ends[last] for _, _, last, _ in near], np.int64) - 1).tolist()
        found = [
            FuzzyHit(name, term, start, end + 1, distance)
            for (number, _, _, distance), start, end in zip(near, starts, ends, strict=True)
            for name, term in self._owners[number]
        ]
        return _disjoint(found, exact)

    def _seen(self, page: Page) -> tuple[Ints, Ints]:
        """Return wordings, and where each would begin, of which a piece stands near an unknown word."""
        assert self._automaton is not None
        raw: list[int] = []
        for low, high in page.neighbourhoods:
            for piece, start, _ in self._automaton.find_matches_as_indexes(page.text[low:high], overlapping=True):
                raw += (piece, low + start)
        pieces, starts = np.array(raw, np.int64).reshape(-1, 2).T
        row, use = expanded(self._lows[pieces], self._counts[pieces])
        numbers, offsets = self._piece_of[:, use]
        places = starts[row] - offsets
        damaged = page.damaged(places, places + self._lengths[numbers])
        return numbers[damaged], places[damaged]

    def _near(self, page: Page, numbers: Ints, firsts: Ints, lasts: Ints) -> list[tuple[int, int, int, int]]:
        """Return (wording, first word, last word, distance) of whole words that are a wording but for a few letters."""
        surplus = (page.letters(firsts, lasts) - self._letters[numbers]).view(np.int8)
        apart, longer = np.abs(surplus).sum(axis=1, dtype=np.int16), surplus.sum(axis=1, dtype=np.int16)
        most = (apart + np.abs(longer)) // 2  # letters too many or letters too few, whichever are more
        few = most <= self._allowed[numbers] + 2  # no fewer edits than this can be enough
        numbers, firsts, lasts = numbers[few], firsts[few], lasts[few]
        starts, ends = page.starts[firsts].tolist(), page.ends[lasts].tolist()
        written = [page.text[start:end] for start, end in zip(starts, ends, strict=True)]
        wordings = [self._wordings[number] for number in numbers.tolist()]
        away = process.cpdist(wordings, written, scorer=Levenshtein.distance, score_cutoff=_MOST, dtype=np.int64)
        found = []
        for i in np.flatnonzero((away > 0) & (away <= self._allowed[numbers] + 2)).tolist():
            allowed = int(self._allowed[numbers[i]])
            distance = _distance(wordings[i], written[i], allowed)
            if 0 < distance <= allowed and _sound(page, wordings[i], written[i], int(firsts[i]), int(lasts[i])):
                found.append((int(numbers[i]), int(firsts[i]), int(lasts[i]), distance))
        return found


def _sound(page: Page, wording: str, written: str, first: int, last: int) -> bool:
    """Return whether what differs is unknown words, no prefix turns, and no punctuation stands between."""
    walls = page.normal.walls
    at = int(walls.searchsorted(page.starts[first], side="right"))
    if at < len(walls) and walls[at] < page.ends[last]:
        return False
    right = wording.split()
    unknown = page.unknown[first : last + 1].tolist()
    wrong = [(word, new) for word, new in zip(written.split(), unknown, strict=True) if word not in right]
    fragments = all(len(word) <= 3 for word, new in wrong if not new)
    return any(new for _, new in wrong) and fragments and _each_near(wording, written) and not _turns(wording, written)


def _distance(wording: str, written: str, allowed: int) -> int:
    """Return how many letters differ (a glyph read as two or as a figure is one); more than allowed if too many."""
    distance = Levenshtein.distance(wording, written, score_cutoff=allowed + 2)
    if allowed < distance <= allowed + 2:
        alike = Levenshtein.distance(_as_seen(wording), _as_seen(written), score_cutoff=allowed)
        return max(alike, 1)
    return distance


def _each_near(wording: str, written: str) -> bool:
    """Return whether no single word is damaged beyond one letter in seven, when words can be paired."""
    mine, theirs = wording.split(), written.split()
    pairs = zip(mine, theirs, strict=True) if len(mine) == len(theirs) else ()
    return all(_distance(a, b, 1 + (len(a) > 7)) <= 1 + (len(a) > 7) for a, b in pairs)


@cache
def _as_seen(text: str) -> str:
    """Return a text with glyphs that scanners confuse written as one."""
    for shape, letter in _ALIKE:
        text = text.replace(shape, letter)
    return text


def _turns(wording: str, written: str) -> bool:
    """Return whether the difference may turn the meaning: a prefix that comes, goes or becomes another."""
    mine, theirs = wording.split(), written.split()
    if len(mine) == len(theirs):
        return any(_turned(a, b) for a, b in zip(mine, theirs, strict=True) if a != b)
    ops = Levenshtein.editops(wording, written)
    at = [op.src_pos for op in ops if op.tag != "insert"], [op.dest_pos for op in ops if op.tag != "delete"]
    prefixes = _prefixes(wording), _prefixes(written)
    return any(sum(place in prefix for place in places) > 1 for places, prefix in zip(at, prefixes, strict=True))


def _turned(word: str, other: str) -> bool:
    if _as_seen(word) == _as_seen(other):
        return False  # the same word, its glyphs misread
    mine = _prefix(word)
    prefixes = {mine, _prefix(other)} - {""}
    if len(prefixes) == 2 or (mine and not other.startswith(mine) and other.startswith(_TURNING)):
        return True
    same = Postfix.similarity(word, other)
    heads = word[: len(word) - same], other[: len(other) - same]
    if len(heads[0]) == len(heads[1]) and sum(map(str.__ne__, *heads)) == 1 and heads[1] not in _TURNING:
        return False  # one letter misread, which does not make another prefix
    return same >= 4 and (abs(len(heads[0]) - len(heads[1])) > 1 or not prefixes.isdisjoint(heads))


@cache
def _prefix(word: str) -> str:
    """Return the turning prefix of a word, the longest that fits; '' when it has none.

    A prefix turns when the word without it, or with another one, is a word: in-clusion and ex-clusion, not in-terpret.
    """
    band = english().band
    fitting = [p for p in _TURNING if word.startswith(p) and len(word) > len(p) + 3]
    turning = [p for p in fitting if any(band(q + word[len(p) :]) for q in ("", *_TURNING) if q != p)]
    return max(turning, key=len, default="")


def _prefixes(text: str) -> set[int]:
    """Return the places of all letters of turning prefixes."""
    starts = [0, *(i + 1 for i, char in enumerate(text) if char == " ")]
    return {i for start in starts for i in range(start, start + len(_prefix(text[start:].split(" ", 1)[0])))}


def _wordings(row: Row) -> list[str]:
    """Return the commonest wordings of a row; none when it holds an acronym or a wildcard that cannot be filled in."""
    choices = []
    bands = english().bands
    for slot in row.slots:
        forms = slot.forms
        if slot.wild:
            stem = forms[0].rstrip("*")
            forms = starting(stem) if len(stem) > 3 and "*" not in stem else ()
        common = sorted(forms, key=lambda form: (form != slot.forms[0], -bands.get(form, 0), len(form), form))
        choices.append(common[: _WILD_FORMS if slot.wild else _FORMS])
    if row.cased or not all(choices):
        return []
    return [" ".join(words) for words in islice(product(*choices), 24)]


def _pieces(wording: str) -> Iterator[tuple[int, str]]:
    """Return (offset, piece): with k letters wrong, one of k + 1 pieces is whole."""
    count = edits_allowed(len(wording)) + 1
    cuts = [len(wording) * i // count for i in range(count + 1)]
    for low, high in pairwise(cuts):
        yield low, wording[low:high]


def _disjoint(found: list[FuzzyHit], exact: Iterable[Hit]) -> list[FuzzyHit]:
    """Return, for each id, the nearest of overlapping hits, then the longest, then the first."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for hit in exact:
        taken.setdefault(hit.id, []).append((hit.start, hit.end))
    kept = []
    for one in sorted(found, key=lambda h: (h.distance - (h.end - h.start) / 10, h.start, h.id, h.term)):
        spans = taken.setdefault(one.id, [])
        if all(one.end <= start or one.start >= end for start, end in spans):
            spans.append((one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda h: (h.start, h.end, h.id))
