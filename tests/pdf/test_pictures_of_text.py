"""Pictures of text on pages that also hold text: a data pack pastes whole infographics under its headings."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

import toolkit as tk
from toolkit.reading.ocr import available
from toolkit.records import Document, Plan


def _page(source: Path, number: int, folder: Path) -> Path:
    """Return a file with that page of a document alone."""
    made = pypdfium2.PdfDocument.new()
    with pypdfium2.PdfDocument(source) as whole:
        made.import_pages(whole, [number - 1])
    path = folder / "page.pdf"
    made.save(path)
    return path


def _read(path: Path, *, ocr: bool) -> Document:
    from toolkit.plans import load_plans
    from toolkit.reading.assemble import read_document
    from toolkit.reading.settings import ReadingSettings

    plan: Plan = next(iter(load_plans(path)))
    return read_document(plan, ReadingSettings(ocr=ocr))


@pytest.mark.skipif(not available(), reason="Tesseract is not installed")
def test_the_words_of_a_pasted_infographic_are_read_and_said_to_be(corpus: Path, tmp_path: Path) -> None:
    document = _read(_page(corpus / "plans" / "ict_datapack_crawley_2023.pdf", 10, tmp_path), ocr=True)
    texts = [p.text for p in document.passages]
    assert any("15.7% of people, English is not" in t for t in texts)
    assert [p.kind for p in document.problems] == ["picture_read"]
    assert 0.9 < document.page(1).confidence < 1
    for passage in document.passages:
        for span in passage.spans:
            assert document.page(span.page).text[span.start : span.end]


@pytest.mark.skipif(not available(), reason="Tesseract is not installed")
def test_a_chart_is_not_taken_for_text_but_is_listed(corpus: Path, tmp_path: Path) -> None:
    document = _read(_page(corpus / "policy" / "data_driven_healthcare_2030.pdf", 90, tmp_path), ocr=True)
    assert [p.kind for p in document.problems] == ["picture_unread"]
    assert "chart" in document.problems[0].message


def test_without_ocr_a_page_with_a_large_picture_is_not_silent(corpus: Path, tmp_path: Path) -> None:
    document = _read(_page(corpus / "plans" / "ict_datapack_crawley_2023.pdf", 10, tmp_path), ocr=False)
    assert [p.kind for p in document.problems] == ["picture_unread"]
    assert document.page(1).source == "text"


@pytest.mark.skipif(not available(), reason="Tesseract is not installed")
def test_a_photograph_raises_no_problem(corpus: Path, tmp_path: Path) -> None:
    path = _page(corpus / "plans" / "dementia_strategy_2020_designed.pdf", 6, tmp_path)
    assert [p for p in _read(path, ocr=True).problems if p.kind.startswith("picture")] == []
    assert tk.read_plan(path).passages
