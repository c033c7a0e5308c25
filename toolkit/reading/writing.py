"""The text of pages: passages written one after another, words repaired, every word's place kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.reading.mending import Change
from toolkit.reading.passages import Draft
from toolkit.reading.raw import RawWord
from toolkit.reading.repair import before, mend
from toolkit.reading.vocabulary import Vocabulary
from toolkit.records import Cell, Passage, Repair, Span, Word, content_id

BETWEEN_CELLS = " | "
_word = tuple.__new__  # a Word without the detour over its own constructor: half of the time of writing


@dataclass(slots=True)
class PageText:
    """A page's text while it is being written."""

    number: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    words: list[Word] = field(default_factory=list)
    lines: int = 0

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self.parts)

    def add(self, text: str) -> None:
        """Write the text."""
        self.parts.append(text)
        self.length += len(text)


@dataclass(slots=True)
class _Passage:
    """A passage being written: the text that it has on each page, and where that begins."""

    starts: dict[int, int] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join("".join(parts) for parts in self.texts.values())

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(Span(n, self.starts[n], self.starts[n] + len("".join(t))) for n, t in self.texts.items())


class _Place:
    """A word as drawn, the page that it stands on, and the line that it has there."""

    __slots__ = ("line", "page", "word")

    def __init__(self, word: RawWord, page: PageText, line: int) -> None:
        self.word, self.page, self.line = word, page, line


class Writer:
    """Writes drafts to the pages of one plan."""

    def __init__(self, plan_id: str, pages: int, vocabulary: Vocabulary) -> None:
        self._plan_id, self._vocabulary = plan_id, vocabulary
        self.pages = [PageText(number) for number in range(1, pages + 1)]
        self.passages: list[Passage] = []
        self.repairs: list[Repair] = []

    def write(self, draft: Draft) -> None:
        """Write a draft behind what its pages already have."""
        passage = _Passage()
        cells: list[Cell] = []
        first = draft.parts[0]
        if first.cells:
            for column, header, line in first.cells:
                begin = len(passage.text) + (len(BETWEEN_CELLS) if cells else 0)
                self._write([(first.page, line.words)], passage, BETWEEN_CELLS)
                cells.append(Cell(header=header, start=begin, end=len(passage.text), column=column))
        else:
            lines = [(part.page, line.words) for part in draft.parts for line in part.lines]
            if first.marker:
                self._write([(first.page, lines[0][1][:1])], _Passage(), "")
                lines[0] = (first.page, lines[0][1][1:])
            self._write(lines, passage, " ", separated=bool(first.marker))
        spans, text = passage.spans, passage.text
        if spans:
            self.passages.append(
                Passage(
                    passage_id=content_id(self._plan_id, spans, text),
                    plan_id=self._plan_id,
                    number=len(self.passages),
                    kind=draft.kind,
                    text=text,
                    spans=spans,
                    level=draft.level,
                    cells=tuple(cells),
                )
            )

    def _write(
        self, lines: Sequence[tuple[int, Sequence[RawWord]]], passage: _Passage, separator: str, separated: bool = False
    ) -> None:
        """Write lines of words to their pages; the first comes behind `separator` when the passage is open there."""
        drawn = [words for _, words in lines]
        changes = mend(drawn, self._vocabulary)
        gap = " " if separated else separator
        if not changes:
            self._write_as_drawn(lines, passage, gap, separated)
            return
        places = list(self._places(lines, separated))
        for text, parts, change in _tokens(places, changes):
            page = places[parts[0][0]].page
            here = _opened(passage, page, gap, separated)
            gap = " "
            start = page.length
            page.add(text)
            here.append(text)
            _note_words(page, start, text, [(places[i], s, e) for i, s, e in parts])
            if change is not None:
                was = before(drawn, change)
                self.repairs.append(
                    Repair(page=page.number, start=start, end=page.length, before=was, after=text, kind=change.kind)
                )

    def _write_as_drawn(
        self, lines: Sequence[tuple[int, Sequence[RawWord]]], passage: _Passage, gap: str, separated: bool
    ) -> None:
        """Write lines that need no repair: nearly all of them, so a line at a time."""
        for number, words in lines:
            page = self.pages[number - 1]
            if not separated:
                page.lines += 1
            if words:
                here = _opened(passage, page, gap, separated)
                gap, line, start, noted = " ", page.lines - 1, page.length, page.words
                for word in words:
                    end = start + len(word[0])
                    noted.append(_word(Word, (start, end, word[1], line)))
                    start = end + 1
                text = " ".join([word[0] for word in words])
                page.add(text)
                here.append(text)
            separated = False

    def _places(self, lines: Sequence[tuple[int, Sequence[RawWord]]], separated: bool) -> Iterator[_Place]:
        for number, words in lines:
            page = self.pages[number - 1]
            if not separated:
                page.lines += 1
            separated = False
            for word in words:
                yield _Place(word, page, page.lines - 1)


def _opened(passage: _Passage, page: PageText, gap: str, separated: bool) -> list[str]:
    """Write what stands between a word and the one before it; return the passage's text on the page, to be added to."""
    here = passage.texts.get(page.number)
    if here is not None:
        page.add(gap)
        here.append(gap)
        return here
    page.add(gap if separated and page.length and not passage.texts else "\n" if page.length else "")
    passage.starts[page.number] = page.length
    here = passage.texts[page.number] = []
    return here


def _tokens(
    places: Sequence[_Place], changes: Sequence[Change]
) -> Iterator[tuple[str, Sequence[tuple[int, int, int]], Change | None]]:
    """Return every word as mended: its text, the (drawn word, start, end) that it is made of, and the change if any."""
    at = 0
    for change in changes:
        yield from _unchanged(places, at, change.first)
        if change.text:
            yield change.text, change.parts or ((change.first, 0, len(change.text)),), change
        at = change.last
    yield from _unchanged(places, at, len(places))


def _unchanged(
    places: Sequence[_Place], start: int, end: int
) -> Iterator[tuple[str, Sequence[tuple[int, int, int]], None]]:
    for i in range(start, end):
        text = places[i].word.text
        yield text, ((i, 0, len(text)),), None


def _note_words(page: PageText, start: int, text: str, parts: Sequence[tuple[_Place, int, int]]) -> None:
    """Note the place of each part; a part that stands on another page is covered by the part before it."""
    if len(parts) == 1:
        page.words.append(Word(start, start + len(text), parts[0][0].word.box, parts[0][0].line))
        return
    here = [(place, s, e) for place, s, e in parts if place.page is page and e > s]
    for number, (place, s, e) in enumerate(here):
        last = number == len(here) - 1
        page.words.append(Word(start + s, start + (len(text) if last else e), place.word.box, place.line))
