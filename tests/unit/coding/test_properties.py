"""What holds for every coding, whatever the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_page import FIRST, SECOND, one_page

from toolkit.coding import BundledCoder, code
from toolkit.coding.features import Unit
from toolkit.frameworks import list_frameworks, load_framework
from toolkit.frameworks.fuzzy import UNKNOWN_LIMIT
from toolkit.records import Document, Page, quote_of

FRAMEWORK = load_framework("health_inequalities")
CODER = BundledCoder(FRAMEWORK)
WORDS = (
    "we will reduce smoking in the most deprived wards by March 2027 . improve access to GP appointments ; housing "
    "• obesity 12% £2.5m. Dr. schools inequalities not no longer (carers) Who: drugs é"
).split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=80).map(" ".join), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_codings_are_verbatim_in_reading_order_and_within_their_ranges(texts: list[str]) -> None:
    document = one_page(*texts)
    codings = CODER.code(document)
    numbers = {p.passage_id: p.number for p in document.passages}
    by_id = {p.passage_id: p.text for p in document.passages}
    assert [numbers[c.passage_id] for c in codings] == sorted(numbers[c.passage_id] for c in codings)
    assert len({(c.passage_id, c.code) for c in codings}) == len(codings)
    assert len({c.coding_id for c in codings}) == len(codings)
    for c in codings:
        assert c.quote == quote_of(document.pages, c.spans)
        assert c.quote in by_id[c.passage_id]
        assert c.clause in by_id[c.passage_id]
        assert c.strength in {1, 2, 3, 4}
        assert 0 <= c.equity_confidence <= 1
        assert c.confidence == c.at_least[0] <= 1
        assert all(a >= b >= 0 for a, b in pairwise(c.at_least))


@settings(max_examples=15, deadline=None)
@given(TEXTS, TEXTS)
def test_adding_a_document_changes_no_coding_of_another(texts: list[str], others: list[str]) -> None:
    document, other = one_page(*texts), one_page(*others)
    other = replace(other, plan=replace(other.plan, plan_id="other"))
    alone = CODER.code(document)
    assert CODER.code(document) == alone
    assert code([other, document], FRAMEWORK, CODER)[-len(alone) :] == alone or not alone
    assert code([document, other], FRAMEWORK, CODER)[: len(alone)] == alone


@pytest.mark.parametrize("name", list_frameworks())
def test_every_bundled_framework_codes_its_own_examples_without_error(name: str) -> None:
    framework = load_framework(name)
    texts = [y for c in framework.codes for y in c.yes][:12] or [FIRST]
    codings = BundledCoder(framework).code(one_page(*texts))
    known = {c.id for c in framework.codes}
    assert {c.code for c in codings} <= known
    assert {c.framework for c in codings} <= {framework.id}


def _of_kind(document: Document, kind: str) -> Document:
    return replace(document, plan=replace(document.plan, kind=kind))


def test_a_code_meant_for_strategies_is_left_out_of_a_forward_plan() -> None:
    codes = tuple(replace(c, plan_kinds=("strategy",)) if c.id == "behaviours.tobacco" else c for c in FRAMEWORK.codes)
    coder = BundledCoder(replace(FRAMEWORK, codes=codes))
    in_strategy = {c.code for c in coder.code(_of_kind(one_page(FIRST), "strategy"))}
    in_forward_plan = {c.code for c in coder.code(_of_kind(one_page(FIRST), "joint_forward_plan"))}
    assert "behaviours.tobacco" in in_strategy
    assert in_forward_plan == in_strategy - {"behaviours.tobacco"}


def _damaged(document: Document, share: float) -> Document:
    pages: tuple[Page, ...] = tuple(replace(p, unknown_words=share) for p in document.pages)
    return replace(document, pages=pages)


def test_a_damaged_word_is_found_on_a_page_with_many_unknown_words_only() -> None:
    document = one_page("We will fund advice that lifts 40 families out of fuel pove1ty and child pove1ty.")
    clean = {c.term for c in CODER.code(_damaged(document, 0.0))}
    damaged = {c.term for c in CODER.code(_damaged(document, UNKNOWN_LIMIT + 0.1))}
    assert not any("pove1ty" in term for term in clean)
    assert any("pove1ty" in term for term in damaged)


def test_a_damaged_term_says_how_many_letters_are_off() -> None:
    units = [Unit(text="Fewer families in pove1ty.", damaged=damaged) for damaged in (True, False)]
    (reading, clean), _ = CODER.judge(units)
    assert [h.term for h in reading.terms["wider.income_poverty"]] == ["poverty (1 off)"]
    assert not clean.terms.get("wider.income_poverty")


def test_a_passage_without_a_topic_has_no_coding() -> None:
    assert CODER.code(one_page(SECOND)) == ()
