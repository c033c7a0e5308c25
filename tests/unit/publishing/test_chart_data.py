"""Each chart's table says what the run's tables say."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tests.made_results import made_results
from toolkit.errors import UnknownName
from toolkit.publishing import charts
from toolkit.records import Results


@pytest.fixture(scope="module")
def run() -> Results:
    return made_results(13)


def test_ranking_keeps_every_plan_with_those_without_a_share_last(run: Results) -> None:
    data = charts.ranking_data(run)
    known = data["share"].dropna().tolist()
    assert len(data) == 13
    assert known == sorted(known, reverse=True)
    assert data["share"].isna().tolist() == [False] * len(known) + [True] * (13 - len(known))


def test_ranking_by_theme_takes_the_shares_of_that_theme(run: Results) -> None:
    data = charts.ranking_data(run, theme="wider").set_index("plan_id")["share"]
    own = run.comparison[run.comparison["theme"] == "wider"].set_index("plan_id")["share"]
    assert data.dropna().to_dict() == own.dropna().to_dict()


def test_profile_compares_with_the_median_of_the_plans_that_could_be_looked_at(run: Results) -> None:
    plan = run.plans["plan_id"].iloc[0]
    data = charts.profile_data(run, plan).set_index("code")
    levels = run.scores[run.scores["code"] == "wider.housing"]["level"].dropna()
    assert data.loc["wider.housing", "median_level"] == float(levels.median())
    assert data.loc["wider.housing", "plans_compared"] == len(levels)
    with pytest.raises(UnknownName, match="Unknown plan 'nobody'"):
        charts.profile_data(run, "nobody")


def test_a_bar_of_the_ladder_counts_every_plan_once(run: Results) -> None:
    data = charts.ladder_data(run)
    assert data.groupby("id")["count"].sum().unique().tolist() == [13]
    found = (run.scores["level"] == 4).sum()
    assert data.loc[data["rung"] == "measurable", "count"].sum() == found


def test_the_ladder_of_plans_counts_every_code_once(run: Results) -> None:
    assert charts.ladder_data(run, by="plan").groupby("id")["count"].sum().unique().tolist() == [24]


def test_the_line_of_deprivation_weighs_systems_by_their_people(run: Results) -> None:
    data = charts.gradient_data(run).dropna(subset=["place"])
    weights = data["population"] / data["population"].sum()
    assert data["place"].between(0, 1).all()
    assert math.isclose(float((weights * data["place"]).sum()), 0.5)
    assert data.sort_values("deprivation")["place"].is_monotonic_increasing


def test_the_map_has_all_42_systems_and_says_which_have_no_plan(run: Results) -> None:
    data = charts.map_data(run)
    assert len(data) == 42
    assert data["state"].value_counts().to_dict() == {"no plan": 29, "scored": 11, "no share": 2}
    assert data["share"].notna().sum() == 11
    assert len(data[["hex_x", "hex_y"]].drop_duplicates()) == 42


def test_a_system_with_two_plans_shows_their_mean_and_a_plan_of_no_system_is_counted() -> None:
    run = made_results(3)
    scored = run.totals[(run.totals["theme"] == "overall")].dropna(subset=["share"]).head(2)
    plans = run.plans.copy()
    plans["ics_code"] = ["QJK" if p in set(scored["plan_id"]) else pd.NA for p in plans["plan_id"]]
    data = charts.map_data(Results(**{**{f: getattr(run, f) for f in Results.__dataclass_fields__}, "plans": plans}))
    devon = data.set_index("ods_code").loc["QJK"]
    assert math.isclose(devon["share"], float(scored["share"].mean()))
    assert devon["plans"] == 2
    assert "1 plan of another or unknown system not shown" in charts.map_text(data)


def test_a_dendrogram_joins_all_plans_that_were_read_well_enough(run: Results) -> None:
    data = charts.similarity_data(run)
    whole = run.scores.groupby("plan_id")["state"].apply(lambda s: "unreadable" not in set(s)).sum()
    assert len(data) == whole - 1
    assert data["distance"].is_monotonic_increasing
    assert data["plans"].iloc[-1] == whole


def test_saturation_ends_at_the_codes_that_some_plan_holds(run: Results) -> None:
    data = charts.saturation_data(run)
    found = run.scores[run.scores["state"] == "found"]["code"].nunique()
    assert data["plans"].tolist() == list(range(1, 14))
    assert data["codes_mean"].iloc[-1] == found


def test_length_and_breadth_repeat_the_totals(run: Results) -> None:
    overall = run.totals[run.totals["theme"] == "overall"].set_index("plan_id")
    length = charts.length_data(run).set_index("plan_id")
    breadth = charts.breadth_depth_data(run).set_index("plan_id")
    assert length["share"].dropna().to_dict() == overall["share"].dropna().to_dict()
    assert breadth["depth"].dropna().to_dict() == overall["depth"].dropna().to_dict()
    assert length["pages"].to_dict() == run.plans.set_index("plan_id")["pages"].to_dict()


def test_few_plans_are_told_to_be_few() -> None:
    run = made_results(3)
    assert "Too few systems" in charts.gradient_text(charts.gradient_data(run))
    assert "Too few plans" in charts.length_text(charts.length_data(run))
