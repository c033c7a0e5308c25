"""Tables of a run become records again, and score the same."""

from __future__ import annotations

import pytest

from tests.strategies import coding, document, framework
from toolkit.errors import InvalidInput
from toolkit.schema import evidence_row, passage_row, plan_row, score_row, table
from toolkit.schema.back import codings_of, documents_of, plans_of
from toolkit.scoring import score

PLANS = [document("A", kind="strategy", year_start=2023), document("B", unreadable_pages=3), document("C", sections=0)]
FOUND = [
    coding(PLANS[0], 0, code="a", strength=4, at_least=(0.9, 0.8, 0.5, 0.25), confidence=0.9),
    coding(PLANS[1], 2, code="b", strength=2, equity=True, equity_confidence=0.7),
]


def tables(plans: list = PLANS, found: list = FOUND) -> dict:
    return {
        "plans": table("plans", [plan_row(d.plan, d) for d in plans]),
        "passages": table("passages", [passage_row(p, d) for d in plans for p in d.passages]),
        "evidence": table("evidence", [evidence_row(c) for c in found]),
    }


def test_scores_from_tables_equal_scores_from_records() -> None:
    book, made = framework("a", "b"), tables()
    again = score(documents_of(made["plans"], made["passages"]), codings_of(made["evidence"]), book)
    assert [score_row(s) for s in again] == [score_row(s) for s in score(PLANS, FOUND, book)]


def test_codings_keep_everything_but_their_boxes() -> None:
    assert codings_of(tables()["evidence"]) == tuple(FOUND)


def test_facts_of_plans_come_back_and_missing_ones_stay_missing() -> None:
    first, second, _ = plans_of(tables()["plans"])
    assert (first.kind, first.year_start, second.kind, second.year_start) == ("strategy", 2023, None, None)


def test_failed_plans_are_plans_without_documents() -> None:
    made = tables()
    failed = made["plans"].assign(status=["read", "read", "failed"])
    assert [d.plan.plan_id for d in documents_of(failed, made["passages"])] == ["A", "B"]


def test_passages_of_a_plan_that_was_not_read_are_refused() -> None:
    made = tables()
    with pytest.raises(InvalidInput, match="plan 'B' is not among the plans that were read"):
        documents_of(made["plans"].iloc[:1], made["passages"])


def test_a_coding_over_a_page_break_keeps_both_parts() -> None:
    from toolkit.records import Span

    broken = coding(PLANS[0], 0, quote="to be continued", spans=(Span(1, 0, 5), Span(2, 0, 9)))
    assert codings_of(tables(found=[broken])["evidence"])[0].quote == "to be continued"
    assert codings_of(tables(found=[broken])["evidence"])[0].spans == broken.spans
