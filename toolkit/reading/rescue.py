"""The last resort for a PDF that PDFium and qpdf give up on: bare text by a second engine, marked as such."""

from __future__ import annotations

import logging
import re
from importlib.metadata import version

from toolkit.errors import ReadingError
from toolkit.reading.opening import MAX_PAGES
from toolkit.records import Document, Page, Passage, Plan, Problem, Span, content_id

_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S(?:.*\S)?)*")


def rescue(plan: Plan, cause: ReadingError) -> Document:
    """Return the bare text of a damaged PDF, page by page and without places; raises `cause` when there is none.

    Order is that of the content stream with `order_confidence` 0, `confidence` 0.5; a problem says what happened.
    """
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(plan.path, password=plan.password)
        found = list(reader.pages)[:MAX_PAGES]
        pages = tuple(_page(number, page) for number, page in enumerate(found, start=1))
    except Exception as error:
        raise cause from error
    if not any(page.text for page in pages):
        raise cause
    found_text = [(page, match) for page in pages for match in _PARAGRAPH.finditer(page.text)]
    passages = tuple(
        _passage(plan.plan_id, number, page, match.start(), match.end())
        for number, (page, match) in enumerate(found_text)
    )
    problem = Problem(
        plan_id=plan.plan_id,
        stage="read",
        kind="second_engine",
        message="The PDF is damaged: its bare text was had from a second engine, without order, headings and places.",
        remedy=cause.remedy,
    )
    return Document(plan=plan, pages=pages, passages=passages, problems=(problem,), reader=f"pypdf {version('pypdf')}")


def _page(number: int, page: object) -> Page:
    text = page.extract_text()  # type: ignore[attr-defined]
    text = text.encode("utf-8", "replace").decode("utf-8").strip()
    box = page.mediabox  # type: ignore[attr-defined]
    return Page(
        number=number,
        width=float(box.width),
        height=float(box.height),
        text=text,
        words=(),
        source="text" if text else "none",
        confidence=0.5 if text else 0.0,
        order="stream" if text else "none",
        order_confidence=0.0,
    )


def _passage(plan_id: str, number: int, page: Page, start: int, end: int) -> Passage:
    text = page.text[start:end]
    return Passage(
        passage_id=content_id(plan_id, page.number, start, text),
        plan_id=plan_id,
        number=number,
        kind="paragraph",
        text=text,
        spans=(Span(page.number, start, end),),
    )
