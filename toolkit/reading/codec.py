"""Documents as bytes and back: for the way out of a worker, and for the cache. Data only, nothing that could run."""

from __future__ import annotations

import gc
import json
import struct
import zlib
from dataclasses import fields
from typing import Any

from toolkit.records import Box, Cell, Document, Page, Passage, Plan, Problem, Repair, Span, Word, content_id

_WORD = struct.Struct("<3i4d")  # start, end, line, and the box
_LENGTH = struct.Struct("<I")
_MOST_BYTES = 1 << 30  # nobody's plan; a bomb in a damaged cache stops here


def _names(record: type, *without: str) -> tuple[str, ...]:
    return tuple(f.name for f in fields(record) if f.name not in without)


_PAGE = _names(Page, "words")
_PASSAGE = _names(Passage, "plan_id", "spans", "cells", "section")
_CELL = _names(Cell)
_PLAIN: dict[str, type] = {"problems": Problem, "repairs": Repair}
_PLAIN_NAMES = {key: _names(kind) for key, kind in _PLAIN.items()}

# Changes whenever a record gets another field: documents stored before are then read anew.
FORMAT = content_id(1, _PAGE, Word._fields, _PASSAGE, _CELL, *_PLAIN_NAMES.values())


def encode(document: Document, metadata: dict[str, str]) -> bytes:
    """Return a document, without its plan, and the PDF's metadata as compressed bytes."""
    pages = [[getattr(page, name) for name in _PAGE] for page in document.pages]
    passages = [
        [
            [getattr(p, n) for n in _PASSAGE],
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
    pack = _WORD.pack
    words = b"".join(pack(start, end, line, *box) for page in document.pages for start, end, box, line in page.words)
    return zlib.compress(_LENGTH.pack(len(text)) + text + words, 1)


def decode(data: bytes, plan: Plan) -> tuple[Document, dict[str, str]]:
    """Return the document of `plan` and the PDF's metadata; ValueError when the bytes are damaged."""
    collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of small tuples, none of them garbage: the collector would double the time
    try:
        return _decode(data, plan)
    except (zlib.error, struct.error, KeyError, TypeError, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"damaged document: {error}") from error
    finally:
        if collecting:
            gc.enable()


def _decode(data: bytes, plan: Plan) -> tuple[Document, dict[str, str]]:
    opened = zlib.decompressobj()
    raw = opened.decompress(data, _MOST_BYTES)
    if not opened.eof:
        raise ValueError("damaged document: incomplete, or too large")
    cut = _LENGTH.size + _LENGTH.unpack_from(raw)[0]
    head = json.loads(raw[_LENGTH.size : cut].decode("utf-8", "surrogatepass"))
    words = _words(raw[cut:])
    pages, first = [], 0
    for values, count in zip(head["pages"], head["words"], strict=True):
        pages.append(Page(**dict(zip(_PAGE, values, strict=True)), words=tuple(words[first : first + count])))
        first += count
    if first != len(words):
        raise ValueError("damaged document: words without a page")
    plain = {
        key: tuple(_PLAIN[key](**dict(zip(names, row, strict=True))) for row in head[key])
        for key, names in _PLAIN_NAMES.items()
    }
    passages = tuple(_passage(plan.plan_id, *row) for row in head["passages"])
    document = Document(plan=plan, pages=tuple(pages), passages=passages, reader=head["reader"], **plain)
    return document, head["metadata"]


def _passage(plan_id: str, values: list[Any], section: list[str], spans: list[list[int]], cells: list[Any]) -> Passage:
    return Passage(
        **dict(zip(_PASSAGE, values, strict=True)),
        plan_id=plan_id,
        section=tuple(section),
        spans=tuple(Span(*span) for span in spans),
        cells=tuple(Cell(**dict(zip(_CELL, row, strict=True))) for row in cells),
    )


def _words(raw: bytes) -> list[Word]:
    new = tuple.__new__  # the constructors of named tuples cost twice as much
    return [
        new(Word, (start, end, new(Box, (x0, top, x1, bottom)), line))
        for start, end, line, x0, top, x1, bottom in _WORD.iter_unpack(raw)
    ]
