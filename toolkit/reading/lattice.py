"""From touching edges to the cells that they enclose."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.reading.edges import SNAP, Component, Edge, distinct
from toolkit.records import Box

COVERED = 0.7  # a side of a cell is drawn when edges cover this share of it
MOST_CELLS = 4000
ROOM = 14.0  # points: an empty cell narrower than this is a spacer
JOG = 20.0  # points: a border that jumps by less from one row to the next is one border
GUTTER = 14.0  # points of white between the columns of one table, and of slack between their rows

_Walls = Sequence[Sequence[bool]]  # for each border, and each stretch of it, whether it is drawn


class Region(NamedTuple):
    """A cell of the lattice: rows `row` to `row_end` and columns `column` to `column_end`, ends exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int


class Lattice(NamedTuple):
    """Row and column borders, and the cells between them. Some places may belong to no cell.

    `loose` are cells that come from a place of another shape (an L, a frame): empty ones among them are no cells.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    loose: frozenset[Region] = frozenset()

    @property
    def box(self) -> Box:
        """The rectangle round the lattice."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def region_box(self, region: Region) -> Box:
        """Return the rectangle of a cell in points."""
        return Box(self.xs[region.column], self.ys[region.row], self.xs[region.column_end], self.ys[region.row_end])


def lattice(component: Component) -> Lattice | None:
    """Return the cells that the edges enclose; None when there is room for one only, or for more than a table has."""
    across, down = component
    xs, ys = distinct([e.at for e in down]), distinct([e.at for e in across])
    rows, columns = len(ys) - 1, len(xs) - 1
    if not 1 < rows * columns <= MOST_CELLS:
        return None
    groups = _open_groups(rows, columns, _walls(across, ys, xs), _walls(down, xs, ys))
    parts = [_rectangles(cells) for cells in groups]
    if not parts:
        return None
    loose = frozenset(region for part in parts if len(part) > 1 for region in part)
    return Lattice(tuple(xs), tuple(ys), tuple(sorted(r for part in parts for r in part)), loose)


def _walls(edges: Sequence[Edge], places: Sequence[float], borders: Sequence[float]) -> list[list[bool]]:
    """Return for each place, and each stretch between borders, whether edges (sorted) at this place cover it."""
    at = [e.at for e in edges]
    walls = []
    for place in places:
        near = edges[bisect_left(at, place - SNAP - 1) : bisect_right(at, place + SNAP + 1)]
        here = [(e.start, e.end) for e in near if abs(e.at - place) <= SNAP]
        if len(here) == 1 and here[0][0] <= borders[0] and borders[-1] <= here[0][1]:
            walls.append([True] * (len(borders) - 1))  # nearly always: one line from end to end
        else:
            walls.append([_covered(here, a, b) >= COVERED * (b - a) for a, b in pairwise(borders)])
    return walls


def _covered(pieces: Sequence[tuple[float, float]], a: float, b: float) -> float:
    """Return how many points of a stretch the pieces cover."""
    return sum(
        [(end if end < b else b) - (start if start > a else a) for start, end in pieces if start < b and end > a]
    )


def _open_groups(rows: int, columns: int, across: _Walls, down: _Walls) -> list[list[tuple[int, int]]]:
    """Return the groups of places with no wall between them, those open to the outside left out."""
    seen: set[tuple[int, int]] = set()
    groups = []
    for r in range(rows):
        above, below = across[r], across[r + 1]
        for c in range(columns):
            if above[c] and below[c] and down[c][r] and down[c + 1][r]:
                groups.append([(r, c)])
            elif (r, c) not in seen:
                group, outside = _reached((r, c), across, down)
                seen.update(group)
                if not outside:
                    groups.append(sorted(group))
    return groups


def _reached(place: tuple[int, int], across: _Walls, down: _Walls) -> tuple[set[tuple[int, int]], bool]:
    """Return the places that no wall parts from a place, and whether they are open to the outside."""
    rows, columns = len(across) - 1, len(down) - 1
    group, todo, outside = {place}, [place], False
    while todo:
        r, c = todo.pop()
        steps = (
            (across[r][c], (r - 1, c)),
            (across[r + 1][c], (r + 1, c)),
            (down[c][r], (r, c - 1)),
            (down[c + 1][r], (r, c + 1)),
        )
        for wall, near in steps:
            if wall or near in group:
                continue
            if 0 <= near[0] < rows and 0 <= near[1] < columns:
                group.add(near)
                todo.append(near)
            else:
                outside = True
    return group, outside


def _rectangles(places: Sequence[tuple[int, int]]) -> list[Region]:
    """Return the group as one cell when it is a rectangle, else as one cell per unbroken run in a row."""
    if len(places) == 1:
        ((r, c),) = places
        return [Region(r, c, r + 1, c + 1)]
    rows, columns = [r for r, _ in places], [c for _, c in places]
    whole = Region(min(rows), min(columns), max(rows) + 1, max(columns) + 1)
    if len(places) == (whole.row_end - whole.row) * (whole.column_end - whole.column):
        return [whole]
    found: list[Region] = []
    for r, c in places:
        if found and found[-1].row == r and found[-1].column_end == c:
            found[-1] = found[-1]._replace(column_end=c + 1)
        else:
            found.append(Region(r, c, r + 1, c + 1))
    return found


