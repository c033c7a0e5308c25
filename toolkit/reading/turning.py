"""Pages whose text stands on its side: turned upright to be understood, and back to where it is displayed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from toolkit.reading.raw import RawPage, RawWord, Ruling
from toolkit.records import Box

MOSTLY = 0.6  # share of the words that must stand at one angle


def main_angle(page: RawPage) -> int:
    """Return the angle (clockwise, 0 to 270) at which most words stand; 0 when there is no such angle."""
    angles = [w[9] for w in page.words]
    if 2 * angles.count(0) > len(angles):
        return 0
    counts = Counter(angles)
    angle, count = max(counts.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return angle if count >= MOSTLY * len(page.words) else 0


def upright(page: RawPage, angle: int) -> RawPage:
    """Return the page as it looks when text displayed at `angle` is turned upright; the words keep their order."""
    back = (360 - angle) % 360
    high, wide = (page.width, page.height) if angle in (90, 270) else (page.height, page.width)

    def _box(place: Box) -> Box:
        return turned_box(place, back, wide, high)

    return replace(
        page,
        width=wide,
        height=high,
        words=tuple(_word(w, _box(w.box), angle) for w in page.words),
        rulings=tuple(Ruling(*_box(Box(*r))) for r in page.rulings),
        fills=tuple(f._replace(box=_box(f.box)) for f in page.fills),
        images=tuple(_box(i) for i in page.images),
    )


def _word(word: RawWord, box: Box, angle: int) -> RawWord:
    drop = 0.2 * (box.bottom - box.top)  # of a loose box: what lies below the baseline
    return word._replace(box=box, baseline=box.bottom - drop, angle=(word.angle - angle) % 360)


def turned_box(box: Box, angle: int, width: float, height: float) -> Box:
    """Return a box of an upright page as it stands on a page of `width` by `height` that shows it turned by `angle`."""
    if angle == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if angle == 90:  # the upright page is `height` wide: its left is the displayed top, its top the displayed right
        return Box(width - box.bottom, box.x0, width - box.top, box.x1)
    if angle == 270:
        return Box(box.top, height - box.x1, box.bottom, height - box.x0)
    return box
