"""Geometry's reading order: boxes as units, then cuts along white gaps, chosen so that the text flows best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from toolkit.reading.blocks import Block
from toolkit.reading.flow import Prices
from toolkit.records import Box

_GUTTER = 3.0  # points: narrowest white gap between columns
_MOST_STRIPS = 14  # more strips than this are cut by the plain rule: the search grows with their square
_MOST_TRIED = 24
_ROWS_BROKEN = 1.0  # for every row of a label and its text that reading by columns tears apart


@dataclass(frozen=True, slots=True)
class Unit:
    """A block, or a box with the blocks in it: what a cut moves as one piece. `frame` is the drawn box."""

    box: Box
    blocks: tuple[Block, ...]
    frame: Box


Flow = list[Block]
Strip = list[Unit]


class Arranger:
    """Puts units in order; remembers what steps cost."""

    def __init__(self, prices: Prices) -> None:
        self._prices = prices
        self._known: dict[tuple[int, ...], tuple[tuple[Unit, ...], Flow]] = {}  # by the ids of the units, kept alive

    def order(self, units: Sequence[Unit]) -> Flow:
        """Return the blocks of the units in the order that their places and texts suggest."""
        if len(units) <= 1:
            return list(units[0].blocks) if units else []
        key = tuple(map(id, units))
        if key not in self._known:
            self._known[key] = tuple(units), self._order(units)
        return list(self._known[key][1])

    def _order(self, units: Sequence[Unit]) -> Flow:
        strips = _split(units, _rows)
        if len(strips) == 1:
            columns = _split(units, _columns)
            if len(columns) > 1:
                return [block for column in columns for block in self.order(column)]
            return self._without_the_spanning(units)
        flow: Flow = []
        for run in _runs(strips):
            flow += self._arranged(run) if len(run) > 1 else self.order(run[0])
        return flow

    def _arranged(self, run: list[Strip]) -> Flow:
        """Return the cheapest way through strips with a common gutter: each part is read column by column."""
        if len(run) > _MOST_STRIPS:
            return min(([b for s in run for b in self.order(s)], self._by_columns(run)), key=self._prices.order)
        best: list[tuple[float, Flow]] = [(0.0, [])]
        for end in range(1, len(run) + 1):
            ways = []
            for start in range(end):
                cost, flow = best[start]
                part = self._by_columns(run[start:end])
                join = self._prices.step(flow[-1], part[0]) if flow else 0.0
                torn = _ROWS_BROKEN * _rows_torn(run[start:end])
                ways.append((cost + join + self._prices.steps(part) + torn, flow + part))
            best.append(min(ways, key=lambda way: way[0]))
        return best[-1][1]

    def _by_columns(self, strips: Sequence[Strip]) -> Flow:
        units = [u for strip in strips for u in strip]
        columns = _split(units, _columns)
        if len(columns) == 1:
            return [block for strip in strips for block in self.order(strip)]
        return [block for column in columns for block in self.order(column)]

    def _without_the_spanning(self, units: Sequence[Unit]) -> Flow:
        """Return the order of units that no straight cut parts: the one that bars the way is fitted in afterwards."""
        ordered = sorted(range(len(units)), key=lambda i: units[i].box.x0 - units[i].box.x1)
        for i in ordered[:_MOST_TRIED]:
            rest = [u for j, u in enumerate(units) if j != i]
            if len(_split(rest, _rows)) > 1 or len(_split(rest, _columns)) > 1:
                return self._fitted_in(self.order(rest), list(units[i].blocks))
        if len(units) == 2:
            return [b for u in sorted(units, key=_beside_or_below(units)) for b in u.blocks]
        return sorted((b for u in units for b in u.blocks), key=lambda b: b.rank)

    def _fitted_in(self, flow: Flow, blocks: Flow) -> Flow:
        """Return the flow with the blocks put where they disturb it least."""
        place = min(range(len(flow) + 1), key=lambda place: self._prices.insertion(flow, blocks, place))
        return [*flow[:place], *blocks, *flow[place:]]


def _beside_or_below(pair: Sequence[Unit]) -> Callable[[Unit], float]:
    """Return what puts two units that overlap in order: the left one first, or the upper one when one is below."""
    a, b = (u.box for u in pair)
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    beside = shared > 0.5 * min(a.bottom - a.top, b.bottom - b.top)
    return lambda unit: unit.box.x0 if beside else unit.box.top


def _rows(box: Box) -> tuple[float, float]:
    return box.top, box.bottom - 0.5


def _columns(box: Box) -> tuple[float, float]:
    return box.x0, box.x1 + _GUTTER


def _split(units: Sequence[Unit], side: Callable[[Box], tuple[float, float]]) -> list[Strip]:
    """Return the groups of units that white gaps across the whole region keep apart."""
    if len(units) == 1:
        return [list(units)]
    groups: list[Strip] = []
    reach = float("-inf")
    for (start, end), _, unit in sorted([(side(u.box), i, u) for i, u in enumerate(units)]):
        if start >= reach:
            groups.append([])
        groups[-1].append(unit)
        reach = max(reach, end)
    return groups


def _runs(strips: list[Strip]) -> list[list[Strip]]:
    """Return neighbouring strips put together as long as one gutter runs through all of them."""
    runs: list[list[Strip]] = []
    for strip in strips:
        if runs and len(_split([u for s in (*runs[-1], strip) for u in s], _columns)) > 1:
            runs[-1].append(strip)
        else:
            runs.append([strip])
    return runs


def _rows_torn(strips: Sequence[Strip]) -> int:
    """Return how many rows of label and text, or of cards with a heading, reading by columns would tear apart."""
    if len(strips) < 2:
        return 0
    columns = _split([u for s in strips for u in s], _columns)
    if len(columns) < 2:
        return 0
    edge = max(u.box.x1 for u in columns[0])
    rows = 0
    for strip in strips:
        left = [u for u in strip if u.box.x0 < edge]
        right = [u for u in strip if u.box.x0 >= edge]
        if left and right:
            rows += 2 if _are_cards(strip) else 1 if _is_label(left, right) else 0
    return rows if rows >= 2 else 0


def _are_cards(strip: Strip) -> bool:
    """Return whether a row is made of drawn boxes of one size at one height."""
    frames = [u.frame for u in strip]
    if any(u.frame == u.box for u in strip):
        return False
    tops, bottoms = [f.top for f in frames], [f.bottom for f in frames]
    wide = [f.x1 - f.x0 for f in frames]
    return max(tops) - min(tops) < 3 and max(bottoms) - min(bottoms) < 3 and max(wide) < 1.1 * min(wide)


def _is_label(left: Strip, right: Strip) -> bool:
    """Return whether the left side names what the right side says: much shorter, and at the same height."""
    words = [sum(len(line.words) for u in side for b in u.blocks for line in b.lines) for side in (left, right)]
    if words[0] > 20 or 2 * words[0] > words[1]:
        return False
    top, bottom = min(u.frame.top for u in right), max(u.frame.bottom for u in right)
    beside = min(u.box.top for u in left) >= top - 6 and max(u.box.bottom for u in left) <= bottom + 6
    return beside or abs(min(u.frame.top for u in left) - top) < 14
