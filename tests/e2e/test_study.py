"""`ics-plans init` makes a folder that a person can start from, and touches nothing that is there."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import toolkit as tk
from toolkit.cli import group
from toolkit.errors import InvalidInput, UnknownName

SAMPLE = Path(__file__).parents[2] / "plans" / "sample"
MADE = [
    "manifest.csv",
    "README.md",
    "first-look.ipynb",
    ".gitignore",
    "frameworks/health_inequalities.yaml",
    "frameworks/framework.schema.json",
]


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_study_folder_holds_all_that_a_first_run_needs(tmp_path: Path) -> None:
    folder = tmp_path / "my study"
    result = CliRunner().invoke(group, ["init", str(folder)])
    assert result.exit_code == 0
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == sorted(MADE)
    assert (folder / "plans").is_dir()
    assert [row["include"] for row in _rows(folder)] == ["no", "no"]
    assert tk.load_framework(folder / "frameworks" / "health_inequalities.yaml").hash == tk.load_framework().hash
    notebook = (folder / "first-look.ipynb").read_text(encoding="utf-8")
    assert 'tk.load_framework(\\"frameworks/health_inequalities.yaml\\")' in notebook


def test_example_rows_never_become_plans(tmp_path: Path) -> None:
    tk.make_study(tmp_path)
    with pytest.raises(InvalidInput, match="has no plan to read"):
        tk.load_plans(tmp_path)


def test_pdfs_that_are_there_get_a_row_and_load(tmp_path: Path) -> None:
    (tmp_path / "plans" / "north").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "outputs").mkdir()
    shutil.copy(SAMPLE / "harrowmere_jfp_2024.pdf", tmp_path / "plans" / "north" / "Harrowmere JFP (final).PDF")
    shutil.copy(SAMPLE / "harrowmere_strategy_2023.pdf", tmp_path / "strategy.pdf")
    shutil.copy(SAMPLE / "brackenshire_jfp_2023.pdf", tmp_path / ".hidden")
    shutil.copy(SAMPLE / "brackenshire_jfp_2023.pdf", tmp_path / "outputs")
    tk.make_study(tmp_path, "marmot_eight")
    assert [(row["plan_id"], row["path"]) for row in _rows(tmp_path)] == [
        ("harrowmere-jfp-final", "plans/north/Harrowmere JFP (final).PDF"),
        ("strategy", "strategy.pdf"),
    ]
    assert [plan.plan_id for plan in tk.load_plans(tmp_path)] == ["harrowmere-jfp-final", "strategy"]
    assert tk.load_framework(tmp_path / "frameworks" / "marmot_eight.yaml").id == "marmot_eight"


def test_nothing_is_written_when_a_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"'README.md' is there already"):
        tk.make_study(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_an_unknown_framework_is_named_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="marmot_eight"):
        tk.make_study(tmp_path / "study", "marmot")
    assert not (tmp_path / "study").exists()


def test_the_notebook_of_a_study_runs(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    (tmp_path / "plans").mkdir()
    shutil.copy(SAMPLE / "harrowmere_jfp_2024.pdf", tmp_path / "plans")
    tk.make_study(tmp_path)
    notebook = nbformat.read(tmp_path / "first-look.ipynb", as_version=4)
    nbformat.validate(notebook)
    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(tmp_path)}}).execute()
    manifest = json.loads((tmp_path / "outputs" / "first-look" / "run.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["plans"] == 1
    assert manifest["counts"]["codings"] > 50
