"""`ics-plans run --coder`: a person's table is scored in the place of the bundled coder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from click.testing import CliRunner

from toolkit.cli import group

SAMPLE = Path(__file__).parents[3] / "plans" / "sample" / "ostermouth_jfp_2023.pdf"
HEADER = ["plan_id", "passage_id", "code", "strength", "equity"]


def _run(tmp_path: Path, name: str, *more: str) -> tuple[int, str, Path]:
    plans = tmp_path / "plans"
    plans.mkdir(exist_ok=True)
    (plans / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    arguments = ["run", str(plans), "-o", str(tmp_path / name), "--only", "tables", "--quiet", "--no-ocr", *more]
    result = CliRunner().invoke(group, arguments)
    return result.exit_code, f"{result.output}{result.exception!r}", tmp_path / name


def test_only_the_persons_codings_are_in_the_results(tmp_path: Path) -> None:
    code, output, machine = _run(tmp_path, "machine")
    assert code == 0, output
    found = pd.read_csv(machine / "evidence.csv", dtype=str).head(1)
    row = [found.loc[0, "plan_id"], found.loc[0, "passage_id"], "wider.housing", "3", "1"]
    table = tmp_path / "ana.csv"
    pd.DataFrame([row], columns=HEADER).to_csv(table, index=False)
    code, output, person = _run(tmp_path, "person", "--coder", str(table))
    assert code == 0, output
    evidence = pd.read_csv(person / "evidence.csv", dtype=str)
    assert evidence["code"].tolist() == ["wider.housing"]
    assert evidence.loc[0, "coder"].startswith("ana / health_inequalities")


def test_a_table_of_codings_goes_with_one_framework(tmp_path: Path) -> None:
    code, output, _ = _run(tmp_path, "two", "--coder", "ana.csv", "-f", "core20plus5", "-f", "health_inequalities")
    assert code == 2
    assert "one framework" in output
