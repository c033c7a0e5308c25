"""Tables without lines down: rows between rules or bands, their columns read from the white between words.

Prose in two columns has such white too, so a table is only seen where rules or bands of one width lie one above the
other. Figures that stand under figures need no rules: see `figures`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.reading.columns import Piece, column_gaps, lines_of, pieces_of
from toolkit.reading.edges import SNAP, Edge
from toolkit.reading.lattice import Lattice, Region
from toolkit.reading.raw import RawPage
from toolkit.records import Box

FEWEST = 3  # rules one above the other
TALLEST = 160.0  # points between two rules of one table
RULED_ROWS = 4  # with so many rows between rules, every row has its rule; with fewer, lines of words are rows

_SIGN = re.compile(r"[^\w\s%£]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]")


class Row(NamedTuple):
    """The pieces of a line of words, and how high it is."""

    pieces: tuple[Piece, ...]
    top: float
    bottom: float


def ruled_rows(page: RawPage, across: Sequence[Edge], taken: Sequence[Box]) -> list[Lattice]:
    """Return lattices between rules or bands of one width; `taken` are tables already found."""
    found = []
    for stack in _stacks(across):
        box = Box(stack[0].start, stack[0].at, stack[0].end, stack[-1].at)
        if not any(_touch(box, other) for other in taken):
            grid = _between(page, stack, box)
            if grid and not is_chart(page, grid):
                found.append(grid)
    return found


def _stacks(across: Sequence[Edge]) -> list[list[Edge]]:
    """Return runs of edges of one width, from the top down, no two further apart than a row can be high."""
    groups: list[list[Edge]] = []
    for edge in sorted(across):
        fits = (
            g
            for g in groups
            if abs(g[-1].start - edge.start) <= SNAP
            and abs(g[-1].end - edge.end) <= SNAP
            and edge.at - g[-1].at <= TALLEST
        )
        group = next(fits, None)
        if group is None:
            groups.append([edge])
        else:
            group.append(edge)
    return [g for g in groups if len(g) >= FEWEST and g[0].end - g[0].start > 80]


def _between(page: RawPage, stack: Sequence[Edge], box: Box) -> Lattice | None:
    rows = [row_of(page, line) for line in numbers_by_line(page, box)]
    gaps = column_gaps([row.pieces for row in rows])
    if not gaps or _wordy(rows, gaps):
        return None
    ys = [e.at for e in stack]
    bands = [[r for r in rows if a < (r.top + r.bottom) / 2 < b] for a, b in pairwise(ys)]
    if sum(map(bool, bands)) < RULED_ROWS:
        starts = [r for band in bands for r in band[1:] if _columns(r, gaps) >= {0, 1}]
        ys = sorted([*ys, *(r.top - 1 for r in starts)])
    return grid_of([box.x0, *gaps, box.x1], ys, rows)


def numbers_by_line(page: RawPage, box: Box) -> list[list[int]]:
    """Return the lines of upright words whose middle lies in the box, as numbers of words."""
    left, right, top, bottom = 2 * (box.x0 - SNAP), 2 * (box.x1 + SNAP), 2 * box.top, 2 * box.bottom
    inside = [
        number
        for number, (_, (x0, y0, x1, y1), _, _, _, _, _, _, _, angle, _) in enumerate(page.words)
        if left < x0 + x1 < right and top < y0 + y1 < bottom and angle == 0
    ]
    return lines_of(page.words, inside)


def row_of(page: RawPage, line: Sequence[int]) -> Row:
    """Return the pieces of a line as a row; the sign of a list item is no piece of its own."""
    listed: list[Piece] = []
    for piece in pieces_of(page.words, line):
        if listed and len(listed[-1].words) == 1 and _SIGN.fullmatch(text_of(page, listed[-1])):
            sign = listed.pop()
            piece = Piece(sign.words + piece.words, sign.x0, piece.x1, piece.top, piece.bottom)  # noqa: PLW2901
        listed.append(piece)
    return Row(tuple(listed), min([p.top for p in listed]), max([p.bottom for p in listed]))


def _columns(row: Row, gaps: Sequence[float]) -> set[int]:
    return {sum(p.x0 > gap for gap in gaps) for p in row.pieces}


def _wordy(rows: Sequence[Row], gaps: Sequence[float]) -> bool:
    """Return whether the columns hold prose: pieces nearly as wide as their columns, line after line."""
    borders = [min(p.x0 for r in rows for p in r.pieces), *gaps, max(p.x1 for r in rows for p in r.pieces)]
    full = [0] * (len(borders) - 1)
    for row in rows:
        for p in row.pieces:
            column = sum(p.x0 > gap for gap in gaps)
            full[column] += p.x1 - p.x0 > 0.75 * (borders[column + 1] - borders[column]) and len(p.words) > 4
    return sum(f > 0.6 * len(rows) for f in full) >= 2


def grid_of(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Row]) -> Lattice:
    """Return the lattice of all rows and columns; a piece that runs across a border joins the cells that it covers."""
    regions: list[Region] = []
    for r, (top, bottom) in enumerate(pairwise(ys)):
        here = [p for row in rows if top < (row.top + row.bottom) / 2 < bottom for p in row.pieces]
        column = 0
        while column < len(xs) - 1:
            end = column + 1
            while end < len(xs) - 1 and any(p.x0 < xs[end] - SNAP and p.x1 > xs[end] + SNAP for p in here):
                end += 1
            regions.append(Region(r, column, r + 1, end))
            column = end
    return Lattice(tuple(xs), tuple(ys), tuple(regions))


def is_chart(page: RawPage, grid: Lattice) -> bool:
    """Return whether three or more filled pieces narrower than the lattice stand in it, as the bars of a chart do."""
    box = grid.box
    narrow = (f.box for f in page.fills if f.box.x1 - f.box.x0 < 0.6 * (box.x1 - box.x0))
    return sum(_touch(b, box) for b in narrow) >= 3


def text_of(page: RawPage, piece: Piece) -> str:
    """Return the words of a piece, joined by spaces."""
    return " ".join([page.words[i].text for i in piece.words])


def _touch(box: Box, other: Box) -> bool:
    wide = min(box.x1, other.x1) - max(box.x0, other.x0)
    return wide > SNAP and min(box.bottom, other.bottom) - max(box.top, other.top) > SNAP
