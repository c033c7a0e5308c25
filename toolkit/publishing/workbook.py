"""The workbook: accessible tables after the guidance of the UK Analysis Function, made by its own `gptables`.

    write_workbook(results, directory) -> path of workbook.xlsx

Cells are written as text or numbers, never as formulas, whatever a plan says. Links are made here and nowhere else.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.publishing.files import write_bytes
from toolkit.publishing.labels import LEVELS, count, framework_title, frameworks, title
from toolkit.publishing.sheets import SHORTHAND, Sheet, plain, sheets
from toolkit.records import Results

WORKBOOK = "workbook.xlsx"
_LETTER = 1.12  # widths of columns are in letters of 11 points; ours are bold at times, and of 12
_UNDATED = datetime(2000, 1, 1)  # the file says nothing of when it was made: same run, same bytes
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_NOTES = {
    "level": "Levels say how strongly a plan commits itself: "
    + ", ".join(f"{n} {name}" for n, name in LEVELS.items())
    + ". A cell holds the highest level found; the expected level allows for the coder's doubt.",
    "silence": "Three silences are told apart: absent (level 0: searched, nothing found), not applicable [z], and "
    "unreadable [x]. A page that could not be read never counts as silence.",
    "interval": "Likely shares and ranks are the ends of an interval over chapters resampled and codings doubted. "
    "Plans of one band can not be told apart with confidence.",
    "quote": "Quotes are verbatim, but for a space put into a closing bracket followed by a round one and between two "
    "dollar signs. The file evidence.csv holds them unchanged.",
}  # fmt: skip


def write_workbook(results: Results, directory: str | Path) -> Path:
    """Return the path of `directory`/workbook.xlsx: cover, contents, notes, summary, scores, matrices, evidence.

    Links lead to the plans' PDFs where these were read from, as seen from `directory`; a plan that is not there has
    its page numbers as text. Same run, same place, same bytes.
    """
    return write_bytes(Path(directory) / WORKBOOK, workbook_bytes(results, directory))


def workbook_bytes(results: Results, directory: str | Path) -> bytes:
    """Return the workbook as bytes, its links as seen from `directory`."""
    import gptables
    import pandas as pd

    made = sheets(results, directory)
    target = io.BytesIO()
    notes = pd.DataFrame([{"Note": key, "Note text": text} for key, text in _NOTES.items()])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The following notes are not referenced")
        book: Any = gptables.produce_workbook(
            target,
            {sheet.name: _gptable(n, sheet) for n, sheet in enumerate(made)},
            cover=_cover(results, made),
            notes_table=notes,
            auto_width=False,
            workbook_options=_TEXT_ONLY,
        )
    book.set_properties({"title": _title(results), "author": "ICS plan toolkit", "created": _UNDATED})
    _finish(book, made)
    book.close()
    return _portable(target.getvalue())


def _portable(data: bytes) -> bytes:
    """Return the workbook with "/" in its links to files: "\\", as XlsxWriter has it, leads nowhere but on Windows."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.endswith(".rels"):
                part = re.sub(rb'Target="[^"]*"', lambda found: found.group().replace(b"\\", b"/"), part)
            new.writestr(zipfile.ZipInfo(entry.filename), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _gptable(number: int, sheet: Sheet) -> Any:
    import gptables

    formatting: list[dict[str, Any]] = [
        {"column": {"columns": [column], "format": {"num_format": shape, "align": "right"}}}
        for column, shape in sheet.formats.items()
    ]
    formatting.append({"column": {"columns": list(sheet.table.columns), "format": {"valign": "top"}}})
    risky = [c for c in sheet.table.columns if any(str(v).startswith(("=", "+", "-", "@")) for v in sheet.table[c])]
    if risky:  # stays text even when a person edits the cell and presses Enter
        formatting.append({"column": {"columns": risky, "format": {"quote_prefix": True}}})
    notes = " ".join(f"$${key}$$" for key in _NOTES)
    return gptables.GPTable(
        table=sheet.table,
        table_name=f"table_{number + 1}_{sheet.name.lower().replace(' ', '_')}",
        title=sheet.title,
        instructions=f"This worksheet contains one table. {sheet.about} Notes are on the notes worksheet. {notes}",
        legend=list(_shorthand(sheet)),
        scope=sheet.scope,
        source="Source: the plans named on the summary sheet.",
        index_columns={},
        additional_formatting=formatting,
    )


def _shorthand(sheet: Sheet) -> Iterable[str]:
    """Return the lines that explain the shorthand which the sheet uses."""
    used = {v for column in sheet.table.columns for v in sheet.table[column] if isinstance(v, str) and len(v) < 8}
    return [f"Shorthand: {line}" for line in SHORTHAND if line.split(" ", 1)[0] in used]


def _cover(results: Results, made: Iterable[Sheet]) -> Any:
    import gptables

    version = results.manifest.get("toolkit", "")
    failed = int((results.plans["status"] == "failed").sum())
    intro = [
        f"{count(len(results.plans), 'plan')} of NHS integrated care systems, coded and scored by a fixed framework.",
        f"Framework: {'; '.join(framework_title(results, f) for f in frameworks(results))}.",
    ]
    if failed:
        intro.append(f"{count(failed, 'plan')} could not be read: see the sheet of problems.")
    about = [
        "Scores say how strongly a plan's text commits itself; they do not say what was done, or how well.",
        "Read a score with its interval, and open its quotes before you use it.",
        f"Made by the ICS plan toolkit {version}".strip() + "; the run is described in run.json beside this file.",
        f"Sheets: {', '.join(sheet.name for sheet in made)}.",
    ]
    return gptables.Cover(title=_title(results), intro=[plain(t) for t in intro], about=[plain(t) for t in about])


def _title(results: Results) -> str:
    return plain(f"{title(len(results.plans))}: codings and scores")


def _finish(book: Any, made: Iterable[Sheet]) -> None:
    """Set what gptables leaves to the program that opens the file: widths, heights of rows, and the printed page."""
    for sheet in made:
        page = book.get_worksheet_by_name(sheet.name)
        for n, width in enumerate(sheet.widths):
            page.set_column(n, n, width)
        head = 4 + len(list(_shorthand(sheet)))  # title, instructions, source, scope and the lines of shorthand
        page.set_row(head, _height(sheet.table.columns, sheet.widths))
        for n, row in enumerate(sheet.table.itertuples(index=False), start=head + 1):
            page.set_row(n, _height(row, sheet.widths))
        page.repeat_rows(head)
    for page in book.worksheets():
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
    for name, widths in (("Contents", (16, 80)), ("Notes", (14, 110))):
        for n, width in enumerate(widths):
            book.get_worksheet_by_name(name).set_column(n, n, width)
    for n, text in enumerate(_NOTES.values(), start=3):
        book.get_worksheet_by_name("Notes").set_row(n, _height(("", text), (14, 110)))


def _height(cells: Iterable[object], widths: Iterable[float]) -> float:
    """Return the height in points that the fullest cell of a row needs, up to the most that Excel takes."""
    lines = 1
    for value, width in zip(cells, widths, strict=True):
        text = str(next(iter(value)) if isinstance(value, dict) else value)
        lines = max(lines, sum(1 + int(len(part) * _LETTER // width) for part in text.split("\n")))
    return min(409.0, 15.75 * lines)
