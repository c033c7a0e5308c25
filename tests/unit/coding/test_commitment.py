"""Signs of commitment: deadlines, amounts, and which of them stand together."""

from __future__ import annotations

import pytest

from toolkit.coding.commitment import CUE_GROUPS, strength_features
from toolkit.coding.features import Unit, read_units
from toolkit.coding.traits import NAMES
from toolkit.frameworks import load_framework

FRAMEWORK = load_framework("health_inequalities")
_FIRST = len(NAMES) + len(CUE_GROUPS)
_NOTHING = "Trees stand in the park."


def _changed(text: str, context: str = "") -> int:
    """Return how many features a text has that a text without commitment has not."""
    plain, said = read_units([Unit(text=_NOTHING), Unit(text=text, context=context)], FRAMEWORK)
    return int((strength_features(said) != strength_features(plain)).sum())


def _signs(text: str) -> list[float]:
    (reading,) = read_units([Unit(text=text)], FRAMEWORK)
    return strength_features(reading)[_FIRST : _FIRST + 5].tolist()  # deadline, amount, year, speaker, money


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("We will open a clinic by March 2027.", [1, 0, 1, 1, 0]),
        ("Uptake is to rise to 75% by the end of 2026.", [1, 1, 1, 0, 0]),
        ("In all £2m goes to debt advice.", [0, 1, 0, 0, 1]),
        ("Rates rose between 2012 and 2016.", [0, 0, 1, 0, 0]),
        ("Trees stand in the park.", [0, 0, 0, 0, 0]),
    ],
)
def test_deadlines_amounts_years_speakers_and_money_are_told_apart(text: str, signs: list[float]) -> None:
    assert _signs(text) == signs


def test_a_lead_in_that_promises_counts_for_the_line_below_it() -> None:
    assert _changed(_NOTHING, "We will:") > 0
    assert _changed(_NOTHING) == 0


def _openings(text: str) -> list[float]:
    (reading,) = read_units([Unit(text=text)], FRAMEWORK)
    return strength_features(reading)[_FIRST + 5 : _FIRST + 9].tolist()  # vague, definite, only aims, deadline alone


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("What: Improve links with schools Who: Council When: by March 2027", [1, 0, 1, 1]),
        ("What: Redesign the clinic Who: Council When: by March 2027", [0, 1, 0, 1]),
        ("Improve uptake to 75% by March 2027", [1, 0, 1, 0]),
        ("4.2 Open a hub", [0, 1, 0, 0]),
        ("Trees stand in the park.", [0, 0, 0, 0]),
    ],
)
def test_a_vague_verb_with_a_date_is_told_from_a_definite_one(text: str, openings: list[float]) -> None:
    assert _openings(text) == openings
