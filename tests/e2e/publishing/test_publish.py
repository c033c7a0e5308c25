"""One call writes everything, twice the same, never over something else; the record lists every file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from tests.made_results import made_results, made_twice
from toolkit.cli import group
from toolkit.errors import OutputExists, UnknownName
from toolkit.publishing import OUTPUTS, charts, publish, write_tables
from toolkit.publishing.methods import citation_text, methods_text

DRAWN = ("heatmap", "hexmap", "saturation")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as few:  # every chart is drawn in test_figures.py
        few.setattr("toolkit.publishing.charts.catalogue.CHARTS", {n: charts.CHARTS[n] for n in DRAWN})
        publish(made_results(1), made, only=["charts", "tables", "workbook", "methods"])
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_chart_has_figure_data_and_text(folder: Path) -> None:
    charts = {p.relative_to(folder / "charts").as_posix() for p in (folder / "charts").rglob("*.*")}
    for name in (*DRAWN, "ranking_wider", "profile/QOX-ICS-2023"):
        assert {f"{name}.{end}" for end in ("svg", "png", "csv", "txt")} <= charts
    assert (folder / "charts" / "heatmap.txt").read_text(encoding="utf-8").startswith("Strength of commitment")


def test_publishing_again_gives_the_same_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(folder)
    monkeypatch.setattr("toolkit.publishing.charts.catalogue.CHARTS", {n: charts.CHARTS[n] for n in DRAWN})
    publish(made_results(1), folder, only="tables,charts,workbook,methods", force=True)
    assert files(folder) == before


def test_nothing_is_left_half_written(folder: Path) -> None:
    assert not [name for name in files(folder) if ".part" in name]


def test_what_stands_there_is_not_replaced_unless_told(folder: Path) -> None:
    with pytest.raises(OutputExists, match=r"workbook\.xlsx: results stand here already"):
        publish(made_results(3), folder, only=["workbook"])


def test_refusal_comes_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "methods.md").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExists):
        publish(made_results(3), tmp_path)
    assert files(tmp_path) == {"methods.md": b"mine"}


def test_an_unknown_output_lists_the_choices(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'charts'"):
        publish(made_results(3), tmp_path, only="chart")


def test_progress_hears_of_every_output(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    publish(made_results(1), tmp_path, only=["tables", "methods"], progress=lambda *said: heard.append(said))
    assert heard == [("all", 1, 2), ("all", 2, 2)]


def test_the_record_lists_every_file_with_its_hash(folder: Path) -> None:
    graph = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    listed = {e["@id"]: e["sha256"] for e in graph if e["@type"] == "File"}
    there = {n: hashlib.sha256(d).hexdigest() for n, d in files(folder).items() if n != "ro-crate-metadata.json"}
    assert listed == there
    root = next(e for e in graph if e["@id"] == "./")
    assert {p["@id"] for p in root["hasPart"]} == set(listed)
    ids = [e["@id"] for e in graph]
    assert len(ids) == len(set(ids))


def test_the_methods_paragraph_takes_its_numbers_from_the_run() -> None:
    run = made_results(13)
    text = methods_text(run)
    assert "We analysed 13 plans of 13 integrated care systems. 12 plans could be read" in text
    assert f"There are {len(run.evidence):,} codings, by coder: bundled 1 ({len(run.evidence):,})" in text
    assert f"measurable {(run.evidence['strength'] == 4).sum()}" in text
    assert "Not read at all: QHM-ICS-2023." in text
    assert f"unreadable {(run.scores['state'] == 'unreadable').sum()}." in text


def test_the_citation_names_framework_hash_and_open_data() -> None:
    text = citation_text(made_results(3))
    assert "Framework: Health inequalities (version 1.0) (0123456789abcdef)." in text
    assert "Open Government Licence v3.0" in text


def test_the_command_publishes_the_folder_of_a_run(tmp_path: Path) -> None:
    write_tables(made_results(3), tmp_path)
    before = files(tmp_path)
    done = CliRunner().invoke(group, ["publish", str(tmp_path), "--only", "workbook,methods", "--json"])
    assert done.exit_code == 0, done.output
    names = [Path(p).name for p in json.loads(done.stdout)["written"]]
    assert names == ["workbook.xlsx", "methods.md", "CITATION.txt", "ro-crate-metadata.json"]
    assert all(files(tmp_path)[name] == data for name, data in before.items())


def test_the_command_is_silent_when_asked(tmp_path: Path) -> None:
    write_tables(made_results(1), tmp_path)
    done = CliRunner().invoke(group, ["publish", str(tmp_path), "--only", "methods", "--quiet"])
    assert (done.exit_code, done.output) == (0, "")


def test_the_command_says_what_is_not_a_run(tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["publish", str(tmp_path)])
    assert "not the folder of a run" in str(done.exception)


def test_outputs_are_made_in_an_order_in_which_the_record_comes_last() -> None:
    assert list(OUTPUTS)[-1] == "methods"


def test_two_frameworks_have_their_own_charts_sheets_and_paragraphs(tmp_path: Path) -> None:
    run = made_twice()
    publish(run, tmp_path, only="workbook,methods")
    book = openpyxl.load_workbook(tmp_path / "workbook.xlsx")
    assert [n for n in book.sheetnames if n.startswith("Matrix")] == [f"Matrix {n}" for n in range(1, 7)]
    assert "A second framework (version 2)" in {c.value for c in book["Summary"]["D"]}
    assert "framework A second framework (version 2): 24 codes" in (tmp_path / "methods.md").read_text(encoding="utf-8")
    assert charts.heatmap_data(run, framework="second").attrs["scope"].endswith("A second framework (version 2)")


def test_charts_of_a_second_framework_stand_in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.publishing.charts.catalogue.CHARTS", {"heatmap": charts.CHARTS["heatmap"]})
    written = charts.write_charts(made_twice(1), tmp_path)
    heatmaps = [p.relative_to(tmp_path).as_posix() for p in written if p.name == "heatmap.svg"]
    assert heatmaps == ["charts/health_inequalities/heatmap.svg", "charts/second/heatmap.svg"]


@pytest.mark.filterwarnings("error::UserWarning")
def test_a_run_without_a_single_coding_is_published(tmp_path: Path) -> None:
    run = made_results(3, coded=False)
    publish(run, tmp_path, only="tables,workbook,methods")
    assert "There are 0 codings; 0 (–) have an equity focus." in (tmp_path / "methods.md").read_text(encoding="utf-8")
    assert "Evidence" not in openpyxl.load_workbook(tmp_path / "workbook.xlsx").sheetnames
    said = {name: draw(data(run, "health_inequalities")).alt for name, (data, draw) in charts.CHARTS.items()}
    assert "All 2 plans have the same share, 0%." in said["ranking"]
    assert "No code was found in any plan." in said["saturation"]
    assert "No plan has both a breadth and a depth." in said["breadth_depth"]
