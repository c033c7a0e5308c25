"""Setting type by script: lines broken, justified and hyphenated, frames drawn in any order, every block remembered."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

BODY, BOLD = "Helvetica", "Helvetica-Bold"
SIZES = {"h1": 20.0, "h2": 14.0, "h3": 11.0}
# Where a word may be broken: after a vowel, before a consonant and a vowel.
_BREAK = re.compile(r"(?<=[aeiouy])(?=[bcdfghklmnpqrstvwz][aeiouy])")
Draw = Callable[[Canvas], None]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block of the truth. `loose` blocks (footnotes) have no place in the order of the text."""

    kind: str
    text: str
    page: int
    level: int = 0
    loose: bool = False


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A column: page (from 1), left edge and top from the top left corner, width and height in points."""

    page: int
    x: float
    top: float
    width: float
    height: float


@dataclass(kw_only=True)
class Sheet:
    """A document being set: groups of drawing steps by page, and what is true about them."""

    path: Path
    size: tuple[float, float]
    title: str
    shuffle: int | None = None
    blocks: list[Block] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)
    groups: dict[int, list[list[Draw]]] = field(default_factory=dict)
    under: dict[int, list[Draw]] = field(default_factory=dict)

    def group(self, page: int) -> list[Draw]:
        """Return a new group of steps on a page; groups may be drawn in another order than made."""
        steps: list[Draw] = []
        self.groups.setdefault(page, []).append(steps)
        return steps

    def text(
        self, steps: list[Draw], x: float, y: float, text: str, font: str = BODY, size: float = 9.5, **extra: float
    ) -> None:
        """Draw one line with its baseline `y` points below the top of the page."""
        bottom = self.size[1] - y
        space, colour = extra.get("space", 0.0), "#ffffff" if extra.get("white") else "#111111"

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(HexColor(colour))
            line = canvas.beginText(x, bottom)
            line.setFont(font, size)
            line.setWordSpace(space)
            line.textOut(text)
            canvas.drawText(line)

        steps.append(draw)

    def fill(self, page: int, x: float, top: float, width: float, height: float, colour: str) -> None:
        """Draw a filled rectangle beneath all text of the page."""
        bottom = self.size[1] - top - height

        def draw(canvas: Canvas) -> None:
            canvas.setFillColor(HexColor(colour))
            canvas.rect(x, bottom, width, height, stroke=0, fill=1)

        self.under.setdefault(page, []).append(draw)

    def rule(self, page: int, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a thin line beneath all text of the page."""
        height = self.size[1]
        self.under.setdefault(page, []).append(lambda canvas: canvas.line(x0, height - y0, x1, height - y1))

    def run_lines(self, pages: int, head: str, foot: str) -> None:
        """Draw a running head and a numbered foot on every page but the first."""
        for page in range(2, pages + 1):
            steps = self.group(page)
            for y, text in ((28.0, head), (self.size[1] - 20, f"{foot} | {page}")):
                self.text(steps, 48, y, text, size=8)
                self.running.append(text)

    def save(self) -> None:
        """Write the PDF; with `shuffle` the groups of each page are drawn in another order."""
        canvas = Canvas(str(self.path), pagesize=self.size, invariant=1)
        canvas.setTitle(self.title)
        chance = random.Random(self.shuffle)
        for page in range(1, max([*self.groups, *self.under]) + 1):
            groups = list(self.groups.get(page, []))
            if self.shuffle is not None:
                chance.shuffle(groups)
            for step in [*self.under.get(page, []), *(step for steps in groups for step in steps)]:
                step(canvas)
            canvas.showPage()
        canvas.save()


def broken_into_lines(
    text: str, width: float, font: str, size: float, hyphenate: bool
) -> list[tuple[str, bool, tuple[str, str] | None]]:
    """Return the lines of a text: the words, whether more follow, and the halves of a word broken at the end."""
    lines: list[tuple[str, bool, tuple[str, str] | None]] = []
    words = text.split(" ")
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, font, size) <= width:
            line = longer
            continue
        halves = _halves(word, line, width, font, size) if hyphenate else None
        if halves:
            lines.append((f"{line} {halves[0]}-".strip(), True, halves))
            line = ""
            words.insert(0, halves[1])
        else:
            lines.append((line, True, None))
            line = word
    return [*lines, (line, False, None)]


def _halves(word: str, line: str, width: float, font: str, size: float) -> tuple[str, str] | None:
    for match in reversed(list(_BREAK.finditer(word))):
        left, right = word[: match.start()], word[match.start() :]
        fits = stringWidth(f"{line} {left}-".strip(), font, size) <= width
        if fits and len(left) > 2 and len(right.strip(".,")) > 2 and "-" not in word:
            return left, right
    return None


@dataclass(kw_only=True)
class Flow:
    """Runs blocks through frames, one after another; a paragraph goes on in the next frame."""

    sheet: Sheet
    frames: Sequence[Frame]
    size: float = 9.5
    hyphenate: bool = True
    justify: bool = True
    white: bool = False
    at: int = 0
    y: float = 0.0
    steps: list[Draw] | None = None

    @property
    def frame(self) -> Frame:
        """The frame that is being filled."""
        return self.frames[self.at]

    def heading(self, text: str, level: int) -> None:
        """Set a heading; it is kept with the lines that follow."""
        size = SIZES[f"h{level}"]
        self._room(size * 1.3 + 3 * self.size * 1.3)
        self.y += size * 0.5 if self.y else 0.0
        self.sheet.blocks.append(Block(kind="heading", text=text, page=self.frame.page, level=level))
        for line, _, _ in broken_into_lines(text, self.frame.width, BOLD, size, False):
            self._line(line, size, BOLD, 0.0)
        self.y += 3

    def paragraph(self, text: str, kind: str = "paragraph", size: float | None = None, font: str = BODY) -> None:
        """Set a paragraph, or a list item with its bullet."""
        size = size or self.size
        indent = 12.0 if kind == "list_item" else 0.0
        self._room(size * 1.3)
        self.sheet.blocks.append(Block(kind=kind, text=text, page=self.frame.page, level=1 if indent else 0))
        lines = broken_into_lines(text, self.frame.width - indent, font, size, self.hyphenate)
        for number, (line, more, halves) in enumerate(lines):
            self._room(size * 1.3)
            if indent and not number:
                self.sheet.text(
                    self._steps(), self.frame.x, self.frame.top + self.y + size, "•", BODY, size, white=self.white
                )
            gaps = line.count(" ")
            spare = self.frame.width - indent - stringWidth(line, font, size)
            # A setter gives up when the gaps would be wider than the type: such a line stays ragged.
            space = spare / gaps if more and self.justify and gaps and spare / gaps <= 0.9 * size else 0.0
            self._line(line, size, font, indent, space)
            if halves:
                self.sheet.broken.append(halves)
        self.y += size * 0.55

    def gap(self, points: float) -> float:
        """Leave room for a picture; return where it begins, from the top of the page."""
        self._room(points + 30)
        start = self.frame.top + self.y
        self.y += points
        return start

    def _steps(self) -> list[Draw]:
        if self.steps is None:
            self.steps = self.sheet.group(self.frame.page)
        return self.steps

    def _room(self, needed: float) -> None:
        if self.y + needed > self.frame.height:
            self.at, self.y, self.steps = self.at + 1, 0.0, None

    def _line(self, line: str, size: float, font: str, indent: float, space: float = 0.0) -> None:
        y = self.frame.top + self.y + size
        self.sheet.text(self._steps(), self.frame.x + indent, y, line, font, size, space=space, white=self.white)
        self.y += size * 1.3
