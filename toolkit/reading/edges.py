"""Straight edges of a page, put in order: near-equal places made equal, pieces of one line joined into one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.reading.raw import Fill, RawPage
from toolkit.records import Box

SNAP = 3.0  # points: two drawn lines nearer than this are one border (double lines, gaps between cell fills)
JOIN = 4.5  # points: pieces of one line with a smaller gap are one line
SHORTEST = 5.0  # points: shorter strokes are ticks, dashes or drawn letters
MOST = 4000  # more strokes than this are a map or a drawing, not a table


class Edge(NamedTuple):
    """A line across (`at` is its y) or down (`at` is its x), from `start` to `end` on the other axis."""

    at: float
    start: float
    end: float


class Component(NamedTuple):
    """Edges that touch each other, directly or through others."""

    across: tuple[Edge, ...]
    down: tuple[Edge, ...]

    @property
    def box(self) -> Box:
        """The rectangle round all the edges."""
        xs = [e.at for e in self.down] + [x for e in self.across for x in (e.start, e.end)]
        ys = [e.at for e in self.across] + [y for e in self.down for y in (e.start, e.end)]
        return Box(min(xs), min(ys), max(xs), max(ys))


def drawn_edges(page: RawPage) -> tuple[list[Edge], list[Edge]]:
    """Return the drawn lines of the page, across and down; none when there are too many for a page with tables."""
    if len(page.rulings) + len(page.fills) > MOST:
        return [], []
    across = [Edge(r.top, r.x0, r.x1) for r in page.rulings if r.top == r.bottom]
    return across, [Edge(r.x0, r.top, r.bottom) for r in page.rulings if r.x0 == r.x1]


def fill_edges(page: RawPage, cells: Sequence[Box]) -> tuple[list[Edge], list[Edge]]:
    """Return the borders of filled rectangles, across and down.

    Left out are page backgrounds and fills that lie in one of the drawn cells: shading behind words has no borders.
    """
    across: list[Edge] = []
    down: list[Edge] = []
    if len(page.rulings) + len(page.fills) > MOST:
        return across, down
    boxes = list({f.box: None for f in page.fills if not _background(f, page)})
    wider = [(x0 - SNAP, top - SNAP, x1 + SNAP, bottom + SNAP) for x0, top, x1, bottom in cells]
    for box in boxes:
        x0, top, x1, bottom = box
        shading = any(x0 >= a and top >= b and x1 <= c and bottom <= d for a, b, c, d in wider)
        if not shading and not _crossed(box, boxes):
            across += [Edge(top, x0, x1), Edge(bottom, x0, x1)]
            down += [Edge(x0, top, bottom), Edge(x1, top, bottom)]
    return across, down


def _background(fill: Fill, page: RawPage) -> bool:
    """Return whether the fill lies behind the page or, in white, behind a column of text."""
    x0, top, x1, bottom = fill.box
    share = (x1 - x0) * (bottom - top) / max(page.width * page.height, 1.0)
    return share > (0.1 if min(fill.colour) > 250 else 0.5)


def _crossed(box: Box, boxes: Iterable[Box]) -> bool:
    """Return whether a fill and another partly cover each other: shapes of a drawing do, cells do not."""
    a0, top, a1, bottom = box
    near = [o for o in boxes if o[0] < a1 and o[2] > a0 and o[1] < bottom and o[3] > top]
    return any(_overlap(box, other) and not within(box, other) and not within(other, box) for other in near)


def _overlap(box: Box, other: Box) -> bool:
    wide = min(box.x1, other.x1) - max(box.x0, other.x0)
    return wide > 2 * SNAP and min(box.bottom, other.bottom) - max(box.top, other.top) > 2 * SNAP


def within(inner: Box, outer: Box) -> bool:
    """Return whether the first box lies in the second, SNAP points forgiven."""
    return (
        inner.x0 >= outer.x0 - SNAP
        and inner.x1 <= outer.x1 + SNAP
        and inner.top >= outer.top - SNAP
        and inner.bottom <= outer.bottom + SNAP
    )


def joined(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Return the edges with near-equal places made equal and touching pieces joined; short ones dropped."""
    ordered = sorted([e for e in edges if e.end > e.start])
    places = snapped([e.at for e in ordered])
    pieces: dict[float, list[tuple[float, float]]] = {}
    for place, edge in zip(places, ordered, strict=True):
        pieces.setdefault(place, []).append((edge.start, edge.end))
    found = []
    for place, stretches in pieces.items():
        start, end = min(stretches)
        for next_start, next_end in sorted(stretches):
            if next_start > end + JOIN:
                found.append(Edge(place, start, end))
                start, end = next_start, next_end
            end = max(end, next_end)
        found.append(Edge(place, start, end))
    return tuple(e for e in found if e.end - e.start >= SHORTEST)


def snapped(places: Sequence[float]) -> list[float]:
    """Return for every place (sorted) the middle of its group; a group is at most SNAP wide."""
    result: list[float] = []
    group: list[float] = []
    for place in places:
        if group and place - group[0] > SNAP:
            result += [(group[0] + group[-1]) / 2] * len(group)
            group = []
        group.append(place)
    return result + [(group[0] + group[-1]) / 2] * len(group) if group else result


def components(across: Sequence[Edge], down: Sequence[Edge]) -> tuple[Component, ...]:
    """Return the groups of edges that touch; lines that touch nothing are left out. From the top down."""
    parent = list(range(len(across) + len(down)))

    def _root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    places = [e.at for e in across]
    for j, line in enumerate(down):
        for i in range(bisect_left(places, line.start - SNAP), bisect_left(places, line.end + SNAP)):
            if across[i].start - SNAP <= line.at <= across[i].end + SNAP:
                parent[_root(i)] = _root(len(across) + j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, edge in enumerate([*across, *down]):
        groups.setdefault(_root(i), ([], []))[i >= len(across)].append(edge)
    found = [Component(tuple(a), tuple(d)) for a, d in groups.values() if a and d]
    return tuple(sorted(found, key=lambda c: (c.box.top, c.box.x0)))


def closed(component: Component) -> Component:
    """Return the component with missing outer borders added where two or more of its edges end in line.

    A table without side borders has rows that begin and end at the same x; one without top border, columns that do.
    """
    down = [*component.down, *(e for side in (0, 1) for e in _missing_border(component.across, side))]
    across = [*component.across, *(e for side in (0, 1) for e in _missing_border(component.down, side))]
    return Component(tuple(sorted(across)), tuple(sorted(down)))


def _missing_border(edges: Sequence[Edge], side: int) -> list[Edge]:
    ends = sorted((e.start if side == 0 else e.end, e.at) for e in edges)
    outermost = ends[0][0] if side == 0 else ends[-1][0]
    in_line = [at for end, at in ends if abs(end - outermost) <= SNAP]
    return [Edge(outermost, min(in_line), max(in_line))] if len(in_line) >= 2 else []


def distinct(places: Iterable[float]) -> list[float]:
    """Return the places in order, those nearer than SNAP to the one before left out."""
    ordered = sorted(places)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > SNAP]
