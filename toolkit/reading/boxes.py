"""Boxes on a page that hold text together: filled rectangles, frames, cards and side bars."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.reading.blocks import Block
from toolkit.reading.order import Arranger
from toolkit.reading.raw import RawPage
from toolkit.reading.rows import in_rows
from toolkit.reading.units import Unit
from toolkit.records import Box

_LARGEST = 0.7  # of the page: a larger box is its background
_SMALLEST = 600.0  # square points: a smaller one holds no text
_MOST = 60
_ACROSS = 0.5  # of the page's width: a flat box as wide as this is a band
_FLAT = 0.25  # height to width of a band
_TALL = 4  # a band is not higher than so many times the letters in it
_HELD = 0.6  # of a block in a box: it belongs to the box
_CUT = 0.25  # more than this and less than that: the box is no box of this text

_Holder = tuple[Box, frozenset[int]]  # a box and the blocks (by rank) that it holds


def units_of(page: RawPage, blocks: Sequence[Block], arranger: Arranger) -> list[Unit]:
    """Return the blocks of a page as units: those that share a box are one unit, in order among themselves."""
    holders = _holders(page, blocks) if len(blocks) > 2 else []
    return in_rows(_packed(holders, list(blocks), arranger, _ACROSS * page.width), arranger)


def _packed(holders: Sequence[_Holder], blocks: list[Block], arranger: Arranger, wide: float) -> list[Unit]:
    """Return units for the blocks, the largest boxes first, boxes in boxes inside them; a band is as `wide` as this."""
    units: list[Unit] = []
    for i, (box, held) in enumerate(holders):
        inside = [b for b in blocks if b.rank in held]
        if inside and len(inside) < len(blocks):
            blocks = [b for b in blocks if b.rank not in held]
            inner = _packed(holders[i + 1 :], inside, arranger, wide)
            units.append(Unit.of(arranger.order(inner), _room(Box.around([b.box for b in inside]), box, wide), box))
    return units + [Unit.of((b,), b.box) for b in blocks]


def _holders(page: RawPage, blocks: Sequence[Block]) -> list[_Holder]:
    """Return the rectangles that hold whole blocks and cut none, largest first, and the blocks that each holds."""
    largest = _LARGEST * page.width * page.height
    seen: dict[tuple[int, ...], Box] = {}
    for box in (*(f.box for f in page.fills), *page.images, *page.shapes):
        x0, top, x1, bottom = box
        if _SMALLEST < (x1 - x0) * (bottom - top) < largest:
            seen.setdefault((round(x0 / 3), round(top / 3), round(x1 / 3), round(bottom / 3)), box)
    boxes = sorted(seen.values(), key=lambda b: (b.x0 - b.x1) * (b.bottom - b.top))[:_MOST]
    found = ((box, _held(box, blocks)) for box in boxes)
    return [(box, held) for box, held in found if held]


def _held(box: Box, blocks: Sequence[Block]) -> frozenset[int]:
    """Return the blocks (by rank) that a box holds; none when it cuts one."""
    x0, top, x1, bottom = box
    near = [b for b in blocks if b[1][0] < x1 and b[1][2] > x0 and b[1][1] < bottom and b[1][3] > top]  # their boxes
    shares = [(_share(b.box, box), b.rank) for b in near]
    if any(_CUT < share < _HELD for share, _ in shares):
        return frozenset()
    return frozenset([rank for share, rank in shares if share >= _HELD])


def _share(inner: Box, outer: Box) -> float:
    """Return how much of the inner box lies in the outer one, 0-1; they overlap."""
    wide = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    high = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    return wide * high / max((inner.x1 - inner.x0) * (inner.bottom - inner.top), 1.0)


def _room(letters: Box, box: Box, wide: float) -> Box:
    """Return the room that a box takes: that of its letters, and from side to side when it is a band over columns."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if width < wide or height > _FLAT * width or height > _TALL * (letters.bottom - letters.top):
        return letters
    return Box(min(letters.x0, box.x0), letters.top, max(letters.x1, box.x1), letters.bottom)
