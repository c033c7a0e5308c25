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
    lines: list[list[int]] = []
    base = 0.0
    for i in sorted(numbers, key=lambda n: (words[n][2], words[n][1][0])):  # baseline, left
        word = words[i]
        if lines and word.baseline - base <= SAME_LINE * max(word.size, 4.0):
            lines[-1].append(i)
        else:
            lines.append([i])
            base = word.baseline
    return [sorted(line, key=lambda n: (words[n][1][0], n)) for line in lines]


def in_reading_order(words: Sequence[RawWord], numbers: Iterable[int]) -> tuple[int, ...]:
    """Return the words of one cell line by line."""
    return tuple(n for line in lines_of(words, numbers) for n in line)


def pieces_of(words: Sequence[RawWord], line: Sequence[int]) -> list[Piece]:
    """Return the line cut at its wide spaces."""
    runs: list[list[int]] = []
    for n in line:
        if runs and words[n].box.x0 - words[runs[-1][-1]].box.x1 <= PIECE_GAP * max(words[n].size, 4.0):
            runs[-1].append(n)
        else:
            runs.append([n])
    return [_piece(words, run) for run in runs]


def _piece(words: Sequence[RawWord], run: Sequence[int]) -> Piece:
    boxes = [words[n].box for n in run]
    return Piece(
        tuple(run),
        min(b.x0 for b in boxes),
        max(b.x1 for b in boxes),
        min(b.top for b in boxes),
        max(b.bottom for b in boxes),
    )


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