def side_by_side(grids: Sequence[Lattice], fewest: int) -> list[Lattice]:
    """Return the lattices with those joined that stand side by side and have their rows in line.

    Tables with white between their columns are drawn so: every column, or some together, is a stack of boxes of its
    own, here of at least `fewest` rows.
    """
    done: list[Lattice] = []
    for grid in sorted(grids, key=lambda g: g.xs[0]):
        left = next((d for d in done if len(grid.ys) > fewest and _one_table(d, grid)), None)
        if left is None:
            done.append(grid)
        else:
            done[done.index(left)] = _with_columns(left, grid)
    return done


def _with_columns(left: Lattice, right: Lattice) -> Lattice:
    """Return two lattices as one, the white between them cut through the middle."""
    xs = (*left.xs[:-1], (left.xs[-1] + right.xs[0]) / 2, *right.xs[1:])
    ys = tuple((a + b) / 2 for a, b in zip(left.ys, right.ys, strict=True))
    more = len(left.xs) - 1
    moved = [r._replace(column=r.column + more, column_end=r.column_end + more) for r in right.regions]
    return Lattice(xs, ys, tuple(sorted([*left.regions, *moved])))


def _one_table(left: Lattice, right: Lattice) -> bool:
    return (
        len(left.ys) == len(right.ys)
        and _is_full(left)
        and _is_full(right)
        and -SNAP <= right.xs[0] - left.xs[-1] <= GUTTER
        and all(abs(a - b) <= GUTTER for a, b in zip(left.ys, right.ys, strict=True))
    )


def _is_full(grid: Lattice) -> bool:
    """Return whether every place of a lattice is a cell; of more than one column, the corner may be open."""
    places = (len(grid.xs) - 1) * (len(grid.ys) - 1)
    open_corner = len(grid.xs) > 2 and Region(0, 0, 1, 1) not in grid.regions
    return len(grid.regions) == places - open_corner


def without_empty(grid: Lattice, used: set[Region]) -> Lattice:
    """Return the lattice without rows and columns that are none: spacers, double borders, frames round the table.

    A row or column stays when a cell with words begins there, or within their reach an empty cell of some size. Others
    are given to the row above and the column before. Where cells then overlap, one with words wins.
    """
    whole = Region(
        min(r.row for r in used), min(r.column for r in used), max(r.row_end for r in used), len(grid.xs) - 1
    )
    real = used | {r for r in grid.regions if _empty_cell(grid, r, whole)}
    rows, columns = sorted({r.row for r in real}), sorted({r.column for r in real})
    rows.append(max([r.row_end for r in real]))
    columns.append(max([r.column_end for r in real]))
    above, below = _kept(rows, len(grid.ys))
    before, behind = _kept(columns, len(grid.xs))
    kept: list[Region] = []
    taken: set[tuple[int, int]] = set()
    for region in sorted(grid.regions, key=lambda r: (r not in used, r)):
        row, column, row_end, column_end = region
        new = Region(above[row], before[column], below[row_end], behind[column_end])
        places = {(r, c) for r in range(new.row, new.row_end) for c in range(new.column, new.column_end)}
        if places and taken.isdisjoint(places):
            taken |= places
            kept.append(new)
    xs, ys = tuple(grid.xs[i] for i in columns), tuple(grid.ys[i] for i in rows)
    return Lattice(xs, ys, tuple(sorted(kept)))


def _kept(borders: Sequence[int], count: int) -> tuple[list[int], list[int]]:
    """Return for each border the place of the last one kept up to it, and that of the first one kept from it on."""
    last = len(borders) - 1
    up_to = [max(bisect_right(borders, i) - 1, 0) for i in range(count)]
    return up_to, [min(bisect_left(borders, i), last) for i in range(count)]


def column_numbers(grid: Lattice) -> tuple[int, ...]:
    """Return for every column border its number when borders that jog sideways from row to row count once.

    Between the two places of such a border no cell stands alone, and no row has a cell on either side of the gap.
    """
    numbers = [0]
    for i in range(1, len(grid.xs)):
        numbers.append(numbers[-1] + (0 if i >= 2 and _jogs(grid, i - 1, i) else 1))
    return tuple(numbers)


def _jogs(grid: Lattice, left: int, right: int) -> bool:
    if grid.xs[right] - grid.xs[left] > JOG or right == len(grid.xs) - 1:
        return False
    ending = [r for r in grid.regions if r.column_end == right]
    beginning = [r for r in grid.regions if r.column == left]
    alone = any(r.column == left for r in ending)
    meet = any(e.row < b.row_end and b.row < e.row_end for e in ending for b in beginning)
    return bool(ending) and not alone and not meet


def _empty_cell(grid: Lattice, region: Region, whole: Region) -> bool:
    """Return whether a cell is large enough to be filled in, closed by lines of its own, and in the rows of `whole`."""
    x0, top, x1, bottom = grid.region_box(region)
    return (
        region not in grid.loose
        and whole.row <= region.row
        and region.row_end <= whole.row_end
        and whole.column <= region.column
        and x1 - x0 >= ROOM
        and bottom - top >= ROOM / 2
    )
