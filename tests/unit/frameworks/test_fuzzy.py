"""Damaged words are found, right words are never taken for others."""

from __future__ import annotations

import pytest

from toolkit.frameworks.fuzzy import FuzzyMatcher
from toolkit.frameworks.matching import compile_terms


def found(term: str, text: str) -> list[tuple[str, int]]:
    """Return what is found of a term in a damaged text, verbatim, with its distance."""
    matcher = compile_terms({"code": [term]})
    return [(text[h.start : h.end], h.distance) for h in FuzzyMatcher(matcher).find(text, matcher.find(text))]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("palliative care", "the pal iative care team", [("pal iative care", 1)]),
        ("digital exclusion", "Digltal exclusion", [("Digltal exclusion", 1)]),
        ("health inequality", "health lnequalities", [("health lnequalities", 1)]),
        ("vaccination", "vaccinatlon", [("vaccinatlon", 1)]),
        ("mental health", "mentalhealth", [("mentalhealth", 1)]),
        ("inequalit*", "inequaIities", [("inequaIities", 1)]),
        ("wider determinant", "wider deterrninants", [("wider deterrninants", 1)]),
        ("living wage", "the Living W age", [("Living W age", 1)]),
        ("unpaid carer", "uripaid carers", [("uripaid carers", 1)]),
        ("inclusive growth", "iuclusive growth", [("iuclusive growth", 1)]),
    ],
)
def test_a_damaged_wording_is_found_where_it_stands(term: str, text: str, expected: list[tuple[str, int]]) -> None:
    assert found(term, text) == expected


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("community health", "community wealth"),
        ("community health", "comunity wealth"),
        ("digital exclusion", "digital inclusion"),
        ("digital exclusion", "digitalinclusion"),
        ("digital exclusion", "digtal inclusion"),
        ("economic inactivity", "economi activity"),
        ("health equality", "health lnequality"),
        ("unemployed", "inemploymont"),
        ("unpaid carer", "inpald carer"),
        ("inclusion health", "including e-health"),
        ("screening", "screening"),
        ("smoking", "srnokin"),
        ("COPD", "COPP"),
        ("fuel poverty", "fue1. poverty"),
    ],
)
def test_another_word_the_other_meaning_or_too_much_damage_is_left_alone(term: str, text: str) -> None:
    assert found(term, text) == []
