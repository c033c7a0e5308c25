"""Words of pages made here: each has its own place and type, however many there are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from toolkit.reading.engine import PageReader
from toolkit.reading.raw import RawPage

LINES, ACROSS = 60, 20  # 1200 words: more than are asked about at once
LEFT, TOP, STEP, LEADING = 40, 800, 24, 12


def page_of(folder: Path, content: str, rotate: int = 0) -> RawPage:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica"))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(content.encode("ascii"))
    page.Rotate = rotate
    pdf.save(folder / "page.pdf")
    with closing(pypdfium2.PdfDocument(folder / "page.pdf")) as document:
        return PageReader(document).page(1)


def test_every_word_of_a_full_page_stands_in_its_place(tmp_path: Path) -> None:
    drawn = [
        f"BT /F1 6 Tf {LEFT + STEP * column} {TOP - LEADING * row} Td (w{row}x{column}) Tj ET"
        for row in range(LINES)
        for column in range(ACROSS)
    ]
    words = page_of(tmp_path, "\n".join(drawn)).words
    assert [w.text for w in words] == [f"w{row}x{column}" for row in range(LINES) for column in range(ACROSS)]
    for number, word in enumerate(words):
        row, column = divmod(number, ACROSS)
        assert word.box.x0 == pytest.approx(LEFT + STEP * column, abs=0.1)
        assert word.baseline == pytest.approx(842 - TOP + LEADING * row, abs=0.01)


def test_type_is_that_of_each_piece_of_text(tmp_path: Path) -> None:
    first, second = page_of(
        tmp_path, "BT /F1 10 Tf 40 700 Td (Plain) Tj ET\nBT /F1 10 Tf 2 0 0 2 40 600 Tm (Scaled) Tj ET"
    ).words
    assert (first.size, second.size) == (10.0, 20.0)
    assert (first.font, first.bold, first.angle, first.mcid) == ("Helvetica", False, 0, -1)
    assert second.baseline == pytest.approx(242)


def test_a_turned_page_has_upright_words_where_they_are_displayed(tmp_path: Path) -> None:
    page = page_of(tmp_path, "BT /F1 10 Tf 0 1 -1 0 100 50 Tm (Turned) Tj ET", rotate=90)
    (word,) = page.words
    assert (page.width, page.height) == (842, 595)
    assert word.angle == 0
    assert word.baseline == pytest.approx(100)
    assert word.box.x0 == pytest.approx(50, abs=0.1)


def test_words_outside_the_page_are_left_out(tmp_path: Path) -> None:
    drawn = "BT /F1 10 Tf 40 700 Td (Here) Tj ET\nBT /F1 10 Tf 40 -50 Td (Below) Tj ET"
    assert [w.text for w in page_of(tmp_path, drawn).words] == ["Here"]


def test_a_page_without_text_has_no_words(tmp_path: Path) -> None:
    page = page_of(tmp_path, "0 0 200 100 re f")
    assert page.words == ()
    assert len(page.fills) == 1
