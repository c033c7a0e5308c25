"""Words of a page through PDFium: one call for the text, three per word for its place, type once per text object."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import compress, repeat
from typing import Any

from toolkit.reading.drawings import drawings
from toolkit.reading.geometry import Frame
from toolkit.reading.pdfium import LIBRARY as PDFIUM
from toolkit.reading.pdfium import Answers, Handle
from toolkit.reading.raw import RawPage, RawWord
from toolkit.reading.styles import StyleReader
from toolkit.reading.tags import TagReader
from toolkit.records import Box

# PDFium writes U+0002 or U+FFFE where a line ends in a hyphen, and no line break: the halves must be cut apart here.
_WORD = re.compile("[^\\s\x00-\x1f\ufffe\u200b\ufeff]+")
_HYPHENS = frozenset("\x02\ufffe")
# A reference number glued to a word ("care12") is a word of its own when it is drawn by another text object.
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{2})[.,;:)”’'\"]*(\d{1,3}(?:[,–-]\d{1,3})*)$")
_BULLETS = frozenset("•●▪■◦○►➢➤✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc")
_HALF = re.compile("[\ud800-\udfff]")  # of a surrogate pair

_BOXES = Answers(ctypes.c_float, 4)
_make = tuple.__new__  # records without the detour over their own constructors: there are thousands of them


class PageReader:
    """Reads one open page after another; fonts are looked up once per document."""

    def __init__(self, document: Any) -> None:
        self._document = document.raw
        self._styles = StyleReader()
        self._tags = TagReader()

    def page(self, number: int) -> RawPage:
        """Return page `number` (from 1) as PDFium sees it; a page that cannot be loaded has no words and no size."""
        handle = PDFIUM.LoadPage(self._document, number - 1)
        if not handle:
            return RawPage(number=number, width=0, height=0, words=())
        try:
            frame = Frame.of_page(handle)
            drawn = drawings(handle, frame)
            with _text_page(handle) as text_page:
                words, unmapped = self._words(text_page, frame)
            return RawPage(
                number=number,
                width=frame.width,
                height=frame.height,
                words=words,
                rulings=tuple(drawn.rulings),
                fills=tuple(drawn.fills),
                images=tuple(drawn.images),
                shapes=tuple(drawn.shapes),
                dots=tuple(drawn.dots),
                tags=self._tags.page(handle, [word.mcid for word in words]),
                unmapped=unmapped,
            )
        finally:
            PDFIUM.ClosePage(handle)

    def _words(self, text_page: Handle, frame: Frame) -> tuple[tuple[RawWord, ...], int]:
        """Return the words, and how many of them a font without Unicode has drawn."""
        text, index = _characters(text_page)
        spans = _spans(text_page, text, index)
        if not spans:
            return (), 0
        first = [start if index is None else index[start] for start, _ in spans]
        last = [end - 1 if index is None else index[end - 1] for _, end in spans]
        corners = [_BOXES.ask(PDFIUM.Text_GetLooseCharBox, text_page, characters) for characters in (first, last)]
        boxes = list(frame.corners(*corners))
        objects = list(map(PDFIUM.Text_GetTextObject, repeat(text_page), first))
        styles = self._styles.styles(text_page, objects, first, frame)
        baselines, *kind, mcids, angles, unmapped = zip(*map(styles.__getitem__, objects), strict=True)
        if any(angle % 180 for angle in set(angles)):
            standing = zip(boxes, baselines, angles, strict=True)
            baselines = tuple(box.bottom if angle % 180 else baseline for box, baseline, angle in standing)
        columns = _texts(text, spans), boxes, baselines, *kind, range(len(spans)), mcids, angles, _hyphens(text, spans)
        words = map(_make, repeat(RawWord), zip(*columns, strict=True))
        wide, high = frame.width, frame.height
        # What is drawn outside the page nobody sees.
        seen = [x1 > 0 and bottom > 0 and x0 < wide and top < high for x0, top, x1, bottom in boxes]
        return tuple(compress(words, seen)), sum(compress(unmapped, seen))


@contextmanager
def _text_page(page: Handle) -> Iterator[Handle]:
    text_page = PDFIUM.Text_LoadPage(page)
    try:
        yield text_page
    finally:
        PDFIUM.Text_ClosePage(text_page)


def _characters(text_page: Handle) -> tuple[str, list[int] | None]:
    """Return the page's text, one character per UTF-16 unit, and the engine's index of each (None: the same)."""
    count = max(PDFIUM.Text_CountChars(text_page), 0)
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    length = max(PDFIUM.Text_GetText(text_page, 0, count, buffer) - 1, 0)
    text = bytes(buffer)[: 2 * length].decode("utf-16-le", "surrogatepass")
    if len(text) != length:
        text = "".join(map(chr, buffer[:length]))
    if length == count:
        return text, None
    return text, [max(PDFIUM.Text_GetCharIndexFromTextIndex(text_page, i), 0) for i in range(length)]


def _spans(text_page: Handle, text: str, index: list[int] | None) -> list[tuple[int, int]]:
    """Return where each word begins and ends in the text; bullets and reference numbers are parted from theirs."""
    spans = list(map(re.Match.span, _WORD.finditer(text)))
    glued = [i for i, (start, end) in enumerate(spans) if text[end - 1].isdigit() or text[start] in _BULLETS]
    for i in reversed(glued):
        spans[i : i + 1] = _parted(text_page, text, *spans[i], index)
    return spans


def _parted(text_page: Handle, text: str, start: int, end: int, index: list[int] | None) -> tuple[tuple[int, int], ...]:
    """Part a bullet or a reference number from the word that it is glued to."""
    if text[start] in _BULLETS and end - start > 1 and text[start + 1].isalnum():
        return (start, start + 1), (start + 1, end)
    mark = _NOTE_MARK.search(text[start:end])
    if mark is None or mark.start(1) == 0:
        return ((start, end),)
    cut = start + mark.start(1)
    before, after = (cut - 1, cut) if index is None else (index[cut - 1], index[cut])
    if PDFIUM.Text_GetTextObject(text_page, before) == PDFIUM.Text_GetTextObject(text_page, after):
        return ((start, end),)
    return (start, cut), (cut, end)


def _texts(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Return the words, surrogate halves put together and lone ones replaced."""
    words = [text[start:end] for start, end in spans]
    if _HALF.search(text) is None:
        return words
    return [word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for word in words]


def _hyphens(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Return whether each word ends in a hyphen of the line."""
    padded = text + " "
    return [padded[end] in _HYPHENS for _, end in spans]


def box_of(words: list[RawWord]) -> Box:
    """Return the smallest box around the words."""
    boxes = [w.box for w in words]
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
