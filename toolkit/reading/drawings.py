"""Lines, filled rectangles and pictures of a page: they show tables, boxes and side bars."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import NamedTuple

from toolkit.reading.geometry import Frame
from toolkit.reading.pdfium import FLOAT_PLACES, FLOATS, INTEGER_PLACES, INTEGERS, Answers, Handle, pointer
from toolkit.reading.pdfium import LIBRARY as PDFIUM
from toolkit.reading.raw import Fill, Ruling
from toolkit.records import Box

_PATH, _IMAGE, _SHADING, _FORM = 2, 3, 4, 5
_CURVE, _MOVE = 1, 2
_THIN = 2.5  # points: a rectangle thinner than this is a line
_SHORT = 4.0  # points: a line shorter than this is part of a drawing
_MOST_OBJECTS = 20_000  # maps and charts have tens of thousands of paths, and no table among them
_MOST_SEGMENTS = 400
_DOT = 8.0  # points: a filled shape smaller than this may be a bullet
_ROOM = 600.0  # square points: a shape smaller than this holds no text

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PLACED = frozenset((_PATH, _IMAGE, _SHADING))
_BOUNDS = Answers(ctypes.c_float, 1, 1, 1, 1)
_MODES = INTEGER_PLACES[:2]


class Drawings(NamedTuple):
    """What is drawn on a page, in drawing order (see `raw.RawPage`)."""

    rulings: list[Ruling]
    fills: list[Fill]
    images: list[Box]
    shapes: list[Box]
    dots: list[Box]


def drawings(page: Handle, frame: Frame) -> Drawings:
    """Return what is drawn on an open page; what lies outside the page is left out."""
    found = Drawings([], [], [], [], [])
    count = PDFIUM.Page_CountObjects(page)
    if 0 < count <= _MOST_OBJECTS:
        objects = list(map(PDFIUM.Page_GetObject, repeat(pointer(page.value)), range(count)))
        _collect(objects, _IDENTITY, frame, found, 0)
    return found


def _collect(objects: Sequence[Handle], outer: _Matrix, frame: Frame, found: Drawings, depth: int) -> None:
    kinds = list(map(PDFIUM.PageObj_GetType, objects))
    placed = [item for item, kind in zip(objects, kinds, strict=True) if kind in _PLACED]
    boxes = iter(_placed(_BOUNDS.ask(PDFIUM.PageObj_GetBounds, placed), outer, frame))
    for item, kind in zip(objects, kinds, strict=True):
        if kind in _PLACED:
            box = next(boxes)
            if box is None:
                continue
            if kind == _PATH:
                _path(item, box, outer, frame, found)
            else:
                found.images.append(box)
        elif kind == _FORM and depth < 4:
            count = PDFIUM.FormObj_CountObjects(item)
            if 0 < count <= _MOST_OBJECTS:
                inner = list(map(PDFIUM.FormObj_GetObject, repeat(item), range(count)))
                _collect(inner, _times(_matrix(item), outer), frame, found, depth + 1)


def _path(item: Handle, box: Box, outer: _Matrix, frame: Frame, found: Drawings) -> None:
    PDFIUM.Path_GetDrawMode(item, *_MODES)
    filled, stroked = INTEGERS[0] != 0, INTEGERS[1] != 0
    if not (filled or stroked):
        return
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if wide < _DOT and high < _DOT:
        if filled and min(wide, high) > 0.6 * max(wide, high) > 0.7:
            found.dots.append(box)
        return
    count = PDFIUM.Path_CountSegments(item)
    if count <= 6:
        _note(box, item, filled, stroked, found)
        return
    parts = _parts(item, count, _times(_matrix(item), outer), frame) if count <= _MOST_SEGMENTS else None
    for part in parts or ():
        _note(part, item, filled, stroked, found)
    if parts is None and wide * high > _ROOM:
        found.shapes.append(box)


def _note(box: Box, item: Handle, filled: bool, stroked: bool, found: Drawings) -> None:
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    if high <= _THIN < wide and wide >= _SHORT:
        middle = (top + bottom) / 2
        found.rulings.append(Ruling(x0, middle, x1, middle))
    elif wide <= _THIN < high and high >= _SHORT:
        middle = (x0 + x1) / 2
        found.rulings.append(Ruling(middle, top, middle, bottom))
    elif wide > _THIN and high > _THIN:
        if filled:
            found.fills.append(Fill(box, _colour(item)))
        if stroked:
            found.rulings.extend(
                (
                    Ruling(x0, top, x1, top),
                    Ruling(x0, bottom, x1, bottom),
                    Ruling(x0, top, x0, bottom),
                    Ruling(x1, top, x1, bottom),
                )
            )


def _parts(item: Handle, count: int, matrix: _Matrix, frame: Frame) -> list[Box] | None:
    """Return the box of every sub-path when all are lines and rectangles; None when there is a curve or a slant."""
    a, b, c, d, e, f = matrix
    paths: list[list[tuple[float, float]]] = []
    for i in range(count):
        segment = PDFIUM.Path_GetPathSegment(item, i)
        kind = PDFIUM.PathSegment_GetType(segment)
        if kind == _CURVE:
            return None
        PDFIUM.PathSegment_GetPoint(segment, *FLOAT_PLACES[:2])
        x, y = FLOATS[:2]
        if kind == _MOVE or not paths:
            paths.append([])
        paths[-1].append((a * x + c * y + e, b * x + d * y + f))
    corners = []
    for path in paths:
        xs, ys = [x for x, _ in path], [y for _, y in path]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if not all(min(x - x0, x1 - x) < 0.6 and min(y - y0, y1 - y) < 0.6 for x, y in path):
            return None
        if len(path) >= 4 or (len(path) >= 2 and (x1 - x0 < 0.6 or y1 - y0 < 0.6)):
            corners.append((x0, y0, x1, y1))
    return [box for box in _inside(frame.boxes(corners), frame) if box is not None]


def _placed(bounds: Sequence[float], outer: _Matrix, frame: Frame) -> list[Box | None]:
    """Return the displayed boxes of what a form's matrix `outer` places; None for one outside the page.

    `bounds` are left, bottom, right and top of each, in the form's space.
    """
    corners = zip(*[iter(bounds)] * 4, strict=True)
    if outer is _IDENTITY:
        return _inside(frame.boxes(corners), frame)
    a, b, c, d, e, f = outer
    moved = []
    for x0, y0, x1, y1 in corners:
        xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
        ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
        moved.append((min(xs), min(ys), max(xs), max(ys)))
    return _inside(frame.boxes(moved), frame)


def _inside(boxes: Iterable[Box], frame: Frame) -> list[Box | None]:
    """Return the parts of the boxes that lie on the page; None for one outside it."""
    wide, high = frame.width, frame.height
    found: list[Box | None] = []
    for box in boxes:
        x0, top, x1, bottom = box
        if x0 >= 0.0 and top >= 0.0 and x0 <= x1 <= wide and top <= bottom <= high:
            found.append(box)
            continue
        x0, top, x1, bottom = max(x0, 0.0), max(top, 0.0), min(x1, wide), min(bottom, high)
        found.append(Box(x0, top, x1, bottom) if x1 >= x0 and bottom >= top else None)
    return found


def _matrix(item: Handle) -> _Matrix:
    if not PDFIUM.PageObj_GetMatrix(item, FLOAT_PLACES[0]):
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    a, b, c, d, e, f = FLOATS[:6]
    return a, b, c, d, e, f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _colour(item: Handle) -> tuple[int, int, int]:
    INTEGERS[:3] = [0] * 3  # what stays when there is no colour
    PDFIUM.PageObj_GetFillColor(item, *INTEGER_PLACES)
    return INTEGERS[0], INTEGERS[1], INTEGERS[2]
