"""A document as plain text, or as Markdown with headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from toolkit.records import Passage

_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
# What Markdown would take for its own: everywhere, and at the beginning of a line.
_MARKS = re.compile(r"([\\`*<\[\]])|(?<!\w)(_)|(_)(?!\w)")
_FIRST = re.compile(r"^([#>+-])(?=\s|$)|^(\d{1,9})([.)])(?=\s)")


def as_text(passages: Iterable[Passage]) -> str:
    """Return passages as text: a blank line between paragraphs, none inside a list or a table."""
    blocks = [
        "\n".join(p.text for p in group)
        for (kind, _), group in groupby(passages, key=lambda p: (p.kind, "" if _runs_on(p) else p.passage_id))
        if kind
    ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def as_markdown(passages: Iterable[Passage]) -> str:
    """Return passages as Markdown: `#` headings by level, nested lists, pipe tables under their headers.

    Characters that Markdown would read as its own are escaped, so that the words stay those of the plan.
    """
    blocks: list[str] = []
    for (kind, _), group in groupby(passages, key=lambda p: (p.kind, "" if _runs_on(p) else p.passage_id)):
        found = list(group)
        if kind == "table_row":
            blocks += _tables(found)
        elif kind == "list_item":
            blocks.append("\n".join(_item(p) for p in found))
        else:
            blocks.append(_block(found[0]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _runs_on(passage: Passage) -> bool:
    return passage.kind in {"list_item", "table_row"}


def _block(passage: Passage) -> str:
    text = _escaped(passage.text)
    if passage.kind == "heading":
        return f"{'#' * min(max(passage.level, 1), 6)} {text}"
    if passage.kind == "caption":
        return f"*{text}*"
    return _FIRST.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", text)


def _item(passage: Passage) -> str:
    indent = "    " * (max(passage.level, 1) - 1)
    text = _escaped(passage.text)
    return f"{indent}{text}" if _NUMBERED.match(text) else f"{indent}- {text}"


def _tables(rows: Sequence[Passage]) -> list[str]:
    """Return one pipe table for every stretch of rows that share their headers."""
    tables: list[tuple[dict[int, str], list[dict[int, str]]]] = []
    for row in rows:
        cells = {c.column: row.text[c.start : c.end] for c in row.cells} or {0: row.text}
        named = {c.column: c.header for c in row.cells if c.header}
        if not tables or any(tables[-1][0].get(column) != header for column, header in named.items()):
            last = tables[-1][1] if tables else []
            if named and last and all(last[-1].get(column) == header for column, header in named.items()):
                named = last.pop()  # the header row itself, which stands as a row before those that it heads
            tables.append((named, []))
        tables[-1][1].append(cells)
    return [_table(header, body) for header, body in tables if header or body]


def _table(header: dict[int, str], body: list[dict[int, str]]) -> str:
    columns = range(max(max(row, default=0) for row in [header, *body]) + 1)
    lines = [_line(header, columns), "|" + " --- |" * len(columns), *(_line(row, columns) for row in body)]
    return "\n".join(lines)


def _line(cells: dict[int, str], columns: range) -> str:
    shown = (_escaped(cells.get(c, "")).replace("|", "\\|").replace("\n", " ") for c in columns)
    return "| " + " | ".join(shown) + " |"


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda m: f"\\{m[0]}", text)
