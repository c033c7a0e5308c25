"""Bullets that are drawn, not written: small shapes before the lines that they mark."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import dist

from toolkit.reading.lines import Line
from toolkit.reading.raw import RawPage
from toolkit.records import Box

_MOST_DOTS = 200  # more of them on a page are a map or a pattern
_PITCH = 2.8  # in widths of a dot: those of a dotted line stand closer, bullets do not
_LEAST_PITCH = 0.3  # in widths of a dot: closer than this is one dot drawn twice
_LARGEST = 30.0  # points: larger type has no bullets


def dotted(page: RawPage, lines: list[Line]) -> list[Line]:
    """Return the lines, those with a drawn dot close before them marked as list items."""
    dots = _lone(page.dots) if page.dots else ()
    if not 0 < len(dots) <= _MOST_DOTS:
        return lines
    places = sorted((line.baseline, i) for i, line in enumerate(lines) if not line.angle)
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        for _, i in places[bisect_left(places, (middle, -1)) :]:
            line = lines[i]
            if line.baseline - middle > 0.72 * _LARGEST:
                break
            near = line.baseline - middle < 0.72 * line.size
            if near and 1 < line.box.x0 - dot.x1 < 2.5 * line.size:
                lines[i] = line._replace(dotted=True)
                break
    return lines


def _lone(dots: Sequence[Box]) -> list[Box]:
    """Return the dots that are no part of a dotted line: no other stands within a few widths of them.

    Most dots of a line were drawn one after another; the few others are compared with all.
    """
    places = [(x0 + x1, top + bottom) for x0, top, x1, bottom in dots]  # twice the middles
    least, most = zip(*[(2 * _LEAST_PITCH * (d.x1 - d.x0), 2 * _PITCH * (d.x1 - d.x0)) for d in dots], strict=True)
    steps = zip(places, places[1:], least, most, strict=False)
    with_next = [low < dist(a, b) < high for a, b, low, high in steps]
    by_itself = zip([False, *with_next], [*with_next, False], strict=True)
    rest = [i for i, followed in enumerate(by_itself) if not any(followed)]
    if len(rest) > _MOST_DOTS:
        return []
    return [dots[i] for i in rest if not any(least[i] < dist(places[i], other) < most[i] for other in places)]
