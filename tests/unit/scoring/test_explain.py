"""The chain from a code to its points, in words and as a table."""

from __future__ import annotations

import pytest

import toolkit as tk
from tests.strategies import coding, document, framework
from toolkit.errors import UnknownName
from toolkit.records import Results
from toolkit.schema import evidence_row, passage_row, plan_row, score_row, table
from toolkit.scoring import score, totals

A = document("A", texts=["We will halve smoking by 2030.", "Smoking harms health."])
BOOK = framework("x/smoking", "x/housing")
FOUND = [
    coding(A, 0, code="smoking", strength=4, equity=True, clause="halve smoking by 2030", confidence=0.9),
    coding(A, 1, code="smoking", strength=1),
]


def run(unreadable: int = 0, books: tuple = (BOOK,)) -> Results:
    dark = document("Z", unreadable_pages=unreadable)
    made = [s for book in books for s in score([A, dark], FOUND if book is BOOK else [], book)]
    codes = [
        {"framework": b.id, "theme": c.theme, "theme_title": c.theme, "code": c.id, "title": c.title}
        | {"definition": c.definition, "weight": c.weight, "source": "", "status": "verified"}
        for b in books
        for c in b.codes
    ]
    return Results(
        plans=table("plans", [plan_row(d.plan, d) for d in (A, dark)]),
        passages=table("passages", [passage_row(p, A) for p in A.passages]),
        codes=table("codes", codes),
        evidence=table("evidence", [evidence_row(c) for c in FOUND]),
        scores=table("scores", [score_row(s) for s in made]),
        totals=totals(made, BOOK, FOUND, [A, dark]),
        comparison=table("comparison", []),
        problems=table("problems", []),
    )


def test_the_chain_goes_from_code_to_quotes_to_points() -> None:
    assert str(tk.explain(run(), "A", "smoking")).splitlines() == [
        "A · smoking (test, theme x)",
        "Code: Smoking. About smoking.",
        "Found: 2 codings, 1 with the equity focus, in 1 of 6 sections, 9 of 109 readable words.",
        "  p. 1  [4 measurable, equity; confidence 0.90]  “We will halve smoking by 2030.”",
        "        earned by: “halve smoking by 2030”",
        "  p. 1  [1 mention; confidence 1.00]  “Smoking harms health.”",
        "Level 4 (highest strength found; 4.00 expected, with doubt), equity level 4 (4.00 expected).",
        "Points 4.00 of 4.00 = 100%: weight 1 × the framework's mix of level and equity level.",
    ]


def test_the_table_holds_the_codings_strongest_first() -> None:
    made = tk.explain(run(), "A", "smoking").table
    assert made["strength"].tolist() == [4, 1]
    assert made["quote"].tolist() == ["We will halve smoking by 2030.", "Smoking harms health."]


def test_absence_and_unreadable_pages_are_told_apart() -> None:
    assert "Absent: The plan was searched and nothing was found." in tk.explain(run(), "Z", "housing").text
    dark = tk.explain(run(unreadable=5), "Z", "housing")
    assert "Unreadable: Too many pages could not be read" in dark.text and "Points" not in dark.text
    assert dark.table.empty


def test_names_that_the_run_does_not_hold_list_the_choices() -> None:
    with pytest.raises(UnknownName, match=r"Unknown plan 'B'. Choose one of: A, Z"):
        tk.explain(run(), "B", "smoking")
    with pytest.raises(UnknownName, match="Did you mean 'smoking'"):
        tk.explain(run(), "A", "smokng")


def test_a_code_of_two_frameworks_needs_the_framework() -> None:
    two = run(books=(BOOK, framework("x/smoking", id="other")))
    with pytest.raises(UnknownName, match="Choose one of: test, other"):
        tk.explain(two, "A", "smoking")
    assert tk.explain(two, "A", "smoking", framework="other").text.splitlines()[2].startswith("Absent")
