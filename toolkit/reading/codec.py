"""Documents as bytes and back: for the way out of a worker, and for the cache. Data only, nothing that could run."""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from toolkit.reading.collection import no_collection
from toolkit.reading.words import KINDS, Words
from toolkit.records import Cell, Document, Page, Passage, Plan, Problem, Repair, Span, Word, content_id, text_at

_SIZES = [struct.calcsize(kind) for kind in KINDS]
_WORD = sum(_SIZES)
_LENGTH = struct.Struct("<I")
_MOST_BYTES = 1 << 30  # nobody's plan; a bomb in a damaged cache stops here


def _names(record: type, *without: str) -> tuple[str, ...]:
    return tuple(f.name for f in fields(record) if f.name not in without)


_PAGE = _names(Page, "words")
_PASSAGE = _names(Passage, "plan_id", "text", "spans", "cells", "section")
_CELL = _names(Cell)
_PLAIN: dict[str, type] = {"problems": Problem, "repairs": Repair}
_PLAIN_NAMES = {key: _names(kind) for key, kind in _PLAIN.items()}

# Changes whenever a record gets another field: documents stored before are then read anew.
FORMAT = content_id(2, _PAGE, Word._fields, _PASSAGE, _CELL, *_PLAIN_NAMES.values())


def encode(document: Document, metadata: dict[str, str]) -> bytes:
    """Return a document, without its plan, and the PDF's metadata as compressed bytes."""
    pages = [[getattr(page, name) for name in _PAGE] for page in document.pages]
    texts = {page.number: page.text for page in document.pages}
    passages = [
        [
            [getattr(p, n) for n in _PASSAGE],
            "" if p.text == text_at(texts, p.spans) else p.text,
            p.section,
            p.spans,
            [[getattr(c, n) for n in _CELL] for c in p.cells],
        ]
        for p in document.passages
    ]
    plain = {
        key: [[getattr(item, name) for name in names] for item in getattr(document, key)]
        for key, names in _PLAIN_NAMES.items()
    }
    head = {
        "reader": document.reader,
        "metadata": metadata,
        "pages": pages,
        "words": [len(page.words) for page in document.pages],
        "passages": passages,
        **plain,
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    packed = zlib.compress(text, 1)
    squeeze = zlib.compressobj(1, strategy=zlib.Z_RLE)
    words = b"".join([squeeze.compress(_planes(page.words)) for page in document.pages if page.words])
    return b"".join((_LENGTH.pack(len(packed)), packed, words, squeeze.flush()))


def decode(data: bytes, plan: Plan) -> tuple[Document, dict[str, str]]:
    """Return the document of `plan` and the PDF's metadata; ValueError when the bytes are damaged."""
    try:
        with no_collection():
            return _decode(data, plan)
    except (zlib.error, struct.error, KeyError, TypeError, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"damaged document: {error}") from error


def _decode(data: bytes, plan: Plan) -> tuple[Document, dict[str, str]]:
    cut = _LENGTH.size + _LENGTH.unpack_from(data)[0]
    head = json.loads(_opened(data[_LENGTH.size : cut]).decode("utf-8", "surrogatepass"))
    planes, counts = _opened(data[cut:]), head["words"]
    if len(planes) != sum(counts) * _WORD:
        raise ValueError("damaged document: words without a page")
    pages, first = [], 0
    for values, count in zip(head["pages"], counts, strict=True):
        words = _words(planes[first : first + count * _WORD], count)
        pages.append(Page(**dict(zip(_PAGE, values, strict=True)), words=words))
        first += count * _WORD
    plain = {
        key: tuple(_PLAIN[key](**dict(zip(names, row, strict=True))) for row in head[key])
        for key, names in _PLAIN_NAMES.items()
    }
    texts = {page.number: page.text for page in pages}
    passages = tuple([_passage(plan.plan_id, texts, *row) for row in head["passages"]])
    document = Document(plan=plan, pages=tuple(pages), passages=passages, reader=head["reader"], **plain)
    return document, head["metadata"]


def _passage(
    plan_id: str,
    texts: Mapping[int, str],
    values: list[Any],
    text: str,
    section: list[str],
    places: list[list[int]],
    cells: list[Any],
) -> Passage:
    spans = tuple([Span(*place) for place in places])
    return Passage(
        **dict(zip(_PASSAGE, values, strict=True)),
        plan_id=plan_id,
        text=text or text_at(texts, spans),
        section=tuple(section),
        spans=spans,
        cells=tuple([Cell(**dict(zip(_CELL, row, strict=True))) for row in cells]) if cells else (),
    )


def _planes(words: Sequence[Word]) -> bytes:
    """Return the words of a page as bytes, column by column.

    First come the first bytes of all numbers of a column, then the second bytes, and so on: neighbours are alike then,
    and it is enough to look for runs of one byte, which takes a third of the time and two thirds of the room.
    """
    planes = []
    for kind, size, numbers in zip(KINDS, _SIZES, Words.made_of(words).columns, strict=True):
        column = struct.pack(f"<{len(words)}{kind}", *numbers)
        planes += [column[i::size] for i in range(size)]
    return b"".join(planes)


def _words(planes: bytes, count: int) -> Words:
    """Return the words of a page from what `_planes` made of them: in arrays, which take a sixth of the memory."""
    columns: list[array[Any]] = []
    at = 0
    for kind, size in zip(KINDS, _SIZES, strict=True):
        numbers = bytearray(size * count)
        for i in range(size):
            numbers[i::size] = planes[at : at + count]
            at += count
        columns.append(array(kind, bytes(numbers)))
        if sys.byteorder == "big":
            columns[-1].byteswap()
    return Words(columns)


def _opened(data: bytes) -> bytes:
    opened = zlib.decompressobj()
    raw = opened.decompress(data, _MOST_BYTES)
    if not opened.eof:
        raise ValueError("damaged document: incomplete, or too large")
    return raw
