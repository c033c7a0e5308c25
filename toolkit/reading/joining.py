"""Pieces of one line that were drawn at different times, joined: reference marks, links, bold words, bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from toolkit.reading.lines import Line, is_marker, level, line_of, same_block
from toolkit.reading.raw import Fill

_REFERENCE = re.compile(r"\[?\d{1,3}\]?[.,]?$")
_EDGE = 4.0  # points: so far a word may reach over the side of its box
_BOX = 2.5  # in sizes
_MOST_MARKS = 40  # more numbers by themselves than this are a chart


def marked(lines: list[Line]) -> list[Line]:
    """Join reference marks ("[12]", a raised 3) to the line that they stand in or at the end of."""
    marks = [i for i, line in enumerate(lines) if len(line.words) == 1 and _REFERENCE.match(line.text)]
    if len(marks) > _MOST_MARKS:
        return lines
    for i in marks:
        mark = lines[i]
        for j, line in enumerate(lines):
            if i != j and line.size > 1.05 * mark.size and len(line.words) > 1 and _ends_with(line, mark):
                place = sum(w.box.x0 < mark.box.x0 for w in line.words)
                lines[j] = line_of((*line.words[:place], *mark.words, *line.words[place:]), line.tag)
                lines[i] = mark._replace(words=())
                break
    return [line for line in lines if line.words]


def _ends_with(line: Line, mark: Line) -> bool:
    middle = (mark.box.top + mark.box.bottom) / 2
    beside = line.box.x0 < mark.box.x0 < line.box.x1 + 0.6 * line.size
    return (
        beside
        and line.box.top <= middle <= line.box.bottom
        and not any(w.box.x0 < mark.box.x0 + 0.5 < w.box.x1 - 1 for w in line.words)
    )


def joined(lines: list[Line], fills: Sequence[Fill]) -> list[Line]:
    """Join pieces of a line that were drawn at different times: links, bold words, bullets drawn by themselves.

    The side of a filled box between two pieces keeps them apart, however close they stand.
    """
    by_place = sorted([(round(line.baseline), line.box.x0, i) for i, line in enumerate(lines)])
    into: dict[int, int] = {}
    for (_, _, i), (_, _, j) in pairwise(by_place):
        home = into.get(i, i)
        left, right = lines[home], lines[j]
        if level(left, right) and _piece(left, right) and not _parted(left, right, fills):
            lines[home] = line_of((*left.words, *right.words), left.tag or right.tag)
            into[j] = home
    return [line for i, line in enumerate(lines) if i not in into] if into else lines


def _piece(left: Line, right: Line) -> bool:
    """Return whether the right one of two lines on one baseline is a piece of the left one."""
    if left.words[-1].hyphen or not same_block(left.tag, right.tag):
        return False
    gap = right.box.x0 - left.box.x1
    if len(left.words) == 1 and is_marker(left.text):
        return -0.1 * right.size < gap < 3 * right.size
    alike = abs(left.size - right.size) < 0.15 * left.size
    return alike and -0.1 * left.size < gap < 0.45 * left.size


def _parted(left: Line, right: Line, fills: Sequence[Fill]) -> bool:
    """Return whether a filled box, higher than a marker's stroke under words, ends or begins between two pieces."""
    low, high = left.box.x1 - _EDGE, right.box.x0 + _EDGE
    middle, least = right.baseline - 0.3 * right.size, _BOX * right.size
    return any(
        (low < x0 < high or low < x1 < high) and top < middle < bottom and bottom - top > least
        for (x0, top, x1, bottom), _ in fills
    )
