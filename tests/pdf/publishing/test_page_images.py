"""Pictures of quoted pages stand beside the report, the quotes marked; links lead to them and to the PDF's page."""

from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from tests.pdf.publishing.test_evidence_pack import PLAN, results_of, sheet
from toolkit.publishing import write_report


def test_a_quoted_page_has_its_picture_with_the_quote_marked(tmp_path: Path) -> None:
    (tmp_path / "my plans").mkdir()
    path = tmp_path / "my plans" / "plan.pdf"
    path.write_bytes(sheet(0, None))
    run = results_of(path, [{"page": 1, "boxes": json.dumps([[1, 100, 190, 300, 204]])}])
    report, picture = write_report(run, tmp_path / "out", page_images=True)
    assert picture.relative_to(tmp_path / "out").as_posix() == f"report_pages/{PLAN}/p001.webp"
    with Image.open(picture) as image:
        assert image.size == (600, 750)
        red, green, blue = image.convert("RGB").getpixel((440, 300))  # type: ignore[misc]
        assert red > 230 and green > 210 and blue < 120
        assert min(image.convert("RGB").getpixel((440, 400))) > 245  # type: ignore[type-var]
    page = report.read_text(encoding="utf-8")
    assert f'(<a href="report_pages/{PLAN}/p001.webp">picture</a>)' in page
    assert '<a href="../my%20plans/plan.pdf#page=1">p. 1</a>' in page


def test_a_plan_whose_file_changed_has_no_pictures(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(sheet(0, None))
    run = results_of(path, [{"page": 1, "boxes": json.dumps([[1, 100, 190, 300, 204]])}])
    path.write_bytes(sheet(1, None))
    assert [p.name for p in write_report(run, tmp_path, page_images=True)] == ["report.html"]
