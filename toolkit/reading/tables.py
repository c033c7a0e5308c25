"""Tables of a page: cells from drawn lines, filled cells, bands and aligned words.

What the finder needs from the engine, in points of the page as displayed, origin top-left: `rulings` = every straight
stroke across or down (each side of a stroked rectangle is one) and every filled rectangle thinner than 3 points;
`fills` = every other filled rectangle, white ones too (they carry cell borders); both from inside form objects as well.

It would rather miss a table than make one of boxes in an infographic: words that stand across a border, cells
without words and frames round paragraphs speak against a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from toolkit.reading.aligned import ruled_rows
from toolkit.reading.columns import in_reading_order
from toolkit.reading.edges import SNAP, Edge, closed, components, drawn_edges, fill_edges, joined, within
from toolkit.reading.figures import figure_columns
from toolkit.reading.fitting import Cells, fitted, likely, middles_of, words_by_region, worth
from toolkit.reading.grid import TableCell, TableGrid
from toolkit.reading.lattice import Lattice, Region, column_numbers, lattice, side_by_side
from toolkit.reading.raw import RawPage, RawWord
from toolkit.reading.table_headers import linked, with_header
from toolkit.reading.turning import main_angle, turned_box, upright
from toolkit.records import Box

__all__ = ["TableCell", "TableGrid", "as_table", "find_tables", "tables_of_pages"]


class _Kind(NamedTuple):
    """How much evidence is asked for: bars of charts and cards are fills too, so fills are asked for more."""

    used: float  # least share of the columns with words in two or more rows
    stacked: int  # least rows of columns that stand side by side with white between


class _Found(NamedTuple):
    grid: Lattice
    inside: Cells


_DRAWN, _FILLED = _Kind(0.6, 2), _Kind(0.7, 3)


def find_tables(page: RawPage) -> tuple[TableGrid, ...]:
    """Return the tables of a page from the top down, then from left to right; empty when there are none.

    On a page whose words stand on their side, rows and columns are those of a reader who turns the page.
    """
    angle = main_angle(page)
    if angle:
        return tuple(_displayed(t, angle, page) for t in find_tables(upright(page, angle)))
    across, down = drawn_edges(page)
    rules, drawn = joined(across), []
    if rules and down:
        drawn = _enclosed(rules, joined(down))
    cells = [grid.region_box(r) for grid in drawn for r in grid.regions]
    more_across, more_down = fill_edges(page, cells)
    found = _tables(page, drawn, _DRAWN)
    if more_across:
        rules = joined([*across, *more_across])
        together = _enclosed(rules, joined([*down, *more_down]))
        found = _better(found, _tables(page, together, _FILLED))
    for finder in (partial(ruled_rows, page, rules), partial(figure_columns, page)):
        found = [*found, *_tables(page, finder([f.grid.box for f in found]), _FILLED)]
    tables = _outermost([as_table(page.words, grid, inside) for grid, inside in found])
    return tuple(with_header(page, t) for t in sorted(tables, key=lambda t: (t.box.top, t.box.x0)))


def _displayed(table: TableGrid, angle: int, page: RawPage) -> TableGrid:
    def _box(place: Box) -> Box:
        return turned_box(place, angle, page.width, page.height)

    rows = tuple(tuple(replace(cell, box=_box(cell.box)) for cell in row) for row in table.rows)
    return replace(table, box=_box(table.box), rows=rows)


def tables_of_pages(pages: Sequence[RawPage]) -> tuple[tuple[TableGrid, ...], ...]:
    """Return the tables of every page; a table that goes on from the page before is marked, and has its header."""
    return linked(pages, [find_tables(page) for page in pages])


def _enclosed(across: Sequence[Edge], down: Sequence[Edge]) -> list[Lattice]:
    grids = (lattice(closed(component)) for component in components(across, down))
    return [grid for grid in grids if grid and len(grid.regions) > 1]


def _tables(page: RawPage, grids: Sequence[Lattice], kind: _Kind) -> list[_Found]:
    """Return the lattices whose words say that they are tables."""
    if not grids:
        return []
    middles = middles_of(page.words)
    whole = side_by_side([fitted(page.words, middles, grid) for grid in grids], kind.stacked)
    tried = (_Found(grid, words_by_region(middles, grid)) for grid in whole)
    return [found for found in tried if likely(page.words, *found, kind.used)]


def _better(drawn: Sequence[_Found], together: Sequence[_Found]) -> list[_Found]:
    """Return the tables of drawn lines alone, or those with fills where they explain more of the same place."""
    chosen = list(drawn)
    for found in together:
        rivals = [d for d in drawn if _shared(d.grid.box, found.grid.box)]
        if worth(*found) > sum(worth(*rival) for rival in rivals):
            chosen = [c for c in chosen if c not in rivals] + [found]
    return chosen


def _shared(one: Box, other: Box) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    return wide > SNAP and min(one.bottom, other.bottom) - max(one.top, other.top) > SNAP


def as_table(words: Sequence[RawWord], grid: Lattice, inside: dict[Region, list[int]]) -> TableGrid:
    """Return the table record of a lattice and its words."""
    rows: list[list[TableCell]] = [[] for _ in grid.ys[1:]]
    numbers = column_numbers(grid)
    for region in grid.regions:
        cell = TableCell(
            box=grid.region_box(region),
            words=in_reading_order(words, inside.get(region, ())),
            row=region.row,
            column=numbers[region.column],
            span=(region.row_end - region.row, numbers[region.column_end] - numbers[region.column]),
        )
        rows[region.row].append(cell)
    return TableGrid(box=grid.box, rows=tuple(tuple(r) for r in rows))


def _outermost(tables: Sequence[TableGrid]) -> list[TableGrid]:
    """Return the tables without those that lie inside another."""
    return [t for t in tables if not any(t.box != o.box and within(t.box, o.box) for o in tables)]
