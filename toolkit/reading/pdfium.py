"""PDFium's functions with plain argument types: numbers and addresses go through unwrapped, which halves a call."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_double, c_float, c_int, c_uint, c_void_p
from typing import Any

from pypdfium2 import raw

_SIGNATURES: dict[str, tuple[Any, ...]] = {
    # name: result, arguments
    "FPDF_LoadPage": (c_void_p, c_void_p, c_int),
    "FPDF_ClosePage": (None, c_void_p),
    "FPDF_GetPageWidthF": (c_float, c_void_p),
    "FPDF_GetPageHeightF": (c_float, c_void_p),
    "FPDF_GetPageBoundingBox": (c_int, c_void_p, c_void_p),
    "FPDFPage_GetRotation": (c_int, c_void_p),
    "FPDFText_LoadPage": (c_void_p, c_void_p),
    "FPDFText_ClosePage": (None, c_void_p),
    "FPDFText_CountChars": (c_int, c_void_p),
    "FPDFText_GetText": (c_int, c_void_p, c_int, c_int, c_void_p),
    "FPDFText_GetCharIndexFromTextIndex": (c_int, c_void_p, c_int),
    "FPDFText_GetLooseCharBox": (c_int, c_void_p, c_int, c_void_p),
    "FPDFText_GetCharOrigin": (c_int, c_void_p, c_int, c_void_p, c_void_p),
    "FPDFText_GetMatrix": (c_int, c_void_p, c_int, c_void_p),
    "FPDFText_GetTextObject": (c_void_p, c_void_p, c_int),
    "FPDFText_HasUnicodeMapError": (c_int, c_void_p, c_int),
    "FPDFTextObj_GetFontSize": (c_int, c_void_p, c_void_p),
    "FPDFTextObj_GetFont": (c_void_p, c_void_p),
    "FPDFFont_GetBaseFontName": (c_int, c_void_p, c_void_p, c_int),
    "FPDFFont_GetWeight": (c_int, c_void_p),
    "FPDFFont_GetItalicAngle": (c_int, c_void_p, c_void_p),
    "FPDFPageObj_GetMarkedContentID": (c_int, c_void_p),
    "FPDFPage_CountObjects": (c_int, c_void_p),
    "FPDFPage_GetObject": (c_void_p, c_void_p, c_int),
    "FPDFFormObj_CountObjects": (c_int, c_void_p),
    "FPDFFormObj_GetObject": (c_void_p, c_void_p, c_int),
    "FPDFPageObj_GetType": (c_int, c_void_p),
    "FPDFPageObj_GetBounds": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "FPDFPageObj_GetMatrix": (c_int, c_void_p, c_void_p),
    "FPDFPageObj_GetFillColor": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "FPDFPath_GetDrawMode": (c_int, c_void_p, c_void_p, c_void_p),
    "FPDFPath_CountSegments": (c_int, c_void_p),
    "FPDFPath_GetPathSegment": (c_void_p, c_void_p, c_int),
    "FPDFPathSegment_GetType": (c_int, c_void_p),
    "FPDFPathSegment_GetPoint": (c_int, c_void_p, c_void_p, c_void_p),
    "FPDF_StructTree_GetForPage": (c_void_p, c_void_p),
    "FPDF_StructTree_Close": (None, c_void_p),
    "FPDF_StructTree_CountChildren": (c_int, c_void_p),
    "FPDF_StructTree_GetChildAtIndex": (c_void_p, c_void_p, c_int),
    "FPDF_StructElement_CountChildren": (c_int, c_void_p),
    "FPDF_StructElement_GetChildAtIndex": (c_void_p, c_void_p, c_int),
    "FPDF_StructElement_GetChildMarkedContentID": (c_int, c_void_p, c_int),
    "FPDF_StructElement_GetType": (c_uint, c_void_p, c_void_p, c_uint),
}


def _bind(name: str) -> Callable[..., Any]:
    result, *arguments = _SIGNATURES[name]
    address = ctypes.cast(getattr(raw, name), c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


class Pdfium:
    """PDFium's C functions by their short names, and the buffers that they write to."""

    def __init__(self) -> None:
        for name in _SIGNATURES:
            setattr(self, name.split("_", 1)[1] if name.startswith("FPDF_") else name.removeprefix("FPDF"), _bind(name))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        raise AttributeError(name)


LIBRARY = Pdfium()
FLOATS = (c_float * 8)()
DOUBLES = (c_double * 2)()
INTEGERS = (c_uint * 8)()
