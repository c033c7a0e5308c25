"""SII and RII against a published worked example, closed forms, and what is not defined."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from toolkit.comparing import context, equity_gradient
from toolkit.comparing.gradient import slope_index
from toolkit.errors import InvalidInput, UnknownName

# World Health Organization, R package healthequal, data OrderedSample: births attended by skilled staff (%), by wealth.
WHO = np.array([75.60530, 91.01997, 96.03959, 97.04223, 99.22405])
WHO_PEOPLE = np.array([2072.436, 2112.204, 1983.059, 2052.124, 1884.510])


def test_the_slope_index_gives_the_published_concentration_index_and_mean_of_who() -> None:
    # healthequal publishes ACI = 4.30052 and the mean 91.59669; ACI = 2 cov(rank, value) = 2 x SII x var(rank).
    slope, mean = slope_index(WHO, np.arange(5.0), WHO_PEOPLE)
    share = WHO_PEOPLE / WHO_PEOPLE.sum()
    rank = np.cumsum(share) - share / 2
    assert mean == pytest.approx(91.59669, abs=5e-6)
    assert 2 * slope * (share * (rank - 0.5) ** 2).sum() == pytest.approx(4.30052, abs=5e-6)


def test_a_straight_line_over_equal_groups_has_its_own_slope() -> None:
    # Places .1, .3, .5, .7, .9: from .2 at the one end to .7 at the other.
    value = 0.2 + 0.5 * np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    slope, mean = slope_index(value, np.arange(5.0), np.ones(5))
    assert (slope, mean) == (pytest.approx(0.5), pytest.approx(0.45))


def test_groups_that_are_equally_deprived_share_their_place() -> None:
    value, people = np.array([0.1, 0.3, 0.6]), np.array([1.0, 1.0, 2.0])
    one, _ = slope_index(value, np.array([1.0, 1.0, 2.0]), people)
    two, _ = slope_index(value[[1, 0, 2]], np.array([1.0, 1.0, 2.0]), people)
    assert one == pytest.approx(two) == pytest.approx((0.6 - 0.2) / 0.5)


def test_equal_deprivation_everywhere_has_no_slope() -> None:
    assert np.isnan(slope_index(np.array([0.1, 0.5]), np.ones(2), np.ones(2))[0])


def tables(shares: list[float], codes: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"{c}-{n}" for n, c in enumerate(codes)]
    totals = pd.DataFrame({"plan_id": ids, "framework": "f", "theme": "overall", "share": shares})
    return totals, pd.DataFrame({"plan_id": ids, "ics_code": codes})


def england(noise: float = 0.0) -> tuple[pd.DataFrame, pd.DataFrame]:
    facts = context().sort_values("imd2025_average_score")
    people = facts["population_census2021"].to_numpy(dtype=float)
    place = (np.cumsum(people) - people / 2) / people.sum()
    shares = 0.3 + 0.2 * place + noise * np.random.default_rng(1).normal(size=len(place))
    return tables(shares.tolist(), facts["ods_code"].tolist())


def test_a_share_that_rises_with_deprivation_gives_its_slope_and_a_narrow_interval() -> None:
    row = equity_gradient(*england(), resamples=300).iloc[0]
    assert row.plans_compared == 42
    assert row.sii == pytest.approx(0.2) and row.rii == pytest.approx(0.2 / 0.4)
    assert row.sii_low == pytest.approx(0.2, abs=0.01) and row.sii_high == pytest.approx(0.2, abs=0.01)
    assert row.p_value == pytest.approx(1 / 301)


def test_noise_widens_the_interval_and_the_truth_stays_in_it() -> None:
    row = equity_gradient(*england(noise=0.1), resamples=500).iloc[0]
    assert row.sii_low < 0.2 < row.sii_high and row.sii_high - row.sii_low > 0.1


def test_two_plans_of_one_system_divide_its_population() -> None:
    facts = context().head(6)
    codes, shares = facts["ods_code"].tolist(), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    once = equity_gradient(*tables(shares, codes), resamples=50).iloc[0]
    twice = equity_gradient(*tables(shares + shares[:1], codes + codes[:1]), resamples=50).iloc[0]
    assert (twice.sii, twice.mean_share) == (pytest.approx(once.sii), pytest.approx(once.mean_share))


def test_fewer_than_five_systems_have_no_gradient() -> None:
    row = equity_gradient(*tables([0.1, 0.2, 0.3, 0.4], context()["ods_code"].head(4).tolist())).iloc[0]
    assert row.plans_compared == 4 and pd.isna(row.sii) and pd.isna(row.p_value)


def test_shares_of_nought_have_a_slope_of_nought_and_no_relative_index() -> None:
    row = equity_gradient(*tables([0.0] * 8, context()["ods_code"].head(8).tolist()), resamples=50).iloc[0]
    assert row.sii == 0.0 and pd.isna(row.rii) and pd.isna(row.rii_low)


def test_plans_of_unknown_systems_are_left_out() -> None:
    totals, plans = england()
    row = equity_gradient(totals, plans.assign(ics_code=plans["ics_code"].where(plans.index > 9)), resamples=20).iloc[0]
    assert row.plans_compared == 32


def test_the_same_seed_gives_the_same_table() -> None:
    pd.testing.assert_frame_equal(equity_gradient(*england(0.1), seed=2), equity_gradient(*england(0.1), seed=2))


def test_wrong_choices_are_refused() -> None:
    with pytest.raises(UnknownName, match="imd2025_average_score"):
        equity_gradient(*england(), measure="imd2025_averagescore")
    with pytest.raises(UnknownName, match="Unknown measure 'name'"):
        equity_gradient(*england(), measure="name")
    with pytest.raises(InvalidInput, match="interval 2"):
        equity_gradient(*england(), interval=2)
