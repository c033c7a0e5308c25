"""The layer of neighbours: a passage is read beside those around it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_page import FIRST, SECOND, one_page

from toolkit.coding import BundledCoder
from toolkit.coding.coder import codable
from toolkit.coding.features import Unit, read_units
from toolkit.coding.model_file import bundled_model
from toolkit.coding.surroundings import NAMES, NEIGHBOURLY, beside_mean, some_topic, surroundings
from toolkit.frameworks import load_framework

FRAMEWORK = load_framework("health_inequalities")
CODER = BundledCoder(FRAMEWORK)
CODES = [c.id for c in FRAMEWORK.codes]
SENTENCES = st.sampled_from(
    [
        FIRST,
        SECOND,
        "We will fund stop smoking advisers in every ward.",
        "This service is open to all.",
        "Housing",
        "It will be expanded to more GP practices by March 2027.",
        "Membership of the board is set out in annex A.",
    ]
)


def features(chances: list[float], documents: str) -> np.ndarray:
    """Return the features of one code in passages with these chances, one letter per passage for its document."""
    readings = read_units([Unit(text="a b c", document=d) for d in documents], FRAMEWORK)
    p = np.array(chances)[:, None]
    return surroundings(np.log(p / (1 - p)), readings, ["behaviours.tobacco"])[:, 0]


def column(table: np.ndarray, name: str) -> list[float]:
    return table[:, NAMES.index(name)].tolist()


def test_the_passage_beside_gives_its_chance() -> None:
    assert column(features([0.9, 0.1, 0.4], "aaa"), "beside") == pytest.approx([0.1, 0.9, 0.1])


def test_a_passage_of_another_document_is_no_neighbour() -> None:
    mixed, alone = features([0.2, 0.9, 0.3], "aba"), features([0.2, 0.3], "aa")
    assert mixed[[0, 2]].tolist() == alone.tolist()


def test_a_near_passage_speaks_louder_than_a_far_one() -> None:
    near = column(features([0.5, 0.9, *[0.01] * 6], "a" * 8), "near")
    far = column(features([0.5, *[0.01] * 6, 0.9], "a" * 8), "near")
    assert near[0] > far[0]


def test_neighbours_never_speak_against_a_topic_in_the_model_that_ships() -> None:
    assert (bundled_model().around[list(NEIGHBOURLY)] >= 0).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=5), SENTENCES, st.booleans())
def test_a_passage_added_before_or_after_takes_no_coding_away(texts: list[str], added: str, before: bool) -> None:
    def codes(lines: list[str]) -> list[set[str]]:
        _, judgements = CODER.judge([Unit(text=t, document="plan") for t in lines])
        return [set(CODER.verdict(j).codes) for j in judgements]

    alone = codes(texts)
    more = codes([added, *texts])[1:] if before else codes([*texts, added])[:-1]
    assert all(few <= many for few, many in zip(alone, more, strict=True))


def test_a_sentence_without_a_topic_word_takes_the_topic_of_those_around_it() -> None:
    lines = [
        "We will fund stop smoking advisers in every ward.",
        "The service offers twelve weeks of nicotine patches.",
    ]
    middle = "It is free, and people can refer themselves."
    code = CODES.index("behaviours.tobacco")

    def chance(units: list[Unit], i: int) -> float:
        return CODER.judge(units)[1][i].topics[CODES[code]]

    alone = chance([Unit(text=middle, document="plan")], 0)
    among = chance([Unit(text=t, document="plan") for t in (lines[0], middle, lines[1])], 1)
    assert among > 2 * alone


def means(chances: list[float], documents: str, trust: list[float] | None = None) -> list[float]:
    """Return the mean chance of the neighbours of passages with these chances, where 0.5 is usual."""
    readings = read_units([Unit(text="a b c", document=d) for d in documents], FRAMEWORK)
    p = np.array(chances)[:, None]
    trusted = np.ones(len(p)) if trust is None else np.array(trust, float)
    log_odds = beside_mean(np.log(p / (1 - p)), trusted, np.array([0.5]), readings)[:, 1]
    return (1 / (1 + np.exp(-log_odds))).tolist()


def test_a_passage_without_neighbours_has_what_is_usual_beside_it() -> None:
    assert means([0.9, 0.1], "ab") == pytest.approx([0.5, 0.5])


def test_the_mean_of_the_neighbours_goes_either_way() -> None:
    high, low = means([0.5, 0.95, 0.95], "aaa")[0], means([0.5, 0.05, 0.05], "aaa")[0]
    assert low < 0.2
    assert high > 0.8


def test_a_neighbour_that_is_not_trusted_does_not_count() -> None:
    assert means([0.5, 0.95, 0.05], "aaa", [1, 1, 0])[0] > 0.5 > means([0.5, 0.95, 0.05], "aaa", [1, 0, 1])[0]


def test_some_topic_is_likelier_than_any_single_one() -> None:
    assert some_topic(np.zeros((1, 2))).tolist() == [0.75]


def test_a_bullet_is_as_firm_as_the_bullets_around_it() -> None:
    def firm(*lines: str) -> float:
        _, judgements = CODER.judge([Unit(text=t, document="plan") for t in lines])
        return judgements[1].at_least[1]

    bullet = "Stop smoking service for people in hospital"
    among_plans = firm("Launch a clinic for smokers, by May 2027.", bullet, "Open a stop smoking shop, 2027.")
    among_facts = firm("In 2019, 14% of adults smoked.", bullet, "Smoking was most common in men aged 25 to 34.")
    assert among_plans > among_facts


@pytest.mark.parametrize("label", ["Local Councils", "City Centre Practices", "St Mary's Hospital"])
def test_a_label_takes_neither_topic_nor_promise_from_its_neighbours(label: str) -> None:
    statement = "We will fund stop smoking advisers in every ward by March 2027."
    units = [Unit(text=t, document="plan") for t in (statement, label, statement)]
    verdict = CODER.verdict(CODER.judge(units)[1][1])
    assert "behaviours.tobacco" not in verdict.codes
    assert verdict.strength <= 1


def test_a_few_words_that_state_an_aim_are_no_label() -> None:
    contexts = ["", "We support:", "Our priorities", "Supporting well", ""]
    texts = ["Reduce smoking", "Smoking", "Smoking", "Smoking", "Smoking"]
    units = [Unit(text=t, context=c) for t, c in zip(texts, contexts, strict=True)]
    assert [r.is_label for r in read_units(units, FRAMEWORK)] == [False, False, False, True, True]


@pytest.mark.parametrize("text", ["75.90", "18%", "https://example.org/tobacco-control", "No"])
def test_bare_figures_and_addresses_are_not_coded(text: str) -> None:
    assert [p.text for p in codable(one_page(text, FIRST))] == [FIRST]


def test_a_code_that_no_term_or_hint_names_is_taken_for_less_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    (reading,) = readings = read_units([Unit(text="We will fund stop smoking advisers in every ward.")], FRAMEWORK)
    chances = bundled_model().judge(readings, CODES)[0].topics
    monkeypatch.setattr("toolkit.coding.model.UNNAMED", 0.0)
    taken_as_it_seems = bundled_model().judge(readings, CODES)[0].topics
    named = {code for code in CODES if code in reading.terms or code in reading.hints}
    assert "behaviours.tobacco" in named
    assert {code for code in CODES if chances[code] < taken_as_it_seems[code]} == set(CODES) - named
