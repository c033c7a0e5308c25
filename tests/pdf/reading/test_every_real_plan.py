"""What holds for every document that was read: offsets, boxes, furniture, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from toolkit.records import Document, quote_of


def test_a_passage_is_verbatim_the_text_of_its_pages(documents: list[Document]) -> None:
    for document in documents:
        for passage in document.passages:
            assert quote_of(document.pages, passage.spans) == passage.text


def test_every_word_of_a_page_stands_where_its_offsets_say(documents: list[Document]) -> None:
    for document in documents:
        for page in document.pages:
            ends = [0, *(word.end for word in page.words)]
            for word, before in zip(page.words, ends, strict=False):
                assert before <= word.start < word.end <= len(page.text)
                assert page.text[word.start : word.end].strip() == page.text[word.start : word.end]


def test_every_letter_of_a_page_has_a_box(documents: list[Document]) -> None:
    for document in documents:
        for page in document.pages:
            covered = "".join(page.text[w.start : w.end] for w in page.words)
            assert re.sub(r"[\s|]", "", page.text) == re.sub(r"[\s|]", "", covered)


def test_passages_do_not_share_letters(documents: list[Document]) -> None:
    for document in documents:
        spans = sorted(span for passage in document.passages for span in passage.spans)
        for one, other in pairwise(spans):
            assert one.page < other.page or one.end <= other.start


def test_furniture_is_left_out_of_the_text_and_kept_at_the_end_of_its_page(documents: list[Document]) -> None:
    for document in documents:
        aside = [p for p in document.passages if p.kind == "furniture"]
        said = [p for p in document.passages if p.kind != "furniture"]
        assert not set(aside) & set(document.content)
        for passage in aside:
            after = [s for other in said for s in other.spans if s.page == passage.page]
            assert all(s.end <= passage.spans[0].start for s in after)


def test_repairs_say_what_stands_on_the_page(documents: list[Document]) -> None:
    for document in documents:
        for repair in document.repairs:
            assert document.page(repair.page).text[repair.start : repair.end] == repair.after


def test_addresses_of_passages_are_their_own(documents: list[Document]) -> None:
    for document in documents:
        assert len({p.passage_id for p in document.passages}) == len(document.passages)
        assert [p.number for p in document.passages] == list(range(len(document.passages)))


def test_cells_of_a_table_row_lie_in_its_passage(documents: list[Document]) -> None:
    rows = [p for document in documents for p in document.passages if p.kind == "table_row"]
    assert len(rows) > 300
    for row in rows:
        assert row.cells
        assert " | ".join(row.text[c.start : c.end] for c in row.cells) == row.text


@pytest.mark.parametrize(
    ("name", "page", "title", "chapter"),
    [
        ("jsna_summary_2018", 20, "REPRODUCTIVE AND SEXUAL HEALTH", "LIVING WELL"),  # behind a poster
        ("nhsx_digital_innovation", 9, "How we are responding", "1. Standards"),  # two bookmarks of one name
        ("data_driven_healthcare_2030", 145, "Projected demand forecast", "Scenario B"),  # tags upside down
        ("bame_engagement_2015", 18, "Language barriers and interpreting services", "USING HEALTH"),
    ],
)
def test_a_heading_stands_under_the_title_that_it_belongs_to(
    name: str, page: int, title: str, chapter: str, read: Callable[[str], Document]
) -> None:
    (heading,) = [p for p in read(name).content if p.spans[0].page == page and p.text == title]
    assert heading.kind == "heading"
    assert any(above.startswith(chapter) for above in heading.section)


@pytest.mark.parametrize(
    ("name", "page", "start", "above"),
    [
        ("leeds_research_strategy_2020", 14, "Strategic aims", "Champion research"),  # behind a case study
        ("dementia_strategy_2020_designed", 33, "Our goals", "LIVING WELL"),  # a table behind a box of issues
    ],
)
def test_the_heading_of_a_box_ends_with_the_box(
    name: str, page: int, start: str, above: str, read: Callable[[str], Document]
) -> None:
    passage = next(p for p in read(name).content if p.spans[0].page == page and p.text.startswith(start))
    assert passage.section[-1].startswith(above)


@pytest.mark.parametrize(
    ("name", "pages"), [("ict_datapack_crawley_2023", {6, 7, 8}), ("data_driven_healthcare_2030", {7})]
)
def test_a_list_of_contents_set_as_a_table_is_navigation(
    name: str, pages: set[int], read: Callable[[str], Document]
) -> None:
    kinds = {p.kind for p in read(name).passages if p.spans[0].page in pages}
    assert kinds <= {"contents", "furniture"}


def test_reading_twice_gives_the_same(corpus: Path, read: Callable[[str], Document]) -> None:
    from toolkit.reading.assemble import read_document

    first = read("smokefree_west_sussex_2019")
    assert read_document(first.plan) == first


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("dementia_strategy_2020_designed", 15),
        ("jhws_west_sussex_2019", 5),
        ("jhws_west_sussex_2019", 20),
        ("jsna_summary_2018", 12),
        ("smokefree_west_sussex_2019", 9),
        ("ict_datapack_crawley_2023", 6),
        ("briefing_imd_2015_rotated", 3),
        ("data_driven_healthcare_2030", 60),
        ("leeds_research_strategy_2020", 10),
        ("residents_survey_2014", 20),
        ("pcn_summary_wide_table", 1),
    ],
)
def test_boxes_cover_the_letters_of_their_words(
    name: str, page: int, corpus: Path, read: Callable[[str], Document]
) -> None:
    """Another library reads the letters inside each box: they are those of the word (repaired words left out)."""
    document = read(name)
    seen = document.page(page)
    repaired = [(r.start, r.end) for r in document.repairs if r.page == page]
    with pdfplumber.open(next(corpus.glob(f"*/{name}.pdf"))) as pdf:
        chars = pdf.pages[page - 1].chars
    kept = missed = 0
    for word in seen.words:
        if any(start < word.end and word.start < end for start, end in repaired):
            continue
        x0, top, x1, bottom = word.box
        inside = "".join(
            c["text"]
            for c in chars
            if x0 - 1 <= (c["x0"] + c["x1"]) / 2 <= x1 + 1 and top - 1 <= (c["top"] + c["bottom"]) / 2 <= bottom + 1
        )
        kept += 1
        missed += _letters(seen.text[word.start : word.end]) not in _letters(inside)
    assert kept > 20
    assert missed <= 0.01 * kept


def _letters(text: str) -> str:
    expanded = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff")
    return "".join(c for c in expanded if c.isalnum())
