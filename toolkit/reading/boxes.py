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
_HELD = 0.6  # of a block in a box: it belongs to the box
_CUT = 0.25  # more than this and less than that: the box is no box of this text


def units_of(page: RawPage, blocks: Sequence[Block], arranger: Arranger) -> list[Unit]:
    """Return the blocks of a page as units: those that share a box are one unit, in order among themselves."""
    if len(blocks) < 3:
        return [Unit(b.box, (b,), b.box) for b in blocks]
    return _packed(_holders(page, blocks), list(blocks), arranger)


def _packed(holders: list[Box], blocks: list[Block], arranger: Arranger) -> list[Unit]:
    """Return units for the blocks, the largest boxes first, boxes in boxes inside them."""
    units: list[Unit] = []
    for i, holder in enumerate(holders):
        held = [_share(b.box, holder) >= _HELD for b in blocks]
        if not any(held) or all(held):
            continue
        inside = [b for b, holds in zip(blocks, held, strict=True) if holds]
        blocks = [b for b, holds in zip(blocks, held, strict=True) if not holds]
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
    return not any(_CUT < _share(b.box, box) < _HELD for b in blocks)


def _share(inner: Box, outer: Box) -> float:
    """Return how much of the inner box lies in the outer one, 0-1."""
    a0, top, a1, bottom = inner
    b0, outer_top, b1, outer_bottom = outer
    if a1 <= b0 or b1 <= a0 or bottom <= outer_top or outer_bottom <= top:
        return 0.0
    wide = min(a1, b1) - max(a0, b0)
    high = min(bottom, outer_bottom) - max(top, outer_top)
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / max((a1 - a0) * (bottom - top), 1.0)


def _around(blocks: Sequence[Block]) -> Box:
    boxes = [b.box for b in blocks]
    return Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
