"""How well one block reads on into the next: the price of a step, by text, by the author's order and by place."""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.reading.blocks import Block
from toolkit.reading.lines import is_marker

_CLOSED = re.compile(r"[.!?][\"'”’)\]]*\d{0,3}$")
_OPEN = re.compile(
    r"(?:[,\-–&]|\b(?:and|or|of|the|to|in|for|with|by|on|at|from|a|an|our|that|which|is|are|as|their|this|will|be))$"
)

# Prices of a step; a step that reads on well costs less than nothing.
READS_ON = -2.0  # an unfinished line, and then a small letter
BROKEN = 2.0  # a finished line, and then a small letter
CUT_OFF = 1.5  # a line that cannot end there ("and the"), and then a new sentence
LIST_FOLLOWS = -2.0  # "We will:" and its list
LIST_LOST = 1.5  # "We will:" and something else
AS_DRAWN = -1.0  # the author drew or tagged it next
DRAWN_BEFORE = 0.8  # the author drew or tagged it earlier
UPWARDS = 2.5  # back up in the same column
ORPHAN_HEADING = 1.5  # a heading, and then not what stands under it
NEXT_COLUMN = 0.4
NEXT_ROW = 0.5
ASTRAY = 0.8


def step_price(a: Block, b: Block) -> float:
    """Return the price of reading `b` straight after `a`: below 0 it reads on, above 1 something is wrong."""
    return _text_price(a, b) + _author_price(a, b) + _place_price(a, b)


def _text_price(a: Block, b: Block) -> float:
    if a.table or b.table:
        return 0.0
    ends, begins = _end(a.lines[-1].text), _start(b.lines[0].text)
    if ends == "colon":
        return LIST_FOLLOWS if begins in ("item", "small") else 0.0 if _under(a, b) else LIST_LOST
    alike = abs(a.size - b.size) < 0.08 * a.size
    if begins == "small" and alike:
        return READS_ON if ends in ("open", "loose") else BROKEN
    if ends == "open" and alike and len(a.lines) > 1:
        return CUT_OFF
    return 0.0


def _author_price(a: Block, b: Block) -> float:
    if b.rank == a.rank + 1:
        return AS_DRAWN
    return DRAWN_BEFORE if b.rank < a.rank else 0.0


def _place_price(a: Block, b: Block) -> float:
    heading = (a.size > 1.1 * b.size or (a.bold and not b.bold)) and len(a.lines) <= 3
    if _under(a, b):
        return 0.0
    price = ORPHAN_HEADING if heading and not _right_of(a, b) else 0.0
    if min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0) > 2 and b.box.bottom <= a.box.top + 1:
        return price + UPWARDS
    if b.box.x0 >= a.box.x1 - 2:
        return price + NEXT_COLUMN
    if b.box.top >= a.box.bottom - 2:
        return price + NEXT_ROW
    return price + ASTRAY


def _under(a: Block, b: Block) -> bool:
    return b.box.top >= a.box.bottom - 2 and min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0) > 2


def _right_of(a: Block, b: Block) -> bool:
    return b.box.x0 >= a.box.x1 - 2 and min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top) > 0


@lru_cache(maxsize=4096)
def _end(text: str) -> str:
    """Return how a line ends: closed, colon, open (it cannot end there) or loose."""
    text = text.rstrip()
    if text.endswith(":"):
        return "colon"
    if _CLOSED.search(text):
        return "closed"
    return "open" if _OPEN.search(text) else "loose"


@lru_cache(maxsize=4096)
def _start(text: str) -> str:
    """Return how a line begins: item (bullet or number), small (letter) or new."""
    first, _, rest = text.partition(" ")
    if is_marker(first) and (rest or not first.isalnum()):
        return "small" if first == "a" and rest else "item"
    return "small" if first[:1].islower() else "new"
