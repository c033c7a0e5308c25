"""The type of a page's text objects: effective size, weight, slant, font, angle, baseline, marked-content id."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from itertools import repeat

from toolkit.reading.geometry import Frame
from toolkit.reading.pdfium import LIBRARY as PDFIUM
from toolkit.reading.pdfium import Answers, Handle, Pointer, pointer

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!light)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"regular|light|book|roman|medium|thin|normal", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)

_MATRICES, _SIZES, _ORIGINS = Answers(ctypes.c_float, 6), Answers(ctypes.c_float, 1), Answers(ctypes.c_double, 1, 1)

# Baseline, size, bold, italic, font, marked-content id, angle, whether the font has no Unicode.
Style = tuple[float, float, bool, bool, str, int, int, bool]


class StyleReader:
    """Reads the style of text objects; fonts and sizes are worked out once per document."""

    def __init__(self) -> None:
        self._fonts: dict[int | None, tuple[bool, bool, str]] = {None: (False, False, "")}
        self._sizes: dict[tuple[float, float, float, float, float], tuple[float, int]] = {}

    def styles(
        self, text_page: Pointer, objects: Sequence[int | None], characters: Sequence[int], frame: Frame
    ) -> dict[int | None, Style]:
        """Return the style of every text object; `characters` are those at which the words in `objects` begin."""
        first_in = dict(zip(reversed(objects), reversed(characters), strict=True))
        first, handles = list(first_in.values()), list(map(pointer, first_in))
        matrices = iter(_MATRICES.ask(PDFIUM.Text_GetMatrix, text_page, first))
        origins = _ORIGINS.ask(PDFIUM.Text_GetCharOrigin, text_page, first)
        columns = zip(
            first_in,
            zip(*[matrices] * 6, strict=True),
            frame.tops(origins[::2], origins[1::2]),
            _SIZES.ask(PDFIUM.TextObj_GetFontSize, handles),
            map(PDFIUM.TextObj_GetFont, handles),
            map(PDFIUM.PageObj_GetMarkedContentID, handles),
            map(PDFIUM.Text_HasUnicodeMapError, repeat(text_page), first),
            strict=True,
        )
        styles: dict[int | None, Style] = {}
        sizes, fonts, turn = self._sizes, self._fonts, 90 * frame.turns
        for item, (a, b, c, d, _, _), baseline, unscaled, font, mcid, lost in columns:
            key = a, b, c, d, unscaled
            size, angle = sizes.get(key) or self._size(key)
            bold, italic, name = fonts.get(font) or self._font(font)
            styles[item] = baseline, size, bold, italic, name, mcid, (angle + turn) % 360, lost == 1
        return styles

    def _size(self, key: tuple[float, float, float, float, float]) -> tuple[float, int]:
        """Return the effective size of type and its angle in PDF space; see `_size_and_angle`."""
        self._sizes[key] = _size_and_angle(*key)
        return self._sizes[key]

    def _font(self, pointer: int | None) -> tuple[bool, bool, str]:
        """Return whether a font is bold, whether it is italic, and its name."""
        font, buffer, slant = Handle(pointer), ctypes.create_string_buffer(256), ctypes.c_int(0)
        PDFIUM.Font_GetBaseFontName(font, buffer, ctypes.c_size_t(256))
        name = buffer.value.decode("utf-8", "replace")
        name = name[7:] if name[6:7] == "+" else name
        PDFIUM.Font_GetItalicAngle(font, ctypes.byref(slant))
        # The weight in the file is often wrong ("Poppins-Regular": 700), so a name that says it goes first.
        heavy = PDFIUM.Font_GetWeight(font) >= 600 and not _NOT_BOLD.search(name)
        bold = heavy or bool(_BOLD.search(name))
        self._fonts[pointer] = bold, slant.value != 0 or bool(_ITALIC.search(name)), name
        return self._fonts[pointer]


def _size_and_angle(a: float, b: float, c: float, d: float, unscaled: float) -> tuple[float, int]:
    """Return the effective size of type, and its angle in PDF space, from its matrix and the size that it states."""
    angle = round(math.degrees(math.atan2(-b, a)) / 90) * 90 if b or a < 0 else 0
    return round(abs(unscaled) * math.hypot(c, d), 2) or 1.0, angle  # the matrix makes 9.5 points out of 12.67
