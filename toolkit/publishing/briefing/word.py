"""A briefing as a Word document: one page, real headings, a table of facts, the same bytes for the same words."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from toolkit.publishing.briefing.data import Briefing
from toolkit.publishing.briefing.lines import fact_text, sections

_NEVER = datetime(2000, 1, 1)  # a document without a date of its own: what is written depends on the plan alone
_WIDTHS = 36, 144  # millimetres: names of facts, and what is said of them
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def docx_bytes(briefing: Briefing, longest: int) -> bytes:
    """Return a briefing as DOCX; quotes are cut to `longest` characters."""
    from docx import Document
    from docx.shared import Mm, Pt

    made: Any = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(15)
    page.top_margin = page.bottom_margin = Mm(12)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(8.5)
    normal.paragraph_format.space_after = Pt(1)
    _heading(made, briefing.label, 1, 14)
    table = made.add_table(rows=0, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for name, text in [("Title", briefing.title), *((f.name, fact_text(f, longest)) for f in briefing.facts)]:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = (Mm(width) for width in _WIDTHS)
        cells[0].paragraphs[0].add_run(name).bold = True
        cells[1].paragraphs[0].add_run(_clean(text))
    for heading, lines in sections(briefing, longest):
        _heading(made, heading, 2, 10)
        for line in lines:
            made.add_paragraph(_clean(line))
    made.add_paragraph(_clean(briefing.source)).runs[0].font.size = Pt(7)
    _facts(made, briefing)
    target = io.BytesIO()
    made.save(target)
    return _dated(target.getvalue())


def _heading(made: Any, text: str, level: int, size: int) -> None:
    from docx.shared import Pt, RGBColor

    line = made.add_heading(_clean(text), level)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(4), Pt(1)
    for run in line.runs:
        run.font.name, run.font.size, run.font.color.rgb = "Arial", Pt(size), RGBColor(0x00, 0x5E, 0xB8)


def _facts(made: Any, briefing: Briefing) -> None:
    about = made.core_properties
    about.title, about.author, about.language = (
        _clean(f"Policy briefing: {briefing.label}")[:255],
        "ICS plan toolkit",
        "en-GB",
    )
    about.created = about.modified = _NEVER
    about.comments = about.last_modified_by = ""


def _clean(text: str) -> str:
    """Return text without the control characters that XML can not hold."""
    return _CONTROL.sub(" ", text)


def _dated(data: bytes) -> bytes:
    """Return a zip file whose entries all carry the same date."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, _NEVER.timetuple()[:6])
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, old.read(entry.filename))
    return target.getvalue()
