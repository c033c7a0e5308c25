"""The bundled coder: every quote has its address, and the same text gives the same codings."""

from __future__ import annotations

import pytest
from one_page import FIRST, SECOND, one_page

from toolkit.coding import BundledCoder, code_texts
from toolkit.coding.why import why, why_not
from toolkit.errors import InvalidInput, UnknownName
from toolkit.frameworks import load_framework
from toolkit.records import Document, Passage

FRAMEWORK = load_framework("health_inequalities")


def test_a_measurable_action_for_deprived_wards_is_coded_as_such() -> None:
    codings = BundledCoder(FRAMEWORK).code(one_page(FIRST, SECOND))
    assert {c.passage_id for c in codings} == {"p0"}
    tobacco = next(c for c in codings if c.code == "behaviours.tobacco")
    assert (tobacco.strength, tobacco.equity, tobacco.quote) == (4, True, FIRST)


def test_a_quote_is_found_at_its_address_and_has_boxes() -> None:
    document = one_page(SECOND, FIRST)
    for coding in BundledCoder(FRAMEWORK).code(document):
        span = coding.spans[0]
        assert document.page(span.page).text[span.start : span.end] == coding.quote
        assert coding.boxes


def test_adding_a_passage_removes_no_coding_elsewhere_when_it_is_anotherone_page() -> None:
    alone = BundledCoder(FRAMEWORK).code(one_page(FIRST))
    again = BundledCoder(FRAMEWORK).code(one_page(FIRST))
    assert alone == again


def test_headings_are_not_coded() -> None:
    document = one_page("Stop smoking services")
    heading = tuple(
        Passage(passage_id=p.passage_id, plan_id="plan", number=0, kind="heading", text=p.text, spans=p.spans)
        for p in document.passages
    )
    assert BundledCoder(FRAMEWORK).code(Document(plan=document.plan, pages=document.pages, passages=heading)) == ()


def test_a_table_of_texts_gives_a_row_per_coding_and_a_row_per_text() -> None:
    import pandas as pd

    table = pd.DataFrame({"passage_id": ["007", "b"], "text": [FIRST, SECOND]})
    codings, passages = code_texts(table, FRAMEWORK)
    assert list(passages["passage_id"]) == ["007", "b"]
    assert passages.loc[0, "topics"].split(";").count("behaviours.tobacco") == 1
    assert list(passages["strength"]) == [4, 0]
    assert all(FIRST[r.start : r.end] == r.quote for r in codings.itertuples())


def test_a_table_of_texts_with_faults_is_refused_with_all_of_them() -> None:
    import pandas as pd

    table = pd.DataFrame({"passage_id": ["a", "a"], "text": ["x", None]})
    with pytest.raises(InvalidInput, match=r"(?s)'a' is given more than once.*'a' has no text"):
        code_texts(table, FRAMEWORK)


def test_why_names_the_words_and_why_not_the_nearest_terms() -> None:
    assert why(FIRST, FRAMEWORK)[0].stands
    reasons = why_not(SECOND, FRAMEWORK, "behaviours.tobacco")
    assert not reasons.stands
    assert reasons.nearest
    assert "does not stand" in reasons.text


def test_an_unknown_code_lists_the_choices() -> None:
    with pytest.raises(UnknownName, match=r"Did you mean 'behaviours\.tobacco'"):
        why_not(FIRST, FRAMEWORK, "behaviours.tobaco")


def test_why_names_the_words_without_which_the_code_would_be_less_likely() -> None:
    reasons = why_not("We will help pregnant women to stop smoking.", FRAMEWORK, "behaviours.tobacco")
    assert reasons.stands
    assert "'smoking'" in reasons.speaking
    assert "words that speak most for it: 'smoking'" in reasons.text
