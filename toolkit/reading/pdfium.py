"""PDFium's functions without conversion of arguments, which is two thirds of a call: there are hundreds on every page.

Pointers come back as `Handle`, which a function takes as it is; plain numbers must fit a C int; everything else goes in
as a ctypes value. Where a function writes its answer is said by `byref`, made once; `Answers` asks many times at once.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from ctypes import byref, c_float, c_int, c_uint, c_void_p
from itertools import repeat
from typing import Any

from pypdfium2 import raw

_AT_ONCE = 512


class Handle(c_void_p):
    """A pointer to something of PDFium's; false when there is none."""

    __slots__ = ()


# A pointer, given as a number, that is passed again and again: a Handle is converted on every call, this is not.
Pointer = Any
pointer: Callable[[int | None], Pointer] = c_void_p.from_param

_RESULTS: dict[Any, tuple[str, ...]] = {
    None: (
        "FPDF_ClosePage",
        "FPDFText_ClosePage",
        "FPDF_StructTree_Close",
    ),
    Handle: (
        "FPDF_LoadPage",
        "FPDFText_LoadPage",
        "FPDFPage_GetObject",
        "FPDFFormObj_GetObject",
        "FPDFPath_GetPathSegment",
        "FPDF_StructTree_GetForPage",
        "FPDF_StructTree_GetChildAtIndex",
        "FPDF_StructElement_GetChildAtIndex",
    ),
    c_void_p: (  # as a number, to look things up by it; None when there is none
        "FPDFText_GetTextObject",
        "FPDFTextObj_GetFont",
    ),
    c_int: (
        "FPDF_GetPageBoundingBox",
        "FPDFPage_GetRotation",
        "FPDFText_CountChars",
        "FPDFText_GetText",
        "FPDFText_GetCharIndexFromTextIndex",
        "FPDFText_GetLooseCharBox",
        "FPDFText_GetCharOrigin",
        "FPDFText_GetMatrix",
        "FPDFText_HasUnicodeMapError",
        "FPDFTextObj_GetFontSize",
        "FPDFFont_GetBaseFontName",
        "FPDFFont_GetWeight",
        "FPDFFont_GetItalicAngle",
        "FPDFPageObj_GetMarkedContentID",
        "FPDFPage_CountObjects",
        "FPDFFormObj_CountObjects",
        "FPDFPageObj_GetType",
        "FPDFPageObj_GetBounds",
        "FPDFPageObj_GetMatrix",
        "FPDFPageObj_GetFillColor",
        "FPDFPath_GetDrawMode",
        "FPDFPath_CountSegments",
        "FPDFPathSegment_GetType",
        "FPDFPathSegment_GetPoint",
        "FPDF_StructTree_CountChildren",
        "FPDF_StructElement_CountChildren",
        "FPDF_StructElement_GetChildMarkedContentID",
        "FPDF_StructElement_GetType",
    ),
}


class Pdfium:
    """PDFium's C functions by their short names."""

    def __init__(self) -> None:
        for result, names in _RESULTS.items():
            # PDFium is not made for threads: its functions keep Python's lock, which also saves time.
            kind = ctypes.PYFUNCTYPE(result)
            for name in names:
                address = ctypes.cast(getattr(raw, name), c_void_p).value or 0
                short = name.split("_", 1)[1] if name.startswith("FPDF_") else name.removeprefix("FPDF")
                setattr(self, short, kind(address))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(name)


class Answers:
    """The same question about many things: places that PDFium writes to, made once, in blocks of `_AT_ONCE` calls."""

    def __init__(self, kind: Any, *widths: int) -> None:
        """`widths` are the numbers of type `kind` that every argument for an answer has room for."""
        size, self._width = ctypes.sizeof(kind), sum(widths)
        self._numbers = (kind * (_AT_ONCE * self._width))()
        self._seen = memoryview(self._numbers).cast("B").cast(kind._type_)  # hands out a fifth faster than the array
        starts = [size * sum(widths[:i]) for i in range(len(widths))]
        steps = range(0, _AT_ONCE * self._width * size, self._width * size)
        self._places = [[byref(self._numbers, step + start) for step in steps] for start in starts]

    def ask(self, function: Callable[..., Any], *about: Any) -> list[float]:
        """Return what the calls answer, one after another; 0 where one fails.

        The last of `about` is a sequence, of which each call gets one; what stands before it is the same for all.
        """
        *same, each = about
        answers: list[float] = []
        for at in range(0, len(each), _AT_ONCE):
            block = each[at : at + _AT_ONCE]
            ctypes.memset(self._numbers, 0, ctypes.sizeof(self._numbers))
            deque(map(function, *map(repeat, same), block, *self._places), maxlen=0)
            answers += self._seen[: len(block) * self._width].tolist()
        return answers


LIBRARY = Pdfium()
FLOATS = (c_float * 6)()
INTEGERS = (c_uint * 4)()
# Where the numbers of FLOATS and INTEGERS lie, one by one.
FLOAT_PLACES = tuple(byref(FLOATS, 4 * i) for i in range(6))
INTEGER_PLACES = tuple(byref(INTEGERS, 4 * i) for i in range(4))
