"""Blocks: lines that stand together. They are what reading order puts in order; paragraphs are cut from them later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.reading.lines import Line
from toolkit.reading.tables import TableGrid
from toolkit.records import Box

_TIGHT = 0.55  # in sizes: less between two baselines is the same row
_LOOSE = 1.75  # in sizes: more between two baselines is a gap


class Block(NamedTuple):
    """Lines that belong together, or a table. `rank` is its place in the author's order."""

    lines: tuple[Line, ...]
    box: Box  # of the letters
    size: float
    bold: bool
    rank: int = 0
    table: TableGrid | None = None

    @property
    def text(self) -> str:
        """The words of the block's lines."""
        return " ".join(line.text for line in self.lines)


def page_blocks(lines: Iterable[Line]) -> list[Block]:
    """Return the blocks of a page in the author's order (the order of `lines`)."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _joins(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [block_of(g) for g in _stacked(groups)]


def _stacked(groups: list[list[Line]]) -> list[list[Line]]:
    """Put prose together again that was drawn line by line across the columns.

    Cells of a table without rulings are drawn so too: short lines stay apart unless one reads on into the next.
    """
    tops = sorted((group[0].ink[0], i) for i, group in enumerate(groups) if not group[0].angle)
    into = list(range(len(groups)))
    for i in [i for _, i in tops]:
        last = groups[i][-1]
        near = bisect_left(tops, (last.baseline - 0.3 * last.size, -1))
        for top, j in tops[near:]:
            if top > last.baseline + last.size:
                break
            if into[j] == j != i and j > i + 1 and _goes_on(last, groups[j][0]) and _joins([last], groups[j][0]):
                into[j] = i
                break
    for i in [i for _, i in tops]:
        if into[i] != i:
            home = i
            while into[home] != home:
                home = into[home]
            groups[home] += groups[i]
    return [group for i, group in enumerate(groups) if into[i] == i]


def _goes_on(above: Line, below: Line) -> bool:
    """Return whether one line can be the next of the other: set below it, prose, and begun at the same edge."""
    if above.tag or below.tag or abs(above.box.x0 - below.box.x0) > 1.5 * above.size:
        return False
    if above.text[-1:] not in ".:;!?" and below.text[:1].islower():
        return True
    return min(len(above.words), len(below.words)) >= 5 and below.baseline - above.baseline < 1.45 * above.size


def block_of(lines: Sequence[Line]) -> Block:
    """Return the block that the lines make."""
    widest = max(lines, key=lambda line: len(line.text))
    inks = [line.ink for line in lines]
    box = Box(
        min([line.box.x0 for line in lines]),
        min([ink[0] for ink in inks]),
        max([line.box.x1 for line in lines]),
        max([ink[1] for ink in inks]),
    )
    return Block(tuple(lines), box, widest.size, widest.bold)


def table_block(table: TableGrid, lines: Sequence[Line]) -> Block:
    """Return the block of a table; `lines` are those of its cells."""
    size = max(lines, key=lambda line: len(line.text)).size if lines else 10.0
    return Block(tuple(lines), table.box, size, False, 0, table)


def _joins(group: list[Line], line: Line) -> bool:
    above = group[-1]
    if above.tag is not None or line.tag is not None:
        if above.tag is None or line.tag is None or above.tag.element != line.tag.element:
            return False
    elif above.bold != line.bold:
        return False
    if line.angle or above.angle:
        return line.angle == above.angle and _near(above.box, line.box, line.size)
    size = max(above.size, line.size)
    if abs(above.size - line.size) > 0.12 * size:
        return False
    step = line.baseline - above.baseline
    if not _TIGHT * size < step <= _LOOSE * size:
        return False
    if len(group) > 1 and line.tag is None:
        leading = above.baseline - group[-2].baseline
        if step > 1.2 * leading + 0.5:
            return False
    return _beside(group, line)


def _beside(group: list[Line], line: Line) -> bool:
    """Return whether the line stands in the group's column."""
    x0, x1 = min(g.box.x0 for g in group), max(g.box.x1 for g in group)
    overlap = min(x1, line.box.x1) - max(x0, line.box.x0)
    return overlap > 0.5 * min(x1 - x0, line.box.x1 - line.box.x0)


def _near(a: Box, b: Box, size: float) -> bool:
    return max(b.x0 - a.x1, a.x0 - b.x1, b.top - a.bottom, a.top - b.bottom) < size
