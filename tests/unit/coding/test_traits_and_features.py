"""What the statistical layer sees: traits of the text, and which terms hit where."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_page import FIRST, SECOND

from toolkit.coding.commitment import strength_features
from toolkit.coding.features import (
    HIT_FEATURES,
    NOTHING,
    Unit,
    equity_features,
    hit_features,
    read_units,
    weigh,
)
from toolkit.coding.model_file import bundled_model, load_model, save_model
from toolkit.coding.traits import NAMES, traits
from toolkit.coding.words import grams, stems
from toolkit.frameworks import load_framework

FRAMEWORK = load_framework("health_inequalities")


def trait(text: str, name: str) -> float:
    return traits(text)[NAMES.index(name)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Improve access to care", "opens_with_verb", 1),
        ("Access to care", "opens_with_verb", 0),
        ("• Open a hub", "bullet", 1),
        ("We will:", "colon", 1),
        ("Who decides?", "question", 1),
        ("“I waited ten weeks”", "quotation", 1),
        ("see www.example.org", "link", 1),
        ("12 Office for National Statistics", "reference", 1),
        ("and so on", "lower_start", 1),
        ("NHS and GP teams", "upper", 0.25),
        ("from 5% to 4%", "numbers", pytest.approx(2 / 3)),
    ],
)
def test_a_trait_is_seen(text: str, name: str, expected: float) -> None:
    assert trait(text, name) == expected


@given(st.text(max_size=200))
def test_traits_are_finite_and_never_negative_for_any_text(text: str) -> None:
    found = traits(text)
    assert len(found) == len(NAMES)
    assert all(np.isfinite(v) and v >= 0 for v in found)


def test_a_text_without_words_has_no_traits() -> None:
    assert set(traits(" \n\t")) == {0.0}


def test_stems_keep_intention_and_drop_grammar() -> None:
    assert stems("We will improve the housing by 2027") == ["we", "will", "improv", "hous", "by", "#"]
    assert grams("clean air") == ["clean", "air", "clean_air"]


def test_hits_are_sorted_into_terms_groups_and_cues() -> None:
    (reading,) = read_units([Unit(text=FIRST)], FRAMEWORK)
    assert "behaviours.tobacco" in reading.terms
    assert any(name.startswith("place.") for name in reading.equity)
    assert "date" in reading.cues
    assert all(FIRST[h.start : h.end].strip() for hits in reading.terms.values() for h in hits)


def test_terms_of_the_context_are_kept_apart_from_those_of_the_text() -> None:
    (reading,) = read_units([Unit(text=SECOND, context="We will help people to stop smoking:")], FRAMEWORK)
    assert not reading.terms
    assert "behaviours.tobacco" in reading.context_terms
    assert "will" in reading.context_cues


def test_a_code_without_hits_has_the_features_of_nothing() -> None:
    (reading,) = read_units([Unit(text=SECOND)], FRAMEWORK)
    assert hit_features(reading, "behaviours.tobacco", {}) == NOTHING.tolist()


def test_features_have_the_length_of_their_names() -> None:
    (reading,) = read_units([Unit(text=FIRST)], FRAMEWORK)
    model = bundled_model()
    assert len(hit_features(reading, "behaviours.tobacco", {})) == len(HIT_FEATURES)
    assert len(equity_features(reading)) == len(model.equity) - 1
    assert len(strength_features(reading)) == model.strength.shape[1] - 1


def test_weights_of_known_stems_have_length_one_and_unknown_stems_none() -> None:
    readings = read_units([Unit(text="sunny sunny towns"), Unit(text="zebras")], FRAMEWORK)
    starts, index, weights = weigh(readings, {"sunni": 0, "town": 1}, np.array([1.0, 2.0]), {})
    assert (starts.tolist(), index.tolist()) == ([0, 2, 2], [0, 1])
    assert (weights**2).sum() == pytest.approx(1)


def test_a_term_that_is_found_weighs_half_whatever_the_length_of_the_text() -> None:
    readings = read_units([Unit(text="stop smoking"), Unit(text=f"stop smoking {'and much more ' * 20}")], FRAMEWORK)
    (term,) = {h.term for h in readings[0].terms["behaviours.tobacco"]} & {
        h.term for h in readings[1].terms["behaviours.tobacco"]
    }
    weighed = weigh(readings, {}, np.array([]), {("behaviours.tobacco", term): 7})
    assert [column.tolist() for column in weighed] == [[0, 1, 2], [7, 7], [0.5, 0.5]]


def test_a_model_file_gives_back_the_model_and_the_same_bytes() -> None:
    data = save_model(bundled_model())
    assert save_model(load_model(data)) == data
    assert len(data) < 5_000_000
