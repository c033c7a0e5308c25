"""Columns that no line marks: lines of words, their pieces, and the white gaps that run through all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.reading.raw import RawWord

SAME_LINE = 0.45  # of the type size: raised figures and their line differ by less, two lines by more
PIECE_GAP = 0.9  # of the type size: a wider space between two words of a line parts two pieces
COLUMN_GAP = 5.0  # points: the least width of white between two columns
CROSSED = 0.12  # share of lines that may run across a column gap (titles, merged cells)


class Piece(NamedTuple):
    """Words of one line with no wide space between them: their numbers, and where they stand."""

    words: tuple[int, ...]
    x0: float
    x1: float
    top: float
    bottom: float


def lines_of(words: Sequence[RawWord], numbers: Iterable[int]) -> list[list[int]]:
    """Return the numbers of the words as lines from the top down, each from left to right."""
    lines: list[list[tuple[float, int]]] = []
    base = float("-inf")
    for baseline, left, n in sorted([(words[n][2], words[n][1][0], n) for n in numbers]):
        if baseline == base or baseline - base <= SAME_LINE * max(words[n][3], 4.0):  # the size
            lines[-1].append((left, n))
        else:
            lines.append([(left, n)])
            base = baseline
    return [[n for _, n in sorted(line)] for line in lines]


def in_reading_order(words: Sequence[RawWord], numbers: Iterable[int]) -> tuple[int, ...]:
    """Return the words of one cell line by line."""
    numbers = tuple(numbers)
    if len(numbers) < 2:
        return numbers
    return tuple(n for line in lines_of(words, numbers) for n in line)


def pieces_of(words: Sequence[RawWord], line: Sequence[int]) -> list[Piece]:
    """Return the line cut at its wide spaces."""
    runs: list[list[int]] = []
    end = float("-inf")
    for n in line:
        box, size = words[n][1], words[n][3]
        if box[0] - end <= PIECE_GAP * max(size, 4.0):
            runs[-1].append(n)
        else:
            runs.append([n])
        end = box[2]
    return [_piece(words, run) for run in runs]


def _piece(words: Sequence[RawWord], run: Sequence[int]) -> Piece:
    if len(run) == 1:
        x0, top, x1, bottom = words[run[0]][1]
        return Piece((run[0],), x0, x1, top, bottom)
    lefts, tops, rights, bottoms = zip(*[words[n][1] for n in run], strict=True)
    return Piece(tuple(run), min(lefts), max(rights), min(tops), max(bottoms))


def column_gaps(lines: Sequence[Sequence[Piece]]) -> list[float]:
    """Return the middle of every white gap that (nearly) all lines leave open, from left to right.

    Only gaps count that have words of at least two lines on either side.
    """
    pieces = [p for line in lines for p in line]
    if len(pieces) < 4:
        return []
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    width = int(right - left) + 2
    change = [0] * (width + 1)
    for p in pieces:
        change[max(0, int(p.x0 - left))] += 1
        change[min(width, int(p.x1 - left) + 1)] -= 1
    allowed = int(CROSSED * len(lines))
    gaps, start, count = [], -1, 0
    for x in range(width):
        count += change[x]
        if count <= allowed and start < 0:
            start = x
        elif count > allowed and start >= 0:
            gaps.append((left + start, left + x))
            start = -1
    return [(a + b) / 2 for a, b in gaps if b - a >= COLUMN_GAP and _lines_on_both_sides(lines, (a + b) / 2)]


def _lines_on_both_sides(lines: Sequence[Sequence[Piece]], x: float) -> bool:
    before = sum(any(p.x1 < x for p in line) for line in lines)
    after = sum(any(p.x0 > x for p in line) for line in lines)
    return before >= 2 and after >= 2
