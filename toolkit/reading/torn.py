"""Rows that must not be torn apart: labels with their text, cards of one size, texts with headings at one height."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.reading.units import Strip

_LEVEL = 3.0  # points: what begins at one height differs by less
_TITLE_WORDS = 12


class Rows:
    """Counts the rows that reading strips by columns tears apart; looks at a strip once for each place of the cut."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}  # by the id of the strip, and how many units are left of the cut

    def torn(self, strips: Sequence[Strip], columns: Sequence[Strip]) -> int:
        """Return how many rows of label and text, or of cards with a heading, the gutter tears apart."""
        if len(strips) < 2 or len(columns) < 2:
            return 0
        edge = max([u[0][2] for u in columns[0]])
        rows = sum([self._row(strip, edge) for strip in strips if len(strip) > 1])
        return rows if rows >= 2 else 0

    def _row(self, strip: Strip, edge: float) -> int:
        left, right = _cut(strip, edge)
        if not left or not right:
            return 0
        key = id(strip), len(left)
        if key not in self._known:
            named = _is_label(left, right) or _are_headed(left, right)
            self._known[key] = 2 if _are_cards(strip) else 1 if named else 0
        return self._known[key]


def _cut(strip: Strip, edge: float) -> tuple[Strip, Strip]:
    """Return the units of a strip that begin left of the edge, and the others."""
    left: Strip = []
    right: Strip = []
    for unit in strip:
        (left if unit[0][0] < edge else right).append(unit)
    return left, right


def _are_cards(strip: Strip) -> bool:
    """Return whether a row is made of drawn boxes of one size at one height."""
    if any(u.frame == u.box for u in strip):
        return False
    frames = [u.frame for u in strip]
    tops, bottoms = [f.top for f in frames], [f.bottom for f in frames]
    level = max(tops) - min(tops) < _LEVEL and max(bottoms) - min(bottoms) < _LEVEL
    return level and are_alike([f.x1 - f.x0 for f in frames])


def are_alike(widths: Sequence[float]) -> bool:
    """Return whether boxes are about as wide as each other."""
    return max(widths) < 1.1 * min(widths)


def _is_label(left: Strip, right: Strip) -> bool:
    """Return whether the left side names what the right side says: much shorter, and at the same height."""
    words = sum([u.words for u in left])
    if words > 20 or 2 * words > sum([u.words for u in right]):
        return False
    top, bottom = min([u.frame.top for u in right]), max([u.frame.bottom for u in right])
    beside = min([u.box.top for u in left]) >= top - 6 and max([u.box.bottom for u in left]) <= bottom + 6
    return beside or abs(min([u.frame.top for u in left]) - top) < 14


def headed(strips: Sequence[Strip], columns: Sequence[Strip]) -> int:
    """Return how many rows of texts with headings at one height the gutter tears apart; one may be chance."""
    edge = max([u[0][2] for u in columns[0]])
    sides = [_cut(strip, edge) for strip in strips if len(strip) > 1]
    rows = sum(bool(left and right) and _are_headed(left, right) for left, right in sides)
    return rows if rows > 1 else 0


def _are_headed(left: Strip, right: Strip) -> bool:
    """Return whether either side begins with a heading, and both headings stand at one height: texts of a grid do."""
    a, b = (min((block for u in side for block in u.blocks), key=lambda block: block.box.top) for side in (left, right))
    words = max(sum([len(line.words) for line in block.lines]) for block in (a, b))
    return a.bold and b.bold and a.size == b.size and abs(a.box.top - b.box.top) < _LEVEL and words <= _TITLE_WORDS
