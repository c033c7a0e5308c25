"""Codebooks on the command line: list, check, export, import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from toolkit.cli import group


def run(*arguments: str) -> tuple[int, str]:
    """Return exit status and output of a command."""
    result = CliRunner().invoke(group, list(arguments))
    return result.exit_code, result.output


def test_the_bundled_frameworks_are_listed() -> None:
    status, output = run("frameworks")
    assert status == 0
    assert "health_inequalities" in output
    assert output.count("1.0 ") == 16


def test_a_good_codebook_passes_and_shows_which_terms_fire(tmp_path: Path) -> None:
    (tmp_path / "sample.txt").write_text("Good work and a living wage.\n\nGood work.", encoding="utf-8")
    status, output = run("check", "marmot_eight", "--no-advice", "--on", str(tmp_path))
    assert status == 0
    assert "marmot_eight 1.0: 8 codes, 93 terms, 16 examples, 0 wrong" in output
    assert "good work" in output


def test_a_failed_example_gives_status_1_and_a_broken_file_status_2(tmp_path: Path) -> None:
    good = tmp_path / "mine.yaml"
    good.write_text(
        "id: mine\nversion: '1'\ntitle: M\nsource: me\nlicence: MIT\nthemes:\n- id: t\n  title: T\n  codes:\n"
        "  - {id: a, title: A, definition: D, terms: [fuel poverty], examples: {'yes': [cold homes]}}\n",
        encoding="utf-8",
    )
    status, output = run("check", str(good))
    assert (status, "example missed: a: no term hits the yes-example 'cold homes'" in output) == (1, True)
    good.write_text("id: mine\n", encoding="utf-8")
    status, output = run("check", str(good))
    assert (status, "key 'themes' is missing" in output) == (2, True)


def test_a_codebook_goes_out_as_a_table_and_comes_back(tmp_path: Path) -> None:
    table, back = str(tmp_path / "t.xlsx"), str(tmp_path / "t.yaml")
    assert run("export", "transformation", "-o", table)[0] == 0
    assert run("import", table, "-o", back) == (0, f"{back}: 5 codes\n")
    assert run("check", back, "--no-advice")[0] == 0


def test_a_mistake_is_one_plain_message(tmp_path: Path) -> None:
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            "from toolkit.cli import main; main()",
            "export",
            "marmot",
            "-o",
            str(tmp_path / "a.csv"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 2
    assert made.stderr.startswith("ics-plans: Unknown framework 'marmot'. Did you mean")
