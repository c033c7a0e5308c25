"""The text of pages: passages written one after another, words repaired, every word's place kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from toolkit.reading.lines import Line
from toolkit.reading.mending import Change
from toolkit.reading.passages import Draft
from toolkit.reading.pieces import Piece
from toolkit.reading.raw import RawWord
from toolkit.reading.repair import before, mend
from toolkit.reading.sections import Context
from toolkit.reading.vocabulary import Vocabulary
from toolkit.reading.words import Words
from toolkit.records import Box, Cell, Passage, Repair, Span, content_id

BETWEEN_CELLS = " | "


@dataclass(slots=True, eq=False)
class PageText:
    """A page's text while it is being written."""

    number: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    lines: int = 0
    starts: list[int] = field(default_factory=list)  # of the words, and so on
    ends: list[int] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # of the lines that they stand on

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self.parts)

    @property
    def words(self) -> Words:
        """The words that were written so far."""
        return Words.of(self.starts, self.ends, self.boxes, self.numbers)

    def note(self, start: int, end: int, box: Box, line: int) -> None:
        """Note where a word begins and ends, and where it stands."""
        self.starts.append(start)
        self.ends.append(end)
        self.boxes.append(box)
        self.numbers.append(line)

    def add(self, text: str) -> None:
        """Write the text."""
        self.parts.append(text)
        self.length += len(text)


class _Line(NamedTuple):
    """Words of one line as drawn: the page that they stand on, the number of the line there, and their text."""

    page: PageText
    number: int
    words: Sequence[RawWord]
    text: str

    def part(self, start: int, end: int) -> _Line:
        """Return the line with the words `start:end` only."""
        words = self.words[start:end]
        return self._replace(words=words, text=" ".join([word.text for word in words]))


class _Passage:
    """A passage being written: the text that it has on each page, where that begins, and what comes before the rest.

    A `separated` passage stands behind a marker that is no part of it.
    """

    __slots__ = ("gap", "separated", "starts", "texts")

    def __init__(self, separated: bool = False) -> None:
        self.separated, self.gap = separated, " "
        self.starts: dict[int, int] = {}
        self.texts: dict[int, list[str]] = {}

    def on_pages(self) -> tuple[str, tuple[Span, ...]]:
        """Return the text, and its stretch on each page."""
        texts = {number: "".join(parts) for number, parts in self.texts.items()}
        spans = tuple([Span(n, self.starts[n], self.starts[n] + len(text)) for n, text in texts.items()])
        return " ".join(texts.values()), spans

    def length_on(self, number: int) -> int:
        """Return the length of what was written on a page."""
        return sum(map(len, self.texts.get(number, ())))

    def add(self, page: PageText, text: str) -> int:
        """Write text to a page, behind what must stand before it; return where it begins."""
        here = self.texts.get(page.number)
        if here is not None:
            page.add(self.gap)
            here.append(self.gap)
        else:
            if page.length:
                page.add(" " if self.separated and not self.texts else "\n")
            self.starts[page.number] = page.length
            here = self.texts[page.number] = []
        self.gap, start = " ", page.length
        page.add(text)
        here.append(text)
        return start

    def add_lines(self, lines: Iterable[_Line]) -> None:
        """Write lines that need no repair: nearly all of them, so all that a page holds at once."""
        for page, on_page in groupby(lines, key=itemgetter(0)):
            here = list(on_page)
            start = self.add(page, " ".join([line.text for line in here]))
            starts, ends, boxes, numbers = page.starts, page.ends, page.boxes, page.numbers
            for _, number, words, _ in here:
                for word in words:  # `note`, without a call for every word
                    end = start + len(word[0])
                    starts.append(start)
                    ends.append(end)
                    boxes.append(word[1])
                    numbers.append(number)
                    start = end + 1


