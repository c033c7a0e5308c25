"""OCR of pages that are pictures: made here, and the real ones."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from toolkit.errors import MissingExtra
from toolkit.reading import ocr, tesseract

needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="tesseract is not installed")
TEXT = "Reduce smoking in pregnancy by half"


def scan(folder: Path, *, turned: int = 0, card: bool = False) -> pypdfium2.PdfDocument:
    image = Image.new("L", (1000, 700), 255)
    draw = ImageDraw.Draw(image)
    if card:
        draw.rectangle((60, 60, 940, 400), fill=110)
    draw.text((90, 120), TEXT, fill=255 if card else 0, font=ImageFont.load_default(42))
    image.rotate(turned, expand=True).save(folder / "scan.pdf", resolution=150)
    return pypdfium2.PdfDocument(folder / "scan.pdf")


@needs_tesseract
def test_a_scanned_line_is_read_where_it_stands(tmp_path: Path) -> None:
    page = ocr.ocr_page(scan(tmp_path)[0], 1)
    assert page is not None
    assert " ".join(w.text for w in page.words) == TEXT
    assert page.confidence > 0.8
    first = page.words[0].box
    assert first.x0 == pytest.approx(90 * 72 / 150, abs=4)
    assert first.top == pytest.approx(125 * 72 / 150, abs=8)


@needs_tesseract
def test_only_words_within_the_given_boxes_are_kept(tmp_path: Path) -> None:
    whole = ocr.ocr_page(scan(tmp_path)[0], 1)
    assert whole is not None
    part = ocr.ocr_page(scan(tmp_path)[0], 1, within=[whole.words[1].box])
    assert part is not None
    assert [w.text for w in part.words] == ["smoking"]


@needs_tesseract
def test_white_words_on_a_dark_card_are_read(tmp_path: Path) -> None:
    page = ocr.ocr_page(scan(tmp_path, card=True)[0], 1)
    assert page is not None
    assert "smoking" in [w.text for w in page.words]


@needs_tesseract
@pytest.mark.parametrize("turned", [90, 270])
def test_a_page_on_its_side_is_read_and_its_words_carry_the_angle(tmp_path: Path, turned: int) -> None:
    page = ocr.ocr_page(scan(tmp_path, turned=turned)[0], 1)
    assert page is not None
    assert "pregnancy" in [w.text for w in page.words]
    assert {w.angle for w in page.words} == {360 - turned}
    assert all(w.box.bottom <= page.height + 1 and w.box.x1 <= page.width + 1 for w in page.words)


def test_a_blank_page_is_no_page_to_read(tmp_path: Path) -> None:
    Image.new("L", (400, 300), 255).save(tmp_path / "blank.pdf")
    page = pypdfium2.PdfDocument(tmp_path / "blank.pdf")[0]
    assert not ocr.has_ink(page)
    assert ocr.ocr_page(page, 1) is None


def test_a_scanned_page_has_ink(tmp_path: Path) -> None:
    assert ocr.has_ink(scan(tmp_path)[0])


def test_a_picture_that_cannot_be_looked_at_is_drawn_to_find_ink(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_: object) -> None:
        raise OSError

    monkeypatch.setattr(Image, "open", unreadable)
    assert ocr.has_ink(scan(tmp_path)[0])


def test_without_tesseract_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(MissingExtra, match=r"apt install tesseract-ocr.*brew install tesseract.*Windows"):
        ocr.ocr_page(scan(tmp_path)[0], 1)


@pytest.mark.skipif(not hasattr(__import__("os"), "killpg"), reason="the stand-in is a shell script")
def test_a_hanging_tesseract_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = tmp_path / "tesseract"
    stand_in.write_text("#!/bin/sh\nsleep 30 & sleep 30\n", encoding="utf-8")
    stand_in.chmod(stand_in.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    start = time.monotonic()
    assert tesseract.recognise(tmp_path / "none.pgm", 200, 0.5) == []
    assert time.monotonic() - start < 6


@needs_tesseract
def test_the_picture_of_a_network_map_gives_its_names(corpus: Path) -> None:
    document = pypdfium2.PdfDocument(corpus / "plans" / "network_map_image_only.pdf")
    page = ocr.ocr_page(document[0], 1)
    assert page is not None
    words = {w.text for w in page.words}
    assert {"Sheffield", "Networks", "Practices"} <= words
