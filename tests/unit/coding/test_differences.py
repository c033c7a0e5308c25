"""Signs of a difference within the area, beside those of a comparison with the country."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.coding.differences import NAMES, differences


def signs(text: str) -> set[str]:
    return {name for name, value in zip(NAMES, differences(text), strict=True) if value}


@pytest.mark.parametrize(
    "text",
    [
        "Take up is good overall but lower in some areas, such as Exford.",
        "Some neighbourhoods were among the most at risk.",
        "The rate ranges from 4% to 11% across our wards.",
    ],
)
def test_a_comparison_of_parts_of_the_area_is_seen(text: str) -> None:
    assert "compared_parts" in signs(text)


def test_named_places_beside_each_other_are_seen_with_their_figures() -> None:
    assert {"listed", "compared_listed", "figures_listed"} <= signs("In Exford and Whyford the ratio was above 14.")


def test_a_comparison_with_the_country_is_told_apart() -> None:
    found = signs("The rate is higher than England.")
    assert {"compared", "country", "compared_country"} <= found
    assert not found & {"named_only", "parts_only"}


def test_people_set_apart_are_seen() -> None:
    assert "compared_apart" in signs("Employment is far lower for people with mental health problems.")


def test_a_plain_aim_has_no_sign() -> None:
    assert signs("We will help people to stop smoking.") <= {"apart"}


def test_a_long_list_of_names_takes_no_longer_than_its_length() -> None:
    assert "listed" not in signs(
        "Exford, East Whyford " * 20_000
    )  # minutes, where each name begins a search of its own


@given(st.text(max_size=300))
def test_any_text_has_every_sign_as_none_or_one(text: str) -> None:
    assert len(differences(text)) == len(NAMES)
    assert set(differences(text)) <= {0.0, 1.0}
