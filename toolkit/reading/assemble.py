"""From a plan's file to its document: every page read, laid out, cut into passages and written.

`read_document(plan)` does the whole work in this process: no limits on time or memory, no cache. The front door
(`toolkit.reading.read_plan`) runs it behind both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from toolkit.reading.engine import PageReader
from toolkit.reading.furniture import furniture_of
from toolkit.reading.headings import body_size, key, with_headings
from toolkit.reading.layout import Layout, lay_out, tags_are_sound
from toolkit.reading.lines import Line, page_lines
from toolkit.reading.opening import open_pdf
from toolkit.reading.passages import Draft, drafts_of, with_context
from toolkit.reading.pieces import Piece, page_pieces
from toolkit.reading.raw import RawPage
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.tables import find_tables
from toolkit.reading.vocabulary import Vocabulary
from toolkit.reading.writing import PageText, Writer
from toolkit.records import Document, Page, PageSource, Plan, Problem

UNSURE = 0.6  # order confidence below this is shown to a person
_LITTLE = 30  # characters: a page with pictures and less text than this was probably not read


def read_document(
    plan: Plan,
    settings: ReadingSettings | None = None,
    on_page: Callable[[int], None] | None = None,
    *,
    tags: bool = True,
) -> Document:
    """Return the plan as a document: its passages in reading order, each with its place on the page.

    `on_page` hears the number of every page that was read: a worker that is silent for long counts as hanging.
    `tags=False` leaves the structure tree of a tagged file out of account (to measure the layout by it).
    Raises ReadingError when the file cannot be opened or has no pages. Pages without text are in the problems.
    """
    pdf = open_pdf(plan.path, plan.password, plan_id=plan.plan_id)
    try:
        reader = PageReader(pdf)
        pages = []
        for number in range(1, len(pdf) + 1):
            pages.append(reader.page(number))
            if on_page:
                on_page(number)
        bookmarks = {key(b.get_title()): b.level for b in pdf.get_toc() if key(b.get_title())}
    finally:
        pdf.close()
    return document_of(plan, pages, bookmarks, tags=tags)


def document_of(
    plan: Plan, pages: Sequence[RawPage], bookmarks: dict[str, int] | None = None, *, tags: bool = True
) -> Document:
    """Return the document that raw pages make; `bookmarks` are outline titles (see `headings.key`) and their depth."""
    tagged = [tags and tags_are_sound(page) for page in pages]
    tables = [find_tables(page) for page in pages]
    lines = [
        page_lines(page, {i for t in found for cell in t.cells for i in cell.words}, use)
        for page, found, use in zip(pages, tables, tagged, strict=True)
    ]
    furniture = furniture_of(pages, lines)
    layouts = [
        lay_out(page, on_page, found, aside, use)
        for page, on_page, found, aside, use in zip(pages, lines, tables, furniture, tagged, strict=True)
    ]
    body = body_size(line for on_page in lines for line in on_page)
    pieces = [page_pieces(p.number, layout, body, p.height) for p, layout in zip(pages, layouts, strict=True)]
    drafts = drafts_of(with_headings(pieces, body, bookmarks or {}))
    vocabulary = Vocabulary.of(word for page in pages for word in page.words)
    writer = Writer(plan.plan_id, len(pages), vocabulary)
    for draft in [*drafts, *_furniture(pages, layouts)]:
        writer.write(draft)
    made = [
        _page(raw, layout, text, vocabulary) for raw, layout, text in zip(pages, layouts, writer.pages, strict=True)
    ]
    return Document(
        plan=plan,
        pages=tuple(made),
        passages=with_context(writer.passages),
        problems=tuple(_problems(plan, made)),
        repairs=tuple(writer.repairs),
    )


def _furniture(pages: Sequence[RawPage], layouts: Sequence[Layout]) -> Iterable[Draft]:
    for page, layout in zip(pages, layouts, strict=True):
        for line in sorted(layout.furniture, key=_from_the_top):
            yield Draft(kind="furniture", parts=(Piece(page=page.number, kind="furniture", lines=(line,)),))


def _from_the_top(line: Line) -> tuple[float, float]:
    return line.box.top, line.box.x0


def _page(raw: RawPage, layout: Layout, text: PageText, vocabulary: Vocabulary) -> Page:
    source = _source(raw)
    return Page(
        number=raw.number,
        width=round(raw.width, 2),
        height=round(raw.height, 2),
        text=text.text,
        words=tuple(text.words),
        source=source,
        confidence=0.0 if source == "none" else 1.0,
        order="none" if source == "none" else layout.order,
        order_confidence=layout.confidence,
        unknown_words=round(vocabulary.unknown_share(w.text for w in raw.words), 4),
    )


def _source(page: RawPage) -> PageSource:
    """Return "none" for a page of pictures with next to no text, and for a page that could not be loaded."""
    letters = sum(len(w.text) for w in page.words)
    if page.width == 0 or (letters < _LITTLE and page.images):
        return "none"
    return "text"


def _problems(plan: Plan, pages: Iterable[Page]) -> Iterable[Problem]:
    for page in pages:
        if page.source == "none":
            yield Problem(
                plan_id=plan.plan_id,
                stage="read",
                kind="page_unread",
                page=page.number,
                message=f"Page {page.number} is a picture, and its text could not be read.",
                remedy="Read it by eye, or install Tesseract and read the plan again.",
            )
        elif page.order_confidence < UNSURE:
            yield Problem(
                plan_id=plan.plan_id,
                stage="read",
                kind="order_unsure",
                page=page.number,
                message=f"The reading order of page {page.number} is unsure ({page.order_confidence:.2f}).",
                remedy=f"Look at it: show_page(document, {page.number}).",
            )
