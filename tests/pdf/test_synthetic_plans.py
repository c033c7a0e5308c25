"""Plans set by script, of which every sentence, heading and running line is known, are read as they were set."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from reading_truth import Reading, Score, ours, score
from synthetic_plans import PLANS
from synthetic_setting import Block, Sheet


def _read(name: str, folder: Path) -> Score:
    sheet = PLANS[name](folder / f"{name}.pdf")
    return score(ours(sheet.path), sheet)


@pytest.mark.parametrize("name", ["two_columns", "side_bars", "tables"])
def test_what_was_set_is_read_in_its_order(name: str, tmp_path: Path) -> None:
    read = _read(name, tmp_path)
    assert read.intact == read.sentences
    assert read.steps_right == read.steps
    assert read.headings_right == read.headings_set == read.headings_said
    assert (read.furniture_left, read.broken) == (0, 0)


def test_columns_drawn_in_shuffled_order_keep_their_sentences(tmp_path: Path) -> None:
    read = _read("three_columns", tmp_path)
    assert read.intact / read.sentences >= 0.99
    assert read.headings_right == read.headings_set


def test_the_benchmark_sees_disorder_furniture_and_broken_words(tmp_path: Path) -> None:
    blocks = [
        Block(kind="heading", text="One plan", page=1, level=1),
        Block(kind="paragraph", text="First we will look at health inequalities. Then we will act on them.", page=1),
        Block(kind="paragraph", text="Last of all we will count the cost.", page=1),
    ]
    sheet = Sheet(path=tmp_path / "none.pdf", size=(100, 100), title="", blocks=blocks)
    sheet.running, sheet.broken = ["Running head"], [("inequal", "ities.")]
    text = "One plan\nLast of all we will count the cost.\nRunning head\n"
    text += "First we will look at health inequal-\nities. Then we will act on them."
    read = score(Reading(text, [("One plan", 2)]), sheet)
    assert (read.intact, read.sentences) == (2, 3)
    assert (read.steps_right, read.steps) == (0, 2)
    assert (read.headings_right, read.headings_said) == (0, 1)
    assert (read.furniture_left, read.broken) == (1, 1)
    assert read.distance > 0
