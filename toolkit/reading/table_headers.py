"""Which rows of a table are its header, and which tables go on over a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from toolkit.reading.grid import TableCell, TableGrid, cell_text
from toolkit.reading.raw import Fill, RawPage, RawWord

_DATA = re.compile(r"[-+£(]?(?!(?:19|20)\d\d$)\d+(?:,\d{3})*(?:\.\d+)?[%)]*")

MOST_HEADER_ROWS = 4
NUMERIC = 0.6  # share of the body's cells with figures that makes a first row of words a header
EDGE = 0.14  # share of the page's height above and below where only running heads and page numbers stand
ASIDE = 25  # words that may stand there
IN_LINE = 8.0  # points by which the columns of two parts of one table may differ


def with_header(page: RawPage, table: TableGrid) -> TableGrid:
    """Return the table with its header rows counted and the text above every column.

    A header stands out from the rows below it: by fill, by bold type, or as words above figures. Titles across the
    whole table before it are counted as header rows, but they are no column's header.
    """
    rows = [[c for c in row if c.words] for row in table.rows]
    count = _count(page, rows, table.columns)
    cells = [c for row in table.rows[:count] for c in row if c.words and c.span[1] < table.columns]
    header = tuple(_above(page.words, cells, column) for column in range(table.columns)) if cells else ()
    return replace(table, header_rows=count, header=header)


def _above(words: Sequence[RawWord], cells: Sequence[TableCell], column: int) -> str:
    over = [c for c in cells if c.column <= column < c.column + c.span[1]]
    return " ".join(dict.fromkeys(cell_text(words, c) for c in over))


def _count(page: RawPage, rows: Sequence[Sequence[TableCell]], columns: int) -> int:
    """Return how many rows from the top stand out from the rest; one row at least is left as the body."""
    count, titles = 0, 0
    while count < min(MOST_HEADER_ROWS, len(rows) - 1) and rows[count]:
        title = len(rows[count]) == 1 and rows[count][0].span[1] == columns > 1 and titles == count
        titles += title
        if not title and not _stands_out(page, rows[count], [r for r in rows[count + 1 :] if r]):
            break
        count += 1
    return min(count, 1) if titles == count else count


def _stands_out(page: RawPage, row: Sequence[TableCell], below: Sequence[Sequence[TableCell]]) -> bool:
    data = sum(_is_data(page.words, c) for c in row if c.column > 0)
    if not below or data > 0.4 * len(row):
        return False
    colour = _colour(page, row)
    if colour is not None and sum(_colour(page, r) == colour for r in below) <= 0.4 * len(below):
        return True
    first = [c for c in row if c.column > 0]
    if first and _bold(page.words, row) and not all(_bold(page.words, r) for r in below):
        later = [_bold(page.words, [c for c in r if c.column > 0]) for r in below]
        return sum(later) <= 0.5 * len(later)
    body = [c for r in below for c in r if c.column > 0]
    figures = sum(_is_figure(page.words, c) for c in body)
    return bool(first) and not any(_is_figure(page.words, c) for c in first) and figures > NUMERIC * len(body)


def _colour(page: RawPage, row: Sequence[TableCell]) -> tuple[int, int, int] | None:
    """Return the colour behind most cells of a row; None when it is white or there is none."""
    found: dict[tuple[int, int, int] | None, int] = {}
    for cell in row:
        colour = next((f.colour for f in reversed(page.fills) if _under(f, cell)), None)
        colour = None if colour is not None and min(colour) > 245 else colour
        found[colour] = found.get(colour, 0) + 1
    return max(found, key=lambda c: (found[c], c is not None, c or (0, 0, 0)))


def _under(fill: Fill, cell: TableCell) -> bool:
    x, y = (cell.box.x0 + cell.box.x1) / 2, (cell.box.top + cell.box.bottom) / 2
    return fill.box.x0 <= x <= fill.box.x1 and fill.box.top <= y <= fill.box.bottom


def _bold(words: Sequence[RawWord], cells: Sequence[TableCell]) -> bool:
    numbers = [i for c in cells for i in c.words]
    return bool(numbers) and sum(words[i].bold for i in numbers) > 0.8 * len(numbers)


def _is_figure(words: Sequence[RawWord], cell: TableCell) -> bool:
    text = "".join(words[i].text for i in cell.words)
    return sum(c.isdigit() for c in text) > sum(c.isalpha() for c in text)


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
