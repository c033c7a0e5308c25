"""Words of a page through PDFium: one call for the text, three per word for its place, type once per text object."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from toolkit.reading.drawings import drawings
from toolkit.reading.geometry import Frame
from toolkit.reading.pdfium import DOUBLES, FLOATS
from toolkit.reading.pdfium import LIBRARY as PDFIUM
from toolkit.reading.raw import RawPage, RawWord
from toolkit.reading.tags import TagReader
from toolkit.records import Box

# PDFium writes U+0002 or U+FFFE where a line ends in a hyphen, and no line break: the halves must be cut apart here.
_WORD = re.compile("[^\\s\x00-\x1f\ufffe\u200b\ufeff]+")
_HYPHENS = "\x02\ufffe"
# A reference number glued to a word ("care12") is a word of its own when it is drawn by another text object.
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{2})[.,;:)”’'\"]*(\d{1,3}(?:[,–-]\d{1,3})*)$")
_BULLETS = frozenset("•●▪■◦○►➢➤✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!light)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"regular|light|book|roman|medium|thin|normal", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)

_HERE, _THERE = ctypes.addressof(FLOATS), ctypes.addressof(DOUBLES)
_make = tuple.__new__  # records without the detour over their own constructors: there are thousands of them


class _Style(NamedTuple):
    size: float
    bold: bool
    italic: bool
    font: str
    mcid: int
    angle: int
    baseline: float
    unmapped: bool


class PageReader:
    """Reads one open page after another; fonts are looked up once per document."""

    def __init__(self, document: Any) -> None:
        self._document = ctypes.cast(document.raw, ctypes.c_void_p).value
        self._fonts: dict[int, tuple[str, bool, bool]] = {}
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
                tags=self._tags.page(handle, marked) if (marked := {w.mcid for w in words if w.mcid >= 0}) else {},
                unmapped=unmapped,
            )
        finally:
            PDFIUM.ClosePage(handle)

    def _words(self, text_page: int, frame: Frame) -> tuple[tuple[RawWord, ...], int]:
        """Return the words, and how many of them a font without Unicode has drawn."""
        text, index = _characters(text_page)
        spans = [part for m in _WORD.finditer(text) for part in _split(text_page, text, *m.span(), index)]
        boxes = (ctypes.c_float * (8 * len(spans) + 8))()
        address, box_of, object_of = ctypes.addressof(boxes), PDFIUM.Text_GetLooseCharBox, PDFIUM.Text_GetTextObject
        objects = []
        for start, end in spans:
            first = start if index is None else index[start]
            last = end - 1 if index is None else index[end - 1]
            box_of(text_page, first, address)
            box_of(text_page, last, address + 16)
            address += 32
            objects.append((object_of(text_page, first) or 0, first))
        styles: dict[int, _Style] = {}
        words: list[RawWord] = []
        unmapped = 0
        wide, high = frame.width, frame.height
        corners = frame.corners(boxes[: 8 * len(spans)])
        for number, ((start, end), box, (pointer, first)) in enumerate(zip(spans, corners, objects, strict=True)):
            style = styles.get(pointer)
            if style is None or not pointer:
                style = styles[pointer] = self._style(text_page, pointer, first, frame)
            if box[2] <= 0 or box[3] <= 0 or box[0] >= wide or box[1] >= high:
                continue  # drawn outside the page: nobody sees it
            size, bold, italic, font, mcid, angle, baseline, lost = style
            unmapped += lost
            if angle % 180:
                baseline = box.bottom
            token = text[start:end]
            if not token.isascii():
                token = _whole(token)
            hyphen = end < len(text) and text[end] in _HYPHENS
            words.append(_make(RawWord, (token, box, baseline, size, bold, italic, font, number, mcid, angle, hyphen)))
        return tuple(words), unmapped

    def _style(self, text_page: int, pointer: int, first: int, frame: Frame) -> _Style:
        if not PDFIUM.Text_GetMatrix(text_page, first, _HERE):
            FLOATS[:4] = [0.0] * 4
        a, b, c, d = FLOATS[:4]
        if not PDFIUM.Text_GetCharOrigin(text_page, first, _THERE, _THERE + 8):
            DOUBLES[:] = [0.0] * 2
        baseline = frame.point(*DOUBLES)[1]
        angle = frame.turned(round(math.degrees(math.atan2(-b, a)) / 90) * 90 if b or a < 0 else 0)
        if not pointer:
            return _Style(10.0, False, False, "", -1, angle, baseline, False)
        PDFIUM.TextObj_GetFontSize(pointer, _HERE)
        # The size of the text object is unscaled: the matrix makes 9.5 points out of 12.67.
        size = round(abs(FLOATS[0]) * math.hypot(c, d), 2) or 1.0
        name, bold, italic = self._font(PDFIUM.TextObj_GetFont(pointer))
        lost = PDFIUM.Text_HasUnicodeMapError(text_page, first) == 1
        return _Style(size, bold, italic, name, PDFIUM.PageObj_GetMarkedContentID(pointer), angle, baseline, lost)

    def _font(self, pointer: int | None) -> tuple[str, bool, bool]:
        if not pointer:
            return "", False, False
        if pointer not in self._fonts:
            buffer = ctypes.create_string_buffer(256)
            PDFIUM.Font_GetBaseFontName(pointer, ctypes.addressof(buffer), 256)
            name = buffer.value.decode("utf-8", "replace")
            name = name[7:] if name[6:7] == "+" else name
            slant = ctypes.c_int(0)
            PDFIUM.Font_GetItalicAngle(pointer, ctypes.addressof(slant))
            # The weight in the file is often wrong ("Poppins-Regular": 700), so a name that says it goes first.
            heavy = PDFIUM.Font_GetWeight(pointer) >= 600 and not _NOT_BOLD.search(name)
            bold = heavy or bool(_BOLD.search(name))
            self._fonts[pointer] = name, bold, slant.value != 0 or bool(_ITALIC.search(name))
        return self._fonts[pointer]


@contextmanager
def _text_page(page: int) -> Iterator[int]:
    text_page = PDFIUM.Text_LoadPage(page)
    try:
        yield text_page
    finally:
        PDFIUM.Text_ClosePage(text_page)


def _characters(text_page: int) -> tuple[str, list[int] | None]:
    """Return the page's text, one character per UTF-16 unit, and the engine's index of each (None: the same)."""
    count = max(PDFIUM.Text_CountChars(text_page), 0)
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    length = max(PDFIUM.Text_GetText(text_page, 0, count, ctypes.addressof(buffer)) - 1, 0)
    text = bytes(buffer)[: 2 * length].decode("utf-16-le", "surrogatepass")
    if len(text) != length:
        text = "".join(map(chr, buffer[:length]))
    if length == count:
        return text, None
    return text, [max(PDFIUM.Text_GetCharIndexFromTextIndex(text_page, i), 0) for i in range(length)]


def _split(text_page: int, text: str, start: int, end: int, index: list[int] | None) -> tuple[tuple[int, int], ...]:
    """Part a bullet or a reference number from the word that it is glued to."""
    if text[start] in _BULLETS and end - start > 1 and text[start + 1].isalnum():
        return (start, start + 1), (start + 1, end)
    if not text[end - 1].isdigit():
        return ((start, end),)
    mark = _NOTE_MARK.search(text[start:end])
    if mark is None or mark.start(1) == 0:
        return ((start, end),)
    cut = start + mark.start(1)
    before, after = (cut - 1, cut) if index is None else (index[cut - 1], index[cut])
    if PDFIUM.Text_GetTextObject(text_page, before) == PDFIUM.Text_GetTextObject(text_page, after):
        return ((start, end),)
    return (start, cut), (cut, end)


def _whole(token: str) -> str:
    """Return the token with surrogate halves put together and lone ones replaced."""
    if any("\ud800" <= c <= "\udfff" for c in token):
        return token.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return token


def box_of(words: list[RawWord]) -> Box:
    """Return the smallest box around the words."""
    boxes = [w.box for w in words]
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
