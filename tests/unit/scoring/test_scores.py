"""Scores: closed forms, the four states, and what must never change them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import chances, coding, codings, document, framework, plan
from toolkit.errors import InvalidInput
from toolkit.records import Score
from toolkit.scoring import ScoreSettings, score, sections
from toolkit.scoring.levels import expected_highest

A = document("A")
CODES = ("a", "b", "c")


def one(*given_codings: object, settings: ScoreSettings | None = None, **facts: object) -> Score:
    return score([document("A", **facts)], given_codings, framework("a"), settings)[0]  # type: ignore[arg-type]


def test_one_sure_coding_gives_its_own_strength() -> None:
    assert expected_highest([(1.0, 1.0, 1.0, 0.0)]) == 3.0


def test_two_doubtful_codings_are_combined_as_independent() -> None:
    # P(>=1) = 1 - .5 * .2 = .9; P(>=2) = 1 - .75 * .4 = .7; P(>=3) = .25; P(>=4) = 0
    both = [(0.5, 0.25, 0.25, 0.0), (0.8, 0.6, 0.0, 0.0)]
    assert expected_highest(both) == pytest.approx(0.9 + 0.7 + 0.25)


def test_no_codings_have_the_expected_level_nought() -> None:
    assert expected_highest([]) == 0.0


def test_a_doubtful_hit_does_not_lift_a_plan_in_the_expected_level() -> None:
    found = one(coding(A, 0, strength=4, at_least=(0.3, 0.2, 0.1, 0.1)))
    assert (found.level, found.points) == (4, 2.0)
    assert found.expected_level == pytest.approx(0.7)


def test_points_can_be_taken_from_the_expected_level() -> None:
    doubtful = coding(A, 0, strength=4, equity=True, at_least=(0.3, 0.2, 0.1, 0.1), equity_confidence=0.5)
    found = one(doubtful, settings=ScoreSettings(points_from="expected_level"))
    assert found.points == pytest.approx(0.5 * 0.7 + 0.5 * 0.35)


def test_a_person_who_gives_no_chances_is_taken_at_their_word() -> None:
    assert one(coding(A, 0, strength=3, at_least=(1.0, 0.0, 0.0, 0.0))).expected_level == 3.0


def test_points_mix_level_and_equity_level_by_the_weight_of_the_framework() -> None:
    given_codings = [coding(A, 0, strength=4), coding(A, 3, strength=2, equity=True)]
    found = score([A], given_codings, framework("a", weights=[2.0], equity_weight=0.25))[0]
    assert (found.level, found.equity_level, found.points, found.available) == (4, 2, 2 * (0.75 * 4 + 0.25 * 2), 8.0)


def test_spread_and_salience_count_sections_and_words_of_coded_passages_once() -> None:
    found = one(coding(A, 0), coding(A, 1, strength=1), coding(A, 7))
    assert (found.sections_with_code, found.sections) == (2, 6)
    assert (found.coded_words, found.readable_words) == (30, 120)


def test_silence_of_a_readable_plan_is_absence() -> None:
    found = one()
    assert (found.state, found.level, found.points, found.available) == ("absent", 0, 0.0, 4.0)


def test_silence_of_a_plan_with_unread_pages_is_not_absence() -> None:
    found = one(unreadable_pages=1)  # 6 of 7 pages = 0.857
    assert (found.state, found.level, found.points, found.available) == ("unreadable", None, None, 0.0)


def test_exactly_the_readable_share_is_enough() -> None:
    assert one(sections=9, unreadable_pages=1).state == "absent"


def test_the_readable_share_is_a_setting() -> None:
    assert one(unreadable_pages=1, settings=ScoreSettings(readable_share=0.8)).state == "absent"


def test_evidence_in_the_part_that_could_be_read_is_found() -> None:
    assert one(coding(A, 0), unreadable_pages=6).state == "found"


def test_a_plan_without_a_word_is_unreadable_whatever_its_pages_say() -> None:
    assert one(sections=0).state == "unreadable"
    assert one(texts=[""] * 12).state == "unreadable"


def test_a_failed_plan_is_unreadable_in_every_code() -> None:
    found = score([A], [], framework(*CODES), failed=[plan("Z")])
    assert [s.state for s in found if s.plan_id == "Z"] == ["unreadable"] * 3


def test_a_code_that_is_not_for_this_kind_of_plan_is_not_applicable_even_when_it_is_there() -> None:
    from dataclasses import replace

    whole = framework("a")
    narrow = replace(whole, codes=(replace(whole.codes[0], plan_kinds=("joint_forward_plan",)),))
    strategy = document("A", kind="integrated_care_strategy")
    found = score([strategy], [coding(A, 0)], narrow)[0]
    assert (found.state, found.points, found.available, found.codings) == ("not_applicable", None, 0.0, 0)
    assert score([document("A", kind=None)], [], narrow)[0].state == "absent"


def test_every_plan_has_every_code_in_the_order_given() -> None:
    found = score([document("B"), A], [coding(A, 0, code="c")], framework(*CODES))
    assert [(s.plan_id, s.code) for s in found] == [(p, c) for p in "BA" for c in "abc"]


def test_codings_of_another_framework_are_left_alone() -> None:
    assert one(coding(A, 0, framework="other", code="zzz")).state == "absent"


def test_sections_are_top_level_headings_unless_one_title_stands_above_everything() -> None:
    from dataclasses import replace

    parts = [f"Part {p.number % 6}" for p in A.passages]  # parts run across the pages
    under_title = replace(
        A, passages=tuple(replace(p, section=("Plan", t)) for p, t in zip(A.passages, parts, strict=True))
    )
    without = replace(A, passages=tuple(replace(p, section=()) for p in A.passages))
    assert list(sections(A).values()) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert list(sections(under_title).values()) == [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]
    assert sections(without) == sections(A)  # cut at the pages


def test_a_chapter_that_holds_most_of_the_words_is_cut_at_its_own_headings() -> None:
    from dataclasses import replace

    long = document("L", sections=20, per_section=1)
    paths = [(f"Chapter {n}",) if n < 6 else ("Chapter 6", f"Part {n % 7}") for n in range(20)]
    uneven = replace(long, passages=tuple(replace(p, section=s) for p, s in zip(long.passages, paths, strict=True)))
    assert len(set(sections(uneven).values())) == 6 + 7


def test_a_heading_belongs_with_the_text_that_follows_it() -> None:
    from dataclasses import replace

    heading = replace(A.passages[2], kind="heading", section=())
    with_heading = replace(A, passages=(*A.passages[:2], heading, *A.passages[3:]))
    assert list(sections(with_heading).items())[:4] == [("A-0", 0), ("A-1", 0), ("A-2", 1), ("A-3", 1)]
    assert list(sections(with_heading)) == [p.passage_id for p in A.passages]


FAULTS = {
    "is given twice": lambda: [coding(A, 0), coding(A, 0)],
    "plan 'B' was not read": lambda: [coding(document("B"), 0)],
    "has no passage 'A-99'": lambda: [coding(A, 0, passage_id="A-99")],
    "code 'x' is not in the framework": lambda: [coding(A, 0, code="x")],
    "strength is 5": lambda: [coding(A, 0, strength=5)],
    "are not all between 0 and 1": lambda: [coding(A, 0, at_least=(float("nan"), 0.0, 0.0, 0.0))],
    "rises with strength": lambda: [coding(A, 0, at_least=(0.5, 0.6, 0.0, 0.0))],
}


@pytest.mark.parametrize("message", FAULTS)
def test_codings_that_cannot_be_scored_are_refused(message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        one(*FAULTS[message]())


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        (lambda: framework("a", "b", weights=[0, 0]), "sum to 0"),
        (lambda: framework("a", weights=[float("nan")]), "weight nan"),
        (lambda: framework("a", weights=[-1]), "weight -1"),
        (lambda: framework("overall/a"), "kept for the whole plan"),
        (lambda: framework("a", "a"), "used twice"),
        (lambda: framework("a", equity_weight=1.5), "equity_weight is 1.5"),
    ],
)
def test_a_framework_that_cannot_be_scored_is_refused(faulty: object, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        score([A], [], faulty())  # type: ignore[operator]


def test_a_plan_id_used_twice_is_refused() -> None:
    with pytest.raises(InvalidInput, match="plan id 'A' is used twice"):
        score([A, A], [], framework("a"))


def test_settings_outside_their_range_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"readable_share is 1.1"):
        ScoreSettings(readable_share=1.1)


@given(codings(A, CODES), st.sampled_from(CODES), st.integers(1, 4), st.booleans(), chances())
def test_more_evidence_never_lowers_a_level(
    before: tuple, code: str, strength: int, equity: bool, at_least: tuple
) -> None:
    more = coding(A, 5, code=code, strength=strength, equity=equity, at_least=at_least, coding_id="new")
    old = score([A], before, framework(*CODES))
    new = score([A], [*before, more], framework(*CODES))
    for was, now in zip(old, new, strict=True):
        for name in ("level", "equity_level", "expected_level", "expected_equity_level", "points", "coded_words"):
            assert getattr(now, name) >= getattr(was, name) - 1e-12


@given(codings(A, CODES), st.integers(0, 10**6))
def test_the_order_of_plans_and_codings_changes_no_score(found: tuple, seed: int) -> None:
    others = [document("B"), document("C", unreadable_pages=3)]
    shuffled = random.Random(seed).sample(found, len(found))
    key = {(s.plan_id, s.code): (s.state, s.level, s.points) for s in score([A, *others], found, framework(*CODES))}
    again = score([*reversed(others), A], shuffled, framework(*CODES))
    assert {(s.plan_id, s.code): (s.state, s.level, s.points) for s in again} == key


@given(codings(A, CODES))
def test_the_expected_level_lies_between_nought_and_four_and_equity_never_exceeds_all(found: tuple) -> None:
    for s in score([A], found, framework(*CODES)):
        assert 0 <= s.expected_equity_level <= s.expected_level <= 4 + 1e-12
        assert s.equity_level <= s.level
