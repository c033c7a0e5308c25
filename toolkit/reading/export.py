"""Write what was read: text, Markdown, or passages with their positions as JSON lines or Parquet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import schema
from toolkit.errors import InvalidInput, OutputExists, UnknownName
from toolkit.reading.markdown import as_markdown, as_text
from toolkit.records import NOT_CONTENT, Document, Passage

if TYPE_CHECKING:
    import pandas as pd

# Suffix -> what is written.
FORMATS: dict[str, str] = {
    "txt": "reading order as text, running heads, page numbers and contents pages left out",
    "md": "the same as Markdown, with headings, lists and tables",
    "jsonl": "all passages with their positions, one JSON object a line (table `passages`)",
    "parquet": "all passages with their positions (table `passages`)",
}
_PAGES = re.compile(r"(\d+)(?:-(\d+))?")


def format_of(path: str | Path) -> str:
    """Return the format that a file's suffix asks for; UnknownName lists the choices for any other suffix."""
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise UnknownName("output format", suffix or str(path), FORMATS)
    return suffix


def page_numbers(text: str) -> frozenset[int]:
    """Return the pages that a text such as "1-4,9" names (from 1); InvalidInput for anything else."""
    found: set[int] = set()
    for part in filter(None, (p.strip() for p in text.split(","))):
        match = _PAGES.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise InvalidInput("--pages", [f"'{part}' names no pages. Write pages and ranges such as 1-4,9"])
        found |= set(range(first, last + 1))
    return frozenset(found)


def passages_table(documents: Iterable[Document], pages: frozenset[int] = frozenset()) -> pd.DataFrame:
    """Return the table `passages` (see `schema`) of documents; `pages` keeps those that begin on one of them."""
    rows = [schema.passage_row(p, d) for d in documents for p in _chosen(d.passages, pages)]
    return schema.table("passages", rows)


def written(documents: Sequence[Document], kind: str, pages: frozenset[int] = frozenset()) -> bytes:
    """Return documents as the bytes of a file of format `kind` (one of FORMATS); several carry their ids."""
    if kind in {"txt", "md"}:
        return _text(documents, kind, pages).encode("utf-8", "replace")
    table = passages_table(documents, pages)
    if kind == "parquet":
        data = table.to_parquet(index=False)
        return bytes(data)
    return str(table.to_json(orient="records", lines=True, force_ascii=False)).encode("utf-8", "replace")


def export(
    documents: Sequence[Document],
    path: str | Path,
    *,
    pages: frozenset[int] = frozenset(),
    force: bool = False,
) -> Path:
    """Return the path of the file written; its suffix chooses the format (FORMATS).

    Raises UnknownName for another suffix, OutputExists when the file stands already and `force` is not set.
    """
    target, kind = Path(path), format_of(path)
    if target.exists() and not force:
        raise OutputExists(target)
    data = written(documents, kind, pages)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return target


def _text(documents: Sequence[Document], kind: str, pages: frozenset[int]) -> str:
    turn: Callable[[Iterable[Passage]], str] = as_text if kind == "txt" else as_markdown
    parts = []
    for document in documents:
        name = document.plan.plan_id
        head = (
            "" if len(documents) == 1 else f"===== {name} =====\n\n" if kind == "txt" else f"<!-- plan: {name} -->\n\n"
        )
        parts.append(head + turn(p for p in _chosen(document.passages, pages) if p.kind not in NOT_CONTENT))
    return "\n".join(parts)


def _chosen(passages: Iterable[Passage], pages: frozenset[int]) -> list[Passage]:
    return [p for p in passages if not pages or p.page in pages]
