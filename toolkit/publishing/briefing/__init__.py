"""A policy briefing of one page for each plan, as HTML, DOCX and PDF; all three say the same.

    write_briefings(results, directory) -> paths    briefings/PLAN.html, .docx and .pdf
    briefing_data(results, plan_id) -> Briefing     what they say, as a frozen record

Extractive: every sentence about a plan is its own words with their page, or a number. What is not found is called
"not found in the plan"; quotes that are too long for the page are cut at a word, and the cut is marked.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.publishing.briefing.data import NOT_STATED, Briefing, Fact, briefing_data
from toolkit.publishing.briefing.facts import Said
from toolkit.publishing.briefing.lines import fact_text, sections
from toolkit.publishing.briefing.word import docx_bytes
from toolkit.publishing.files import write_bytes, write_text
from toolkit.publishing.progress import Progress
from toolkit.publishing.quotes import pdf_paths, shortened
from toolkit.records import Results

__all__ = [
    "NOT_STATED",
    "Briefing",
    "Fact",
    "Said",
    "briefing_data",
    "briefing_html",
    "briefing_pdf",
    "write_briefings",
]

BRIEFINGS = "briefings"
# Characters of a quote: the most that let the briefing fit on one page are taken.
LENGTHS = (320, 220, 160, 120, 90, 60)


def write_briefings(results: Results, directory: str | Path, *, progress: Progress | None = None) -> tuple[Path, ...]:
    """Return the paths written: briefings/PLAN.html, PLAN.docx and PLAN.pdf for every plan of the run."""
    folder = Path(directory) / BRIEFINGS
    links, written = pdf_paths(results, folder), []
    plans = list(results.plans["plan_id"])
    for done, plan_id in enumerate(plans):
        briefing = briefing_data(results, plan_id)
        longest, pdf = _fitted(briefing)
        page = briefing_html(briefing, link=links.get(plan_id), longest=longest)
        written += [
            write_text(folder / f"{plan_id}.html", page),
            write_bytes(folder / f"{plan_id}.docx", docx_bytes(briefing, longest)),
            write_bytes(folder / f"{plan_id}.pdf", pdf),
        ]
        if progress:
            progress("briefings", done + 1, len(plans))
    return tuple(written)


def briefing_html(briefing: Briefing, *, link: str | None = None, longest: int = LENGTHS[0]) -> str:
    """Return a briefing as HTML; pages are links when `link` is the address of the plan's PDF."""
    from toolkit.publishing.report import templates

    template = templates().get_template("briefing.html.j2")
    return str(template.render(b=briefing, link=link, cut=lambda text: shortened(text, longest)))


def briefing_pdf(briefing: Briefing) -> bytes:
    """Return a briefing as a PDF of one A4 page, its quotes cut where it would not fit otherwise."""
    return _fitted(briefing)[1]


def _fitted(briefing: Briefing) -> tuple[int, bytes]:
    from pypdf import PdfReader

    from toolkit.publishing.paper import paper

    made = b""
    for longest in LENGTHS:
        made = paper(list(_story(briefing, longest)), title=f"Policy briefing: {briefing.label}")
        if len(PdfReader(io.BytesIO(made)).pages) == 1:
            return longest, made
    return LENGTHS[-1], made


def _story(briefing: Briefing, longest: int) -> Iterable[Any]:
    from reportlab.platypus import Table

    from toolkit.publishing.paper import paragraph

    rows = [("Title", briefing.title), *((f.name, fact_text(f, longest)) for f in briefing.facts)]
    cells = [[paragraph(name, bold=True), paragraph(text)] for name, text in rows]
    every = (0, 0), (-1, -1)
    style = [("VALIGN", *every, "TOP"), ("TOPPADDING", *every, 1), ("LEFTPADDING", (0, 0), (0, -1), 0)]
    yield paragraph(briefing.label, "title")
    yield Table(cells, colWidths=(112, 403), style=[*style, ("BOTTOMPADDING", *every, 0)], hAlign="LEFT")
    for heading, lines in sections(briefing, longest):
        yield paragraph(heading, "heading")
        for line in lines:
            yield paragraph(line)
    yield paragraph(briefing.source, "small")
