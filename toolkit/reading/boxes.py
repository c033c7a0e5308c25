"""Boxes on a page that hold text together: filled rectangles, frames, cards and side bars."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.reading.blocks import Block
from toolkit.reading.order import Arranger, Unit
from toolkit.reading.raw import RawPage
from toolkit.records import Box

_LARGEST = 0.7  # of the page: a larger box is its background
_SMALLEST = 600.0  # square points: a smaller one holds no text
_MOST = 60


def units_of(page: RawPage, blocks: Sequence[Block], arranger: Arranger) -> list[Unit]:
    """Return the blocks of a page as units: those that share a box are one unit, in order among themselves."""
    if len(blocks) < 3:
        return [Unit(b.box, (b,), b.box) for b in blocks]
    return _packed(_holders(page, blocks), list(blocks), arranger)


def _packed(holders: list[Box], blocks: list[Block], arranger: Arranger) -> list[Unit]:
    """Return units for the blocks, the largest boxes first, boxes in boxes inside them."""
    units: list[Unit] = []
    for i, holder in enumerate(holders):
        inside = [b for b in blocks if _holds(holder, b.box)]
        if not inside or len(inside) == len(blocks):
            continue
        blocks = [b for b in blocks if b not in inside]
        inner = _packed(holders[i + 1 :], inside, arranger)
        units.append(Unit(_around(inside), tuple(arranger.order(inner)), holder))
    return units + [Unit(b.box, (b,), b.box) for b in blocks]


def _holders(page: RawPage, blocks: Sequence[Block]) -> list[Box]:
    """Return the rectangles that hold whole blocks and cut none, largest first."""
    area = page.width * page.height
    seen: dict[tuple[int, ...], Box] = {}
    for box in (*(f.box for f in page.fills), *page.images, *page.shapes):
        size = (box.x1 - box.x0) * (box.bottom - box.top)
        if _SMALLEST < size < _LARGEST * area:
            seen.setdefault(tuple(round(v / 3) for v in box), box)
    boxes = sorted(seen.values(), key=lambda b: (b.x0 - b.x1) * (b.bottom - b.top))[:_MOST]
    return [box for box in boxes if _cuts_nothing(box, blocks)]


def _cuts_nothing(box: Box, blocks: Sequence[Block]) -> bool:
    return not any(_meets(box, b.box) and not _holds(box, b.box) and not _holds(b.box, box) for b in blocks)


def _meets(a: Box, b: Box) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 3 and min(a.bottom, b.bottom) - max(a.top, b.top) > 3


def _holds(outer: Box, inner: Box) -> bool:
    return (
        inner.x0 >= outer.x0 - 3
        and inner.top >= outer.top - 3
        and inner.x1 <= outer.x1 + 3
        and inner.bottom <= outer.bottom + 3
    )


def _around(blocks: Sequence[Block]) -> Box:
    boxes = [b.box for b in blocks]
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
