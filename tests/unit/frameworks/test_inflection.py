"""A plain word finds its family and no other."""

from __future__ import annotations

import pytest

from toolkit.frameworks.inflection import family, family_name


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("child", ["children", "childrens", "childs"]),
        ("organisation", ["organizations", "organise"]),
        ("paediatric", ["pediatrics"]),
        ("practise", ["practicing", "practice"]),
        ("vaccination", ["vaccinate", "vaccine", "vaccines"]),
        ("breastfeed", ["breastfed", "breastfeeding"]),
        ("neurodivergent", ["neurodivergents"]),
    ],
)
def test_a_family_holds_inflections_and_spellings(word: str, others: list[str]) -> None:
    assert family(word)[0] == word
    assert set(others) <= set(family(word))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("university", "universal"),
        ("severe", "several"),
        ("public", "publication"),
        ("organisation", "organ"),
        ("local", "localised"),
        ("housing", "house"),
        ("personalised", "person"),
    ],
)
def test_words_of_another_meaning_stay_out(word: str, other: str) -> None:
    assert other not in family(word)
    assert family_name(word) != family_name(other)


def test_every_form_of_a_family_names_the_same_family() -> None:
    for word in ("inequality", "screening", "smoking", "deprivation", "commissioning"):
        assert {family_name(form) for form in family(word) if not form.endswith("ys")} == {family_name(word)}
