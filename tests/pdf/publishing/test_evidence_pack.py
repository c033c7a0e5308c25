"""Highlights lie on the words of turned and cropped pages; notes say what was coded; pages keep their content."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject
from reportlab.pdfgen.canvas import Canvas

from tests.made_results import made_results
from toolkit.errors import ReadingError, UnknownName
from toolkit.plans import load_plans
from toolkit.publishing.evidence_pack import annotated, quad, write_evidence
from toolkit.reading import read_plan
from toolkit.reading.geometry import Frame
from toolkit.records import Box, Results

PLAN = "QOX-ICS-2023"


def sheet(turns: int, crop: tuple[float, float, float, float] | None) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(400, 500), invariant=1)
    for y, line in ((300, "We will build warm homes for every family"), (280, "and open four clinics by March 2027.")):
        canvas.drawString(100, y, line)
    canvas.save()
    writer = PdfWriter(clone_from=io.BytesIO(target.getvalue()))
    page = writer.pages[0]
    page.rotate(90 * turns)
    if crop:
        page.cropbox = RectangleObject(crop)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def results_of(path: Path, quotes: list[dict[str, Any]]) -> Results:
    """Return results of one plan that stands in `path`, its first codings moved to other words."""
    run = made_results(1)
    plans, evidence = run.plans.copy(), run.evidence.head(len(quotes)).copy().reset_index(drop=True)
    plans.loc[0, ["path", "sha256"]] = [str(path), hashlib.sha256(path.read_bytes()).hexdigest()]
    for n, quote in enumerate(quotes):
        for name, value in quote.items():
            evidence.loc[n, name] = value
    return replace(run, plans=plans, evidence=evidence)


def pixels(data: bytes, number: int, scale: float = 2.0) -> np.ndarray[Any, Any]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return pdf[number].render(scale=scale, may_draw_forms=False).to_numpy()[:, :, ::-1].astype(int)
    finally:
        pdf.close()


def changed(before: bytes, after: bytes, page: int) -> np.ndarray[Any, Any]:
    """Return which pixels of a page of the plan a highlight has changed (the scorecard stands in front)."""
    return np.abs(pixels(before, page) - pixels(after, page + 1)).sum(axis=2) > 20


def inside(shape: tuple[int, ...], boxes: list[list[float]], grow: float) -> np.ndarray[Any, Any]:
    mask = np.zeros(shape, bool)
    for x0, top, x1, bottom in boxes:
        rows = slice(max(0, int(2 * (top - grow))), max(0, int(2 * (bottom + grow))))
        mask[rows, max(0, int(2 * (x0 - grow))) : max(0, int(2 * (x1 + grow)))] = True
    return mask


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("crop", [None, (40, 60, 390, 480)])
def test_a_highlight_lies_on_its_words(
    turns: int, crop: tuple[float, float, float, float] | None, tmp_path: Path
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(sheet(turns, crop))
    page = read_plan(load_plans(tmp_path)[0]).page(1)
    boxes = [list(box) for box in page.boxes(0, page.text.index("March"))]
    run = results_of(path, [{"page": 1, "boxes": json.dumps([[1, *box] for box in boxes])}])
    marked = changed(path.read_bytes(), annotated(run, PLAN), 0)
    assert marked.any()
    assert not (marked & ~inside(marked.shape, boxes, 4)).any()
    assert (marked & inside(marked.shape, boxes, -1)).sum() > 0.6 * inside(marked.shape, boxes, -1).sum()


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_corners_are_those_that_the_reader_saw(turns: int) -> None:
    page = PdfReader(io.BytesIO(sheet(turns, (40, 60, 390, 480)))).pages[0]
    frame = Frame(left=40, bottom=60, right=390, top=480, turns=turns)
    points = quad(page, (10, 20, 110, 35))
    assert frame.boxes([(*points[0:2], *points[6:8])]) == [Box(10, 20, 110, 35)]
    assert frame.point(*points[0:2]) == (10, 20)
    assert frame.point(*points[2:4]) == (110, 20)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    path = tmp_path_factory.mktemp("plan") / "plan.pdf"
    path.write_bytes(sheet(0, None))
    box = [1, 100.0, 190.0, 300.0, 204.0]
    quotes = [{"page": 1, "boxes": json.dumps([box]), "quote": "We will (build) ✓", "coder": "Ann"}] * 2
    return path.read_bytes(), annotated(results_of(path, quotes), PLAN)


def test_notes_say_code_strength_quote_and_coder(made: tuple[bytes, bytes]) -> None:
    row = made_results(1).evidence.iloc[0]
    code = made_results(1).codes.set_index("code").loc[row["code"]]
    with pikepdf.open(io.BytesIO(made[1])) as pdf:
        notes = list(pdf.pages[1].Annots)
        assert len(notes) == 2
        assert str(notes[0].Subtype) == "/Highlight"
        assert str(notes[0].T) == "Ann"
        assert str(notes[0].Contents).startswith(
            f"{code['title']} ({code['theme_title']})\nStrength: {row['strength']} "
        )
        assert str(notes[0].Contents).endswith("“We will (build) ✓”")
        assert [float(v) for v in notes[0].QuadPoints] == [100, 310, 300, 310, 100, 296, 300, 296]
        assert "/CA" not in notes[0] and float(notes[1].CA) == 0.2


def test_pages_keep_their_content_and_their_numbers(made: tuple[bytes, bytes]) -> None:
    before, after = (PdfReader(io.BytesIO(data)) for data in made)
    assert len(after.pages) == len(before.pages) + 1
    assert after.pages[1]["/Contents"].get_object().get_data() == before.pages[0]["/Contents"].get_object().get_data()
    assert after.page_labels == ["Scorecard", "1"]
    assert "page n of the plan is page n + 1 of this file" in " ".join(after.pages[0].extract_text().split())


def test_bookmarks_go_from_theme_to_code_to_page(made: tuple[bytes, bytes]) -> None:
    reader = PdfReader(io.BytesIO(made[1]))
    codes = made_results(1).codes.set_index("code")
    first = codes.loc[made_results(1).evidence.iloc[0]["code"]]
    top = reader.outline
    assert [item.title for item in top if not isinstance(item, list)] == ["Scorecard", "Evidence"]
    theme, inner = top[-1][0], top[-1][1]
    assert theme.title == first["theme_title"]
    assert inner[0].title == first["title"]
    assert inner[1][0].title.startswith("Page 1")
    assert reader.get_destination_page_number(inner[1][0]) == 1


def test_a_plan_whose_file_changed_is_skipped_and_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(sheet(0, None))
    run = results_of(path, [{"page": 1, "boxes": "[]"}])
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / f"{PLAN}.pdf").write_bytes(b"of an earlier run")
    path.write_bytes(sheet(1, None))
    written = write_evidence(run, tmp_path)
    assert [p.name for p in written] == ["skipped.csv"]
    assert not (tmp_path / "evidence" / f"{PLAN}.pdf").exists()
    row = pd.read_csv(written[0]).iloc[0]
    assert (row["plan_id"], row["kind"]) == (PLAN, "changed")
    assert "not the file that was read" in row["message"]


def test_reasons_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    with pikepdf.open(io.BytesIO(sheet(0, None))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="secret", owner="owner"))
    run = results_of(path, [{"page": 1, "boxes": "[]"}])
    with pytest.raises(ReadingError, match="does not open without a password"):
        annotated(run, PLAN)
    path.unlink()
    with pytest.raises(ReadingError, match="is not there"):
        annotated(run, PLAN)
    with pytest.raises(UnknownName, match="Unknown plan 'nobody'"):
        annotated(run, "nobody")


def test_a_file_that_only_its_owner_may_change_is_used(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    with pikepdf.open(io.BytesIO(sheet(0, None))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="", owner="owner"))
    assert len(PdfReader(io.BytesIO(annotated(results_of(path, [{"page": 1, "boxes": "[]"}]), PLAN))).pages) == 2


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(sheet(3, None))
    run = results_of(path, [{"page": 1, "boxes": json.dumps([[1, 10, 10, 50, 20]])}])
    assert annotated(run, PLAN) == annotated(run, PLAN)


# Pages of real plans: two columns with broken words, and designed boxes on colour.
REAL = (("jhws_west_sussex_2019.pdf", 5), ("coastal_inequalities_summary.pdf", 3))


@pytest.mark.parametrize(("name", "number"), REAL)
def test_highlights_lie_on_the_words_of_real_pages(name: str, number: int, corpus: Path, tmp_path: Path) -> None:
    source = corpus / "plans" / name
    one = PdfWriter()
    one.append(str(source), pages=(number - 1, number))
    path = tmp_path / "plan.pdf"
    one.write(path)
    document = read_plan(load_plans(tmp_path)[0])
    passages = [p for p in document.content if p.kind == "paragraph" and len(p.text) > 150][:6]
    assert passages
    boxes = [list(b) for p in passages for s in p.spans for b in document.page(1).boxes(s.start, s.end)]
    marked = changed(path.read_bytes(), annotated(
        results_of(path, [{"page": 1, "boxes": json.dumps([[1, *b] for b in boxes])}]), PLAN), 0)  # fmt: skip
    assert not (marked & ~inside(marked.shape, boxes, 6)).any()
    assert (marked & inside(marked.shape, boxes, 0)).sum() > 0.5 * inside(marked.shape, boxes, 0).sum()
