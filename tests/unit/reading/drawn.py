"""Pages drawn by hand for tests: words laid on lines, no file."""

from __future__ import annotations

from toolkit.reading.raw import Fill, RawPage, RawWord, Tag
from toolkit.records import Box

WIDE = 0.5  # of the type size: the width of a letter


class Sheet:
    """A page of 600 × 800 points that is written on; the order of writing is the content stream."""

    def __init__(self, number: int = 1) -> None:
        self.number = number
        self.words: list[RawWord] = []
        self.fills: list[Fill] = []
        self.dots: list[Box] = []
        self.tags: dict[int, Tag] = {}

    def write(
        self, x: float, y: float, *lines: str, size: float = 10, bold: bool = False, mcid: int = -1, font: str = "Test"
    ) -> Sheet:
        """Write lines below each other, the first one's baseline at `y`; a line that ends in "-" gets the mark."""
        for line in lines:
            at = x
            for text in line.split():
                hyphen = text.endswith("-") and len(text) > 1
                token = text[:-1] if hyphen else text
                wide = len(text) * size * WIDE
                box = Box(at, y - 0.8 * size, at + wide, y + 0.2 * size)
                place = len(self.words)
                self.words.append(RawWord(token, box, y, size, bold, False, font, place, mcid=mcid, hyphen=hyphen))
                at += wide + size * 0.3
            y += 1.2 * size
        return self

    def fill(self, x0: float, top: float, x1: float, bottom: float) -> Sheet:
        """Draw a filled rectangle."""
        self.fills.append(Fill(Box(x0, top, x1, bottom), (200, 220, 240)))
        return self

    def dot(self, x: float, y: float, wide: float = 4) -> Sheet:
        """Draw a dot around a place."""
        self.dots.append(Box(x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2))
        return self

    def tag(self, mcid: int, order: int, role: str = "P") -> Sheet:
        """Say what the structure tree says about a piece of marked content."""
        self.tags[mcid] = Tag(order, order, role)
        return self

    def page(self) -> RawPage:
        """Return the page as the engine would see it."""
        return RawPage(
            number=self.number,
            width=600,
            height=800,
            words=tuple(self.words),
            fills=tuple(self.fills),
            dots=tuple(self.dots),
            tags=self.tags,
        )
