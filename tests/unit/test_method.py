"""METHOD.md says what the code does: its worked plan is computed here, line by line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.strategies import coding, document, framework
from toolkit.comparing import CompareSettings, compare
from toolkit.comparing.agreement_table import EXTREME, LEAST_POSITIVES, RELIABLE, TENTATIVE
from toolkit.records import share_text
from toolkit.scoring import ScoreSettings, score, totals
from toolkit.scoring.sections import ENOUGH_SECTIONS

METHOD = (Path(__file__).parents[2] / "METHOD.md").read_text(encoding="utf-8")
LINES = {" ".join(line.split()) for line in METHOD.splitlines()}

PLAN = document("worked", sections=6, per_section=2)
BOOK = framework("access/primary_care", "access/digital", "wider/housing", weights=[1, 1, 2])
FOUND = [
    coding(PLAN, 0, code="primary_care", strength=4, equity=True, at_least=(0.9, 0.8, 0.7, 0.5), equity_confidence=0.8),
    coding(PLAN, 3, code="primary_care", strength=2, at_least=(0.6, 0.5, 0.2, 0.0)),
    coding(PLAN, 4, code="housing", strength=3, at_least=(0.8, 0.7, 0.6, 0.1)),
]
SCORES = score([PLAN], FOUND, BOOK)
TOTALS = totals(SCORES, BOOK, FOUND, [PLAN])


def row(*cells: object) -> str:
    return "| " + " | ".join(str(c) for c in cells) + " |"


def test_the_codings_of_the_worked_plan_are_those_of_the_page() -> None:
    for c, chapter in zip(FOUND, (1, 2, 3), strict=True):
        chances = " ".join(f"{p:.1f}" for p in c.at_least)
        equity = f"yes ({c.equity_confidence:.1f})" if c.equity else "no"
        number = int(c.passage_id.split("-")[1]) + 1
        assert row(number, chapter, f"`{c.code}`", c.strength, equity, chances) in LINES


def test_the_scores_of_the_worked_plan_are_those_of_the_page() -> None:
    for s in SCORES:
        level = f"{s.level} ({s.expected_level:.3f})"
        equity = f"{s.equity_level} ({s.expected_equity_level:.3f})"
        assert row(f"`{s.code}`", s.state, level, equity, f"{s.points:.1f}", f"{s.available:.0f}") in LINES


def test_the_totals_of_the_worked_plan_are_those_of_the_page() -> None:
    for t in TOTALS.itertuples():
        share = f"{t.points:.1f} / {t.available:.0f} = {share_text(t.points, t.available)}"
        breadth = f"{t.codes_found} of {t.codes_applicable}"
        focus = f"{t.equity_codings} of {t.codings}"
        words = f"{t.coded_words} of {t.readable_words} = {t.salience:.0f}"
        assert row(f"`{t.theme}`", share, breadth, f"{t.depth:.1f}", focus, words) in LINES


def test_the_expected_share_of_the_worked_plan_is_that_of_the_page() -> None:
    made = compare([PLAN], FOUND, TOTALS, BOOK, CompareSettings(draws=100)).table.set_index("theme")
    assert f"`share_expected` of the whole plan is {made.loc['overall', 'share_expected']:.4f}" in METHOD
    assert pd.isna(made.loc["overall", "rank"])


@pytest.mark.parametrize(
    "sentence",
    [
        f"at least {ScoreSettings().readable_share:.0%} of its pages",
        f"fewer than {ENOUGH_SECTIONS} sections",
        f"{CompareSettings().draws:,} draws",
        f"{CompareSettings().interval:.0%} intervals",
        f"probability {CompareSettings().apart}",
        f"alpha of {RELIABLE} or more",
        f"alpha of {TENTATIVE} or more",
        f"fewer than {LEAST_POSITIVES} passages",
        f"below {EXTREME:.0%} or above {1 - EXTREME:.0%}",
    ],
)
def test_defaults_on_the_page_are_those_of_the_code(sentence: str) -> None:
    assert sentence in " ".join(METHOD.split())
