"""Words and the cells of a lattice: which word stands where, and what the words say that the lines do not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from toolkit.reading.columns import lines_of
from toolkit.reading.lattice import Lattice, Region, without_empty
from toolkit.reading.raw import RawWord
from toolkit.records import Box

Cells = dict[Region, list[int]]
Middles = Sequence[tuple[float, float]]  # of words: from the left and from the top
_Placed = Sequence[tuple[int, tuple[int, int]]]  # words (by number) with the row and the column that they stand in

CROSSING = 0.04  # share of words that may stand across a border of their table
SLACK = 3.0  # points that a word may stick out of its cell
SCATTERED = 0.25  # more lines with wide spaces in their cells than this are a chart
FULL_ROWS = 0.25  # at least this share of the rows has words in two or more columns
FRAME = 9.0  # points: a title or frame that reaches further than this beyond the columns is no part of the table


def middles_of(words: Sequence[RawWord]) -> Middles:
    """Return where the middle of every word is."""
    boxes = [word[1] for word in words]
    return [((x0 + x1) / 2, (top + bottom) / 2) for x0, top, x1, bottom in boxes]


def words_by_region(middles: Middles, grid: Lattice) -> Cells:
    """Return the words whose middle lies in each cell; cells without words are left out."""
    return _by_region(_placed(middles, grid), grid)


def _placed(middles: Middles, grid: Lattice) -> _Placed:
    """Return the words whose middle lies in the lattice, each with its row and column."""
    xs, ys = grid.xs, grid.ys
    left, above, right, below = xs[0], ys[0], xs[-1], ys[-1]
    held = [(i, x, y) for i, (x, y) in enumerate(middles) if left < x < right and above < y < below]
    return [(i, (bisect_right(ys, y) - 1, bisect_right(xs, x) - 1)) for i, x, y in held]


def _by_region(placed: _Placed, grid: Lattice) -> Cells:
    places = _places(grid)
    inside: Cells = {}
    for i, place in placed:
        if place in places:
            inside.setdefault(places[place], []).append(i)
    return inside


def _places(grid: Lattice) -> dict[tuple[int, int], Region]:
    return {
        (r, c): region
        for region in grid.regions
        for r in range(region.row, region.row_end)
        for c in range(region.column, region.column_end)
    }


def fitted(words: Sequence[RawWord], middles: Middles, grid: Lattice) -> Lattice:
    """Return the lattice as its words use it.

    Places that the lines leave open are filled, merged cells whose words keep to the columns are parted, a frame
    round the table and empty rows and columns are taken away.
    """
    placed = _placed(middles, grid)
    if not placed:
        return grid
    grid = _filled(placed, grid)
    inside = _by_region(placed, grid)
    parted = _parted(words, grid, inside)
    if len(parted.regions) > len(grid.regions):
        inside = _by_region(placed, parted)
    return _unframed(parted, inside) if inside else parted


def _filled(placed: _Placed, grid: Lattice) -> Lattice:
    """Return the lattice with a cell in every open place that holds words, if it has enough closed ones."""
    places = _places(grid)
    missing = {place for _, place in placed if place not in places}
    if not missing or len(grid.regions) < 4 or len(missing) > len(grid.regions):
        return grid
    new = [Region(r, c, r + 1, c + 1) for r, c in missing]
    return grid._replace(regions=tuple(sorted([*grid.regions, *new])))


def _parted(words: Sequence[RawWord], grid: Lattice, inside: Cells) -> Lattice:
    """Return the lattice with cells over several columns cut where their words leave every column border free."""
    regions: list[Region] = []
    for region in grid.regions:
        numbers = inside.get(region, [])
        borders = grid.xs[region.column + 1 : region.column_end]
        if len(numbers) >= 3 and borders and _keep_clear([words[n].box for n in numbers], borders):
            edges = range(region.column, region.column_end + 1)
            regions += [region._replace(column=a, column_end=b) for a, b in pairwise(edges)]
        else:
            regions.append(region)
    return grid._replace(regions=tuple(regions))


def _keep_clear(boxes: Sequence[Box], borders: Sequence[float]) -> bool:
    """Return whether there are words in every column, none across a border, and white round each border.

    The fewer the borders, the more white is asked for: a space in a sentence may fall on one by chance.
    """
    columns: dict[int, list[Box]] = {}
    for box in boxes:
        column = bisect_right(borders, (box.x0 + box.x1) / 2)
        columns.setdefault(column, []).append(box)
    if len(columns) < len(borders) + 1:
        return False
    white = max(b.bottom - b.top for b in boxes) * (0.8, 0.5, 0.3)[min(len(borders), 3) - 1]
    return all(min(b.x0 for b in columns[i + 1]) - max(b.x1 for b in columns[i]) > white for i in range(len(borders)))


def _unframed(grid: Lattice, inside: Cells) -> Lattice:
    """Return the lattice without titles, charts or notes above and below that reach beyond the columns of the rest."""
    while True:
        alone = {row for row, columns in _in_rows(inside).items() if len(columns) == 1}
        core = [r for r in inside if r.row not in alone]
        first, last = min(r.row for r in inside), max(r.row_end for r in inside) - 1
        ends = [r for r in inside if {r.row, r.row_end - 1} & alone & {first, last}]
        if len(core) < 4 or not ends:
            return without_empty(grid, set(inside))
        left, right = min(r.column for r in core), max(r.column_end for r in core)
        beyond = {
            r
            for r in ends
            if grid.xs[left] - grid.xs[r.column] > FRAME or grid.xs[r.column_end] - grid.xs[right] > FRAME
        }
        if not beyond:
            return without_empty(grid, set(inside))
        inside = {r: ns for r, ns in inside.items() if r not in beyond}


def likely(words: Sequence[RawWord], grid: Lattice, inside: Cells, columns_used: float) -> bool:
    """Return whether the words speak for a table: in rows and columns, and not across its borders.

    `columns_used` is the least share of the columns with words in two or more rows.
    """
    rows, columns = _in_rows(inside), _in_columns(inside)
    if len(rows) < 2 or len(columns) < 2:
        return False
    side_by_side = sum(len(v) >= 2 for v in rows.values())
    used = sum(len(v) >= 2 for v in columns.values())
    if side_by_side < max(2, FULL_ROWS * len(rows)) or used < max(2, columns_used * len(columns)):
        return False
    if _scattered(words, inside) > SCATTERED:
        return False
    total = sum(map(len, inside.values()))
    out = sum([_sticking_out([words[n].box for n in ns], grid.region_box(r)) for r, ns in inside.items()])
    return out <= CROSSING * total + 1


def _scattered(words: Sequence[RawWord], inside: Cells) -> float:
    """Return the share of lines within cells that have a wide space: many in charts and diagrams, few in tables."""
    lines = wide = 0
    for numbers in inside.values():
        if len(numbers) == 1:
            lines += 1
            continue
        for line in lines_of(words, numbers):
            lines += 1
            wide += any(words[b].box.x0 - words[a].box.x1 > 4 * max(words[a].size, 4.0) for a, b in pairwise(line))
    return wide / max(lines, 1)


def worth(grid: Lattice, inside: Cells) -> float:
    """Return how much a lattice explains: the cells with words, less when many places are left without."""
    places = (len(grid.xs) - 1) * (len(grid.ys) - 1)
    covered = sum((r.row_end - r.row) * (r.column_end - r.column) for r in inside)
    return len(inside) * covered / max(places, 1)


def _in_rows(inside: Cells) -> dict[int, set[int]]:
    rows: dict[int, set[int]] = {}
    for region in inside:
        for row in range(region.row, region.row_end):
            rows.setdefault(row, set()).add(region.column)
    return rows


def _in_columns(inside: Cells) -> dict[int, set[int]]:
    columns: dict[int, set[int]] = {}
    for region in inside:
        columns.setdefault(region.column, set()).add(region.row)
    return columns


def _sticking_out(boxes: Sequence[Box], cell: Box) -> int:
    """Return how many of the words (by their boxes) stick out of a cell."""
    x0, top, x1, bottom = cell
    x0, x1 = x0 - SLACK, x1 + SLACK
    out = [
        left < x0 or right > x1 or above < top - 0.4 * (below - above) or below > bottom + 0.4 * (below - above)
        for left, above, right, below in boxes
    ]
    return sum(out)
