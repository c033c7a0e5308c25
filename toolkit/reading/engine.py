"""Words of a page through PDFium: one call for the text, three per word for its place, type once per text object."""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import compress, repeat
from typing import Any

from toolkit.reading.drawings import drawings
from toolkit.reading.geometry import Frame
from toolkit.reading.glyphs import is_dingbats
from toolkit.reading.pdfium import LIBRARY as PDFIUM
from toolkit.reading.pdfium import Answers, Handle, Pointer, pointer
from toolkit.reading.raw import RawPage, RawWord
from toolkit.reading.styles import StyleReader
from toolkit.reading.tags import TagReader

# PDFium writes U+0002 or U+FFFE where a line ends in a hyphen, and no line break: the halves must be cut apart here.
# What parts words, other than a space: every other white space, control characters, marks that are drawn as nothing.
_GAP = re.compile("[\x00-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe]")
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

    def _words(self, text_page: Pointer, frame: Frame) -> tuple[tuple[RawWord, ...], int]:
        """Return the words, and how many of them a font without Unicode has drawn."""
        text, index = _characters(text_page)
        texts, first, last = _cut(text_page, text, index)
        if not texts:
            return (), 0
        hyphens = _hyphens(text, last)
        if index is not None:
            first, last = [index[i] for i in first], [index[i] for i in last]
        corners = [_BOXES.ask(PDFIUM.Text_GetLooseCharBox, text_page, characters) for characters in (first, last)]
        boxes = frame.corners(*corners)
        objects = list(map(PDFIUM.Text_GetTextObject, repeat(text_page), first))
        styles = self._styles.styles(text_page, objects, first, frame)
        baselines, *kind, mcids, angles, unmapped = zip(*map(styles.__getitem__, objects), strict=True)
        if any(angle % 180 for angle in set(angles)):
            standing = zip(boxes, baselines, angles, strict=True)
            baselines = tuple(box.bottom if angle % 180 else baseline for box, baseline, angle in standing)
        if any(map(is_dingbats, set(kind[-1]))):
            texts = list(map(_private, texts, kind[-1]))
        columns = texts, boxes, baselines, *kind, range(len(texts)), mcids, angles, hyphens
        words = map(_make, repeat(RawWord), zip(*columns, strict=True))
        wide, high = frame.width, frame.height
        # What is drawn outside the page nobody sees.
        seen = [x1 > 0 and bottom > 0 and x0 < wide and top < high for x0, top, x1, bottom in boxes]
        return tuple(compress(words, seen)), sum(compress(unmapped, seen))


@contextmanager
def _text_page(page: Handle) -> Iterator[Pointer]:
    text_page = pointer(PDFIUM.Text_LoadPage(page).value)
    try:
        yield text_page
    finally:
        PDFIUM.Text_ClosePage(text_page)


def _characters(text_page: Pointer) -> tuple[str, list[int] | None]:
    """Return the page's text, one character per UTF-16 unit, and the engine's index of each (None: the same)."""
    count = max(PDFIUM.Text_CountChars(text_page), 0)
    units = array("H", bytes(4 * count + 4))
    length = max(PDFIUM.Text_GetText(text_page, 0, count, ctypes.byref(ctypes.c_ushort.from_buffer(units))) - 1, 0)
    text = str(memoryview(units)[:length], "utf-16-le", "surrogatepass")
    if len(text) != length:
        text = "".join(map(chr, units[:length]))
    if length == count:
        return text, None
    return text, [max(PDFIUM.Text_GetCharIndexFromTextIndex(text_page, i), 0) for i in range(length)]


def _cut(text_page: Pointer, text: str, index: list[int] | None) -> tuple[list[str], list[int], list[int]]:
    """Return the words of a page's text, and where the first and the last character of each stand in it.

    Bullets and reference numbers are parted from the words that they are glued to.
    """
    spaced = text.replace("\r\n", "  ")
    plain = spaced.isprintable()  # then no other character parts words
    texts: list[str] = []
    first: list[int] = []
    last: list[int] = []
    at = 0
    for piece in (spaced if plain else _GAP.sub(" ", spaced)).split(" "):
        end = at + len(piece)
        if piece:
            texts.append(piece)
            first.append(at)
            last.append(end - 1)
        at = end + 1
    mixed = [i for i, word in enumerate(texts) if not word.isalpha() and not word.isdigit()]
    glued = [i for i in mixed if texts[i][-1].isdigit() or texts[i][0] in _BULLETS]
    for i in reversed(glued):
        if cut := _glued_at(text_page, texts[i], first[i], index):
            texts[i : i + 1] = texts[i][:cut], texts[i][cut:]
            first.insert(i + 1, first[i] + cut)
            last.insert(i, first[i] + cut - 1)
    return texts if plain or _HALF.search(text) is None else _whole(texts), first, last


def _glued_at(text_page: Pointer, word: str, start: int, index: list[int] | None) -> int:
    """Return where a bullet or a reference number must be parted from the word that it is glued to; 0: nowhere."""
    if word[0] in _BULLETS and word[1:2].isalnum():
        return 1
    mark = _NOTE_MARK.search(word)
    if mark is None:
        return 0
    cut = start + mark.start(1)
    before, after = (cut - 1, cut) if index is None else (index[cut - 1], index[cut])
    alike = PDFIUM.Text_GetTextObject(text_page, before) == PDFIUM.Text_GetTextObject(text_page, after)
    return 0 if alike else mark.start(1)


def _private(word: str, font: str) -> str:
    """Return a lone letter of a font of pictures as the private character that such fonts have for it."""
    return chr(0xF000 + ord(word)) if len(word) == 1 and word < "\u0100" and is_dingbats(font) else word


def _whole(words: Iterable[str]) -> list[str]:
    """Return the words, surrogate halves put together and lone ones replaced."""
    return [word.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") for word in words]


def _hyphens(text: str, last: Sequence[int]) -> list[bool]:
    """Return whether each word ends in a hyphen of the line; `last` are the places of their last characters."""
    if not any(mark in text for mark in _HYPHENS):
        return [False] * len(last)
    padded = text + " "
    return [padded[i + 1] in _HYPHENS for i in last]
