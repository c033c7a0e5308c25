"""From PDF space (origin bottom-left, before rotation) to the page as displayed (origin top-left)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

from toolkit.reading.pdfium import FLOAT_PLACES, FLOATS, Handle
from toolkit.reading.pdfium import LIBRARY as PDFIUM
from toolkit.records import Box

_make = tuple.__new__  # a Box without the detour over its own constructor: one for every word


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The visible part of a page in PDF space, and by how many quarter turns (clockwise) it is displayed."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @classmethod
    def of_page(cls, page: Handle) -> Frame:
        """Return the frame of an open page: its crop box within its media box, and its rotation."""
        FLOATS[:4] = [0.0] * 4
        PDFIUM.GetPageBoundingBox(page, FLOAT_PLACES[0])
        left, top, right, bottom = FLOATS[:4]
        return cls(left=left, bottom=bottom, right=right, top=top, turns=PDFIUM.Page_GetRotation(page) % 4)

    @property
    def width(self) -> float:
        """The width as displayed, in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height as displayed, in points."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of PDF space is displayed: from the left and from the top."""
        if not self.turns:
            return x - self.left, self.top - y
        match self.turns:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x

    def boxes(self, corners: Iterable[tuple[float, float, float, float]]) -> list[Box]:
        """Return the displayed box of each pair of opposite corners in PDF space (x, y, x, y)."""
        if self.turns:
            points = [(*self.point(x0, y0), *self.point(x1, y1)) for x0, y0, x1, y1 in corners]
        else:
            left, top = self.left, self.top
            points = [(x0 - left, top - y0, x1 - left, top - y1) for x0, y0, x1, y1 in corners]
        placed = [
            (ax if ax < bx else bx, ay if ay < by else by, bx if bx > ax else ax, by if by > ay else ay)
            for ax, ay, bx, by in points
        ]
        return list(map(_make, repeat(Box), placed))

    def corners(self, first: Sequence[float], last: Sequence[float]) -> list[Box]:
        """Return the displayed box around each pair of PDFium rectangles (left, top, right, bottom: four floats)."""
        pairs = zip(*[iter(first)] * 4, *[iter(last)] * 4, strict=True)
        if self.turns:
            return self.boxes(
                (min(l0, l1), min(b0, b1), max(r0, r1), max(t0, t1)) for l0, t0, r0, b0, l1, t1, r1, b1 in pairs
            )
        left, top = self.left, self.top
        corners = [
            (
                (l0 if l0 < l1 else l1) - left,
                top - (t0 if t0 > t1 else t1),
                (r0 if r0 > r1 else r1) - left,
                top - (b0 if b0 < b1 else b1),
            )
            for l0, t0, r0, b0, l1, t1, r1, b1 in pairs
        ]
        return list(map(_make, repeat(Box), corners))

    def tops(self, xs: Sequence[float], ys: Sequence[float]) -> list[float]:
        """Return how far from the top of the displayed page points of PDF space are."""
        if self.turns:
            return [self.point(x, y)[1] for x, y in zip(xs, ys, strict=True)]
        top = self.top
        return [top - y for y in ys]
