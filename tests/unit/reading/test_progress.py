"""Progress shows where somebody can see it, and is silent everywhere else."""

from __future__ import annotations

import pytest

from toolkit.reading.progress import Bar, Silent, shown


def test_there_is_no_bar_in_a_pipe() -> None:
    assert isinstance(shown(), Silent)


def test_there_is_a_bar_in_a_terminal_unless_it_shall_be_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(shown(), Bar)
    assert isinstance(shown(quiet=True), Silent)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(shown(), Silent)


def test_the_bar_counts_plans_and_pages_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Bar()
    bar.begin(2, 300)
    bar.pages(1200)
    bar.plan("a", 100)
    bar.plan("b", 200)
    bar.end()
    out, err = capsys.readouterr()
    assert out == ""
    assert "2/2 plans 1,200 pages" in err
