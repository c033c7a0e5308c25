"""The simulation: against closed forms, against a slow enumeration, and the same bytes for the same seed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from tests.strategies import chances, coding, codings, document, framework
from toolkit.comparing import CompareSettings, compare
from toolkit.comparing.chances import plan_chances
from toolkit.comparing.ranks import bands, competition_ranks, probability_above, rank_intervals
from toolkit.comparing.simulation import draw_levels, expected_levels, simulate
from toolkit.errors import InvalidInput, UnknownName
from toolkit.scoring import score, totals

A = document("A", sections=6)
STILL = CompareSettings(resample_sections=False, draws=40_000, seed=3)


def doubtful() -> list:
    return [
        coding(A, 0, strength=3, equity=True, at_least=(0.9, 0.7, 0.5, 0.1), equity_confidence=0.6),
        coding(A, 1, strength=2, at_least=(0.6, 0.4, 0.0, 0.0)),
        coding(A, 5, strength=4, equity=True, at_least=(0.5, 0.5, 0.4, 0.3), equity_confidence=0.9),
    ]


def enumerated(found: list) -> np.ndarray:
    """Return P(level, equity level) as 5 x 5 by going through every outcome of every coding."""
    outcomes = []
    for c in found:
        steps = [1.0, *c.at_least, 0.0]
        one = [(1 - c.at_least[0], 0, False)]
        for k in range(1, 5):
            p, e = steps[k] - steps[k + 1], c.equity_confidence if c.equity else 0.0
            one += [(p * e, k, True), (p * (1 - e), k, False)]
        outcomes.append(one)
    table = np.zeros((5, 5))
    for way in product(*outcomes):
        level = max(k for _, k, _ in way)
        equity = max((k for _, k, e in way if e), default=0)
        table[level, equity] += np.prod([p for p, _, _ in way])
    return table


def test_the_joint_draw_of_level_and_equity_level_has_the_enumerated_probabilities() -> None:
    exact = enumerated(doubtful())
    plan = plan_chances(A, doubtful(), framework("a"))
    level, equity = draw_levels(plan.by_section, plan.always, STILL, np.random.default_rng(1))
    drawn = np.zeros((5, 5))
    np.add.at(drawn, (level[:, 0], equity[:, 0]), 1 / STILL.draws)
    assert np.abs(drawn - exact).max() < 0.01  # 4 standard errors of a share of 40,000
    assert (drawn[exact == 0] == 0).all()


def test_the_exact_expectation_is_that_of_the_scores() -> None:
    plan = plan_chances(A, doubtful(), framework("a"))
    level, equity = expected_levels(plan.by_section, plan.always)
    found = score([A], doubtful(), framework("a"))[0]
    assert level[0] == pytest.approx(found.expected_level)
    assert equity[0] == pytest.approx(found.expected_equity_level)
    exact = enumerated(doubtful())
    assert level[0] == pytest.approx((exact.sum(axis=1) * np.arange(5)).sum())
    assert equity[0] == pytest.approx((exact.sum(axis=0) * np.arange(5)).sum())


def test_a_code_in_one_section_of_six_is_drawn_again_as_often_as_the_bootstrap_says() -> None:
    plan = plan_chances(A, [coding(A, 0, strength=4)], framework("a"))
    level, _ = draw_levels(plan.by_section, plan.always, CompareSettings(draws=40_000), np.random.default_rng(1))
    assert set(np.unique(level)) == {0, 4}
    assert (level == 4).mean() == pytest.approx(1 - (5 / 6) ** 6, abs=0.01)


def test_a_coding_outside_every_section_is_there_in_every_draw() -> None:
    footer = replace(A.passages[0], kind="furniture")
    with_footer = replace(A, passages=(footer, *A.passages[1:]))
    plan = plan_chances(with_footer, [coding(A, 0, strength=4)], framework("a"))
    level, _ = draw_levels(plan.by_section, plan.always, CompareSettings(draws=200), np.random.default_rng(1))
    assert (level == 4).all()


def test_without_doubt_and_without_resampling_nothing_varies() -> None:
    sure = [coding(A, 0, strength=3), coding(A, 2, strength=2, equity=True)]
    made = simulate([A], sure, framework("a"), CompareSettings(resample_sections=False, draws=50))
    assert (made.shares == 2.5 / 4).all() and made.expected.tolist() == [[2.5 / 4], [2.5 / 4]]


def test_draws_have_the_mean_of_the_whole_plan() -> None:
    codes = "abcdefgh"
    found = [coding(A, n, code=c, at_least=(0.8, 0.6, 0.3, 0.0)) for c in codes for n in (0, 4, 9)]
    made = simulate([A], found, framework(*codes), CompareSettings(draws=500))
    assert made.shares[0, 0].mean() == pytest.approx(made.expected[0, 0], abs=1e-9)


def test_misses_follow_the_recall_and_the_rate_of_the_corpus() -> None:
    b = document("B", sections=6)
    found = [coding(A, n, strength=2) for n in range(4)]
    # Both plans have 120 words: 4 codings in 240 words, so 2 are typical of each; B's rate is (1 + 0) * 2 / (1 + 2).
    # Recall .5 misses as many as it finds, all of strength 2: P(level 2 in B) = 1 - exp(-2/3).
    made = simulate([A, b], found, framework("a", equity_weight=0.0), CompareSettings(recall={"a": 0.5}, draws=200))
    assert made.expected[0, 1] == pytest.approx(2 * (1 - np.exp(-2 / 3)) / 4)


def comparison(plans: list, found: list, book: object = None, choice: CompareSettings | None = None) -> object:
    book = book or framework("x/a", "y/b")
    made = totals(score(plans, found, book), book, found, plans)  # type: ignore[arg-type]
    return compare(plans, found, made, book, choice or CompareSettings(draws=400))  # type: ignore[arg-type]


def three() -> tuple[list, list]:
    plans = [document(i, sections=8) for i in "ABC"]
    found = [
        coding(p, n, code=c, strength=s) for p, s in zip(plans, (4, 2, 2), strict=True) for n in range(16) for c in "ab"
    ]
    return plans, found


def test_the_order_of_plans_changes_no_row() -> None:
    plans, found = three()
    found = [c for c in found if c.plan_id == "A" or c.passage_id in ("B-0", "B-5", "C-1")]
    key = ["plan_id", "theme"]
    choice = CompareSettings(draws=400, default_recall=0.7)
    one = comparison(plans, found, choice=choice).table.set_index(key).sort_index()
    two = comparison(plans[::-1], found[::-1], choice=choice).table.set_index(key).sort_index()
    pd.testing.assert_frame_equal(one, two)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    plans, _ = three()
    found = [coding(p, n, code="a", at_least=(0.6, 0.5, 0.3, 0.0)) for p in plans for n in (0, 5, 9)]
    csv = [
        comparison(plans, found, choice=CompareSettings(draws=300, seed=s)).table.to_csv().encode() for s in (7, 7, 8)
    ]
    assert csv[0] == csv[1] != csv[2]


def test_clear_differences_make_bands_and_ties_share_a_rank() -> None:
    made = comparison(*three())
    whole = made.table[made.table["theme"] == "overall"].set_index("plan_id")
    assert whole["rank"].to_dict() == {"A": 1, "B": 2, "C": 2}
    assert whole["band"].to_dict() == {"A": 1, "B": 2, "C": 2}
    assert whole["gap_to_median"].to_dict() == {"A": 0.25, "B": 0.0, "C": 0.0}
    above = made.p_above.set_index(["theme", "plan_a", "plan_b"])["p_above"]
    assert above["overall", "A", "B"] == 1.0 and above["overall", "B", "A"] == 0.0
    assert above["overall", "B", "C"] == 0.5


def test_the_matrix_of_probabilities_has_plans_in_both_directions() -> None:
    made = comparison(*three()).above()
    assert list(made.index) == list(made.columns) == ["A", "B", "C"]
    assert made.loc["A", "B"] == 1.0 and made.loc["B", "A"] == 0.0 and pd.isna(made.loc["A", "A"])
    with pytest.raises(UnknownName, match="Choose one of: x, y, overall"):
        comparison(*three()).above("z")


@settings(max_examples=25, deadline=None)
@given(codings(A, ("a", "b")), chances())
def test_more_evidence_never_lowers_the_expected_share_and_shares_stay_shares(found: tuple, at_least: tuple) -> None:
    book, choice = framework("a", "b"), CompareSettings(draws=40)
    more = coding(A, 5, code="b", equity=True, at_least=at_least, coding_id="new")
    before, after = (simulate([A], list(f), book, choice) for f in (found, (*found, more)))
    assert (after.expected >= before.expected - 1e-9).all()
    assert ((after.shares >= 0) & (after.shares <= 1)).all()


def test_one_plan_has_an_interval_and_no_rank_and_a_problem_says_so() -> None:
    made = comparison([A], [coding(A, 0)])
    row = made.table[made.table["theme"] == "overall"].iloc[0]
    assert pd.isna(row["rank"]) and pd.isna(row["band"]) and pd.isna(row["gap_to_median"])
    assert row["share_low"] <= row["share_expected"] <= row["share_high"]
    assert "nothing to compare" in [p.kind for p in made.problems]


def test_unreadable_plans_keep_their_rows_and_are_not_compared() -> None:
    dark = document("Z", unreadable_pages=20)
    made = comparison([A, document("B"), dark], [coding(A, 0), coding(dark, 0)])
    z = made.table[made.table["plan_id"] == "Z"]
    assert len(z) == 3 and z["share"].isna().all() and z["rank"].isna().all()
    assert (made.table["plans_compared"] == 2).all()


def test_all_plans_unreadable_is_a_table_of_missing_values() -> None:
    made = comparison([document("A", sections=0), document("B", sections=0)], [])
    assert made.table["share"].isna().all() and len(made.table) == 6
    assert (
        made.problems[0].message
        == "test: fewer than two plans have a share, so that no rank, band or gap can be given."
    )


def test_totals_of_another_framework_are_refused() -> None:
    made = totals(score([A], [], framework("a")), framework("a"), [], [A])
    with pytest.raises(UnknownName, match="Unknown framework 'other'"):
        compare([A], [], made, framework("a", id="other"))


def test_two_frameworks_in_one_run_are_compared_apart() -> None:
    plans = [A, document("B")]
    books = framework("a", "b"), framework("a", id="other")
    found = [coding(A, 0, code="a", strength=4), coding(A, 1, code="a", strength=2, framework="other")]
    made = pd.concat([totals(score(plans, found, b), b, found, plans) for b in books])
    shares = [compare(plans, found, made, b).table.set_index(["plan_id", "theme"])["share"] for b in books]
    assert [s["A", "overall"] for s in shares] == [2 / 8, 1 / 4]


def test_a_share_outside_its_interval_is_told() -> None:
    doubt = [coding(A, n, code="a", strength=4, at_least=(0.03, 0.02, 0.02, 0.02)) for n in range(2)]
    assert [p.plan_id for p in comparison([A, document("B")], doubt).problems if p.kind == "doubtful share"] == ["A"]


def test_ranks_of_literal_numbers() -> None:
    assert competition_ranks(np.array([0.3, 0.9, 0.9, 0.1])).tolist() == [3, 1, 1, 4]
    draws = np.array([[1.0, 1.0, 1.0, 0.0], [0.5, 0.5, 2.0, 0.5]])
    assert [r.tolist() for r in rank_intervals(draws, (0.05, 0.95))] == [[1, 1], [2, 2]]
    assert [r.tolist() for r in rank_intervals(draws, (0.4, 0.6))] == [[1, 1], [2, 2]]
    assert probability_above(draws).tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_a_band_is_led_by_its_first_plan() -> None:
    above = np.array([[0.5, 0.8, 0.95], [0.2, 0.5, 0.7], [0.05, 0.3, 0.5]])
    assert bands(np.array([0.9, 0.8, 0.7]), above, 0.95, ("A", "B", "C")).tolist() == [1, 1, 2]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"recall": {"a": 0.0}}, "recall of 'a' is 0.0"),
        ({"default_recall": 2.0}, "default_recall is 2.0"),
        ({"interval": 1.0}, "interval is 1.0"),
        ({"apart": 0.3}, "apart is 0.3"),
        ({"draws": 0}, "draws is 0"),
        ({"recall": {"a": float("nan")}}, "recall of 'a' is nan"),
    ],
)
def test_settings_outside_their_range_are_refused(wrong: dict, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        CompareSettings(**wrong)
