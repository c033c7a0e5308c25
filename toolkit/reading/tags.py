"""The structure tree of a tagged page: which block every piece of marked content belongs to, in the author's order."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from toolkit.reading.pdfium import LIBRARY as PDFIUM
from toolkit.reading.pdfium import Handle
from toolkit.reading.raw import Tag

# Block-level roles; everything else (Span, Link, Lbl, LBody, ...) belongs to the block around it.
BLOCKS = frozenset(
    (
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "LI",
        "TD",
        "TH",
        "Caption",
        "Note",
        "FENote",
        "Title",
        "BlockQuote",
        "Quote",
        "TOCI",
        "Figure",
        "Formula",
        "Index",
        "BibEntry",
        "Aside",
    )
)
_SECTIONS = frozenset(("Document", "Part", "Art", "Sect", "Div", "NonStruct", "Private", "DocumentFragment"))
_PLACES = BLOCKS | _SECTIONS | {"L", "Table", "TR"}  # what begins inside a block; all else is a part of it
_STRUCTURE = _SECTIONS | frozenset(("L", "Table", "THead", "TBody", "TFoot", "TR", "TOC"))
COVERED = 0.9  # share of a page's words that the structure tree must know before it is trusted
_DEEPEST = 60
_LONG = 40  # children: a longer row is not read from its beginning on every page
_MOST = 20000
_ROLE = (ctypes.c_ushort * 40)()
_ROLE_SIZE = ctypes.c_ulong(ctypes.sizeof(_ROLE))


@dataclass(slots=True)
class _Table:
    """A table that the walk is in: its number and the row and column it has come to."""

    number: int
    row: int = -1
    column: int = -1


@dataclass(slots=True)
class _Place:
    """Where the walk stands in the tree."""

    element: int = -1
    role: str = ""
    depth: int = 0
    table: _Table | None = None


@dataclass(slots=True)
class _Walk:
    """One walk over a page's tree. `hints` say where, in long rows of children, the page before ended."""

    hints: dict[tuple[int, ...], int]
    tags: dict[int, Tag] = field(default_factory=dict)
    elements: int = 0
    tables: int = 0
    seen: int = 0
    short: bool = True  # in long rows, look only where the page before ended


class TagReader:
    """Reads the structure tree of one page after another.

    PDFium hands out the whole row of an element's children on every page, mostly empty places: of 1,900 paragraphs of
    a report 20 are on the page. So a long row is read from where the page before ended until its places are empty
    again; only when words of the page are then without tag is the whole row read.
    """

    def __init__(self) -> None:
        self._hints: dict[tuple[int, ...], int] = {}

    def page(self, page: Handle, mcids: Sequence[int]) -> dict[int, Tag]:
        """Return the tag of every marked-content id that the tree names on an open page.

        `mcids` are those of its words, -1 for none. With too few marked words there is no tree to trust, and none is
        built: PDFium takes a millisecond for it.
        """
        marked = [mcid for mcid in mcids if mcid >= 0]
        if not marked or len(marked) < COVERED * len(mcids):
            return {}
        tree = PDFIUM.StructTree_GetForPage(page)
        if not tree:
            return {}
        try:
            walk = self._walk(tree, short=True)
            if not walk.tags.keys() >= set(marked):
                walk = self._walk(tree, short=False)
        finally:
            PDFIUM.StructTree_Close(tree)
        self._hints.update(walk.hints)
        return walk.tags

    def _walk(self, tree: Handle, *, short: bool) -> _Walk:
        walk = _Walk(hints=dict(self._hints), short=short)
        for i in range(PDFIUM.StructTree_CountChildren(tree)):
            element = PDFIUM.StructTree_GetChildAtIndex(tree, i)
            if element:
                _visit(element, _Place(), walk, (i,))
        return walk


def _visit(element: Handle, outer: _Place, walk: _Walk, path: tuple[int, ...]) -> None:
    walk.seen += 1
    if len(path) > _DEEPEST or walk.seen > _MOST:
        return
    here = _enter(_role(element), outer, walk)
    count = PDFIUM.StructElement_CountChildren(element)
    if count > _LONG:
        _visit_long(element, count, here, walk, path)
        return
    for i in range(count):
        child = PDFIUM.StructElement_GetChildAtIndex(element, i)
        if child:
            _visit(child, here, walk, (*path, i))
        elif (mcid := PDFIUM.StructElement_GetChildMarkedContentID(element, i)) >= 0:
            _note(mcid, here, walk)


def _visit_long(element: Handle, count: int, here: _Place, walk: _Walk, path: tuple[int, ...]) -> None:
    child_at, mcid_at = PDFIUM.StructElement_GetChildAtIndex, PDFIUM.StructElement_GetChildMarkedContentID
    start = walk.hints.get(path, 0) if walk.short else 0
    empty, found = 0, False
    for i in range(start, count):
        child = child_at(element, i)
        if child:
            _visit(child, here, walk, (*path, i))
            walk.hints[path] = i
            empty, found = 0, True
            continue
        if (mcid := mcid_at(element, i)) >= 0:
            _note(mcid, here, walk)
        empty += 1
        if found and walk.short and empty > _LONG:
            return


def _note(mcid: int, here: _Place, walk: _Walk) -> None:
    """Note the marked content that stands among an element's children."""
    if mcid not in walk.tags:
        table = here.table
        place = (table.number, table.row, table.column) if table else (-1, -1, -1)
        walk.tags[mcid] = Tag(len(walk.tags), here.element, here.role, here.depth, *place)


def _enter(role: str, outer: _Place, walk: _Walk) -> _Place:
    """Return the place inside an element: a new block, a deeper list, a table's next row or cell, or as outside."""
    if outer.element >= 0 and role not in _PLACES:
        return outer
    table, element, block, depth = outer.table, outer.element, outer.role, outer.depth
    if role == "L":
        depth += 1
    elif role == "Table":
        walk.tables += 1
        table = _Table(walk.tables - 1)
        element, block, depth = -1, "", 0
    elif role == "TR" and table:
        table.row, table.column = table.row + 1, -1
    elif role in BLOCKS:
        inside = block in ("LI", "TD", "TH") and role in ("P", "Figure", "BlockQuote") and element >= 0
        if role in ("TD", "TH") and table:
            table.column += 1
        if not inside:
            walk.elements += 1
            element, block = walk.elements, role
    elif role in _SECTIONS and block not in ("LI", "TD", "TH"):
        element, block = -1, ""
    if element < 0 and role not in _STRUCTURE:
        walk.elements += 1
        element, block = walk.elements, role
    return _Place(element, block, depth, table)


def _role(element: Handle) -> str:
    length = PDFIUM.StructElement_GetType(element, _ROLE, _ROLE_SIZE)
    return _decode(bytes(_ROLE)[: max(length - 2, 0)])


@lru_cache(maxsize=256)
def _decode(name: bytes) -> str:
    return name.decode("utf-16-le", "replace")
