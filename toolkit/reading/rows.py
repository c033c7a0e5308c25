"""Rows of a label and what it names, where the label is a drawn box: read one by one, however tall each is.

One such row may be chance; two and more that are cut at the same places are rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.reading.order import Arranger
from toolkit.reading.torn import are_alike
from toolkit.reading.units import Unit
from toolkit.records import Box

_EVEN = 3.0  # points: edges that differ by less are even
_BESIDE = 20.0  # points: boxes of one row stand closer
_NEAR = 60.0  # points: text stands closer to its label
_LABEL = 12  # words: a label has no more
_OVER = 6.0  # points that a text may be taller than its label

Row = list[Unit]


def in_rows(units: list[Unit], arranger: Arranger) -> list[Unit]:
    """Return the units, each row as one."""
    framed = sorted([u for u in units if u.frame != u.box], key=_left)
    if len(framed) < 2:
        return units
    for row in [*_level_boxes(framed), *_labelled(framed, units)]:
        if all(any(unit is u for u in units) for unit in row):
            blocks = [*row[0].blocks, *arranger.order(row[1:])]
            around = Box.around([unit.box for unit in row])
            units = [u for u in units if not any(u is unit for unit in row)] + [Unit.of(blocks, around)]
    return units


def _left(unit: Unit) -> float:
    return unit.frame.x0


def _level_boxes(framed: Iterable[Unit]) -> list[Row]:
    """Return the rows of boxes of unlike width that stand side by side and are as tall as each other."""
    rows: list[Row] = []
    for unit in framed:
        row = next((row for row in rows if _is_beside(row[-1].frame, unit.frame)), None)
        if row is None:
            rows.append([unit])
        else:
            row.append(unit)
    rows = [row for row in rows if len(row) > 1 and not are_alike([u.frame.x1 - u.frame.x0 for u in row])]
    return [row for row in rows if sum(_are_cut_alike(row, other) for other in rows) > 1]


def _is_beside(left: Box, right: Box) -> bool:
    """Return whether a box stands right of another, close to it, and begins and ends at the same height."""
    level = abs(left.top - right.top) < _EVEN and abs(left.bottom - right.bottom) < _EVEN
    return level and -_EVEN < right.x0 - left.x1 < _BESIDE


def _are_cut_alike(row: Sequence[Unit], other: Sequence[Unit]) -> bool:
    return len(row) == len(other) and all(abs(a.frame.x0 - b.frame.x0) < _EVEN for a, b in zip(row, other, strict=True))


def _labelled(framed: Sequence[Unit], units: Sequence[Unit]) -> list[Row]:
    """Return the rows of labels in boxes, one below the other, with text beside each that has no box."""
    labels = [u for u in framed if u.words <= _LABEL]
    rows: list[Row] = []
    for label in labels:
        stack = [u for u in labels if _are_cut_alike([u], [label]) and abs(u.frame.x1 - label.frame.x1) < _EVEN]
        if len(stack) > 1 and stack[0] is label:
            rows += _beside(stack, units)
    return rows


def _beside(stack: Sequence[Unit], units: Sequence[Unit]) -> list[Row]:
    """Return every label of a stack with the text beside it; none when a text reaches past its label."""
    start, edge = min(label.frame.x0 for label in stack), max(label.frame.x1 for label in stack)
    top, bottom = min(label.frame.top for label in stack), max(label.frame.bottom for label in stack)
    level = [u for u in units if u.box.bottom > top + _OVER and u.box.top < bottom - _OVER]
    if any(u.box.x1 < start + _EVEN for u in level):
        return []  # a row begins with its label
    beside = [u for u in level if u.box.x0 > edge - _EVEN]
    if any(u.frame != u.box and are_alike([u.frame.x1 - u.frame.x0, edge - start]) for u in beside):
        return []  # cards
    rows = [[label, *(u for u in beside if _stands_by(u.box, label.frame))] for label in stack]
    whole = sum(len(row) - 1 for row in rows) == len(beside) and all(len(row) > 1 for row in rows)
    near = all(min(u.box.x0 for u in row[1:]) - edge < _NEAR for row in rows if len(row) > 1)
    return rows if whole and near else []


def _stands_by(text: Box, label: Box) -> bool:
    return text.top > label.top - _OVER and text.bottom < label.bottom + _OVER
