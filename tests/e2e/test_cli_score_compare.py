"""The commands score, compare and explain on the folder of a small run."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from tests.strategies import coding, document, framework
from toolkit.cli import group
from toolkit.comparing import CompareSettings, compare
from toolkit.errors import InvalidInput, OutputExists
from toolkit.publishing import write_tables
from toolkit.records import Results
from toolkit.schema import evidence_row, passage_row, plan_row, problem_row, score_row, table
from toolkit.scoring import score, totals

YAML = """
id: test
version: "1"
title: Test
description: A test.
source: Nobody.
licence: MIT
equity_weight: {equity}
themes:
  - id: t
    title: T
    definition: All.
    codes:
      - {{id: a, title: A, definition: About a., terms: [alpha], weight: {weight}}}
      - {{id: b, title: B, definition: About b., terms: [beta], weight: 1}}
"""
PLANS = [
    document("A", ics_code="QF7", kind="integrated_care_strategy"),
    document("B", ics_code="QF7", kind="joint_forward_plan"),
]
FOUND = [
    coding(PLANS[0], 0, code="a", strength=4),
    coding(PLANS[1], 0, code="a", strength=2),
    coding(PLANS[1], 1, code="b", strength=3),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = framework("a", "b")
    scores = score(PLANS, FOUND, book)
    summed = totals(scores, book, FOUND, PLANS)
    compared = compare(PLANS, FOUND, summed, book, CompareSettings(draws=50))
    codes = [
        {
            "framework": "test",
            "theme": "t",
            "theme_title": "T",
            "code": c.id,
            "title": c.title,
            "definition": c.definition,
        }
        | {"weight": 1.0, "source": "", "status": "verified"}
        for c in book.codes
    ]
    folder = tmp_path_factory.mktemp("run")
    write_tables(
        Results(
            plans=table("plans", [plan_row(d.plan, d) for d in PLANS]),
            passages=table("passages", [passage_row(p, d) for d in PLANS for p in d.passages]),
            codes=table("codes", codes),
            evidence=table("evidence", [evidence_row(c) for c in FOUND]),
            scores=table("scores", [score_row(s) for s in scores]),
            totals=summed,
            comparison=compared.table,
            problems=table("problems", [problem_row(p) for p in compared.problems]),
        ),
        folder,
    )
    return folder


def call(*arguments: object) -> Result:
    return CliRunner().invoke(group, [str(a) for a in arguments])


def test_explain_prints_the_chain(run: Path) -> None:
    shown = call("explain", run, "A", "a")
    assert shown.exit_code == 0
    assert shown.output.splitlines()[0] == "A · a (test, theme t)"
    assert shown.output.splitlines()[-1].startswith("Points 2.00 of 4.00 = 50%: weight 1")
    assert call("explain", run, "A", "a", "--csv").output.startswith("coding_id,page,strength")


def test_score_again_with_other_weights(run: Path, tmp_path: Path) -> None:
    book = tmp_path / "other.yaml"
    book.write_text(YAML.format(equity=0, weight=3), encoding="utf-8")
    shown = call("score", run, "-f", book, "-o", tmp_path / "again")
    assert shown.exit_code == 0, shown.output
    made = pd.read_csv(tmp_path / "again" / "totals.csv").set_index(["plan_id", "theme"])
    assert made.loc[("A", "overall"), ["points", "available"]].tolist() == [12, 16]
    assert made.loc[("B", "overall"), ["points", "available"]].tolist() == [9, 16]
    stands = call("score", run, "-f", book, "-o", tmp_path / "again")
    assert isinstance(stands.exception, OutputExists)
    assert call("score", run, "-f", book, "-o", tmp_path / "again", "--force").exit_code == 0


@pytest.mark.parametrize(
    "view", ["comparison", "groups", "length", "rarefaction", "similarity", "clusters", "saturation", "gradient"]
)
def test_every_view_of_compare_is_a_csv_with_rows(run: Path, tmp_path: Path, view: str) -> None:
    target = tmp_path / "view.csv"
    shown = call("compare", run, "--view", view, "-o", target)
    assert shown.exit_code == 0, shown.output
    assert len(pd.read_csv(target)) > 0
    assert call("compare", run, "--view", view).output.split()[0] in pd.read_csv(target).columns


def test_two_plans_are_put_side_by_side(run: Path, tmp_path: Path) -> None:
    call("compare", run, "A", "B", "-o", tmp_path / "pair.csv")
    assert pd.read_csv(tmp_path / "pair.csv")["change"].tolist() == ["softened", "added"]
    assert isinstance(call("compare", run, "A").exception, InvalidInput)


def test_only_one_theme_is_shown_when_asked(run: Path) -> None:
    assert len(call("compare", run, "--theme", "overall").output.splitlines()) == 3
