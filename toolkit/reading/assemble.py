"""From a plan's file to its document: every page read, laid out, cut into passages and written.

`read_document(plan)` does the whole work in this process: no limits on time or memory, no cache. The front door
(`toolkit.reading.read_plan`) runs it behind both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from toolkit.reading.collection import no_collection
from toolkit.reading.contents import with_contents
from toolkit.reading.furniture import furniture_of
from toolkit.reading.headings import body_size, with_headings
from toolkit.reading.labels import with_labels
from toolkit.reading.layout import Layout, lay_out, tags_are_sound
from toolkit.reading.lines import Line
from toolkit.reading.pages import Seen, see
from toolkit.reading.passages import Draft, drafts_of
from toolkit.reading.pieces import Piece, page_pieces
from toolkit.reading.raw import RawPage
from toolkit.reading.runs import page_lines
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.tables import tables_of_pages
from toolkit.reading.vocabulary import Vocabulary
from toolkit.reading.writing import PageText, Writer
from toolkit.records import Document, Page, PageSource, Plan, Problem

_QUOTE_WITHIN = re.compile(r"[^\W\d_][“”‘„][^\W\d_]|[^\W\d_]{2}’(?!(?:[stdm]|re|ve|ll)\b)[^\W\d_]", re.IGNORECASE)
_SOME_UNKNOWN = 0.03  # share of words: pages with fewer unknown ones need no closer look
_FEW_DAMAGED = 3  # words that may be slips of the pen
UNSURE = 0.6  # order confidence below this is shown to a person


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
    with no_collection():
        seen = see(plan, settings or ReadingSettings(), on_page or _nobody_listens)
        return document_of(plan, seen, tags=tags)


def document_of(plan: Plan, seen: Seen, *, tags: bool = True) -> Document:
    """Return the document that the pages of a file make."""
    pages = seen.pages
    layouts, body = _layouts(pages, tags)
    pieces = [
        with_contents(page_pieces(p.number, layout, body, p.height)) for p, layout in zip(pages, layouts, strict=True)
    ]
    drafts = drafts_of(with_labels(with_headings(pieces, body, seen.bookmarks)))
    writer = Writer(plan.plan_id, len(pages), seen.vocabulary)
    for draft in [*drafts, *_furniture(pages, layouts)]:
        writer.write(draft)
    texts = writer.pages
    unknown = [_still_unknown(*parts, seen.vocabulary) for parts in zip(texts, seen.unknown, strict=True)]
    made = tuple(_page(*parts) for parts in zip(pages, layouts, texts, seen.sources, unknown, strict=True))
    return Document(
        plan=plan,
        pages=made,
        passages=tuple(writer.passages),
        problems=(*seen.problems, *_unsure(plan, made), *_damaged(plan, made)),
        repairs=tuple(writer.repairs),
    )


def _nobody_listens(number: int) -> None:
    pass


def _layouts(pages: Sequence[RawPage], tags: bool) -> tuple[list[Layout], float]:
    """Return every page laid out, and the type size of the plan's body."""
    tagged = [tags and tags_are_sound(page) for page in pages]
    tables = tables_of_pages(pages)
    lines = [
        page_lines(page, {i for t in found for cell in t.cells for i in cell.words}, use)
        for page, found, use in zip(pages, tables, tagged, strict=True)
    ]
    body = body_size(line for on_page in lines for line in on_page)
    furniture = furniture_of(pages, lines, body)
    every = zip(pages, lines, tables, furniture, tagged, strict=True)
    return [lay_out(*parts) for parts in every], body


def _furniture(pages: Sequence[RawPage], layouts: Sequence[Layout]) -> Iterable[Draft]:
    for page, layout in zip(pages, layouts, strict=True):
        for line in sorted(layout.furniture, key=_from_the_top):
            yield Draft(kind="furniture", parts=(Piece(page=page.number, kind="furniture", lines=(line,)),))


def _from_the_top(line: Line) -> tuple[float, float]:
    return line.box.top, line.box.x0


def _page(raw: RawPage, layout: Layout, text: PageText, source: PageSource, unknown: float) -> Page:
    return Page(
        number=raw.number,
        width=round(raw.width, 2),
        height=round(raw.height, 2),
        text=text.text,
        words=text.words,
        source=source,
        confidence=raw.confidence,
        order=source if source != "text" else layout.order,
        order_confidence=layout.confidence,
        unknown_words=round(unknown, 4),
    )


def _still_unknown(text: PageText, before: float, vocabulary: Vocabulary) -> float:
    """Return the share of unknown words after repair: a page that was mended is not damaged any more."""
    return min(before, vocabulary.unknown_share(text.text.split())) if before else before


def _unsure(plan: Plan, pages: Iterable[Page]) -> Iterable[Problem]:
    for page in pages:
        if page.source != "none" and page.order_confidence < UNSURE:
            yield Problem(
                plan_id=plan.plan_id,
                stage="read",
                kind="order_unsure",
                page=page.number,
                message=f"The reading order of page {page.number} is unsure ({page.order_confidence:.2f}).",
                remedy=f"Look at it: show_page(document, {page.number}).",
            )


def _damaged(plan: Plan, pages: Iterable[Page]) -> Iterator[Problem]:
    """Yield the pages that have quotation marks within their words: a broken font that is not mended."""
    for page in pages:
        if page.unknown_words < _SOME_UNKNOWN:
            continue
        if (words := len(_QUOTE_WITHIN.findall(page.text))) >= _FEW_DAMAGED:
            yield Problem(
                plan_id=plan.plan_id,
                stage="read",
                kind="text_damaged",
                page=page.number,
                message=f"Page {page.number} has quotation marks in place of letters ({words} times): a broken font.",
                remedy="Read the page itself: words that are damaged are not found.",
            )
