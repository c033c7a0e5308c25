"""Flowables: paragraphs that remember the pages they were printed on, cards, boxes, tables, photos, charts, icons."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from .design import LOST, Design

Pages = dict[str, set[int]]


def lose(text: str) -> str:
    """Return the text with the second l of "ll" set as the letter that looks like one and reads as a space."""
    return re.sub(r"ll(?=\w| |$)", f"l{chr(LOST)}", text)


class Printed(Paragraph):
    """A paragraph that notes, under its key, every page that it or a part of it is drawn on."""

    kept: ClassVar[tuple[str, ...]] = ("key", "pages", "heading")
    key: str = ""
    pages: Pages | None = None
    heading: tuple[int, str] | None = None

    def split(self, width: float, height: float) -> list[Any]:
        """Return the parts on either side of a column or page end; both carry the key."""
        parts = super().split(width, height)
        for part in parts:
            for name in self.kept:
                setattr(part, name, getattr(self, name))
        return parts  # type: ignore[no-any-return]

    def draw(self) -> None:
        """Draw, and note the page."""
        if self.pages is not None:
            self.pages.setdefault(self.key, set()).add(self.canv.getPageNumber())
        if self.heading:
            level, text = self.heading
            self.canv.bookmarkPage(self.key)
            self.canv.addOutlineEntry(text, self.key, level)
            self.heading = None
        super().draw()


class Icon(Flowable):
    """A disc with a simple sign in it; `sign` counts through the signs."""

    def __init__(self, design: Design, sign: int, size: float = 22) -> None:
        """Return an icon of the design's accent colour."""
        super().__init__()
        self.width = self.height = size
        self.design, self.sign = design, sign % 5

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return width and height."""
        return self.width, self.height + 3

    def draw(self) -> None:
        """Draw the disc and its sign."""
        c, s = self.canv, self.width
        c.setFillColor(self.design.colour(3))
        c.circle(s / 2, s / 2, s / 2, stroke=0, fill=1)
        c.setFillColorRGB(1, 1, 1)
        c.setStrokeColorRGB(1, 1, 1)
        _SIGNS[self.sign](c, s)


def _plus(c: Any, s: float) -> None:
    c.rect(s * 0.43, s * 0.24, s * 0.14, s * 0.52, stroke=0, fill=1)
    c.rect(s * 0.24, s * 0.43, s * 0.52, s * 0.14, stroke=0, fill=1)


def _house(c: Any, s: float) -> None:
    path = c.beginPath()
    path.moveTo(s * 0.22, s * 0.5)
    for x, y in ((0.5, 0.78), (0.78, 0.5), (0.68, 0.5), (0.68, 0.26), (0.32, 0.26), (0.32, 0.5)):
        path.lineTo(s * x, s * y)
    path.close()
    c.drawPath(path, stroke=0, fill=1)


def _bars(c: Any, s: float) -> None:
    for i, height in enumerate((0.2, 0.34, 0.46)):
        c.rect(s * (0.28 + 0.16 * i), s * 0.27, s * 0.11, s * height, stroke=0, fill=1)


def _person(c: Any, s: float) -> None:
    c.circle(s * 0.5, s * 0.66, s * 0.12, stroke=0, fill=1)
    c.roundRect(s * 0.32, s * 0.22, s * 0.36, s * 0.28, s * 0.1, stroke=0, fill=1)


def _tick(c: Any, s: float) -> None:
    c.setLineWidth(s * 0.09)
    c.lines([(s * 0.28, s * 0.5, s * 0.44, s * 0.34), (s * 0.43, s * 0.34, s * 0.73, s * 0.66)])


_SIGNS: tuple[Callable[[Any, float], None], ...] = (_plus, _house, _bars, _person, _tick)


class Photo(Flowable):
    """A grey box where a photograph would stand: sky, hills and a sun, so that the page looks designed."""

    def __init__(self, design: Design, width: float, height: float) -> None:
        """Return a picture of this size."""
        super().__init__()
        self.design, self.width, self.height = design, width, height

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return width and height."""
        return self.width, self.height + 4

    def draw(self) -> None:
        """Draw the picture."""
        c, w, h = self.canv, self.width, self.height
        c.setFillGray(0.84)
        c.rect(0, 0, w, h, stroke=0, fill=1)
        c.setFillGray(0.93)
        c.circle(w * 0.76, h * 0.7, h * 0.13, stroke=0, fill=1)
        for grey, heights in ((0.72, (0.35, 0.6, 0.42, 0.5)), (0.6, (0.2, 0.28, 0.44, 0.24))):
            c.setFillGray(grey)
            path = c.beginPath()
            path.moveTo(0, 0)
            for i, part in enumerate(heights):
                path.lineTo(w * i / 3, h * part)
            path.lineTo(w, 0)
            path.close()
            c.drawPath(path, stroke=0, fill=1)


class Chart(Flowable):
    """Horizontal bars with their labels and values; the longest bar is drawn in the accent colour."""

    def __init__(self, design: Design, width: float, values: list[tuple[str, str]]) -> None:
        """Return a chart of (label, value as printed) pairs."""
        super().__init__()
        self.design, self.width, self.values = design, width, values
        self.height = 17.0 * len(values) + 4

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return width and height."""
        return self.width, self.height + 4

    def draw(self) -> None:
        """Draw bars from top to bottom."""
        c, d = self.canv, self.design
        numbers = [float(re.sub(r"[^\d.]", "", value)) for _, value in self.values]
        left = self.width * 0.42
        room = self.width * 0.46
        for i, ((label, value), number) in enumerate(zip(self.values, numbers, strict=True)):
            y = self.height - 17 * (i + 1) + 3
            c.setFont(d.fonts[0], d.size * 0.86)
            c.setFillColor(d.colour(4))
            c.drawRightString(left - 6, y + 3, label)
            c.setFillColor(d.colour(3) if number == max(numbers) else d.main)
            c.rect(left, y, room * number / max(numbers), 11, stroke=0, fill=1)
            c.setFillColor(d.colour(4))
            c.drawString(left + room * number / max(numbers) + 4, y + 3, value)


class Maker:
    """Makes the printed paragraphs of one plan, numbering their keys in the order of the source."""

    def __init__(self, design: Design, sheet: dict[str, ParagraphStyle], pages: Pages) -> None:
        """Return a maker for a design; `pages` is filled while the plan is drawn."""
        self.design, self.sheet, self.pages = design, sheet, pages

    def text(self, style: str, text: str, key: str = "", **extra: Any) -> Printed:
        """Return a paragraph of a style; with a key its pages are noted."""
        shown = lose(text) if self.design.lost else text
        made = Printed(escape(shown), self.sheet[style], **extra)
        if key:
            made.key, made.pages = key, self.pages
        return made
