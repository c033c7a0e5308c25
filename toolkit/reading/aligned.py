"""Tables without lines down: rows between rules or bands, and columns of figures with no line at all.

The columns are read from the white between words. Prose in two columns has such white too, so a table is only seen
where rules or bands of one width lie one above the other, or where figures stand under figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from toolkit.reading.columns import Piece, column_gaps, lines_of, pieces_of
from toolkit.reading.edges import SNAP, Edge
from toolkit.reading.lattice import Lattice, Region
from toolkit.reading.raw import RawPage
from toolkit.records import Box

FEWEST = 3  # rules one above the other, or lines of figures
TALLEST = 160.0  # points between two rules of one table
RULED_ROWS = 4  # with so many rows between rules, every row has its rule; with fewer, lines of words are rows
LEADING = 2.4  # of the type size: lines of figures further apart are not one table
IN_LINE = 6.0  # points by which pieces of one column may differ at left, right or middle

_FIGURE = re.compile(
    r"[-+~<>≤≥£$€(]*\d[\d,.]*(?:[-–/]\d[\d,.]*)?\s?(?:%|k|m|bn|st|nd|rd|th|\)|\*)*|n/?a|[-–]", re.IGNORECASE
)
_SIGN = re.compile(r"[^\w\s%£]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]")
_PLAIN = re.compile(r"\d{1,3}")
_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")


class _Row(NamedTuple):
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
            if grid and not _chart(page, grid):
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
    rows = _lines(page, box)
    gaps = column_gaps([row.pieces for row in rows])
    if not gaps or _wordy(rows, gaps):
        return None
    ys = [e.at for e in stack]
    bands = [[r for r in rows if a < (r.top + r.bottom) / 2 < b] for a, b in pairwise(ys)]
    if sum(map(bool, bands)) < RULED_ROWS:
        starts = [r for band in bands for r in band[1:] if _columns(r, gaps) >= {0, 1}]
        ys = sorted([*ys, *(r.top - 1 for r in starts)])
    return _grid([box.x0, *gaps, box.x1], ys, rows)


def _lines(page: RawPage, box: Box) -> list[_Row]:
    return [_row(page, pieces_of(page.words, line)) for line in _numbers_by_line(page, box)]


def _numbers_by_line(page: RawPage, box: Box) -> list[list[int]]:
    left, right = box.x0 - SNAP, box.x1 + SNAP
    inside = []
    for i, word in enumerate(page.words):
        x0, top, x1, bottom = word[1]
        if word.angle == 0 and left < (x0 + x1) / 2 < right and box.top < (top + bottom) / 2 < box.bottom:
            inside.append(i)
    return lines_of(page.words, inside)


def _row(page: RawPage, pieces: Iterable[Piece]) -> _Row:
    """Return the pieces as a row; the sign of a list item is no piece of its own."""
    listed: list[Piece] = []
    for piece in pieces:
        if listed and _SIGN.fullmatch(_text(page, listed[-1])):
            sign = listed.pop()
            piece = Piece(sign.words + piece.words, sign.x0, piece.x1, piece.top, piece.bottom)  # noqa: PLW2901
        listed.append(piece)
    return _Row(tuple(listed), min(p.top for p in listed), max(p.bottom for p in listed))


def _columns(row: _Row, gaps: Sequence[float]) -> set[int]:
    return {sum(p.x0 > gap for gap in gaps) for p in row.pieces}


def _wordy(rows: Sequence[_Row], gaps: Sequence[float]) -> bool:
    """Return whether the columns hold prose: pieces nearly as wide as their columns, line after line."""
    borders = [min(p.x0 for r in rows for p in r.pieces), *gaps, max(p.x1 for r in rows for p in r.pieces)]
    full = [0] * (len(borders) - 1)
    for row in rows:
        for p in row.pieces:
            column = sum(p.x0 > gap for gap in gaps)
            full[column] += p.x1 - p.x0 > 0.75 * (borders[column + 1] - borders[column]) and len(p.words) > 4
    return sum(f > 0.6 * len(rows) for f in full) >= 2


def _grid(xs: Sequence[float], ys: Sequence[float], rows: Sequence[_Row]) -> Lattice:
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


def figure_columns(page: RawPage, taken: Sequence[Box]) -> list[Lattice]:
    """Return lattices of three or more lines of words whose last columns hold figures, one under the other."""
    if sum([_has_digit(w[0]) for w in page.words]) < FEWEST or sum([_is_figure(w[0]) for w in page.words]) < FEWEST:
        return []
    lines = _numbers_by_line(page, Box(0, 0, page.width, page.height))
    if not taken and not _has_run(page, lines):
        return []
    every = (_row(page, pieces_of(page.words, line)) for line in lines)
    rows = [r for r in every if not any(_in(r, t) for t in taken)]
    found: list[Lattice] = []
    run: list[_Row] = []
    for row in [*rows, None]:
        if row and run and _goes_on(page, run[-1], row):
            run.append(row)
            continue
        if len(run) >= FEWEST and not _contents(page, run):
            found.append(_figures(page, run, rows))
        run = [row] if row and _has_figures(page, row) else []
    return [grid for grid in found if not _chart(page, grid)]


@lru_cache(maxsize=1 << 15)
def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


@lru_cache(maxsize=1 << 15)
def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _has_run(page: RawPage, lines: Sequence[Sequence[int]]) -> bool:
    """Return whether enough lines one under the other have a figure: a piece of figures begins with one."""
    run = 0
    for line in lines:
        run = run + 1 if any(_is_figure(page.words[n][0]) for n in line[1:]) else 0
        if run >= FEWEST:
            return True
    return False


def _has_figures(page: RawPage, row: _Row) -> bool:
    return len(row.pieces) >= 2 and all(_FIGURE.fullmatch(_text(page, p)) for p in row.pieces[1:])


def _goes_on(page: RawPage, above: _Row, row: _Row) -> bool:
    size = page.words[row.pieces[0].words[0]].size
    return (
        _has_figures(page, row)
        and len(above.pieces) == len(row.pieces)
        and row.bottom - above.bottom <= LEADING * max(size, 4.0)
        and all(_in_line(a, b) for a, b in zip(above.pieces[1:], row.pieces[1:], strict=True))
        and abs(above.pieces[0].x0 - row.pieces[0].x0) <= 3 * IN_LINE
    )


def _in_line(a: Piece, b: Piece) -> bool:
    return min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.x0 + a.x1 - b.x0 - b.x1) / 2) <= IN_LINE


def _contents(page: RawPage, run: Sequence[_Row]) -> bool:
    """Return whether the run is a list of contents: leaders, or page numbers that never go down."""
    if any(_LEADER.search(_text(page, p)) for row in run for p in row.pieces):
        return True
    last = [_text(page, row.pieces[-1]) for row in run]
    if len(run[0].pieces) > 2 or not all(_PLAIN.fullmatch(text) for text in last):
        return False
    numbers = [int(text) for text in last]
    return all(a <= b for a, b in pairwise(numbers))


def _figures(page: RawPage, run: list[_Row], rows: Sequence[_Row]) -> Lattice:
    """Return the lattice of a run of figures, with the line of column heads above it when there is one."""
    columns = list(zip(*(row.pieces for row in run), strict=True))
    place = rows.index(run[0])
    heads = _heads(page, rows[place - 1], run[0], columns) if place else ()
    if heads:
        run = [rows[place - 1], *run]
        columns = [columns[0], *((*c, head) for c, head in zip(columns[1:], heads, strict=True))]
    left, right = min(p.x0 for r in run for p in r.pieces), max(p.x1 for r in run for p in r.pieces)
    middles = [(max(p.x1 for p in a) + min(p.x0 for p in b)) / 2 for a, b in pairwise(columns)]
    ys = [run[0].top - 1, *((a.bottom + b.top) / 2 for a, b in pairwise(run)), run[-1].bottom + 1]
    return _grid([left - 1, *middles, right + 1], ys, run)


def _heads(page: RawPage, row: _Row, first: _Row, columns: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """Return the pieces of a line that head the columns of figures, one each; none when it is no line of heads."""
    size = page.words[first.pieces[0].words[0]].size
    label, start = min(p.x0 for p in columns[0]) + IN_LINE, max(p.x1 for p in columns[0])
    heads = tuple(p for p in row.pieces if p.x1 > start and p.x0 > label)
    near = first.bottom - row.bottom <= LEADING * max(size, 4.0) and len(row.pieces) <= len(columns)
    if not near or len(heads) != len(columns) - 1:
        return ()
    over = (any(h.x0 < p.x1 and h.x1 > p.x0 for p in c) for h, c in zip(heads, columns[1:], strict=True))
    return heads if all(over) else ()


def _chart(page: RawPage, grid: Lattice) -> bool:
    """Return whether three or more filled pieces narrower than the lattice stand in it, as the bars of a chart do."""
    box = grid.box
    narrow = (f.box for f in page.fills if f.box.x1 - f.box.x0 < 0.6 * (box.x1 - box.x0))
    return sum(_touch(b, box) for b in narrow) >= 3


def _text(page: RawPage, piece: Piece) -> str:
    return " ".join(page.words[i].text for i in piece.words)


def _touch(box: Box, other: Box) -> bool:
    wide = min(box.x1, other.x1) - max(box.x0, other.x0)
    return wide > SNAP and min(box.bottom, other.bottom) - max(box.top, other.top) > SNAP


def _in(row: _Row, box: Box) -> bool:
    return (
        any(p.x0 < box.x1 and p.x1 > box.x0 for p in row.pieces) and box.top < (row.top + row.bottom) / 2 < box.bottom
    )
