"""Totals: parts that sum to the whole, and NA where a number would flatter or invent."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.strategies import coding, codings, document, framework, plan
from toolkit.frameworks.model import Theme
from toolkit.scoring import score, score_problems, totals

A = document("A")
BOOK = framework("x/a", "x/b", "y/c", weights=[1, 2, 1])


def table(found: list, book: object = BOOK, documents: tuple = (A,), **more: object) -> pd.DataFrame:
    made = totals(score(documents, found, book, **more), book, found, documents)  # type: ignore[arg-type]
    return made.set_index(["plan_id", "theme"])


def test_every_indicator_of_a_small_plan_by_hand() -> None:
    found = [coding(A, 0, code="a", strength=4), coding(A, 1, code="b", strength=2, equity=True)]
    x = table(found).loc[("A", "x")]
    # a: .5*4 + .5*0 = 2; b: 2 * (.5*2 + .5*2) = 4; available 4 + 8
    assert (x.points, x.available, x.share) == (6.0, 12.0, 0.5)
    assert (x.codes_found, x.codes_applicable, x.breadth, x.depth) == (2, 2, 1.0, 3.0)
    assert (x.equity_codings, x.codings, x.equity_focus) == (1, 2, 0.5)
    assert (x.coded_words, x.readable_words) == (20, 120)
    assert x.salience == pytest.approx(1000 * 20 / 120)


def test_a_passage_with_two_codes_of_a_theme_counts_its_words_once() -> None:
    found = [coding(A, 0, code="a"), coding(A, 0, code="b"), coding(A, 0, code="c")]
    made = table(found)
    assert made["coded_words"].to_dict() == {("A", "x"): 10, ("A", "y"): 10, ("A", "overall"): 10}


def test_depth_of_a_theme_without_evidence_is_missing_and_its_share_is_nought() -> None:
    y = table([]).loc[("A", "y")]
    assert pd.isna(y.depth) and pd.isna(y.equity_focus)
    assert (y.share, y.breadth) == (0.0, 0.0)


def test_a_plan_that_was_partly_read_gets_no_share_and_a_problem_says_why() -> None:
    partly = document("A", unreadable_pages=4)
    found = [coding(partly, 0, code="a", strength=4)]
    x = table(found, documents=(partly,)).loc[("A", "x")]
    assert pd.isna(x.share) and pd.isna(x.points) and pd.isna(x.breadth)
    assert (x.codes_found, x.codes_applicable, x.depth) == (1, 1, 4.0)
    problem = score_problems(score([partly], found, BOOK), BOOK)[0]
    assert (problem.plan_id, problem.kind) == ("A", "not scored")
    assert problem.message == "2 of 3 codes of test could not be looked for; no share is given."


def test_all_plans_unreadable_give_only_missing_shares() -> None:
    made = table([], documents=(), failed=[plan("Y"), plan("Z")])
    assert len(made) == 6 and made["share"].isna().all() and (made["codes_applicable"] == 0).all()


def test_a_theme_without_codes_or_weight_is_missing_with_a_problem() -> None:
    book = framework("x/a", "y/b", weights=[1, 0])
    book = replace(book, themes=(*book.themes, Theme(id="z", title="Z")))
    made = table([coding(A, 0, code="a", equity=True, strength=4)], book)
    assert made["share"].isna().to_dict() == {
        ("A", "x"): False,
        ("A", "y"): True,
        ("A", "z"): True,
        ("A", "overall"): False,
    }
    assert made.loc[("A", "overall"), "share"] == 1.0
    messages = [p.message for p in score_problems(score([A], [], book), book)]
    assert messages == [
        "The weights of theme 'y' of test sum to 0: its share is NA.",
        "Theme 'z' of test has no codes: its share is NA.",
    ]


def test_codes_that_do_not_apply_are_in_neither_points_nor_available() -> None:
    book = replace(BOOK, codes=tuple(replace(c, plan_kinds=("jfp",) if c.id == "b" else ()) for c in BOOK.codes))
    x = table([coding(A, 0, code="a", strength=4)], book, (document("A", kind="strategy"),)).loc[("A", "x")]
    assert (x.points, x.available, x.codes_applicable) == (2.0, 4.0, 1)


def test_a_framework_that_does_not_apply_at_all_says_so() -> None:
    book = replace(BOOK, codes=tuple(replace(c, plan_kinds=("jfp",)) for c in BOOK.codes))
    problems = score_problems(score([document("A", kind="strategy")], [], book), book)
    assert [p.kind for p in problems] == ["not applicable"]


@settings(max_examples=40, deadline=None)
@given(codings(A, ("a", "b", "c")))
def test_the_themes_sum_to_the_whole(found: tuple) -> None:
    made = table(list(found)).loc["A"]
    for name in ("points", "available", "codes_found", "codes_applicable", "codings", "equity_codings"):
        assert made.loc[["x", "y"], name].sum() == pytest.approx(made.loc["overall", name])
    assert made["share"].between(0, 1).all()
    assert made.loc["overall", "coded_words"] <= made.loc[["x", "y"], "coded_words"].sum()
