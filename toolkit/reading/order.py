"""Reading order of a page's blocks.

Two orders are made: the author's (structure tree, else content stream) and geometry's (boxes as units, then cuts along
white gaps, the cuts chosen so that the text flows best). The one whose steps cost less is kept; how far they are apart
says how sure the choice is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.reading.blocks import Block
from toolkit.reading.flow import step_price
from toolkit.records import Box

_GUTTER = 3.0  # points: narrowest white gap between columns
_MOST_STRIPS = 14  # more strips than this are cut by the plain rule: the search grows with their square
_MOST_TRIED = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """A block, or a box with the blocks in it: what a cut moves as one piece."""

    box: Box
    blocks: tuple[Block, ...]


Flow = list[Block]
Arrange = Callable[[Sequence[Unit]], Flow]


def price(flow: Sequence[Block]) -> float:
    """Return what it costs to read the blocks one after another."""
    return sum(step_price(a, b) for a, b in pairwise(flow))


def geometric_order(units: Sequence[Unit]) -> Flow:
    """Return the blocks of the units in the order that their places and texts suggest."""
    if len(units) <= 1:
        return list(units[0].blocks) if units else []
    strips = _split(units, _rows)
    if len(strips) == 1:
        columns = _split(units, _columns)
        if len(columns) > 1:
            return [block for column in columns for block in geometric_order(column)]
        return _without_the_spanning(units)
    flow: Flow = []
    for run in _runs(strips):
        flow += _arranged(run) if len(run) > 1 else geometric_order(run[0])
    return flow


def _rows(box: Box) -> tuple[float, float]:
    return box.top, box.bottom - 0.5


def _columns(box: Box) -> tuple[float, float]:
    return box.x0, box.x1 + _GUTTER


def _split(units: Sequence[Unit], side: Callable[[Box], tuple[float, float]]) -> list[list[Unit]]:
    """Return the groups of units that white gaps across the whole region keep apart."""
    groups: list[list[Unit]] = []
    reach = float("-inf")
    for start, end, _, unit in sorted((*side(u.box), i, u) for i, u in enumerate(units)):
        if not groups or start >= reach:
            groups.append([])
        groups[-1].append(unit)
        reach = max(reach, end)
    return groups


def _runs(strips: list[list[Unit]]) -> list[list[list[Unit]]]:
    """Return neighbouring strips put together as long as one gutter runs through all of them."""
    runs: list[list[list[Unit]]] = []
    for strip in strips:
        if runs and len(_split([u for s in (*runs[-1], strip) for u in s], _columns)) > 1:
            runs[-1].append(strip)
        else:
            runs.append([strip])
    return runs


def _arranged(run: list[list[Unit]]) -> Flow:
    """Return the cheapest way through strips with a common gutter: each part of them is read column by column."""
    if len(run) > _MOST_STRIPS:
        return min(([b for s in run for b in geometric_order(s)], _by_columns(run)), key=price)
    best: list[tuple[float, Flow]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        ways = []
        for start in range(end):
            cost, flow = best[start]
            part = _by_columns(run[start:end])
            join = step_price(flow[-1], part[0]) if flow else 0.0
            ways.append((cost + join + price(part), flow + part))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _by_columns(strips: Sequence[list[Unit]]) -> Flow:
    units = [u for strip in strips for u in strip]
    columns = _split(units, _columns)
    if len(columns) == 1:
        return [block for strip in strips for block in geometric_order(strip)]
    return [block for column in columns for block in geometric_order(column)]


def _without_the_spanning(units: Sequence[Unit]) -> Flow:
    """Return the order of units that no straight cut parts: the one that bars the way is fitted in afterwards."""
    ordered = sorted(range(len(units)), key=lambda i: units[i].box.x0 - units[i].box.x1)
    for i in ordered[:_MOST_TRIED]:
        rest = [u for j, u in enumerate(units) if j != i]
        if len(_split(rest, _rows)) > 1 or len(_split(rest, _columns)) > 1:
            return fitted_in(geometric_order(rest), list(units[i].blocks))
    return sorted((b for u in units for b in u.blocks), key=lambda b: b.rank)


def fitted_in(flow: Flow, blocks: Flow) -> Flow:
    """Return the flow with the blocks put where they disturb it least."""
    if not flow or not blocks:
        return flow + blocks
    first, last = blocks[0], blocks[-1]

    def extra(place: int) -> float:
        before, after = flow[place - 1] if place else None, flow[place] if place < len(flow) else None
        cost = step_price(before, first) if before else 0.0
        cost += step_price(last, after) if after else 0.0
        return cost - (step_price(before, after) if before and after else 0.0)

    place = min(range(len(flow) + 1), key=extra)
    return [*flow[:place], *blocks, *flow[place:]]
