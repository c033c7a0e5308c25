"""Pieces: a block cut into paragraphs, list items and rows, before it is known what follows on the next page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.reading.blocks import Block
from toolkit.reading.layout import Layout
from toolkit.reading.lines import Line, is_marker
from toolkit.reading.tables import TableGrid
from toolkit.records import PassageKind

_BULLETS = frozenset("•●○◦▪▫■□◆◇►▶➢➤➔→✓✔❖*·∙⁃‣–—-o§ØüÂ")
_HEADING_ROLE = re.compile(r"H[1-6]?$|Title$")
_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|chart|map|graph|box|exhibit)\s+[A-Z]?\d+[A-Z]?(?:[.\-]\d+[A-Z]?)*\s*"
    r"[:.,\-–—]?(?:\s|$)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|data source|image|photo(?:graph)?)s?\s*:", re.IGNORECASE)
_NOTE = re.compile(r"(?:\d{1,3}|\[\d{1,3}\]|[*†‡])\s?\S")
_BRACKETED = re.compile(r"\[\d{1,3}\]")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*\d{0,3}$")
_GOES_ON = ("e.g.", "i.e.")  # stops that end no sentence
_UNIT = re.compile(
    r"(?:per|million|billion|thousand|hundred|times|points?|years?|months?|weeks?|days?|hours?|minutes?|miles?|km|bn|m"
    r"|in|out|of|to|and|or|more|fewer|less|higher|lower|people|adults|children|residents|deaths|cases|percent\w*)\b"
)
_STYLE = re.compile(r"[-,]")  # what parts the family from the style in the name of a font
_TITLE_LINES = 2
_TITLE_WORDS = 12
_LARGE = 1.12  # times the plan's usual type size
_LONG = 3  # lines: more of them whose last is full are text that goes on elsewhere, and twice as many in any case


class Piece(NamedTuple):
    """Lines of one page that make one passage, or a part of it. `cells` are (column, header, words) of a table row."""

    page: int
    kind: PassageKind
    lines: tuple[Line, ...]
    level: int = 0
    marker: str = ""  # the bullet that is left out of the passage; numbers stay
    role: str = ""
    cells: tuple[tuple[int, str, Line], ...] = ()
    alone: bool = False  # a block of its own: it can be a heading
    panel: int = 0  # the number of the drawn box on the page that it shares with others; 0: none

    @property
    def text(self) -> str:
        """The words of the piece as drawn."""
        lines = self.lines
        return lines[0].text if len(lines) == 1 else " ".join([line.text for line in lines])

    @property
    def size(self) -> float:
        """The type size of the longest line."""
        lines = self.lines
        return lines[0].size if len(lines) == 1 else max(lines, key=lambda line: len(line.text)).size

    @property
    def finished(self) -> bool:
        """Whether the last line ends as a sentence does."""
        return _is_end(self.lines[-1].text) and not self.lines[-1].words[-1].hyphen

    @property
    def goes_on(self) -> bool:
        """Whether the first line can only be the rest of something: it begins with a small letter."""
        first = self.lines[0].words[0].text
        return (
            self.kind == "paragraph"
            and not self.lines[0].dotted
            and first[:1].islower()
            and not (is_marker(first) and first != "a")
        )


def _is_end(text: str) -> bool:
    """Return whether a text ends as a sentence does."""
    last = text[-1:]
    return not last.isalpha() and last != "," and _ENDS.search(text) is not None and not text.endswith(_GOES_ON)


def page_pieces(number: int, layout: Layout, body: float, height: float) -> list[Piece]:
    """Return the pieces of a page in reading order; `body` is the plan's usual type size."""
    pieces: list[Piece] = []
    for block in layout.blocks:
        if block.table is not None:
            pieces += _rows(number, block)
        else:
            pieces += _block_pieces(number, block, body, height)
    return pieces


def _block_pieces(number: int, block: Block, body: float, height: float) -> Iterator[Piece]:
    tag = block.lines[0].tag
    role = tag.role if tag else ""
    if _HEADING_ROLE.match(role) and len(block.lines) <= 6 and not block.lines[0].text[0].islower():
        yield Piece(page=number, kind="heading", lines=block.lines, role=role, alone=True, panel=block.panel)
        return
    groups = [list(block.lines)] if _is_title_in_two(block, body) else list(_paragraphs(block, role))
    for group in groups:
        kind, marker = _kind(group, role, body, height)
        level = tag.depth if tag and kind == "list_item" else 0
        alone = len(groups) == 1
        if group is groups[0] and not alone and _is_title(group, groups[1][0], block):
            kind, level, alone = ("paragraph" if group[0].bold else "heading"), 0, True
        yield Piece(
            page=number,
            kind=kind,
            lines=tuple(group),
            level=level,
            marker=marker,
            role=role,
            alone=alone,
            panel=block.panel,
        )


def _is_title_in_two(block: Block, body: float) -> bool:
    """Return whether a block is one title with a colon in it ("Priority 1:" over "A good start"), bold or large."""
    lines = block.lines
    if not 1 < len(lines) <= _TITLE_LINES + 1 or lines[0].text[-1] != ":" or _is_end(lines[-1].text):
        return False
    marked = block.size > _LARGE * body or all(line.bold for line in lines)
    listed = any(line.dotted or is_marker(line.words[0].text) for line in lines[1:])
    return marked and not listed and sum([len(line.words) for line in lines]) <= _TITLE_WORDS


