"""Tables with no line at all: columns of figures, each figure under another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from toolkit.reading.aligned import Row, grid_of, is_chart, numbers_by_line, row_of, text_of
from toolkit.reading.columns import Piece
from toolkit.reading.lattice import Lattice
from toolkit.reading.raw import RawPage, RawWord
from toolkit.records import Box

FEWEST = 3  # lines of figures one above the other
LEADING = 2.4  # of the type size: lines of figures further apart are not one table
IN_LINE = 6.0  # points by which pieces of one column may differ at left, right or middle
MANY = 60  # so many figures on a page are not compared one by one before the lines are made

_UNIT = r"(?:%|k|m|bn|st|nd|rd|th|\)|\*)"
_FIGURE = re.compile(rf"[-+~<>≤≥£$€(]*\d[\d,.]*(?:[-–/]\d[\d,.]*)?\s?{_UNIT}*|n/?a|[-–]", re.IGNORECASE)
_UNITS = re.compile(rf"{_UNIT}+", re.IGNORECASE)
_UNIT_CHARACTERS = "%)*kmbnstrdhKMBNSTRDH\u017f\u212a"  # as a pattern that ignores case knows them
_PLAIN = re.compile(r"\d{1,3}")
_LEADER = re.compile(r"\.{4,}|…{2,}|(?:\. ){4,}")


def figure_columns(page: RawPage, taken: Sequence[Box]) -> list[Lattice]:
    """Return lattices of three or more lines of words whose last columns hold figures, one under the other.

    `taken` are tables already found: their lines are left out.
    """
    figures = _possible_figures(page.words)
    if not figures:
        return []
    lines = numbers_by_line(page, Box(0, 0, page.width, page.height))
    if taken:
        lines = [line for line in lines if not _in_one(page, line, taken)]
    found: list[Lattice] = []
    for stretch in _with_figures(lines, figures):
        rows = [row_of(page, line) for line in stretch]
        found += [_figures(page, run, rows) for run in _runs(page, rows)]
    return [grid for grid in found if not is_chart(page, grid)]


def _possible_figures(words: Sequence[RawWord]) -> set[int]:
    """Return the numbers of the words that are figures; none when it is plain that they make no columns."""
    # What begins with a letter, most of a page, is none, but for "n/a" and "na": no pattern need be asked.
    marked = [i for i, word in enumerate(words) if not (first := word[0][:1]).isalpha() or first in "nN"]
    figures = [i for i in marked if _kind(words[i][0]) == "figure"]
    if len(figures) < FEWEST:
        return set()
    figures = [i for i in figures if not words[i].angle]
    if not _have_digits([words[i] for i in figures]) and not _have_digits(words):
        return set()
    # A unit set apart ("12 %") is a part of its figure, and may put it in line with others.
    return set(figures) if _stacked(words[i] for i in figures) or _has_unit(words) else set()


def _has_unit(words: Iterable[RawWord]) -> bool:
    return any(_kind(word[0]) == "unit" for word in words if not word[0].strip(_UNIT_CHARACTERS))


def _have_digits(words: Iterable[RawWord]) -> bool:
    digits = (word for word in words if any(map(str.isdigit, word[0])))
    return len(list(islice(digits, FEWEST))) == FEWEST


def _stacked(figures: Iterable[RawWord]) -> bool:
    """Return whether a figure has others above and below that it is in line with; so many that it may: yes."""
    boxes = [box for _, _, box in sorted((w.baseline, w.box.x0, w.box) for w in figures)]
    return len(boxes) > MANY or any(
        any(_in_line(box, above) for above in boxes[:i]) and any(_in_line(box, below) for below in boxes[i + 1 :])
        for i, box in enumerate(boxes)
    )


@lru_cache(maxsize=1 << 15)
def _kind(text: str) -> str:
    if _FIGURE.fullmatch(text):
        return "figure"
    return "unit" if _UNITS.fullmatch(text) else ""


def _with_figures(lines: Sequence[Sequence[int]], figures: set[int]) -> Iterator[Sequence[Sequence[int]]]:
    """Return the stretches of lines that have figures behind their first word, each with the line above it."""
    start = 0
    for end, line in enumerate([*lines, ()]):
        if figures.isdisjoint(line[1:]):
            if end - start >= FEWEST:
                yield lines[max(start - 1, 0) : end]
            start = end + 1


def _runs(page: RawPage, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Return the runs of rows whose figures stand one under the other."""
    run: list[Row] = []
    for row in [*rows, None]:
        if row and run and _goes_on(page, run[-1], row):
            run.append(row)
            continue
        if len(run) >= FEWEST and not _contents(page, run):
            yield run
        run = [row] if row and _has_figures(page, row) else []


