"""Codebooks pass their own examples, and what is doubtful about them is told."""

from __future__ import annotations

import pytest

import toolkit
from toolkit.frameworks.checking import check_framework, term_counts
from toolkit.frameworks.load import parse_framework

TWO = """\
id: two
version: "1"
title: Two
source: us
licence: MIT
themes:
  - id: t
    title: T
    codes:
      - id: a
        title: A
        definition: A
        terms: [=housing, rent arrears, social tenancy]
        excludes: [housing the team, rent]
        examples:
          yes: [Housing is scarce, We are housing the team]
          no: [No housing here, The sea]
      - id: b
        title: B
        definition: B
        terms: [=housing, social tenancies board, social tenency]
"""


@pytest.mark.parametrize("name", toolkit.list_frameworks())
def test_a_bundled_codebook_passes_its_own_examples(name: str) -> None:
    framework = toolkit.load_framework(name)
    assert [finding for finding in check_framework(framework) if finding.wrong] == []
    assert [code.id for code in framework.codes if not (code.terms and code.yes and code.no)] == []


def test_failed_examples_are_mistakes_and_say_why() -> None:
    wrong = [f for f in check_framework(parse_framework(TWO)) if f.wrong]
    assert [(f.kind, f.code) for f in wrong] == [("example missed", "a"), ("example wrongly hit", "a")]
    assert "'=housing' was excluded by 'housing the team'" in wrong[0].message


def test_shared_and_confusable_terms_are_advice() -> None:
    advice = {(f.kind, f.code, f.message.split("'")[1]) for f in check_framework(parse_framework(TWO)) if not f.wrong}
    assert ("term shared", "a", "housing") in advice
    assert ("term confusable", "a", "social tenancy") in advice


def test_a_term_that_its_own_excludes_always_remove_is_told() -> None:
    text = TWO.replace("excludes: [housing the team, rent]", "excludes: [rent arrears]")
    assert [f.message for f in check_framework(parse_framework(text)) if f.kind == "term shadowed"] == [
        "term 'rent arrears' never counts: the excludes remove it always"
    ]


def test_every_term_is_counted_also_those_that_never_fire() -> None:
    counts = term_counts(parse_framework(TWO), ["Housing. HOUSING!", "housing the team", "sea"]).set_index(
        ["code", "term"]
    )
    assert counts.loc[("a", "=housing"), ["hits", "excluded", "texts"]].tolist() == [2, 1, 1]
    assert counts.loc[("b", "=housing"), ["hits", "excluded", "texts"]].tolist() == [3, 0, 2]
    assert counts.loc[("a", "=housing"), "example"] == "housing"
    assert counts.loc[("a", "rent arrears"), "hits"] == 0
