"""Quotes keep their places, over a page break too."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from one_page import one_page

from toolkit.coding import BundledCoder
from toolkit.coding.evidence import spans_of
from toolkit.frameworks import load_framework
from toolkit.records import Document, Passage, Span

PASSAGE = Passage(
    passage_id="p",
    plan_id="plan",
    number=0,
    kind="paragraph",
    text="one two three",
    spans=(Span(1, 20, 27), Span(2, 0, 5)),
)


def test_a_quote_over_a_page_break_has_a_span_on_each_page() -> None:
    assert spans_of(PASSAGE, 4, 13) == (Span(1, 24, 27), Span(2, 0, 5))


def test_a_quote_on_one_side_of_the_break_has_one_span() -> None:
    assert spans_of(PASSAGE, 0, 3) == (Span(1, 20, 23),)
    assert spans_of(PASSAGE, 8, 11) == (Span(2, 0, 3),)


def test_the_space_of_the_break_itself_stands_nowhere() -> None:
    assert spans_of(PASSAGE, 7, 8) == ()


@given(st.integers(0, 13), st.integers(0, 13))
def test_spans_joined_by_a_space_are_the_quote(a: int, b: int) -> None:
    start, end = sorted((a, b))
    pages = {1: "x" * 20 + "one two", 2: "three"}
    pieces = [pages[s.page][s.start : s.end] for s in spans_of(PASSAGE, start, end)]
    quote = PASSAGE.text[start:end]
    if start <= 7 < end:  # the space of the break is joined, not quoted
        quote = quote if start < 7 and end > 8 else quote[:-1] if end == 8 else quote[1:]
    assert " ".join(pieces) == quote


def test_a_coding_over_a_page_break_is_verbatim_on_both_pages() -> None:
    first, second = one_page("By March 2027 we will open four"), one_page("stop smoking clinics in deprived wards.")
    pages = (first.pages[0], replace(second.pages[0], number=2))
    text = " ".join(p.text for p in pages)
    spans = (Span(1, 0, len(pages[0].text)), Span(2, 0, len(pages[1].text)))
    passage = Passage(passage_id="p", plan_id="plan", number=0, kind="paragraph", text=text, spans=spans)
    codings = BundledCoder(load_framework("health_inequalities")).code(
        Document(plan=first.plan, pages=pages, passages=(passage,))
    )
    tobacco = next(c for c in codings if c.code == "behaviours.tobacco")
    assert tobacco.quote == text
    assert tobacco.spans == spans
    assert {page for page, _ in tobacco.boxes} == {1, 2}
