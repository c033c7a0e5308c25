"""`ics-plans read` as a user meets it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

MAIN = "from toolkit.cli import main; main()"


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", MAIN, "read", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ICS_PLANS_CACHE", str(tmp_path / "cache"))
    canvas = Canvas(str(tmp_path / "sussex.pdf"))
    for words in ("We will reduce smoking in every neighbourhood.", "We will measure it."):
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return tmp_path / "sussex.pdf"


def test_text_goes_to_standard_output_and_no_bar_into_a_pipe(pdf: Path) -> None:
    done = _run(pdf)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "We will reduce smoking in every neighbourhood.\n\nWe will measure it.\n"


def test_pages_and_output_file(pdf: Path, tmp_path: Path) -> None:
    assert _run(pdf, "--pages", "2", "-o", tmp_path / "out.md").returncode == 0
    assert (tmp_path / "out.md").read_text() == "We will measure it.\n"
    refused = _run(pdf, "-o", tmp_path / "out.md")
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert _run(pdf, "-o", tmp_path / "out.md", "--force").returncode == 0


def test_refusals_say_what_would_be_right(pdf: Path, tmp_path: Path) -> None:
    mistyped = _run(tmp_path / "susex.pdf")
    assert (mistyped.returncode, mistyped.stdout) == (2, "")
    assert "Did you mean 'sussex.pdf'?" in mistyped.stderr
    suffix = _run(pdf, "-o", tmp_path / "out.doc")
    assert suffix.returncode == 2
    assert "txt, md, jsonl, parquet" in suffix.stderr


def test_a_broken_plan_is_named_and_the_others_are_written(pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<html>not found</html>")
    done = _run(pdf, tmp_path / "page.pdf", "--no-cache")
    assert done.returncode == 1
    assert "We will measure it." in done.stdout
    assert done.stderr == "page: the file is a web page, not a PDF. Get the PDF itself.\n"
    assert not (tmp_path / "cache").exists()
