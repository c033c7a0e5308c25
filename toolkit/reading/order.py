"""Geometry's reading order: boxes as units, then cuts along white gaps, chosen so that the text flows best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from operator import itemgetter

from toolkit.reading.flow import COLUMN_LEFT, Prices
from toolkit.reading.torn import Rows, headed
from toolkit.reading.units import Flow, Strip, Unit

_GUTTER = 3.0  # points: narrowest white gap between columns
_MOST_STRIPS = 14  # more strips than this are cut by the plain rule: the search grows with their square
_MOST_TRIED = 24
_ROWS_BROKEN = 1.0  # for every row of a label and its text that reading by columns tears apart

# What parts columns and rows: the places of a box's near and far side, and how much farther than that side it reaches.
_COLUMNS, _ROWS = (0, 2, _GUTTER), (1, 3, -0.5)


class Arranger:
    """Puts units in order; remembers what steps cost."""

    def __init__(self, prices: Prices) -> None:
        self._prices = prices
        self._known: dict[tuple[int, ...], tuple[tuple[Unit, ...], Flow]] = {}  # by the ids of the units, kept alive

    def order(self, units: Sequence[Unit]) -> Flow:
        """Return the blocks of the units in the order that their places and texts suggest; the list is kept."""
        if len(units) <= 1:
            return list(units[0].blocks) if units else []
        key = tuple(map(id, units))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(units), self._order(units)
        return known[1]

    def _order(self, units: Sequence[Unit]) -> Flow:
        strips = _split(units, _ROWS)
        if len(strips) == 1:
            columns = _split(units, _COLUMNS)
            if len(columns) > 1:
                return self._one_by_one(columns)
            return self._without_the_spanning(units)
        if len(strips) == len(units) and _is_stack(units):
            return [block for (unit,) in strips for block in unit.blocks]
        flow: Flow = []
        for run in _runs(strips):
            flow += self._arranged(run) if len(run) > 1 else self.order(run[0])
        return flow

    def _arranged(self, run: list[Strip]) -> Flow:
        """Return the cheapest way through strips with a common gutter: each part is read column by column."""
        if len(run) > _MOST_STRIPS:
            return min((self._one_by_one(run), self._by_columns(run, _columns(run))), key=self._prices.order)
        ways = sorted(self._ways(run), key=itemgetter(0))
        flow = ways[0][1]
        if self._prices.columns_left(flow):
            flow = self._whole_columns(run, ways)
        if self._prices.miscounted(flow):
            others = (flow, self._one_by_one(run), self._by_columns(run, _columns(run)))
            return min(others, key=lambda other: (self._prices.miscounted(other), self._prices.order(other)))
        return flow

    def _whole_columns(self, run: list[Strip], ways: Sequence[tuple[float, Flow]]) -> Flow:
        """Return a way that leaves no column before its end, for a cheapest one that does."""
        columns = _columns(run)
        down = self._by_columns(run, columns)
        if rows := headed(run, columns):
            across = min(ways, key=lambda way: way[0] + COLUMN_LEFT * self._prices.columns_left(way[1]))[1]
            return across if self._prices.order(across) < self._prices.order(down) + _ROWS_BROKEN * rows else down
        return min((ways[0][1], down), key=self._prices.order)

    def _ways(self, run: list[Strip]) -> list[tuple[float, Flow]]:
        """Return the ways through strips that end in a part of their own each, with what they cost."""
        best: list[tuple[float, Flow]] = [(0.0, [])]
        ways: list[tuple[float, Flow]] = []
        prices, rows, gutters = self._prices, Rows(), _Gutters(run)
        for end in range(1, len(run) + 1):
            ways = []
            for start in range(end - 1, -1, -1):  # of two that cost the same, the smaller part
                cost, flow = best[start]
                strips = run[start:end]
                columns = gutters.columns(start, end)
                part = self._by_columns(strips, columns)
                cost += prices.step(flow[-1], part[0]) if flow else 0.0
                cost += prices.steps(part) + _ROWS_BROKEN * rows.torn(strips, columns)
                ways.append((round(cost, 6), flow + part))
            best.append(min(ways, key=itemgetter(0)))
        return ways

    def _by_columns(self, strips: Sequence[Strip], columns: Sequence[Strip]) -> Flow:
        return self._one_by_one(strips if len(columns) == 1 else columns)

    def _one_by_one(self, strips: Sequence[Strip]) -> Flow:
        return [block for strip in strips for block in (strip[0].blocks if len(strip) == 1 else self.order(strip))]

    def _without_the_spanning(self, units: Sequence[Unit]) -> Flow:
        """Return the order of units that no straight cut parts: the one that bars the way is fitted in afterwards."""
        ordered = sorted(range(len(units)), key=lambda i: units[i].box.x0 - units[i].box.x1)
        for i in ordered[:_MOST_TRIED]:
            rest = [u for j, u in enumerate(units) if j != i]
            if len(_split(rest, _ROWS)) > 1 or len(_split(rest, _COLUMNS)) > 1:
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


def _split(units: Sequence[Unit], side: tuple[int, int, float]) -> list[Strip]:
    """Return the groups of units that white gaps across the whole region keep apart."""
    if len(units) == 1:
        return [list(units)]
    near, far, more = side
    return _grouped(units, sorted([(u[0][near], u[0][far] + more, i) for i, u in enumerate(units)]))


def _grouped(units: Sequence[Unit], spans: Iterable[tuple[float, float, int]]) -> list[Strip]:
    """Return the units in groups; `spans` say where each begins and ends, and its place in `units`."""
    groups: list[Strip] = []
    reach = float("-inf")
    for start, end, i in spans:
        if start >= reach:
            groups.append([])
        groups[-1].append(units[i])
        reach = end if end > reach else reach
    return groups


class _Gutters:
    """Parts neighbouring strips into columns; the units are put in order once."""

    def __init__(self, strips: Sequence[Strip]) -> None:
        self._units = [u for strip in strips for u in strip]
        self._first = [0, *accumulate(map(len, strips))]
        self._spans = sorted([(u[0][0], u[0][2] + _GUTTER, i) for i, u in enumerate(self._units)])

    def columns(self, start: int, end: int) -> list[Strip]:
        """Return the columns of the strips `start:end`."""
        first, last = self._first[start], self._first[end]
        return _grouped(self._units, [span for span in self._spans if first <= span[2] < last])


def _columns(strips: Sequence[Strip]) -> list[Strip]:
    return _split([u for strip in strips for u in strip], _COLUMNS)


def _runs(strips: list[Strip]) -> list[list[Strip]]:
    """Return neighbouring strips put together as long as one gutter runs through all of them."""
    runs: list[list[Strip]] = []
    covered: list[tuple[float, float]] = []
    for strip in strips:
        sides = [(u[0][0], u[0][2] + _GUTTER) for u in strip]
        together = _merged([*covered, *sides])
        if len(together) > 1 and runs:
            runs[-1].append(strip)
            covered = together
        else:
            runs.append([strip])
            covered = _merged(sides)
    return runs


def _merged(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches with those that overlap made one."""
    stretches.sort()
    merged = stretches[:1]
    for start, end in stretches:
        if start >= merged[-1][1]:
            merged.append((start, end))
        elif end > merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
    return merged


def _is_stack(units: Sequence[Unit]) -> bool:
    """Return whether a line down the page runs through all the units: no gutter parts any two of them."""
    boxes = [u[0] for u in units]
    return max([box[0] for box in boxes]) < min([box[2] for box in boxes])
