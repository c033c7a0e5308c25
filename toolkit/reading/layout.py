"""A page laid out: its blocks in reading order, how that order was found, and how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.reading.blocks import Block, page_blocks, table_block
from toolkit.reading.boxes import units_of
from toolkit.reading.flow import Prices
from toolkit.reading.lines import Line, line_of
from toolkit.reading.order import Arranger
from toolkit.reading.raw import RawPage
from toolkit.reading.tables import TableGrid
from toolkit.reading.tags import BLOCKS, COVERED
from toolkit.reading.units import Unit
from toolkit.records import PageOrder

# Block roles that say something of the order of prose; the others stand beside it.
_SOUND = BLOCKS - {"Aside", "BibEntry", "Figure", "Formula", "Index", "Quote"}
_TRUST = 0.5  # what the structure tree is worth against geometry, in prices of a step

_TORN_BOX = 1.5  # price of leaving a box before all of it is read

_AUTHOR: dict[bool, PageOrder] = {True: "tags", False: "stream"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The blocks of a page in reading order, its furniture, which order was chosen and how sure (0-1)."""

    blocks: tuple[Block, ...]
    furniture: tuple[Line, ...]
    order: PageOrder
    confidence: float


def tags_are_sound(page: RawPage) -> bool:
    """Return whether the structure tree knows nearly every word of the page, in roles that mean something."""
    if not page.tags or not page.words:
        return False
    marked = Counter([word.mcid for word in page.words])
    known = [(page.tags[mcid], count) for mcid, count in marked.items() if mcid in page.tags]
    words = sum([count for _, count in known])
    if words < COVERED * len(page.words):
        return False
    sound = sum([count for tag, count in known if tag.role in _SOUND])
    return sound >= 0.8 * words and (words < 150 or len({tag.element for tag, _ in known}) > 2)


def lay_out(
    page: RawPage, lines: Sequence[Line], tables: Sequence[TableGrid], furniture: Collection[int], tagged: bool
) -> Layout:
    """Return the layout of a page; `furniture` are the places in `lines` of running heads and page numbers."""
    kept: list[Line] = []
    aside: list[Line] = []
    for i, line in enumerate(lines):
        (aside if i in furniture or _is_sign(line) else kept).append(line)
    blocks = page_blocks(kept) + [_table(page, table) for table in tables]
    drawn = [b._replace(rank=i) for i, b in enumerate(_authored(blocks))]
    chosen, name, sure = _vote(page, drawn, tagged) if len(drawn) > 1 else (drawn, _AUTHOR[tagged], 1.0)
    return Layout(blocks=tuple(chosen), furniture=tuple(aside), order=name, confidence=sure)


def _is_sign(line: Line) -> bool:
    """Return whether a line is a lost bullet, or a rule made of characters: it must not stand between blocks."""
    return len(line.words) == 1 and not any(map(str.isalnum, line.text))


def _table(page: RawPage, table: TableGrid) -> Block:
    lines = [line_of(page.words[i] for i in cell.words) for cell in table.cells if cell.words]
    return table_block(table, lines)


def _authored(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks in the author's order: by tag, a block without tag behind the one drawn before it."""
    placed, order, at = list(blocks), [], -1
    for _, i in sorted([(_drawn(block), i) for i, block in enumerate(placed)]):
        lines = placed[i].lines
        tag = lines[0].tag if lines else None
        at = tag.order if tag else at
        order.append((at, i))
    return [placed[i] for _, i in sorted(order)]


def _drawn(block: Block) -> int:
    return min([line.words[0].stream for line in block.lines], default=0)


def _vote(page: RawPage, drawn: list[Block], tagged: bool) -> tuple[list[Block], PageOrder, float]:
    prices = Prices(drawn)
    arranger = Arranger(prices)
    units = units_of(page, drawn, arranger)
    found, torn = arranger.order(units), _torn(drawn, units)
    if found == drawn and not torn:
        return _in_panels(drawn, units), _AUTHOR[tagged], 1.0  # two pages of three: nothing to weigh
    by_author, by_place = prices.order(drawn) + _TORN_BOX * torn, prices.order(found)
    if tagged:
        by_author -= _TRUST
    agreed = sum([b.rank == a.rank + 1 for a, b in pairwise(found)]) / (len(found) - 1)
    margin = abs(by_author - by_place) / (2.0 + abs(by_author - by_place))
    sure = round(max(agreed, 0.5 + 0.5 * margin), 3)
    if by_author <= by_place:
        return _in_panels(drawn, units), _AUTHOR[tagged], sure
    return _in_panels(found, units), "layout", sure


def _in_panels(blocks: Sequence[Block], units: Sequence[Unit]) -> list[Block]:
    """Return the blocks, those that share a drawn box with the number of the box."""
    boxes = [unit for unit in units if unit.frame != unit.box and len(unit.blocks) > 1]
    panels = {block.rank: number for number, unit in enumerate(boxes, start=1) for block in unit.blocks}
    return [block._replace(panel=panels[block.rank]) if block.rank in panels else block for block in blocks]


def _torn(flow: Sequence[Block], units: Sequence[Unit]) -> int:
    """Return how many times an order leaves a box that it comes back to."""
    home = {block.rank: i for i, unit in enumerate(units) for block in unit.blocks}
    visits = sum(home[a.rank] != home[b.rank] for a, b in pairwise(flow)) + 1
    return visits - len(units)
