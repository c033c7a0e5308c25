"""The record of a table: cells in rows and columns, each with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.reading.raw import RawWord
from toolkit.records import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell: its words (places in `RawPage.words`, in reading order), and how many rows and columns it spans."""

    box: Box
    words: tuple[int, ...]
    row: int
    column: int
    span: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableGrid:
    """A table on a page. A cell that spans rows or columns stands once, in its first row and column.

    `header` holds one text per column ('' when none), taken from the page before when `continues` is true and the
    header is not repeated.
    """

    box: Box
    rows: tuple[tuple[TableCell, ...], ...]
    header_rows: int = 0
    header: tuple[str, ...] = ()
    continues: bool = False

    @property
    def cells(self) -> Iterator[TableCell]:
        """The cells, row by row."""
        return (cell for row in self.rows for cell in row)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return max((c.column + c.span[1] for c in self.cells), default=0)


def cell_text(words: Sequence[RawWord], cell: TableCell) -> str:
    """Return the words of a cell joined by spaces, halves of a word cut at a line end joined without."""
    text = ""
    for i in cell.words:
        text += words[i].text + ("" if words[i].hyphen else " ")
    return text.rstrip()
