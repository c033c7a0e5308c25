"""Profiles of plans: other weights, groups, pairs, similarity, saturation, length; by hand and by property."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import coding, document, framework
from toolkit.comparing import (
    by_group,
    clusters,
    length_fairness,
    rarefaction,
    saturation,
    sensitivity,
    side_by_side,
    similarity,
)
from toolkit.comparing.fairness import expected_codes, spearman
from toolkit.comparing.similarity import average_linkage
from toolkit.errors import InvalidInput, UnknownName
from toolkit.schema import evidence_row, passage_row, plan_row, score_row, table
from toolkit.scoring import score, totals

BOOK = framework("x/a", "x/b", "y/c", weights=[1, 1, 2], equity_weight=0.0)
PLANS = [
    document("A", ics_code="QF7", kind="integrated_care_strategy", year_start=2023),
    document("B", ics_code="QF7", kind="joint_forward_plan", year_start=2024, sections=12),
    document("C", ics_code="QGH", kind="joint_forward_plan", year_start=2023, sections=8),
]
FOUND = [
    coding(PLANS[0], 0, code="a", strength=4),
    coding(PLANS[0], 3, code="a", strength=2),
    coding(PLANS[0], 1, code="b", strength=2),
    coding(PLANS[1], 0, code="a", strength=2),
    coding(PLANS[1], 2, code="b", strength=3),
    coding(PLANS[1], 4, code="c", strength=4),
    coding(PLANS[2], 0, code="c", strength=1),
]


class Run:
    """The tables of a small run."""

    def __init__(self, plans: list = PLANS, found: list = FOUND, book: object = BOOK) -> None:
        made = score(plans, found, book)  # type: ignore[arg-type]
        self.scores = table("scores", [score_row(s) for s in made])
        self.totals = totals(made, book, found, plans)  # type: ignore[arg-type]
        self.plans = table("plans", [plan_row(d.plan, d) for d in plans])
        self.evidence = table("evidence", [evidence_row(c) for c in found])
        self.passages = table("passages", [passage_row(p, d) for d in plans for p in d.passages])


def variant(made: pd.DataFrame, name: str, left_out: str = "", column: str = "share") -> dict:
    rows = made[(made["variant"] == name) & (made["left_out"] == left_out)]
    return rows.set_index("plan_id")[column].to_dict()


def test_shares_under_other_weights_by_hand() -> None:
    made = sensitivity(Run().scores, BOOK)
    assert variant(made, "as set") == {"A": 6 / 16, "B": 13 / 16, "C": 2 / 16}
    assert variant(made, "equal weights") == {"A": 6 / 12, "B": 9 / 12, "C": pytest.approx(1 / 12)}
    assert variant(made, "without code", "c") == {"A": 6 / 8, "B": 5 / 8, "C": 0.0}
    assert variant(made, "without theme", "y") == {"A": 6 / 8, "B": 5 / 8, "C": 0.0}
    assert variant(made, "without theme", "y", "rank") == {"A": 1, "B": 2, "C": 3}
    assert variant(made, "without theme", "y", "rank_change") == {"A": -1, "B": 1, "C": 0}


def test_random_weights_have_the_mean_of_equal_weights_and_the_same_seed_the_same_bytes() -> None:
    made = sensitivity(Run().scores, BOOK, draws=4000)
    assert variant(made, "random weights")["B"] == pytest.approx(9 / 12, abs=0.01)
    assert made.to_csv() == sensitivity(Run().scores, BOOK, draws=4000).to_csv()


def test_leaving_out_the_only_code_with_weight_leaves_no_share() -> None:
    one = replace(BOOK, codes=tuple(replace(c, weight=float(c.id == "a")) for c in BOOK.codes))
    made = sensitivity(Run(book=one).scores, one)
    assert all(pd.isna(v) for v in variant(made, "without code", "a").values())
    assert (made.loc[made["left_out"] == "a", "plans_compared"] == 0).all()


def test_plans_that_were_not_read_are_not_in_the_sensitivity() -> None:
    dark = document("Z", unreadable_pages=9)
    assert set(sensitivity(Run([*PLANS, dark]).scores, BOOK)["plan_id"]) == {"A", "B", "C"}


def test_wrong_choices_of_sensitivity_are_refused() -> None:
    with pytest.raises(InvalidInput, match="give a concentration above 0"):
        sensitivity(Run().scores, BOOK, concentration=0)
    with pytest.raises(UnknownName, match="Unknown framework 'other'"):
        sensitivity(Run().scores, replace(BOOK, id="other"))
    with pytest.raises(InvalidInput, match="give one for every plan and code"):
        sensitivity(Run().scores.iloc[1:], BOOK)


def test_group_shares_divide_sums_by_sums_and_sum_to_the_whole() -> None:
    run = Run()
    made = by_group(run.totals, run.plans, "kind")
    whole = made[made["theme"] == "overall"].set_index("group")
    assert whole.loc["joint_forward_plan", ["plans", "points", "available"]].tolist() == [2, 15, 32]
    assert whole.loc["joint_forward_plan", "share"] == 15 / 32
    assert whole["points"].sum() == run.totals.loc[run.totals["theme"] == "overall", "points"].sum()


def test_groups_by_region_year_and_deprivation_come_from_context() -> None:
    run = Run()
    regions = by_group(run.totals, run.plans, "region")
    assert set(regions["group"]) == {"North East and Yorkshire", "Midlands"}
    assert set(by_group(run.totals, run.plans, "year")["group"]) == {"2023", "2024"}
    thirds = by_group(run.totals, run.plans, "deprivation", parts=3)
    whole = thirds[thirds["theme"] == "overall"].set_index("group")["plans"]
    assert whole.to_dict() == {"1 of 3 (most deprived)": 2, "3 of 3 (least deprived)": 1}


def test_a_plan_of_no_known_system_is_in_a_group_of_its_own() -> None:
    run = Run([*PLANS, document("D")])
    made = by_group(run.totals, run.plans, "region")
    assert made.loc[made["group"] == "not known", "plans"].tolist() == [1, 1, 1]


def test_an_unknown_grouping_lists_the_choices() -> None:
    run = Run()
    with pytest.raises(UnknownName, match="region, kind, year, deprivation, ics"):
        by_group(run.totals, run.plans, "regoin")
    with pytest.raises(InvalidInput, match="parts is 1"):
        by_group(run.totals, run.plans, "deprivation", parts=1)


def test_two_plans_side_by_side_say_what_became_of_each_code() -> None:
    run = Run()
    made = side_by_side(run.scores, run.evidence, "A", "B").set_index("code")
    assert made["change"].to_dict() == {"a": "softened", "b": "hardened", "c": "added"}
    assert made.loc["a", "quote_a"] == PLANS[0].passages[0].text and made.loc["a", "page_a"] == 1
    assert made.loc["a", "quote_b"] == PLANS[1].passages[0].text
    assert pd.isna(made.loc["c", "quote_a"]) and made.loc["c", "level_a"] == 0
    back = side_by_side(run.scores, run.evidence, "B", "A").set_index("code")
    assert back["change"].to_dict() == {"a": "hardened", "b": "softened", "c": "dropped"}


def test_a_code_that_could_not_be_looked_for_is_not_dropped() -> None:
    run = Run([*PLANS, document("Z", unreadable_pages=9)])
    assert set(side_by_side(run.scores, run.evidence, "A", "Z")["change"]) == {"cannot be said"}
    with pytest.raises(UnknownName, match="Unknown plan 'Q'"):
        side_by_side(run.scores, run.evidence, "A", "Q")


def test_distances_of_profiles_by_hand() -> None:
    made = similarity(Run().scores, equity_weight=0.0).set_index(["plan_a", "plan_b"])
    assert made["distance"].to_dict() == {
        ("A", "B"): pytest.approx((2 + 1 + 4) / 12),
        ("A", "C"): pytest.approx((4 + 2 + 1) / 12),
        ("B", "C"): pytest.approx((2 + 3 + 3) / 12),
    }


def test_nothing_in_common_is_no_distance() -> None:
    made = similarity(Run([PLANS[0], document("Z", unreadable_pages=9)], FOUND[:3]).scores)
    assert made["distance"].isna().all() and (made["codes_compared"] == 0).all()


def test_clusters_agree_with_scipy() -> None:
    hierarchy = pytest.importorskip("scipy.cluster.hierarchy")
    squareform = pytest.importorskip("scipy.spatial.distance").squareform
    points = np.random.default_rng(3).random((15, 6))
    distance = np.abs(points[:, None] - points[None]).mean(axis=2)
    theirs = hierarchy.linkage(squareform(distance, checks=False), method="average")
    ours = average_linkage(distance)
    assert [m.distance for m in ours] == pytest.approx(theirs[:, 2].tolist())
    assert [m.size for m in ours] == theirs[:, 3].tolist()


def test_like_plans_share_a_cluster_and_stand_together() -> None:
    plans = [document(i) for i in "ABCDE"]
    found = [coding(p, 0, code="a" if p.plan.plan_id in "AD" else "c", strength=4) for p in plans]
    made = clusters(Run(plans, found).scores, count=2).set_index("plan_id")
    assert made.loc["A", "cluster"] == made.loc["D", "cluster"]
    assert made.loc[["B", "C", "E"], "cluster"].nunique() == 1
    assert sorted(made["order"]) == [1, 2, 3, 4, 5]
    assert abs(made.loc["A", "order"] - made.loc["D", "order"]) == 1


def test_saturation_by_hand() -> None:
    # a in A and B, b in A and B, c in B and C: after one of three plans each is met with probability 2/3.
    made = saturation(Run().scores).set_index("plans")
    assert made["codes_mean"].tolist() == pytest.approx([2.0, 3.0, 3.0])
    assert made["new_mean"].tolist() == pytest.approx([2.0, 1.0, 0.0])
    assert made["codes_low"].tolist() == [1, 3, 3] and made["codes_high"].tolist() == [3, 3, 3]
    assert (made["codes"] == 3).all() and (made["codes_low"] <= made["codes_high"]).all()


def test_saturation_does_not_depend_on_the_order_of_plans() -> None:
    one, two = Run(), Run(PLANS[::-1])
    assert saturation(one.scores).to_csv() == saturation(two.scores).to_csv()


def test_spearman_with_ties_by_hand() -> None:
    assert spearman(np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 6, 8])) == pytest.approx(1.0)
    assert spearman(np.array([1.0, 2, 2, 3]), np.array([4.0, 3, 2, 1])) == pytest.approx(-0.9486833)
    assert spearman(np.array([1.0, 1, 1, 1]), np.array([4.0, 3, 2, 1])) is None
    assert spearman(np.array([1.0, 2, 3]), np.array([1.0, 2, 3])) is None


def test_a_rank_that_follows_length_is_flagged() -> None:
    plans = [document(f"P{n}", sections=6 + n) for n in range(8)]
    found = [coding(p, k, code=c, strength=1 + n // 2) for n, p in enumerate(plans) for k, c in enumerate("abc")]
    row = length_fairness(Run(plans, found).totals, Run(plans, found).plans).set_index("theme").loc["overall"]
    assert row.spearman_pages > 0.9 and row.p_pages < 0.01 and row.follows_length
    once = length_fairness(Run(plans, found).totals, Run(plans, found).plans, permutations=1)
    assert (once["p_pages"] >= 0.5).all()  # the order observed is one of the two


def test_three_plans_are_too_few_to_say_whether_rank_follows_length() -> None:
    run = Run()
    assert length_fairness(run.totals, run.plans)["spearman_pages"].isna().all()


def test_codes_expected_in_a_part_of_a_plan_by_hand() -> None:
    # 2 of 4 passages drawn: a code in one of them is found with 1/2, in two with 5/6, in three surely.
    assert expected_codes([1, 2, 3], 4, 2) == pytest.approx(1 / 2 + 5 / 6 + 1)


@given(st.lists(st.integers(1, 20), max_size=8), st.integers(0, 20))
def test_more_passages_never_find_fewer_codes(holding: list[int], drawn: int) -> None:
    less, more = expected_codes(holding, 20, drawn), expected_codes(holding, 20, min(drawn + 1, 20))
    assert -1e-9 <= less <= more + 1e-9 <= len(holding) + 1e-6


def test_rarefaction_ends_at_the_codes_found_of_the_shortest_plan() -> None:
    run = Run()
    made = rarefaction(run.passages, run.evidence).set_index(["plan_id", "words"])
    assert made.loc[("A", 120), "codes_expected"] == pytest.approx(2.0)
    assert made.loc[("B", 120), "codes_expected"] < 3.0 == made.loc[("B", 120), "codes_found"]
    assert set(made.index.get_level_values("words")) == set(range(12, 121, 12))


def test_furniture_and_contents_are_not_words_of_a_plan() -> None:
    run = Run()
    passages = run.passages.assign(kind=run.passages["kind"].where(run.passages.index != 11, "furniture"))
    assert rarefaction(passages, run.evidence)["words"].max() == 110


def test_the_first_of_equally_strong_quotes_is_shown() -> None:
    found = [coding(PLANS[0], n, code="a", strength=3) for n in (9, 2, 6)]
    run = Run(found=found)
    assert side_by_side(run.scores, run.evidence, "A", "B").set_index("code").loc["a", "page_a"] == 2


def test_a_plan_shorter_than_the_words_asked_for_has_no_row() -> None:
    run = Run()
    assert set(rarefaction(run.passages, run.evidence, words=[200])["plan_id"]) == {"B"}
    with pytest.raises(InvalidInput, match="give numbers of 1 or more"):
        rarefaction(run.passages, run.evidence, words=[0])
