"""Evidence as people read it: the strongest quotes of a cell first, and the way to their page in the PDF."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote as escape

from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[str, str, str]  # framework, plan_id, code


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table as one dictionary per row, None where a value is missing."""
    rows: list[dict[str, Any]] = table.astype(object).where(table.notna(), None).to_dict("records")  # type: ignore[assignment]
    return rows


def whole_quote(row: Mapping[str, Any]) -> str:
    """Return the quote of an evidence row, with its continuation on the next page when it has one."""
    return " ".join(part for part in (row["quote"], row["continued_quote"]) if part)


def quotes_by_cell(run: Results) -> dict[Cell, list[dict[str, Any]]]:
    """Return the evidence rows of every cell that has any, the strongest first.

    Order: strength, equity focus, confidence, then place in the plan.
    """
    cells: dict[Cell, list[dict[str, Any]]] = {}
    for row in rows_of(run.evidence):
        cells.setdefault((row["framework"], row["plan_id"], row["code"]), []).append(row)
    for rows in cells.values():
        rows.sort(key=lambda r: (-r["strength"], not r["equity"], -r["confidence"], r["page"], r["start"]))
    return cells


def shortened(text: str, longest: int) -> str:
    """Return text cut at a word before `longest` characters, the cut marked by " […]"; unchanged when it fits."""
    if len(text) <= longest:
        return text
    head = text[: longest - 4]
    return f"{head[: head.rfind(' ')] if ' ' in head else head} […]"


def pdf_paths(run: Results, directory: str | Path) -> dict[str, str]:
    """Return, per plan whose PDF is on this machine, its address as seen from `directory` (escaped, with "/")."""
    found = {}
    here = Path(directory).resolve()
    for row in rows_of(run.plans):
        path = Path(row["path"])
        if path.is_file():
            try:
                near = os.path.relpath(path.resolve(), here)
            except ValueError:  # another drive
                continue
            found[row["plan_id"]] = escape(Path(near).as_posix())
    return found


def page_link(paths: Mapping[str, str], plan_id: str, page: int) -> str | None:
    """Return the address of a page ("../plans/a.pdf#page=12"), or None when the plan's PDF is not there."""
    return f"{paths[plan_id]}#page={page}" if plan_id in paths else None
