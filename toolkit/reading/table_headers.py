"""Which rows of a table are its header, and which tables go on over a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.reading.grid import TableCell, TableGrid, cell_text
from toolkit.reading.raw import Fill, RawPage, RawWord
from toolkit.records import Box

_DATA = re.compile(r"[-+£(]?(?!(?:19|20)\d\d$)\d+(?:,\d{3})*(?:\.\d+)?[%)]*")

MOST_HEADER_ROWS = 4
NUMERIC = 0.6  # share of the body's cells with figures that makes a first row of words a header
EDGE = 0.14  # share of the page's height above and below where only running heads and page numbers stand
ASIDE = 25  # words that may stand there
IN_LINE = 8.0  # points by which the columns of two parts of one table may differ


class _Row(NamedTuple):
    """The cells of a row that hold words, and the colour behind most of them (None: white, or none at all)."""

    cells: tuple[TableCell, ...]
    colour: tuple[int, int, int] | None


def with_header(page: RawPage, table: TableGrid) -> TableGrid:
    """Return the table with its header rows counted and the text above every column.

    A header stands out from the rows below it: by fill, by bold type, or as words above figures. Titles across the
    whole table before it are counted as header rows, but they are no column's header.
    """
    columns, fills = table.columns, [f for f in reversed(page.fills) if _touch(f.box, table.box)]
    worded = [tuple(c for c in row if c.words) for row in table.rows]
    rows = [_Row(cells, _colour(fills, cells)) for cells in worded]
    count = _count(page.words, rows, columns)
    heads = [c for cells in worded[:count] for c in cells if c.span[1] < columns]
    header = tuple(_above(page.words, heads, column) for column in range(columns)) if heads else ()
    return replace(table, header_rows=count, header=header)


def _touch(box: Box, other: Box) -> bool:
    return box.x0 <= other.x1 and box.x1 >= other.x0 and box.top <= other.bottom and box.bottom >= other.top


def _above(words: Sequence[RawWord], cells: Sequence[TableCell], column: int) -> str:
    over = [c for c in cells if c.column <= column < c.column + c.span[1]]
    return " ".join(dict.fromkeys(cell_text(words, c) for c in over))


def _count(words: Sequence[RawWord], rows: Sequence[_Row], columns: int) -> int:
    """Return how many rows from the top stand out from the rest; one row at least is left as the body."""
    count, titles = 0, 0
    while count < min(MOST_HEADER_ROWS, len(rows) - 1) and rows[count].cells:
        cells = rows[count].cells
        title = len(cells) == 1 and cells[0].span[1] == columns > 1 and titles == count
        titles += title
        if not title and not _stands_out(words, rows[count], [r for r in rows[count + 1 :] if r.cells]):
            break
        count += 1
    return min(count, 1) if titles == count else count


def _stands_out(words: Sequence[RawWord], row: _Row, below: Sequence[_Row]) -> bool:
    data = sum(_is_data(words, c) for c in row.cells if c.column > 0)
    if not below or data > 0.4 * len(row.cells):
        return False
    if row.colour is not None and sum(r.colour == row.colour for r in below) <= 0.4 * len(below):
        return True
    first = [c for c in row.cells if c.column > 0]
    if first and _bold(words, row.cells) and not all(_bold(words, r.cells) for r in below):
        later = [_bold(words, [c for c in r.cells if c.column > 0]) for r in below]
        return sum(later) <= 0.5 * len(later)
    if not first or any(_is_figure(words, c) for c in first):
        return False
    body = [c for r in below for c in r.cells if c.column > 0]
    return sum(_is_figure(words, c) for c in body) > NUMERIC * len(body)


def _colour(fills: Sequence[Fill], cells: Sequence[TableCell]) -> tuple[int, int, int] | None:
    if not fills:
        return None
    found: dict[tuple[int, int, int] | None, int] = {}
    for cell in cells:
        x, y = (cell.box.x0 + cell.box.x1) / 2, (cell.box.top + cell.box.bottom) / 2
        behind = (colour for (x0, top, x1, bottom), colour in fills if x0 <= x <= x1 and top <= y <= bottom)
        colour = next(behind, None)
        colour = None if colour is not None and min(colour) > 245 else colour
        found[colour] = found.get(colour, 0) + 1
    return max(found, key=lambda c: (found[c], c is not None, c or (0, 0, 0)), default=None)


def _bold(words: Sequence[RawWord], cells: Sequence[TableCell]) -> bool:
    numbers = [i for c in cells for i in c.words]
    return bool(numbers) and sum(words[i].bold for i in numbers) > 0.8 * len(numbers)


def _is_figure(words: Sequence[RawWord], cell: TableCell) -> bool:
    text = "".join([words[i].text for i in cell.words])
    return sum(map(str.isdigit, text)) > sum(map(str.isalpha, text))


def _is_data(words: Sequence[RawWord], cell: TableCell) -> bool:
    """Return whether a cell holds a plain figure that is no year: no header says "3,139" or "7%"."""
    return bool(_DATA.fullmatch("".join(words[i].text for i in cell.words)))


def linked(pages: Sequence[RawPage], tables: Sequence[Sequence[TableGrid]]) -> tuple[tuple[TableGrid, ...], ...]:
    """Return the tables page by page, the first of a page marked as going on when the last one before it does.

    They must be the last and the first thing on their pages and have their columns in line. A part without header
    gets that of the part before; one with another header is a table of its own.
    """
    result: list[tuple[TableGrid, ...]] = []
    for i, found in enumerate(tables):
        here = list(found)
        if here and result and result[-1] and pages[i].number == pages[i - 1].number + 1:
            here[0] = _continued(pages[i - 1], result[-1][-1], pages[i], here[0])
        result.append(tuple(here))
    return tuple(result)


def _continued(page: RawPage, before: TableGrid, next_page: RawPage, after: TableGrid) -> TableGrid:
    in_line = before.columns == after.columns and all(
        abs(a - b) <= IN_LINE for a, b in zip(_borders(before), _borders(after), strict=True)
    )
    if not in_line or not _ends(page, before) or not _begins(next_page, after):
        return after
    if after.header_rows == 0 or not after.header:
        return replace(after, continues=True, header=before.header)
    return replace(after, continues=True) if after.header == before.header else after


def _borders(table: TableGrid) -> list[float]:
    places = [table.box.x0] * (table.columns + 1)
    places[-1] = table.box.x1
    for cell in table.cells:
        places[cell.column] = cell.box.x0
    return places


def _ends(page: RawPage, table: TableGrid) -> bool:
    below = [w.box.top for w in page.words if w.box.top > table.box.bottom - 1]
    return len(below) <= ASIDE and all(top > (1 - EDGE) * page.height for top in below)


def _begins(page: RawPage, table: TableGrid) -> bool:
    above = [w.box.bottom for w in page.words if w.box.bottom < table.box.top + 1]
    return len(above) <= ASIDE and all(bottom < EDGE * page.height for bottom in above)
