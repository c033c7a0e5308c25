"""Justified text in narrow columns: the spaces of a line stretched so far that it looks like several lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from toolkit.reading.lines import Line, is_marker, level, line_of, same_block

_WIDEST = 8.0  # in sizes: so far a space may be stretched
_SET_IN = 30.0  # points
_SOME = 3  # lines: fewer that begin and end alike, or have a gap in common, may do so by chance


def stretched(lines: list[Line]) -> list[Line]:
    """Join the pieces of a line of justified text whose gaps are wider than a word gap: it fills the column."""
    rows = _rows(lines)
    if len(rows) == len(lines):
        return lines
    whole = Counter([_sides(row) for row in rows if _is_prose(row)])
    result: list[Line] = []
    for column in _columns(rows):
        near = any(map(_is_prose, column)) or _usual(column[0], whole)
        filled = near and not _are_parted(column)
        for row in column:
            joined = filled and len(row) > 1
            result += [line_of([w for line in row for w in line.words], row[0].tag)] if joined else row
    return result


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines in rows: those that follow each other on one baseline stand in one."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and level(rows[-1][-1], line) and _same_row(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _columns(rows: Iterable[list[Line]]) -> list[list[list[Line]]]:
    """Return rows one below the other that begin and end alike, in groups."""
    columns: list[list[list[Line]]] = []
    for row in rows:
        if columns and _fills(row, columns[-1][-1]):
            columns[-1].append(row)
        else:
            columns.append([row])
    return columns


def _is_prose(row: Sequence[Line]) -> bool:
    return len(row) == 1 and len(row[0].words) > 2


def _usual(row: Sequence[Line], whole: Mapping[tuple[float, float], int]) -> bool:
    """Return whether some whole lines of the page end where the row does, and begin there or as a list is set in."""
    x0, x1 = _sides(row)
    alike = [n for (left, right), n in whole.items() if abs(left - x0) < _SET_IN and abs(right - x1) < 2]
    return sum(alike) >= _SOME


def _are_parted(column: Sequence[Sequence[Line]]) -> bool:
    """Return whether pieces of all rows begin at one place behind their gaps: they are columns, drawn across."""
    starts = [[line.box.x0 for line in row[1:]] for row in column if len(row) > 1]
    if len(starts) < _SOME:
        return False
    return any(all(any(abs(x0 - start) < 2 for x0 in row) for row in starts) for start in starts[0])


def _sides(row: Sequence[Line]) -> tuple[float, float]:
    """Return where the text of a row begins, its bullet left out, and where it ends."""
    words = [word for line in row[:2] for word in line.words[:2]]
    first = words[1] if len(words) > 1 and is_marker(words[0].text) and not words[0].text.isalpha() else words[0]
    return first.box.x0, row[-1].box.x1


def _same_row(left: Line, right: Line) -> bool:
    gap = right.box.x0 - left.box.x1
    return 0 < gap < _WIDEST * left.size and same_block(left.tag, right.tag) and not left.words[-1].hyphen


def _fills(row: Sequence[Line], above: Sequence[Line]) -> bool:
    """Return whether a row begins and ends where the one above it does."""
    first, last = row[0], above[0]
    near = 0 < first.baseline - last.baseline < 2 * first.size and abs(last.size - first.size) < 0.1 * first.size
    return near and all(abs(a - b) < 2 for a, b in zip(_sides(row), _sides(above), strict=True))
