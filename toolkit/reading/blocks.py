"""Blocks: lines that stand together. They are what reading order puts in order; paragraphs are cut from them later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.reading.lines import Line, is_marker
from toolkit.reading.tables import TableGrid
from toolkit.records import Box

_TIGHT = 0.55  # in sizes: less between two baselines is the same row
_ALIKE = 0.12  # of a size: lines that differ by more are not of one text
_LOOSE = 1.75  # in sizes: more between two baselines is a gap


class Block(NamedTuple):
    """Lines that belong together, or a table. `rank` is its place in the author's order.

    `panel` is the number of the drawn box on the page that it shares with others; 0 when it stands in none.
    """

    lines: tuple[Line, ...]
    box: Box  # of the letters
    size: float
    bold: bool
    rank: int = 0
    table: TableGrid | None = None
    panel: int = 0

    @property
    def text(self) -> str:
        """The words of the block's lines."""
        return " ".join(line.text for line in self.lines)


def page_blocks(lines: Iterable[Line]) -> list[Block]:
    """Return the blocks of a page in the author's order (the order of `lines`)."""
    groups: list[list[Line]] = []
    sides = 0.0, 0.0
    for line in lines:
        x0, _, x1, _ = line.box
        if groups and _joins(groups[-1], sides, line):
            groups[-1].append(line)
            sides = min(sides[0], x0), max(sides[1], x1)
        else:
            groups.append([line])
            sides = x0, x1
    return [block_of(g) for g in _stacked(groups)]


def _stacked(groups: list[list[Line]]) -> list[list[Line]]:
    """Put prose together again that was drawn line by line across the columns.

    Cells of a table without rulings are drawn so too: short lines stay apart unless one reads on into the next.
    """
    tops = sorted((group[0].ink[0], i) for i, group in enumerate(groups) if not group[0].angle)
    into = list(range(len(groups)))
    for i in [i for _, i in tops]:
        last = groups[i][-1]
        sides = last.box.x0, last.box.x1
        near = bisect_left(tops, (last.baseline - 0.3 * last.size, -1))
        for top, j in tops[near:]:
            if top > last.baseline + last.size:
                break
            if into[j] == j != i and j > i + 1 and _goes_on(last, groups[j][0]) and _joins([last], sides, groups[j][0]):
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
    if len(lines) == 1:
        line = widest = lines[0]
        top, bottom = line.ink
        box = Box(line.box.x0, top, line.box.x1, bottom)
    else:
        lengths = [len(line.text) for line in lines]
        widest = lines[lengths.index(max(lengths))]
        tops, bottoms = zip(*[line.ink for line in lines], strict=True)
        lefts, _, rights, _ = zip(*[line.box for line in lines], strict=True)
        box = Box(min(lefts), min(tops), max(rights), max(bottoms))
    return Block(tuple(lines), box, widest.size, widest.bold)


def table_block(table: TableGrid, lines: Sequence[Line]) -> Block:
    """Return the block of a table; `lines` are those of its cells."""
    size = max(lines, key=lambda line: len(line.text)).size if lines else 10.0
    return Block(tuple(lines), table.box, size, False, 0, table)


def _joins(group: list[Line], sides: tuple[float, float], line: Line) -> bool:
    """Return whether the line goes on the group, which reaches from one of its sides to the other."""
    above = group[-1]
    if above.tag is not None or line.tag is not None:
        if above.tag is None or line.tag is None or above.tag.element != line.tag.element:
            return False
    elif above.bold != line.bold and not _reads_on(above, line):
        return False
    if line.angle or above.angle:
        return line.angle == above.angle and _near(above.box, line.box, line.size)
    size = max(above.size, line.size)
    if abs(above.size - line.size) > _ALIKE * size and not _runs_on(above, line):
        return False
    step = line.baseline - above.baseline
    if not _TIGHT * size < step <= _LOOSE * size:
        return False
    if len(group) > 1 and line.tag is None:
        leading = above.baseline - group[-2].baseline
        if step > 1.2 * leading + 0.5:
            return False
    return _beside(sides, line.box)


def _runs_on(above: Line, line: Line) -> bool:
    """Return whether small capitals end within a line: it ends or begins in the type that the other line goes on in."""
    last, first = above.words[-1], line.words[0]
    alike = abs(last.size - first.size) <= _ALIKE * first.size
    mixed = above.words[0].size != last.size or first.size != line.words[-1].size
    return alike and mixed and last.text[-1].isalpha() and first.text[0].isalpha()


def _reads_on(above: Line, line: Line) -> bool:
    """Return whether a change of weight falls within a sentence: it goes on, or its first bold word stands inside."""
    last, first = above.words[-1], line.words[0]
    if line.dotted or (is_marker(first.text) and not first.text.isdigit()) or above.text[-1:] in ".!?:;":
        return False
    if (
        line.text[0].islower()
        or line.text[0] in "(["
        or (line.bold and line.text[-1:] == "." and abs(line.box.x0 - above.box.x0) < 2)
    ):
        return True  # a heading does not end in a full stop
    ends_early = line.text[:1].isupper() and above.box.x1 < line.box.x1 - 0.25 * (line.box.x1 - line.box.x0)
    return last.bold == first.bold and len(above.words) > 1 and not ends_early


def _beside(sides: tuple[float, float], box: Box) -> bool:
    """Return whether the box stands in the column between the sides."""
    x0, x1 = sides
    return min(x1, box.x1) - max(x0, box.x0) > 0.5 * min(x1 - x0, box.x1 - box.x0)


def _near(a: Box, b: Box, size: float) -> bool:
    return max(b.x0 - a.x1, a.x0 - b.x1, b.top - a.bottom, a.top - b.bottom) < size
