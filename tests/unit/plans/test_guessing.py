"""What nobody stated about a plan is guessed, shown as guessed, and left open when in doubt."""

from __future__ import annotations

import pytest

from toolkit.plans import icbs, with_guesses
from toolkit.plans.naming import named_ics, named_kinds, named_years
from toolkit.records import Guess, Plan


def _plan(path: str = "x.pdf", **facts: object) -> Plan:
    return Plan(plan_id="x", path=path, sha256="", title=str(facts.pop("title", "")), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NHS Joint Forward Plan for Lancashire & South Cumbria 2023-2028", "QE1"),
        ("Our Healthier South East London pandemic recovery plan", "QKK"),
        ("SNEE Joint Forward Plan", "QJG"),
        ("Hertforshire and West Essex: five year plan", "QM7"),
        ("Bath and North East Somerset, Swindon and Wiltshire", "QOX"),
        ("West Sussex Joint Health and Wellbeing Strategy", "QNX"),
        ("BSOL inception framework", "QHL"),
    ],
)
def test_a_title_names_its_system(text: str, code: str) -> None:
    assert [n.value for n in named_ics(text, running=True)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "SY plan",
        "North Somerset Council",
        "a bob haircut",
        "East Yorkshire",
        "C&M plan",
        "South Gloucestershire",
        "GM plan",
    ],
)
def test_short_ambiguous_or_foreign_names_decide_nothing(text: str) -> None:
    assert named_ics(text, running=True) == ()


def test_an_ambiguous_alias_settles_between_systems_that_are_named_anyway() -> None:
    assert [n.value for n in named_ics("Sussex and Dorset", running=True)] == ["QNX", "QVV"]
    assert [n.value for n in named_ics("Sussex and Dorset (DOR)", running=True)] == ["QVV"]


def test_kinds_are_named_in_the_order_of_the_text() -> None:
    text = "Five year joint forward plan: delivering our Integrated Care Strategy"
    assert [n.value for n in named_kinds(text)] == ["joint_forward_plan", "integrated_care_strategy"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Plan 2023-28", (2023, 2028)),
        ("plan_2019_2024", (2019, 2024)),
        ("2023 to 2028 (updated March 2024)", (2023, 2028)),
        ("2019 – 2024", (2019, 2024)),
        ("STRATEGY 2020 TO 2023", (2020, 2023)),
        ("published 2018", (2018, None)),
        ("2011-12-01", (2011, None)),
        ("2018 and 2021", None),
        ("no year", None),
    ],
)
def test_years_of_a_title(text: str, years: tuple[int, int | None] | None) -> None:
    found = named_years(text)
    assert (found[:2] if found else None) == years


def test_a_file_name_gives_guesses_that_say_what_decided() -> None:
    plan = with_guesses(_plan("in/KentAndMedway_JFP_2023-28.pdf"))
    assert (plan.ics_code, plan.ics_name, plan.kind) == ("QKS", "Kent and Medway", "joint_forward_plan")
    assert (plan.year_start, plan.year_end) == (2023, 2028)
    assert plan.guesses[0] == Guess(
        field="ics_code", value="QKS", source="file name", evidence="Kent and Medway", score=0.902
    )
    assert {g.source for g in plan.guesses} == {"file name"}


def test_stated_facts_are_never_guessed() -> None:
    plan = with_guesses(_plan("sussex-jfp-2023-28.pdf", ics_code="QVV", kind="other", year_start=2020, title="T"))
    assert (plan.ics_code, plan.kind, plan.year_start, plan.year_end, plan.title) == ("QVV", "other", 2020, None, "T")
    assert plan.guesses == ()


def test_the_title_page_is_heard_after_reading_and_earlier_guesses_are_made_anew() -> None:
    early = with_guesses(_plan("strategy-2019.pdf"))
    cover = "Start Well, Live Well: West Sussex Joint Health and Wellbeing Strategy 2019 - 2024"
    plan = with_guesses(early, cover, {"Title": "Untitled"}, headings=["Start Well, Live Well"])
    assert (plan.ics_code, plan.kind, plan.year_end) == ("QNX", "joint_health_wellbeing_strategy", 2024)
    assert plan.title == "Start Well, Live Well"
    assert {g.source for g in plan.guesses} == {"title page"}
    assert with_guesses(plan, cover, {"Title": "Untitled"}, headings=["Start Well, Live Well"]) == plan


@pytest.mark.parametrize(
    ("headings", "title"),
    [
        (["West Sussex County Council", "Annual Public Health Report 2018"], "Annual Public Health Report 2018"),
        (["Contains National Statistics Data", "Fifteen networks across the city"], "Fifteen networks across the city"),
        (["INTERIM REPORT", "Care workers in 2030"], "Care workers in 2030"),
        (["NHS Sussex"], "NHS Sussex"),
    ],
)
def test_the_title_is_not_who_publishes_nor_under_which_licence(headings: list[str], title: str) -> None:
    assert with_guesses(_plan(), headings=headings).title == title


def test_file_name_and_title_page_that_disagree_leave_the_system_open() -> None:
    plan = with_guesses(_plan("dorset.pdf"), "NHS Sussex Joint Forward Plan")
    assert plan.ics_code is None
    assert plan.guesses[0].source == "none"
    assert plan.guesses[0].evidence == "title page names Sussex, file name names Dorset"


def test_metadata_do_not_outvote_the_title_page() -> None:
    plan = with_guesses(_plan(), "NHS Sussex Joint Forward Plan", {"Title": "Dorset plan"})
    assert plan.ics_code == "QNX"


def test_a_single_year_after_the_file_was_made_is_a_goal_and_no_date() -> None:
    made = {"CreationDate": "D:20210324103024+00'00'"}
    assert with_guesses(_plan("care-in-2030.pdf"), "", made).year_start is None
    assert with_guesses(_plan("care-in-2021.pdf"), "", made).year_start == 2021
    assert with_guesses(_plan("care-2021-2030.pdf"), "", made).year_end == 2030


def test_the_reference_has_42_boards_and_every_decision_leads_to_one() -> None:
    frame = icbs()
    assert len(frame) == frame.ods_code.nunique() == frame.short_name.nunique() == 42
    for code, name in zip(frame.ods_code, frame.official_name, strict=True):
        assert [n.value for n in named_ics(name, running=True)] == [code]
