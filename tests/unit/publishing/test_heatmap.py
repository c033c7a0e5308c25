"""The heatmap's table is complete, tells the three silences apart, and its figure shows every mark."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.made_results import made_results
from toolkit.publishing import charts


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    return charts.heatmap_data(made_results(3))


def test_there_is_a_row_for_every_plan_and_code(data: pd.DataFrame) -> None:
    assert len(data) == 3 * 24
    assert not data.duplicated(["plan_id", "code"]).any()


def test_a_level_is_missing_exactly_where_nothing_can_be_said(data: pd.DataFrame) -> None:
    silent = data["state"].isin(["not_applicable", "unreadable"])
    assert data["level"].isna().tolist() == silent.tolist()
    assert set(data.loc[silent, "mark"]) == {"n/a", "?"}


def test_absence_is_a_zero_that_was_looked_for(data: pd.DataFrame) -> None:
    assert set(data.loc[data["state"] == "absent", "mark"]) == {"0"}


def test_plans_without_a_share_come_last(data: pd.DataFrame) -> None:
    run = made_results(3)
    overall = run.totals[run.totals["theme"] == "overall"].set_index("plan_id")["share"]
    shares = overall.loc[data["plan_id"].unique()].tolist()
    assert [pd.isna(s) for s in shares] == [False, False, True]
    assert shares[0] >= shares[1]


def test_the_figure_writes_every_mark_of_its_table(data: pd.DataFrame) -> None:
    figure = charts.heatmap_chart(data)
    written = [t.get_text() for t in figure.axes[0].texts]
    marks = data["mark"].tolist()
    assert all(written.count(m) == marks.count(m) for m in set(marks))


def test_the_heading_counts_what_the_table_holds() -> None:
    run = made_results(3)
    figure = charts.heatmap_chart(run)
    found, silent = (run.scores["state"] == "found").sum(), (run.scores["state"] == "unreadable").sum()
    assert figure.alt.startswith(
        "Strength of commitment, by plan and code. 3 plans, 24 codes of Health inequalities (version 1.0)."
    )
    assert f"in {found} of 72 cells" in figure.alt
    assert f"{silent} could not be read" in figure.alt