def _paragraphs(block: Block, role: str) -> Iterator[list[Line]]:
    """Cut a block where a list item begins, a line ends early after a full stop, or a first line is set in."""
    group: list[Line] = []
    gaps = [b.baseline - a.baseline for a, b in zip(block.lines, block.lines[1:], strict=False)]
    leading = min(gaps, default=0.0)
    for line in block.lines:
        if group and _begins(group, line, block, leading, role):
            yield group
            group = []
        group.append(line)
    yield group


def _begins(group: list[Line], line: Line, block: Block, leading: float, role: str) -> bool:
    sides = block.box
    above, first = group[-1], line.words[0].text
    if line.dotted:
        return not _is_within_a_sentence(group, line)
    if first[0] in _BULLETS and is_marker(first) and len(line.words) > 1 and first not in ("-", "–", "—", "o"):
        return True
    if len(group) <= _TITLE_LINES and _is_title(group, line, block):
        return True
    if role:
        return False
    if _BRACKETED.match(first) and _BRACKETED.match(group[0].words[0].text):
        return True
    if first.isdigit() and not _is_end(above.text) and not _counts_on(group[0].words[0].text, first):
        return False  # "1 in 10 children aged under" | "16 are living"
    if is_marker(first) and len(line.words) > 1 and (above.text[-1:] in ".;:" or is_marker(group[0].words[0].text)):
        return first not in ("a", "A", "I", "i") and (line.box.x0 <= group[0].box.x0 + 2 or above.text[-1:] == ":")
    ended = _is_end(above.text)
    early = above.box.x1 < sides.x1 - 0.12 * (sides.x1 - sides.x0) - line.size
    if ended and early:
        return True
    if ended and line.box.x0 > sides.x0 + 0.8 * line.size and above.box.x0 <= sides.x0 + 2:
        return not is_marker(group[0].words[0].text)
    return ended and line.baseline - above.baseline > 1.2 * leading


def _is_within_a_sentence(group: Sequence[Line], line: Line) -> bool:
    """Return whether a line with a dot before it only goes on: the dot is that of an icon beside plain text."""
    first, above = group[0], group[-1]
    listed = first.dotted or is_marker(first.words[0].text) or above.text[-1] in ".:;"
    return not listed and line.text[0].islower() and abs(line.box.x0 - above.box.x0) < 1


def _counts_on(number: str, following: str) -> bool:
    return number.isdecimal() and following.isdecimal() and int(following) == int(number) + 1


def _is_title(group: Sequence[Line], line: Line, block: Block) -> bool:
    """Return whether the lines are a title run into the text that begins with the next line: short, and set apart.

    They are bold or of another family of type than the text, end early and without a stop. Text ends with one, or
    goes on elsewhere: what stands below a name does not.
    """
    first, last = group[0], group[-1]
    if line.bold or line.words[0].bold or len(line.words) < 3 or not line.text[0].isupper():
        return False
    edge, end = block.box.x1 - 0.12 * (block.box.x1 - block.box.x0), block.lines[-1]
    early = last.box.x1 < edge
    is_text = _is_end(end.text) or len(block.lines) > (_LONG if end.box.x1 > edge else 2 * _LONG)
    if not (early and is_text) or last.text[-1] in ".,;:" or sum(len(above.words) for above in group) > _TITLE_WORDS:
        return False
    if all(above.bold for above in group):
        return any(map(str.isalpha, last.text))
    family = _family(first)
    return family != _family(line) != "" and family == _family(last) != "" and first.text[0].isupper()


def _family(line: Line) -> str:
    """Return the family of type that the words of a line are set in; "" when they are set in several."""
    names = {_STYLE.split(word.font, maxsplit=1)[0] for word in line.words if any(map(str.isalpha, word.text))}
    return names.pop().casefold() if len(names) == 1 else ""


def _kind(group: Sequence[Line], role: str, body: float, height: float) -> tuple[PassageKind, str]:
    first = group[0].words[0].text
    text, size = group[0].text, group[0].size
    if len(group) == 1 and not any(map(str.isalnum, text)):
        return "furniture", ""  # rows of dots, a lost bullet
    if role == "Caption" or (_CAPTION.match(text) and len(group) <= 3) or (_SOURCE.match(text) and len(group) <= 3):
        return "caption", ""
    low = group[-1].box.bottom > 0.75 * height
    small = size <= 0.87 * body or (size <= 0.95 * body and group[0].words[0].size < 0.8 * size)  # a raised number
    if role in ("Note", "FENote") or (small and low and _NOTE.match(text) and len(group[0].words) > 2):
        return "footnote", ""
    if group[0].dotted:
        return "list_item", ""
    if len(group[0].words) > 1 and is_marker(first):
        if first[0] in _BULLETS or "\ue000" <= first[0] <= "\uf8ff":
            return "list_item", first
        amount = first[-1].isdigit() and _UNIT.match(group[0].words[1].text)  # "5.7 per cent", "2.5 million"
        if not first.isalpha() and not first.isdigit() and not amount:
            return "list_item", ""
    return ("list_item" if role == "LI" else "paragraph"), ""


def _rows(number: int, block: Block) -> Iterator[Piece]:
    """Return one piece per table row, its cells with the header above them."""
    table = block.table
    assert table is not None  # for the type checker: the caller looked
    lines = iter(block.lines)
    by_cell = {id(cell): next(lines) for cell in table.cells if cell.words}
    for place, row in enumerate(table.rows):
        cells = tuple(
            (cell.column, _header(table, cell.column) if place >= table.header_rows else "", by_cell[id(cell)])
            for cell in row
            if cell.words
        )
        if cells:
            drawn = tuple(line for _, _, line in cells)
            yield Piece(page=number, kind="table_row", lines=drawn, cells=cells, panel=block.panel)


def _header(table: TableGrid, column: int) -> str:
    return table.header[column] if column < len(table.header) else ""