class Writer:
    """Writes drafts to the pages of one plan."""

    def __init__(self, plan_id: str, pages: int, vocabulary: Vocabulary) -> None:
        self._plan_id, self._vocabulary, self._context = plan_id, vocabulary, Context()
        self.pages = [PageText(number) for number in range(1, pages + 1)]
        self.passages: list[Passage] = []
        self.repairs: list[Repair] = []

    def write(self, draft: Draft) -> None:
        """Write a draft behind what its pages already have."""
        first = draft.parts[0]
        passage = _Passage(separated=bool(first.marker))
        cells: tuple[Cell, ...] = ()
        if first.cells:
            cells = tuple(self._cells(first, passage))
        else:
            lines = [line for part in draft.parts for line in self._lines(part.page, part.lines)]
            if first.marker:
                self._write([lines[0].part(0, 1)], _Passage())
                lines[0] = lines[0].part(1, len(lines[0].words))
            self._write(lines, passage)
        text, spans = passage.on_pages()
        if spans:
            self._keep(draft, text, spans, cells)

    def _lines(self, page_number: int, lines: Sequence[Line]) -> list[_Line]:
        """Return lines with their numbers: the next ones of their page."""
        page = self.pages[page_number - 1]
        first, page.lines = page.lines, page.lines + len(lines)
        return [_Line(page, number, line.words, line.text) for number, line in enumerate(lines, start=first)]

    def _cells(self, row: Piece, passage: _Passage) -> Iterator[Cell]:
        """Write the cells of a row, and return where each begins and ends in it."""
        for place, (column, header, line) in enumerate(row.cells):
            begin = passage.length_on(row.page) + (len(BETWEEN_CELLS) if place else 0)
            passage.gap = BETWEEN_CELLS
            self._write(self._lines(row.page, (line,)), passage)
            yield Cell(header=header, start=begin, end=passage.length_on(row.page), column=column)

    def _keep(self, draft: Draft, text: str, spans: tuple[Span, ...], cells: tuple[Cell, ...]) -> None:
        section, lead_in = self._context.of(draft, text)
        self.passages.append(
            Passage(
                passage_id=content_id(self._plan_id, spans, text),
                plan_id=self._plan_id,
                number=len(self.passages),
                kind=draft.kind,
                text=text,
                spans=spans,
                level=draft.level,
                section=section,
                lead_in=lead_in,
                cells=cells,
            )
        )

    def _write(self, lines: Sequence[_Line], passage: _Passage) -> None:
        """Write lines to their pages, repaired where they need it."""
        drawn = [line.words for line in lines]
        changes = mend(drawn, self._vocabulary)
        if not changes:
            passage.add_lines(lines)
            return
        places = [(word, line) for line in lines for word in line.words]
        at = 0
        for change in changes:
            passage.add_lines(_between(lines, at, change.first))
            if change.text:
                self._mend(change, before(drawn, change), places, passage)
            at = change.last
        passage.add_lines(_between(lines, at, len(places)))

    def _mend(self, change: Change, was: str, places: Sequence[tuple[RawWord, _Line]], passage: _Passage) -> None:
        """Write a change, and note it."""
        text = change.text
        parts = [(*places[i], s, e) for i, s, e in change.parts or ((change.first, 0, len(text)),)]
        page = parts[0][1].page
        start = passage.add(page, text)
        _note_words(page, start, text, parts)
        self.repairs.append(
            Repair(page=page.number, start=start, end=page.length, before=was, after=text, kind=change.kind)
        )


def _between(lines: Iterable[_Line], start: int, end: int) -> Iterator[_Line]:
    """Return the lines, or parts of them, that hold the words `start:end`, counted over all the lines."""
    first = 0
    for line in lines:
        last = first + len(line.words)
        if start <= first and last <= end:
            yield line
        elif max(start, first) < min(end, last):
            yield line.part(max(start - first, 0), end - first)
        first = last


def _note_words(page: PageText, start: int, text: str, parts: Sequence[tuple[RawWord, _Line, int, int]]) -> None:
    """Note the place of each part; a part that stands on another page is covered by the part before it."""
    if len(parts) == 1:
        word, line, _, _ = parts[0]
        page.note(start, start + len(text), word.box, line.number)
        return
    here = [part for part in parts if part[1].page is page and part[3] > part[2]]
    for place, (word, line, s, e) in enumerate(here, start=1):
        end = len(text) if place == len(here) else e
        page.note(start + s, start + end, word.box, line.number)
