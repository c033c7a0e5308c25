"""Tables of real pages, by shape and a few cells."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from toolkit.reading.engine import PageReader
from toolkit.reading.grid import cell_text
from toolkit.reading.raw import RawPage
from toolkit.reading.tables import find_tables


def read(path: Path, number: int) -> RawPage:
    document = pypdfium2.PdfDocument(path)  # the reader does not keep it open by itself
    page = PageReader(document).page(number)
    assert page.words
    document.close()
    return page


@pytest.mark.parametrize(
    ("file", "number", "shapes", "header"),
    [
        ("plans/dementia_strategy_2020_designed.pdf", 20, [(4, 2)], ("Our goals", "What we mean")),
        ("plans/ict_datapack_crawley_2023.pdf", 8, [(13, 3)], ("Section", "Slide", "Contents")),
        ("plans/jsna_summary_2018.pdf", 28, [(6, 3)] * 3, ("", "Estimated Number", "Prevalence")),
        ("policy/briefing_imd_2015_rotated.pdf", 5, [(8, 2)], ("Domain", "Ranking (of 152, high rank good)")),
        ("policy/nhsx_digital_innovation.pdf", 21, [(7, 3)], ("Number", "Topic", "Votes")),
    ],
)
def test_real_tables_have_their_shape_and_header(
    corpus: Path, file: str, number: int, shapes: list[tuple[int, int]], header: tuple[str, ...]
) -> None:
    page = read(corpus / file, number)
    tables = find_tables(page)
    assert [(len(t.rows), t.columns) for t in tables] == shapes
    assert tables[0].header == header


def test_every_word_of_a_table_is_in_one_cell(corpus: Path) -> None:
    path = corpus / "policy" / "briefing_imd_2015_rotated.pdf"
    page = read(path, 8)
    (table,) = find_tables(page)
    held = [i for cell in table.cells for i in cell.words]
    assert sorted(held) == [i for i, w in enumerate(page.words) if w.box.top > table.box.top]
    assert [cell_text(page.words, c) for c in table.rows[8]][:4] == ["Worthing", "Heene", "E01031808", "3,658"]


@pytest.mark.parametrize(
    ("file", "number"),
    [
        ("plans/dph_annual_report_2018.pdf", 13),
        ("plans/jhws_west_sussex_2019.pdf", 9),
        ("plans/smokefree_west_sussex_2019.pdf", 2),
        ("policy/residents_survey_2014.pdf", 27),
    ],
)
def test_cards_diagrams_and_charts_are_no_tables(corpus: Path, file: str, number: int) -> None:
    assert find_tables(read(corpus / file, number)) == ()
