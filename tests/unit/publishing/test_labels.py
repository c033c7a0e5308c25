"""Labels: no two alike, the shortest that tells plans apart."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.made_results import made_results
from toolkit.errors import UnknownName
from toolkit.publishing.labels import choose_framework, count, plan_called, plan_labels, scope, source, theme_title


def plans(*rows: tuple[object, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["plan_id", "title", "ics_name", "kind", "year_start"])
    return frame.astype({"year_start": "Int64"})


def test_a_plan_goes_by_the_name_of_its_system() -> None:
    assert plan_labels(plans(("a", "Title", "Devon", "joint_forward_plan", 2023))) == {"a": "Devon"}


def test_two_plans_of_a_system_are_told_apart_by_kind_then_year_then_id() -> None:
    made = plan_labels(
        plans(
            ("a", "T", "Devon", "joint_forward_plan", 2023),
            ("b", "T", "Devon", "integrated_care_strategy", 2023),
            ("c", "T", "Kent", "joint_forward_plan", 2023),
            ("d", "T", "Kent", "joint_forward_plan", 2024),
            ("e", "T", "Essex", None, None),
            ("f", "T", "Essex", None, None),
        )
    )
    assert made == {
        "a": "Devon, joint forward plan",
        "b": "Devon, integrated care strategy",
        "c": "Kent, joint forward plan, 2023",
        "d": "Kent, joint forward plan, 2024",
        "e": "Essex, e",
        "f": "Essex, f",
    }


def test_a_plan_of_no_known_system_goes_by_its_title_or_its_id_when_that_is_long() -> None:
    made = plan_labels(plans(("a", "Our plan", None, None, None), ("b", "x" * 61, None, None, None)))
    assert made == {"a": "Our plan", "b": "b"}


def test_counts_are_in_the_plural_when_they_must_be() -> None:
    assert [count(0, "plan"), count(1, "plan"), count(1200, "code")] == ["0 plans", "1 plan", "1,200 codes"]


def test_scope_and_source_name_the_framework_and_the_coder() -> None:
    run = made_results(3)
    assert scope(run, "health_inequalities") == "3 plans, 24 codes of Health inequalities (version 1.0)"
    assert "coded by: bundled 1. ICS plan toolkit 0.1.0." in source(run, "health_inequalities")


def test_an_unknown_framework_or_theme_lists_the_choices() -> None:
    run = made_results(3)
    with pytest.raises(UnknownName, match="health_inequalities"):
        choose_framework(run, "prevention")
    with pytest.raises(UnknownName, match="overall, access, behaviours, wider"):
        theme_title(run, "health_inequalities", "acces")


def test_a_plan_is_known_by_its_id_and_by_its_label_and_any_other_name_stays_as_it_is() -> None:
    table = plans(("a", "Title", "Devon", "joint_forward_plan", 2023), ("b", "Title", "Dorset", None, 2023))
    assert [plan_called(table, name) for name in ("a", "devon", "Dorset", "Kent")] == ["a", "a", "b", "Kent"]
