"""The pages of a file as the engine sees them; those without usable text as Tesseract sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from toolkit.reading.engine import PageReader
from toolkit.reading.heading_levels import Bookmarks, key
from toolkit.reading.ocr import available, has_ink, missing_message, needs_ocr, ocr_page, unread_pictures
from toolkit.reading.opening import open_pdf
from toolkit.reading.raw import RawPage
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.vocabulary import Vocabulary
from toolkit.records import Box, PageSource, Plan, Problem

_POOR = 0.6  # OCR below this confidence is shown to a person
_FEW = 10  # a picture with fewer words is a photograph or a logo
_PROSE = 0.5  # share of words with three letters or more; charts and tables of figures have less


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a file holds: its pages and where their words come from, its vocabulary, its bookmarks."""

    pages: Sequence[RawPage]
    sources: Sequence[PageSource]
    vocabulary: Vocabulary
    unknown: Sequence[float]  # share of unknown words, page by page
    bookmarks: Bookmarks
    problems: Sequence[Problem] = ()


def see(plan: Plan, settings: ReadingSettings, on_page: Callable[[int], None]) -> Seen:
    """Return what the plan's file holds; `on_page` hears the number of every page that was read.

    Raises ReadingError when the file cannot be opened or has no pages.
    """
    with closing(open_pdf(plan.path, plan.password, plan_id=plan.plan_id)) as pdf:
        reader, pages = PageReader(pdf), []
        for number in range(1, len(pdf) + 1):
            pages.append(reader.page(number))
            on_page(number)
        vocabulary = Vocabulary.of(chain.from_iterable(page.words for page in pages))
        texts = [[word[0] for word in page.words] for page in pages]
        unknown = list(map(vocabulary.unknown_share, texts))
        sources: list[PageSource] = ["text"] * len(pages)
        problems: list[Problem] = []
        for i, page in enumerate(pages):
            if _may_be_unreadable(page, texts[i], unknown[i]) and needs_ocr(page, unknown[i]):
                pages[i], sources[i], found = _recognised(plan, pdf, page, settings)
                problems += found
                on_page(page.number)
            elif page.images and (pictures := unread_pictures(page)):
                pages[i], found = _with_pictures(plan, pdf, page, pictures, settings)
                problems += found
                on_page(page.number)
        if "ocr" in sources:
            vocabulary = Vocabulary.of(chain.from_iterable(page.words for page in pages))
            unknown = [vocabulary.unknown_share([word[0] for word in page.words]) for page in pages]
        bookmarks = _bookmarks(pdf)
    return Seen(
        pages=pages,
        sources=sources,
        vocabulary=vocabulary,
        unknown=unknown,
        bookmarks=bookmarks,
        problems=problems,
    )


def _bookmarks(pdf: Any) -> Bookmarks:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for bookmark in pdf.get_toc():
        if title := key(bookmark.get_title()):
            goal = bookmark.get_dest()
            page = goal.get_index() if goal else None
            found[title].append((0 if page is None else page + 1, bookmark.level))
    return found


def _may_be_unreadable(page: RawPage, texts: Iterable[str], unknown: float) -> bool:
    """Return False for a page of mostly plain words (`texts`): nearly all pages, which need no closer look."""
    letters = len("".join(texts))
    plain = letters - sum([len(text) for text in texts if not text.isascii()])
    return plain < 200 or unknown > 0.5 or page.unmapped > 0 or plain < 0.7 * letters


def _recognised(
    plan: Plan, pdf: Any, page: RawPage, settings: ReadingSettings
) -> tuple[RawPage, PageSource, list[Problem]]:
    """Return a page as OCR reads it, where its words come from, and what a person should know about that."""
    if page.width == 0:
        return page, "none", [_unread(plan, page.number, "The page is damaged.", "Ask the publisher for a whole copy.")]
    with closing(pdf[page.number - 1]) as pdf_page:
        if not has_ink(pdf_page):
            return page, "text", []
        if not settings.ocr:
            remedy = "Read the plan again with OCR switched on."
            return _without_words(page), "none", [_unread(plan, page.number, "Its text is in a picture.", remedy)]
        if not available():
            return (
                _without_words(page),
                "none",
                [_unread(plan, page.number, "Its text is in a picture.", missing_message())],
            )
        seen = ocr_page(pdf_page, page.number)
    if seen is None:
        remedy = "Look at it: when it holds text, that text is not in the results."
        return _without_words(page), "none", [_unread(plan, page.number, "OCR found no words on it.", remedy)]
    problems = []
    if seen.confidence < _POOR:
        what = f"Page {page.number} was read by OCR with a confidence of {seen.confidence:.2f}."
        problems = [_problem(plan, page.number, "ocr_poor", what, "Compare its passages with the page.")]
    return replace(page, words=seen.words, tags={}, confidence=seen.confidence), "ocr", problems


def _with_pictures(
    plan: Plan, pdf: Any, page: RawPage, pictures: Sequence[Box], settings: ReadingSettings
) -> tuple[RawPage, list[Problem]]:
    """Return a page of text with the words of its large pictures, where they hold text, and what a person should know.

    Whole pages of data packs are pasted in as screenshots under a heading: unread, they would count as silence.
    Charts are not read: their figures without the chart are no passages.
    """
    area = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in pictures) / max(page.width * page.height, 1.0)
    what = f"{len(pictures)} large picture(s) on page {page.number} ({min(area, 1.0):.0%} of it)"
    if not settings.ocr or not available():
        remedy = "Read the plan again with OCR switched on." if not settings.ocr else missing_message()
        unread = f"{what} may hold words: they were not looked at, and are not in the results."
        return page, [_problem(plan, page.number, "picture_unread", unread, remedy)]
    with closing(pdf[page.number - 1]) as pdf_page:
        seen = ocr_page(pdf_page, page.number, pictures)
    words = [w for w in seen.words if sum(map(str.isalpha, w.text)) >= 3] if seen else []
    if seen is None or len(seen.words) < _FEW or seen.confidence < _POOR:
        return page, []
    if len(words) < max(_FEW, _PROSE * len(seen.words)):
        unread = f"{what}: a chart or a table of figures, whose words are not in the results."
        return page, [_problem(plan, page.number, "picture_unread", unread, "Look at it, and code it by hand.")]
    last = max((w.stream for w in page.words), default=0) + 1
    both = (*page.words, *(w._replace(stream=w.stream + last) for w in seen.words))
    read = f"{what}: {len(seen.words)} words were read by OCR with a confidence of {seen.confidence:.2f}."
    remedy = "Compare the passages of the page with it."
    sure = (len(page.words) + seen.confidence * len(seen.words)) / len(both)
    return replace(page, words=both, confidence=sure), [_problem(plan, page.number, "picture_read", read, remedy)]


def _without_words(page: RawPage) -> RawPage:
    """Return the page without the few characters that its fonts or its edges carry: they stand for nothing."""
    return replace(page, words=(), tags={}, confidence=0.0)


def _unread(plan: Plan, number: int, why: str, remedy: str) -> Problem:
    return _problem(plan, number, "page_unread", f"Page {number} could not be read. {why}", remedy)


def _problem(plan: Plan, number: int, kind: str, message: str, remedy: str) -> Problem:
    return Problem(plan_id=plan.plan_id, stage="read", kind=kind, page=number, message=message, remedy=remedy)
