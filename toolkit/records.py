"""The frozen records that travel from room to room, and the conventions that they keep.

Pages count from 1. `start` and `end` are Unicode code points in `Page.text`, end-exclusive. Boxes are PDF points
of the page as displayed (after rotation), origin top-left. Order comes from input, identity from content.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

PassageKind = Literal["heading", "paragraph", "list_item", "table_row", "caption", "footnote", "contents", "furniture"]
PageSource = Literal["text", "ocr", "none"]
PageOrder = Literal["tags", "layout", "stream", "ocr", "none"]
State = Literal["found", "absent", "not_applicable", "unreadable"]

# Kinds that are navigation, not content: they are kept, shown and never coded.
NOT_CONTENT: frozenset[str] = frozenset({"furniture", "contents"})


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def content_id(*parts: object) -> str:
    """Return 16 hex digits that depend on the parts alone (a JSON list, so that "ab","c" is not "a","bc")."""
    return hashlib.sha256(_ENCODER.encode(parts).encode()).hexdigest()[:16]


class Box(NamedTuple):
    """A rectangle on a page: points, origin top-left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """Return the smallest rectangle that holds all of the boxes, of which there is at least one."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))


class Word(NamedTuple):
    """A word of `Page.text[start:end]` and where it stands; `line` counts lines of the page in reading order."""

    start: int
    end: int
    box: Box
    line: int


_word_start, _word_end = attrgetter("start"), attrgetter("end")


class Span(NamedTuple):
    """A stretch of one page's text."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A fact about a plan that nobody stated, with what decided and how sure that is (0-1)."""

    field: str
    value: str
    source: Literal["manifest", "file name", "metadata", "title page", "none"]
    evidence: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan on disk. Facts left open are None; `guesses` say which of them were guessed, and from what."""

    plan_id: str
    path: str
    sha256: str
    title: str
    ics_code: str | None = None
    ics_name: str | None = None
    kind: str | None = None
    year_start: int | None = None
    year_end: int | None = None
    guesses: tuple[Guess, ...] = ()
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that a person should know; `page` is None when it concerns the whole plan."""

    plan_id: str
    stage: str
    kind: str
    message: str
    page: int | None = None
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A change made to the words of a page: `Page.text[start:end] == after`, where the PDF has `before`."""

    page: int
    start: int
    end: int
    before: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's text in reading order (furniture last) with the place of every word, in the order of the text."""

    number: int
    width: float
    height: float
    text: str
    words: Sequence[Word]
    source: PageSource
    confidence: float
    order: PageOrder
    order_confidence: float
    unknown_words: float = 0.0  # share of words that neither the word list nor the document knows

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Return one box per line that holds a part of `text[start:end]`; empty for an empty span."""
        first = bisect_right(self.words, start, key=_word_end)
        last = bisect_left(self.words, end, lo=first, key=_word_start)
        lines: dict[int, list[Box]] = {}
        for word in self.words[first:last]:
            lines.setdefault(word.line, []).append(word.box)
        return tuple(map(Box.around, lines.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell: `text[start:end]` of its passage, its column, and the header above it ('' when none)."""

    header: str
    start: int
    end: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, list item, heading or table row in reading order.

    `text` is the slices of its spans joined by one space (one span unless it runs over a page break).
    `section` is the path of headings above it; `lead_in` the line that introduces its list ("We will:").
    """

    passage_id: str
    plan_id: str
    number: int
    kind: PassageKind
    text: str
    spans: tuple[Span, ...]
    level: int = 0  # of a heading (1 = highest) or of a list item (1 = outermost); 0 otherwise
    section: tuple[str, ...] = ()
    lead_in: str = ""
    cells: tuple[Cell, ...] = ()

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        return self.spans[0].page


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A plan that was read: pages, passages in reading order, and what a person should know."""

    plan: Plan
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...] = ()
    repairs: tuple[Repair, ...] = ()
    reader: str = ""  # reader version: part of the cache key

    def page(self, number: int) -> Page:
        """Return page `number`, counted from 1; IndexError names the range when there is no such page."""
        if not 1 <= number <= len(self.pages):
            raise IndexError(f"{self.plan.plan_id} has pages 1 to {len(self.pages)}, not {number}")
        return self.pages[number - 1]

    @property
    def content(self) -> tuple[Passage, ...]:
        """The passages that say something: furniture and contents pages left out."""
        return tuple(p for p in self.passages if p.kind not in NOT_CONTENT)

    @property
    def text(self) -> str:
        """The content in reading order, one passage a line."""
        return "\n".join(p.text for p in self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One code given to one passage by one coder, with its address.

    `quote` is verbatim: the slices of `spans` joined by one space. `strength` 1-4 and `equity` belong to the
    passage. `at_least[k-1]` is the calibrated probability that this coding is right and its strength is k or more;
    `equity_confidence` that the equity focus is there, given that the code is right.
    """

    coding_id: str
    plan_id: str
    framework: str
    code: str
    passage_id: str
    quote: str
    spans: tuple[Span, ...]
    strength: int
    equity: bool
    coder: str
    term: str = ""
    clause: str = ""  # the words that earned the strength, verbatim
    confidence: float = 1.0
    equity_confidence: float = 1.0
    at_least: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)
    boxes: tuple[tuple[int, Box], ...] = ()  # (page, box), one per line
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one plan says on one code: points of `available`, and what they were made of."""

    plan_id: str
    framework: str
    theme: str
    code: str
    state: State
    level: int | None
    expected_level: float | None
    equity_level: int | None
    expected_equity_level: float | None
    points: float | None
    available: float
    codings: int
    equity_codings: int
    coded_words: int
    readable_words: int
    sections_with_code: int
    sections: int
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Results:
    """The tables of one run (see `schema`), and what is needed to make it again (`manifest`, as in run.json)."""

    plans: pd.DataFrame
    passages: pd.DataFrame
    codes: pd.DataFrame
    evidence: pd.DataFrame
    scores: pd.DataFrame
    totals: pd.DataFrame
    comparison: pd.DataFrame
    problems: pd.DataFrame
    manifest: dict[str, Any] = field(default_factory=dict)


def share_text(numerator: float | None, denominator: float | None) -> str:
    """Return a share for readers: "0%" and "100%" only when exact, "<1%" and ">99%" beside them, "–" when undefined."""
    if numerator is None or not denominator:
        return "–"
    percent = 100 * numerator / denominator
    if 0 < percent < 1:
        return "<1%"
    if 99 < percent < 100:
        return ">99%"
    return f"{percent:.0f}%"


def quote_of(pages: Iterable[Page], spans: Iterable[Span]) -> str:
    """Return the verbatim text of the spans, joined by one space."""
    return text_at({page.number: page.text for page in pages}, spans)


def text_at(texts: Mapping[int, str], spans: Iterable[Span]) -> str:
    """Return the verbatim text of the spans, joined by one space; `texts` are those of the pages by their numbers."""
    return " ".join([texts[number][start:end] for number, start, end in spans])
