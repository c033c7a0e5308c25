"""Terms are found where they stand, under the rules of the pattern language."""

from __future__ import annotations

import pytest

from toolkit.frameworks.matching import compile_terms


def found(terms: str | list[str], text: str, excludes: str = "") -> list[str]:
    """Return what the terms of one code find in a text, verbatim."""
    listed = [terms] if isinstance(terms, str) else terms
    matcher = compile_terms({"code": listed}, {"code": [excludes]} if excludes else None)
    return [text[hit.start : hit.end] for hit in matcher.find(text)]


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("fuel poverty", "Fuel-poverty and fuel\n  poverty", ["Fuel-poverty", "fuel\n  poverty"]),
        ("fuel poverty", "fuel, poverty. Fuel. Poverty", []),
        ("health inequality", "health inequal-\nities", ["health inequal-\nities"]),
        (
            "long-term condition",
            "long-\nterm conditions, longterm condition",
            ["long-\nterm conditions", "longterm condition"],
        ),
        ("long term condition", "long-\nterm conditions", ["long-\nterm conditions"]),
        ("screening", "We screened and screen; screens", ["screened", "screen", "screens"]),
        ("=housing", "Housing and houses, rehousing", ["Housing"]),
        ("inequalit*", "inequality in Inequalities", ["inequality", "Inequalities"]),
        ("*being", "wellbeing being", ["wellbeing", "being"]),
        ("child* * service", "children's dental services, child services", ["children's dental services"]),
        ("COPD", "COPD, copd, COPDs and COPD’s", ["COPD", "COPDs", "COPD’s"]),
        ("ICS", "topICS ICS ics Ics", ["ICS"]),
        ("A&E", "A&E, A & E, A and E, a&e", ["A&E", "A & E", "A and E"]),
        ("LGBTQ+", "LGBTQ+ people, LGBTQ people", ["LGBTQ+"]),
        ("LGBTQ", "LGBTQ+ people", ["LGBTQ+"]),
        ("(damp|mould*) home", "damp homes, mouldy home, warm home", ["damp homes", "mouldy home"]),
        ("health (and care)? plan", "health plan, health and care plans", ["health plan", "health and care plans"]),
        ("Gypsy, Roma and Traveller", "Gypsy, Roma and Traveller", ["Gypsy, Roma and Traveller"]),
        ("Gypsy, Roma and Traveller", "Gypsy. Roma and Traveller", []),
        ("café", "CAFE\u0301 cafes", ["CAFE", "cafes"]),
        ("finance", "ﬁnance", ["ﬁnance"]),
        ("10,000 homes", "10,000 homes", ["10,000 homes"]),
        ("50%", "50% and 50", ["50%"]),
        ("organisation", "organizations", ["organizations"]),
        ("labor", "labour", ["labour"]),
    ],
)
def test_a_term_finds_its_wordings(term: str, text: str, expected: list[str]) -> None:
    assert found(term, text) == expected


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("reduc* ~3 inequalit*", "reduce the gap in inequalities", ["reduce the gap in inequalities"]),
        ("reduc* ~2 inequalit*", "reduce the gap in inequalities", []),
        ("reduc* ~5 inequalit*", "inequalities were reduced", ["inequalities were reduced"]),
        ("reduc* >5 inequalit*", "inequalities were reduced", []),
        ("reduc* ~5 inequalit*", "We reduce. Inequalities rise", []),
        ("reduc* ~5 inequalit*", "we reduce, e.g. by law, inequality", ["reduce, e.g. by law, inequality"]),
        ("help ~2 stop ~2 smoking", "help people stop their smoking", ["help people stop their smoking"]),
        ("help ~1 stop ~1 smoking", "smoking is bad. Help. Please do stop", []),
    ],
)
def test_proximity_stays_within_its_sentence(term: str, text: str, expected: list[str]) -> None:
    assert found(term, text) == expected


def test_a_longer_excluding_wording_removes_a_hit_that_it_overlaps() -> None:
    assert found("=housing", "housing the team, housing", excludes="housing the team") == ["housing"]


def test_a_shorter_excluding_wording_leaves_a_hit_alone() -> None:
    assert found("social housing policy", "social housing policy", excludes="policy") == ["social housing policy"]


def test_a_scope_takes_out_the_words_after_it_up_to_the_end_of_the_sentence() -> None:
    assert found("=housing", "will not build housing. Housing.", excludes="will not ~4") == ["Housing"]
    assert found("clinic", "A clinic. The clinic was closed", excludes="~2 was closed") == ["clinic"]


def test_the_longest_hit_of_a_code_stays_and_codes_do_not_compete() -> None:
    text = "mental health services"
    matcher = compile_terms({"a": ["health", "mental health", "health service"], "b": ["health"]})
    found = [(hit.id, text[hit.start : hit.end]) for hit in matcher.find(text)]
    assert found == [("a", "health services"), ("b", "health")]


def test_what_was_excluded_is_told_with_the_reason() -> None:
    matcher = compile_terms({"h": ["=housing"]}, {"h": ["housing the team"]})
    (gone,) = matcher.excluded("housing the team")
    assert (gone.hit.term, gone.by, gone.start, gone.end) == ("=housing", "housing the team", 0, 16)


def test_many_texts_are_searched_as_one_by_one() -> None:
    matcher = compile_terms({"a": ["health care", "care ~3 plan"]})
    texts = ["health", "care plan", "", "health care-", "ful plan", "- care for a plan"]
    assert matcher.find_each(texts) == [matcher.find(text) for text in texts]
