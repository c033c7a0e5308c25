"""What the engine saw on a page, before anybody decided on order: words with their type, lines, fills and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.records import Box


class RawWord(NamedTuple):
    """A run of glyphs without a space: place and type as drawn. Coordinates are of the page as displayed."""

    text: str
    box: Box
    baseline: float  # from the top of the page, for upright text
    size: float  # effective size in points
    bold: bool
    italic: bool
    font: str
    stream: int  # place in the content stream: words drawn one after another have neighbouring numbers
    mcid: int = -1  # marked-content id of the structure tree; -1 when none
    angle: int = 0  # 0, 90, 180 or 270 degrees clockwise as displayed
    hyphen: bool = False  # the engine marked a line-end hyphen behind this word


class Ruling(NamedTuple):
    """A drawn line (or thin rectangle): horizontal when top == bottom, vertical when x0 == x1."""

    x0: float
    top: float
    x1: float
    bottom: float


class Fill(NamedTuple):
    """A filled rectangle and its colour (red, green, blue; 0-255)."""

    box: Box
    colour: tuple[int, int, int]


class Tag(NamedTuple):
    """What the structure tree says about a piece of marked content.

    `order` is its place in the tree, `element` the number of its block (paragraph, heading, list item, cell), `role`
    that block's standard type, `depth` the nesting of lists. `table`, `row` and `column` count from 0; -1 outside.
    """

    order: int
    element: int
    role: str
    depth: int = 0
    table: int = -1
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A page as the engine saw it. `tags` (by marked-content id) is filled when a structure tree covers the page."""

    number: int
    width: float
    height: float
    words: tuple[RawWord, ...]
    rulings: tuple[Ruling, ...] = ()
    fills: tuple[Fill, ...] = ()
    images: tuple[Box, ...] = ()
    shapes: tuple[Box, ...] = ()  # around every other drawing that could hold text: rounded boxes, bubbles, circles
    dots: tuple[Box, ...] = ()  # small filled shapes: bullets that are no glyphs
    tags: Mapping[int, Tag] = field(default_factory=dict)
    unmapped: int = 0  # words whose glyphs have no Unicode: what is in their place is not text
    confidence: float = 1.0  # of OCR: the mean over the words; 1 for text in the file
