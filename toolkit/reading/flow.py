"""How well blocks read on one into the next: the price of an order, by text, by the author's order and by place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from toolkit.reading.blocks import Block
from toolkit.reading.lines import is_marker

_CLOSED = re.compile(r"[.!?][\"'”’)\]]*\d{0,3}$")
_OPEN = re.compile(
    r"(?:[,\-–&]|\b(?:and|or|of|the|to|in|for|with|by|on|at|from|a|an|our|that|which|is|are|as|their|this|will|be))$"
)
_OPEN_LONGEST = 8  # characters: more than the longest of these words and what stands before it

# Prices of a step; a step that reads on well costs less than nothing.
READS_ON = -2.0  # an unfinished line, and then a small letter
FROM_BEFORE = -1.0  # the page begins with a small letter: it carries on what the page before began
BROKEN = 2.0  # a finished line, and then a small letter
STRAY_START = 0.7  # a small letter behind type of another size
CUT_OFF = 1.5  # a line that cannot end there ("and the"), and then a new sentence
LIST_FOLLOWS = -2.0  # "We will:" and its list
LIST_LOST = 1.5  # "We will:" and something else
AS_DRAWN = -0.7  # the author drew or tagged it next
ORPHAN_HEADING = 1.5  # a heading, and then not what stands under it
NEXT_COLUMN = 0.4
NEXT_ROW = 0.5
BACK_ACROSS = 3.0  # to the left, and not down
UPWARDS = 1.0  # back up in the same column
ABOVE_COMES_LATER = 1.5  # for every block that is read before something above it
TITLE_LATE = 2.0  # the page's title, read after what stands below it
COLUMN_LEFT = 1.5  # to the left before the column is read to its end, and back to it later

_NUMBER = re.compile(
    r"(?:(?:priority|step|stage|phase|goal|aim|ambition|objective|theme|pillar|action|outcome|principle|enabler|domain"
    r"|recommendation|commitment|mission) )?(\d{1,2})(?:[.:)]?$|[.:)]? [^\W\d])",
    re.IGNORECASE,
)
_NUMBERED = 3  # fewer numbers are no count
_ROW = 10.0  # points: what begins so much higher stands in another row
_TITLE = 1.25  # a title is larger than the body by this


class Prices(dict[tuple[int, int], float]):
    """The prices of steps between the blocks of one page, each worked out when it is first asked for.

    Blocks are known by their rank: `prices[1, 2]` is what it costs to read block 2 straight after block 1.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__()
        self._blocks = {b.rank: b for b in blocks}

    # Worked out when they are first asked for: on every other page no step has to be weighed.
    @cached_property
    def _ends(self) -> dict[int, str]:
        return {rank: _end(block) for rank, block in self._blocks.items()}

    @cached_property
    def _starts(self) -> dict[int, str]:
        return {rank: _start(block) for rank, block in self._blocks.items()}

    @cached_property
    def _body(self) -> float:
        return _body_size(self._blocks.values())

    @cached_property
    def _heads(self) -> set[int]:
        return {rank for rank, block in self._blocks.items() if _is_head(block, self._body, self._ends[rank])}

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The numbers that headings begin with, or that stand alone in large type."""
        found = {}
        for rank, block in self._blocks.items():
            if block.lines and (rank in self._heads or block.size > _TITLE * self._body):
                number = _NUMBER.match(block.lines[0].text)
                if number:
                    found[rank] = int(number[1])
        return found

    def __missing__(self, step: tuple[int, int]) -> float:
        a, b = self._blocks[step[0]], self._blocks[step[1]]
        self[step] = price = self._text(a, b) + (AS_DRAWN if b.rank == a.rank + 1 else 0.0) + self._place(a, b)
        return price

    def order(self, flow: Sequence[Block]) -> float:
        """Return what it costs to read a page in this order."""
        carried_on = FROM_BEFORE if flow and self._starts[flow[0].rank] == "small" else 0.0
        late = TITLE_LATE * self._title_is_late(flow) + COLUMN_LEFT * self.columns_left(flow)
        return carried_on + self.steps(flow) + ABOVE_COMES_LATER * _early(flow) + late

    def columns_left(self, flow: Sequence[Block]) -> int:
        """Return how many steps lead down to the left past a block below the one before, which comes later."""
        count = 0
        for i, (a, b) in enumerate(pairwise(flow), start=2):
            if b.box.x1 <= a.box.x0 + 2 and b.box.top >= a.box.bottom - 2:
                level = b.box.top - _ROW
                count += any(c.box.top < level and _is_above(a, c) for c in flow[i:])
        return count

    def miscounted(self, flow: Sequence[Block]) -> int:
        """Return how many numbers of cards ("2", "Priority 3") come before a smaller one; 0 when they are no count."""
        found = [self._numbers[block.rank] for block in flow if block.rank in self._numbers]
        if sorted(found) != list(range(1, len(found) + 1)) or len(found) < _NUMBERED:
            return 0
        return sum(a > b for a, b in pairwise(found))

    def _title_is_late(self, flow: Sequence[Block]) -> bool:
        """Return whether the largest line of a page, with nothing that begins above it, is not read first."""
        title = max(flow, key=lambda block: block.size, default=None)
        if title is None or title is flow[0] or title.rank not in self._heads or title.size < _TITLE * self._body:
            return False
        return all(b.box.top >= title.box.top for b in flow)

    def steps(self, flow: Sequence[Block]) -> float:
        """Return what the steps of an order cost."""
        return sum(map(self.__getitem__, pairwise([b.rank for b in flow])))

    def insertion(self, flow: Sequence[Block], blocks: Sequence[Block], place: int) -> float:
        """Return what it costs to put blocks into an order at a place: new steps, and what is then read too early."""
        before, after = flow[place - 1] if place else None, flow[place] if place < len(flow) else None
        cost = (self.step(before, blocks[0]) if before else 0.0) + (self.step(blocks[-1], after) if after else 0.0)
        cost -= self.step(before, after) if before and after else 0.0
        late = sum(any(_is_above(b, block) for block in blocks) for b in flow[place:])
        early = sum(any(_is_above(block, b) for block in blocks) for b in flow[:place])
        return cost + ABOVE_COMES_LATER * 0.5 * (late + early)

    def step(self, a: Block, b: Block) -> float:
        """Return the price of reading `b` straight after `a`: below 0 it reads on, above 1 something is wrong."""
        return self[a.rank, b.rank]

    def _text(self, a: Block, b: Block) -> float:
        if a.table or b.table:
            return 0.0
        ends, begins = self._ends[a.rank], self._starts[b.rank]
        if ends == "colon":
            return LIST_FOLLOWS if begins in ("item", "small") else 0.0 if _under(a, b) else LIST_LOST
        alike = abs(a.size - b.size) < 0.08 * a.size
        if begins == "small":
            if not alike:
                return STRAY_START
            return READS_ON if ends in ("open", "loose") else BROKEN
        return CUT_OFF if ends == "open" and alike and len(a.lines) > 1 else 0.0

    def _place(self, a: Block, b: Block) -> float:
        if _under(a, b):
            return 0.0
        beside = _right_of(a, b) and b.rank not in self._heads
        price = ORPHAN_HEADING if a.rank in self._heads and not beside else 0.0
        if min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0) > 2 and b.box.bottom <= a.box.top + 1:
            return price + UPWARDS
        if b.box.x0 >= a.box.x1 - 2:
            return price + NEXT_COLUMN
        if b.box.top >= a.box.bottom - 2:
            return price + NEXT_ROW
        return price + BACK_ACROSS


def _body_size(blocks: Iterable[Block]) -> float:
    weights: dict[float, int] = {}
    for block in blocks:
        weights[block.size] = weights.get(block.size, 0) + sum([len(line.words) for line in block.lines])
    return max(weights, key=lambda size: (weights[size], size), default=10.0)


def _is_head(block: Block, body: float, ends: str) -> bool:
    """Return whether a block looks like a heading: short, bold or large, and no sentence."""
    if block.table or len(block.lines) > 3 or ends == "closed":
        return False
    return (block.bold or block.size > 1.1 * body) and sum([len(line.words) for line in block.lines]) <= 15


def _is_above(upper: Block, lower: Block) -> bool:
    a, b = upper.box, lower.box
    if a.bottom > b.top + 2:
        return False
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return shared > 5 and shared > 0.25 * min(a.x1 - a.x0, b.x1 - b.x0)


def _early(flow: Sequence[Block]) -> float:
    """Return how many blocks are read before something above them; up to three times when it is before much."""
    ends = [float("inf")]  # for every block, the bottom of what ends highest among those that come later, backwards
    for block in flow[:0:-1]:
        ends.append(min(ends[-1], block.box.bottom))
    count = 0.0
    for i, (early, end) in enumerate(zip(flow, reversed(ends), strict=False)):
        if end <= early.box.top + 2:
            limit = early.box.top + 2
            above = [late for late in flow[i + 1 :] if late.box.bottom <= limit and _is_above(late, early)]
            count += min(0.5 + 0.5 * len(above), 3.0) if above else 0.0
    return count


def _under(a: Block, b: Block) -> bool:
    return b.box.top >= a.box.bottom - 2 and min(a.box.x1, b.box.x1) - max(a.box.x0, b.box.x0) > 2


def _right_of(a: Block, b: Block) -> bool:
    return b.box.x0 >= a.box.x1 - 2 and min(a.box.bottom, b.box.bottom) - max(a.box.top, b.box.top) > 0


def _end(block: Block) -> str:
    """Return how a block ends: closed, colon, open (it cannot end there) or loose."""
    text = block.lines[-1].text.rstrip() if block.lines else ""
    last = text[-1:]
    if last == ":":
        return "colon"
    if not last.isalpha() and _CLOSED.search(text):
        return "closed"
    return "open" if _OPEN.search(text[-_OPEN_LONGEST:]) else "loose"


def _start(block: Block) -> str:
    """Return how a block begins: item (bullet or number), small (letter) or new."""
    if block.lines and block.lines[0].dotted:
        return "item"
    first, _, rest = block.lines[0].text.partition(" ") if block.lines else ("", "", "")
    if is_marker(first) and (rest or not first.isalnum()):
        return "small" if first == "a" and rest else "item"
    return "small" if first[:1].islower() else "new"
