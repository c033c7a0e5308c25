"""Copied text is found, however it was re-wrapped or touched up, and can be left out."""

from __future__ import annotations

import pytest

from tests.strategies import coding, document, framework
from toolkit.comparing import boilerplate, without_boilerplate
from toolkit.errors import InvalidInput
from toolkit.scoring import score

COPIED = "We will work together across the system to tackle unequal outcomes, experience and access for everyone."
TOUCHED = (
    "We will work together across our whole system to tackle unequal outcomes, experience and access for everyone."
)
OWN = "The harbour clinic opens on Saturdays from May so that fishing crews can be seen between two tides each week."
OTHER = "Every school in the valley has a named nurse who visits twice a term and answers letters within three days."


def test_a_passage_that_two_plans_share_is_marked_in_both() -> None:
    a = document("A", texts=[COPIED, OWN])
    b = document("B", texts=[OTHER, TOUCHED])
    made = boilerplate([a, b]).set_index("plan_id")
    assert made["passage_id"].to_dict() == {"A": "A-0", "B": "B-1"}
    assert made.loc["A", "shared_with"] == "B" and made.loc["A", "nearest_text"] == TOUCHED
    assert 0.85 <= made.loc["A", "likeness"] < 1
    assert made["plans_sharing"].tolist() == [1, 1] and not made["guidance"].any()


def test_case_quotes_and_line_breaks_make_no_difference() -> None:
    shouted = COPIED.upper().replace(" ", "\n")
    assert boilerplate([document("A", texts=[COPIED]), document("B", texts=[shouted])])["likeness"].tolist() == [1, 1]


def test_text_lifted_from_guidance_is_marked_with_its_name() -> None:
    made = boilerplate([document("A", texts=[COPIED, OWN])], {"guidance 2022": f"Introduction.\n\n{COPIED}\n\nMore."})
    assert made[["passage_id", "shared_with", "guidance", "plans_sharing"]].to_numpy().tolist() == [
        ["A-0", "guidance 2022", True, 0]
    ]


def test_a_long_passage_of_ones_own_around_a_copied_line_is_not_marked() -> None:
    around = f"{OWN} {OTHER} {COPIED} {OWN} {OTHER}"
    made = boilerplate([document("A", texts=[around]), document("B", texts=[COPIED])])
    assert made["plan_id"].tolist() == ["B"]


def test_repeats_within_one_plan_and_short_passages_are_not_boilerplate() -> None:
    assert boilerplate([document("A", texts=[COPIED, COPIED])]).empty
    short = "We will work together for everyone."
    assert boilerplate([document("A", texts=[short]), document("B", texts=[short])]).empty


def test_two_plans_of_one_system_may_repeat_themselves() -> None:
    plans = [document(i, texts=[COPIED], ics_code="QF7") for i in "AB"]
    assert len(boilerplate(plans)) == 2
    assert boilerplate(plans, between_systems=True).empty
    other = document("C", texts=[COPIED], ics_code="QGH")
    assert boilerplate([*plans, other], between_systems=True)["shared_with"].tolist() == ["C", "C", "A;B"]


def test_the_order_of_plans_marks_the_same_passages() -> None:
    plans = [document("A", texts=[COPIED]), document("B", texts=[TOUCHED]), document("C", texts=[COPIED])]
    one, two = boilerplate(plans), boilerplate(plans[::-1])
    columns = ["passage_id", "shared_with", "likeness", "nearest_text"]
    assert one.sort_values("passage_id")[columns].to_numpy().tolist() == (
        two.sort_values("passage_id")[columns].to_numpy().tolist()
    )


def test_copied_text_can_be_left_out_of_the_scores() -> None:
    a, b = document("A", texts=[COPIED, OWN]), document("B", texts=[COPIED, OTHER])
    found = [coding(a, 0, strength=3), coding(a, 1, strength=1), coding(b, 0, strength=3)]
    kept = without_boilerplate(found, boilerplate([a, b]))
    assert [(s.plan_id, s.level) for s in score([a, b], kept, framework("a"))] == [("A", 1), ("B", 0)]
    assert without_boilerplate(found, boilerplate([a, b]), only_guidance=True) == tuple(found)


@pytest.mark.parametrize("wrong", [{"likeness": 0.2}, {"least_words": 3}])
def test_choices_outside_their_range_are_refused(wrong: dict) -> None:
    with pytest.raises(InvalidInput, match=r"give 0.5 to 1, and 5 or more"):
        boilerplate([], **wrong)
