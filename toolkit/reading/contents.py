"""Lists of contents: lines that end in a page number, what the tags call so, or what stands under that name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.reading.pieces import Piece

_DOTS = re.compile(r"(?:\. ?){4,}\d+\s*$")  # leaders before a page number: nothing but a list of contents has them
_CONTENTS = re.compile(r"(?:table of |list of )?contents(?: page)?:?", re.IGNORECASE)
_NAMED = re.compile(r"(?:[a-z]+ )?contents(?: page)?(?: \d{1,2})?:?", re.IGNORECASE)  # over a table
_LEADER = re.compile(r"(?:\.{3,}|…|(?:\s\.){3,}|\s{2,}|\s|\t)\s*\d{1,3}\s*$")
_OPENING = 4  # pieces: the name of a list of contents is among so many at the top of its page
_FEWEST_ENTRIES = 4
_AN_ENTRY = 250  # characters: an entry is shorter


def with_contents(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of a page with the entries of a list of contents marked: they are navigation, no text."""
    if _is_table_under_its_name(pieces):
        return [p._replace(kind="contents", cells=()) for p in pieces]
    listed = _is_list_of_contents(pieces)
    if not listed and not any(p.role == "TOCI" for p in pieces):
        return pieces
    return [p._replace(kind="contents") if p.role == "TOCI" or (listed and _is_listed(p)) else p for p in pieces]


def _is_listed(piece: Piece) -> bool:
    """Return whether a piece on a page with a list of contents belongs to it: thanks and forewords beside it do not."""
    return piece.kind != "table_row" and (len(piece.text) < _AN_ENTRY or any(_is_entry(x.text) for x in piece.lines))


def _is_list_of_contents(pieces: Sequence[Piece]) -> bool:
    if _lists_pages_under_its_name(pieces):
        return True
    lines = [line.text for p in pieces for line in p.lines]
    if sum(map(_is_entry, lines)) < max(5, 0.5 * len(lines)):
        return False
    if sum(_DOTS.search(line) is not None for line in lines) >= 5:
        return True
    return any(p.kind != "table_row" and len(p.text) < _AN_ENTRY and _is_entry(p.text) for p in pieces)


def _lists_pages_under_its_name(pieces: Sequence[Piece]) -> bool:
    """Return whether a page says "Contents", and has the numbers of pages by themselves, as designers set them."""
    if not any(_CONTENTS.fullmatch(p.text) for p in pieces[:_OPENING]):
        return False
    lines = [line.text for p in pieces for line in p.lines]
    numbers = [int(line) for line in lines if line.isdecimal() and len(line) <= 3]
    return len(set(numbers)) >= _FEWEST_ENTRIES and len(numbers) > 0.25 * len(lines)


def _is_entry(text: str) -> bool:
    """Return whether a text ends in a page number."""
    return text.rstrip()[-1:].isdigit() and _LEADER.search(text) is not None


def _is_table_under_its_name(pieces: Sequence[Piece]) -> bool:
    """Return whether a page has a title that says "contents", and one table, which tells what stands where."""
    titles = [p for p in pieces if p.kind != "table_row"]
    is_table = len(titles) <= _OPENING and len(pieces) - len(titles) >= _FEWEST_ENTRIES
    return is_table and any(_NAMED.fullmatch(title.text) for title in titles)
