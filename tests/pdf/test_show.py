"""The picture of a page as the reader understood it."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

import toolkit
from toolkit.reading.show import show_page, show_page_data
from toolkit.records import Box, Document, Page, Passage, Plan, Span, Word

TEXT = "Our aims Better access for all"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    canvas = Canvas(str(tmp_path / "plan.pdf"), pagesize=(300, 200), invariant=1)
    canvas.drawString(50, 150, "Our aims")
    canvas.drawString(50, 100, "Better access for all")
    canvas.save()
    boxes = [Box(50, 42, 68, 52), Box(70, 42, 95, 52)] + [Box(50 + 25 * i, 92, 70 + 25 * i, 102) for i in range(4)]
    starts = [0, 4, 9, 16, 23, 27]
    words = tuple(
        Word(s, s + len(t), b, int(i > 1)) for i, (s, t, b) in enumerate(zip(starts, TEXT.split(), boxes, strict=True))
    )
    page = Page(
        number=1, width=300, height=200, text=TEXT, words=words, source="text", confidence=1.0, order="layout",
        order_confidence=0.75,
    )  # fmt: skip
    passages = (
        Passage(
            passage_id="a", plan_id="p", number=0, kind="heading", text="Our aims", spans=(Span(1, 0, 8),), level=2,
        ),
        Passage(
            passage_id="b", plan_id="p", number=1, kind="paragraph", text=TEXT[9:], spans=(Span(1, 9, 30),),
            section=("Our aims",),
        ),
    )  # fmt: skip
    plan = Plan(plan_id="p", path=str(tmp_path / "plan.pdf"), sha256="0", title="A plan")
    return Document(plan=plan, pages=(page,), passages=passages)


def test_the_data_of_a_page_are_its_passages_in_reading_order(document: Document) -> None:
    data = show_page_data(document, 1)
    assert data["label"].tolist() == ["1 H2", "2 P"]
    assert data.loc[1, ["x0", "top", "x1", "bottom"]].tolist() == [50, 92, 145, 102]
    assert data["section"].tolist() == ["", "Our aims"]


def test_the_figure_labels_every_passage_and_says_how_sure_the_order_is(document: Document) -> None:
    figure = show_page(document, 1)
    written = {t.get_text() for t in figure.axes[0].texts}
    assert {"1 H2", "2 P"} <= written
    assert "Order: layout, confidence 0.75" in figure.texts[0].get_text()
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["H  heading: 1", "P  paragraph: 1"]


def test_the_picture_is_the_page(document: Document, tmp_path: Path) -> None:
    figure = show_page(document, 1)
    (image,) = figure.axes[0].get_images()
    pixels = image.get_array()
    assert pixels is not None
    assert pixels.min() < 100 < pixels.max() == 255
    figure.savefig(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 5000


def test_a_page_that_is_not_there_is_an_error_that_names_the_range(document: Document) -> None:
    with pytest.raises(IndexError, match="pages 1 to 1"):
        toolkit.show_page(document, 2)
