"""The whole way on sample plans: numbers follow from evidence, and nothing is lost on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import toolkit as tk
from toolkit.errors import InvalidInput, OutputExists
from toolkit.run import Boilerplate

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "plans" / "sample"
NAMES = ("harrowmere_strategy_2023", "harrowmere_jfp_2024", "tarnwick_inequalities_2024")


@pytest.fixture(scope="module")
def run() -> tk.Run:
    return tk.analyse([p for p in tk.load_plans(SAMPLE) if p.plan_id in NAMES], ["health_inequalities", "ics_purposes"])


def test_every_quote_is_verbatim_on_its_page(run: tk.Run) -> None:
    documents = {d.plan.plan_id: d for d in run.documents}
    for row in run.evidence.itertuples():
        assert documents[row.plan_id].page(row.page).text[row.start : row.end] == row.quote


def test_scores_are_complete_and_name_their_evidence(run: tk.Run) -> None:
    assert len(run.scores) == len(run.codes) * len(NAMES)
    known = set(run.evidence["coding_id"])
    for row in run.scores[run.scores["state"] == "found"].itertuples():
        assert set(row.evidence_ids.split(";")) <= known


def test_the_record_says_what_made_the_run(run: tk.Run) -> None:
    assert [f["id"] for f in run.manifest["frameworks"]] == ["health_inequalities", "ics_purposes"]
    assert run.manifest["counts"]["plans"] == 3
    assert 0 < run.manifest["settings"]["comparing"]["health_inequalities"]["recall"]["behaviours.tobacco"] <= 1
    json.dumps(run.manifest)


def test_settings_of_ones_own_keep_the_measured_recall_of_the_coder() -> None:
    plans = [p for p in tk.load_plans(SAMPLE) if p.plan_id in NAMES[:2]]
    run = tk.analyse(plans, comparing=tk.CompareSettings(seed=7, draws=100))
    settings = run.manifest["settings"]["comparing"]["health_inequalities"]
    assert (settings["seed"], len(settings["recall"])) == (7, 24)
    assert "recall not known" not in set(run.problems["kind"])


def test_boilerplate_is_left_out_when_asked_for_and_said(run: tk.Run) -> None:
    plans = [p for p in tk.load_plans(SAMPLE) if p.plan_id in NAMES]
    without = tk.analyse(plans, boilerplate=Boilerplate())
    own = run.evidence[run.evidence["framework"] == "health_inequalities"]
    assert set(without.evidence["coding_id"]) < set(own["coding_id"])
    assert "boilerplate" in set(without.problems["kind"])


def test_a_saved_run_comes_back_and_is_not_overwritten(run: tk.Run, tmp_path: Path) -> None:
    run.save(tmp_path / "out", only=["tables"])
    pd.testing.assert_frame_equal(tk.load_run(tmp_path / "out").scores, run.scores)
    with pytest.raises(OutputExists, match="--force"):
        run.save(tmp_path / "out")


def test_a_run_without_plans_is_refused() -> None:
    with pytest.raises(InvalidInput, match="there is no plan"):
        tk.analyse([])


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["plans/sampel", "-o", "out"], 2, "not found"),
        (["plans/sample", "-o", "out", "-f", "health_inequalites"], 2, "Did you mean 'health_inequalities'"),
    ],
)
def test_a_mistake_on_the_command_line_is_answered(arguments: list[str], status: int, says: str) -> None:
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "run", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, says in done.stderr) == (status, True), done.stderr