def _has_figures(page: RawPage, row: Row) -> bool:
    return len(row.pieces) >= 2 and all(_kind(text_of(page, p)) == "figure" for p in row.pieces[1:])


def _goes_on(page: RawPage, above: Row, row: Row) -> bool:
    size = page.words[row.pieces[0].words[0]].size
    return (
        _has_figures(page, row)
        and len(above.pieces) == len(row.pieces)
        and row.bottom - above.bottom <= LEADING * max(size, 4.0)
        and all(_in_line(a, b) for a, b in zip(above.pieces[1:], row.pieces[1:], strict=True))
        and abs(above.pieces[0].x0 - row.pieces[0].x0) <= 3 * IN_LINE
    )


def _in_line(a: Piece | Box, b: Piece | Box) -> bool:
    return min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.x0 + a.x1 - b.x0 - b.x1) / 2) <= IN_LINE


def _contents(page: RawPage, run: Sequence[Row]) -> bool:
    """Return whether the run is a list of contents: leaders, or page numbers that never go down."""
    if any(_LEADER.search(text_of(page, p)) for row in run for p in row.pieces):
        return True
    last = [text_of(page, row.pieces[-1]) for row in run]
    if len(run[0].pieces) > 2 or not all(_PLAIN.fullmatch(text) for text in last):
        return False
    numbers = [int(text) for text in last]
    return all(a <= b for a, b in pairwise(numbers))


def _figures(page: RawPage, run: list[Row], rows: Sequence[Row]) -> Lattice:
    """Return the lattice of a run of figures, with the line of column heads above it when there is one."""
    columns = list(zip(*(row.pieces for row in run), strict=True))
    place = rows.index(run[0])
    heads = _heads(page, rows[place - 1], run[0], columns) if place else ()
    if heads:
        run = [rows[place - 1], *run]
        columns = [columns[0], *((*c, head) for c, head in zip(columns[1:], heads, strict=True))]
    left, right = min(p.x0 for r in run for p in r.pieces), max(p.x1 for r in run for p in r.pieces)
    middles = [(max(p.x1 for p in a) + min(p.x0 for p in b)) / 2 for a, b in pairwise(columns)]
    ys = [run[0].top - 1, *((a.bottom + b.top) / 2 for a, b in pairwise(run)), run[-1].bottom + 1]
    return grid_of([left - 1, *middles, right + 1], ys, run)


def _heads(page: RawPage, row: Row, first: Row, columns: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """Return the pieces of a line that head the columns of figures, one each; none when it is no line of heads."""
    size = page.words[first.pieces[0].words[0]].size
    label, start = min(p.x0 for p in columns[0]) + IN_LINE, max(p.x1 for p in columns[0])
    heads = tuple(p for p in row.pieces if p.x1 > start and p.x0 > label)
    near = first.bottom - row.bottom <= LEADING * max(size, 4.0) and len(row.pieces) <= len(columns)
    if not near or len(heads) != len(columns) - 1:
        return ()
    over = (any(h.x0 < p.x1 and h.x1 > p.x0 for p in c) for h, c in zip(heads, columns[1:], strict=True))
    return heads if all(over) else ()


def _in_one(page: RawPage, line: Sequence[int], boxes: Sequence[Box]) -> bool:
    """Return whether a line stands in one of the boxes."""
    places = [page.words[i][1] for i in line]
    middle = (min([box.top for box in places]) + max([box.bottom for box in places])) / 2
    near = [box for box in boxes if box.top < middle < box.bottom]
    return bool(near) and any(p.x0 < box.x1 and p.x1 > box.x0 for p in row_of(page, line).pieces for box in near)
