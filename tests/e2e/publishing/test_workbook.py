"""The workbook opens, holds the run's numbers, explains its shorthand, and runs nothing that a plan says."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from tests.made_results import made_results
from toolkit.publishing.sheets import plain, sheets
from toolkit.publishing.workbook import workbook_bytes, write_workbook
from toolkit.records import Results

pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # gptables warns of blank cells


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("a run, with spaces & signs")


@pytest.fixture(scope="module")
def run(folder: Path) -> Results:
    """Return results of which the first plan's PDF is there, and the others' are not."""
    made = made_results(3)
    (folder / "plans").mkdir()
    pdf = folder / "plans" / "Our plan #1 100%.pdf"
    pdf.write_bytes(b"%PDF-1.7\n")
    plans = made.plans.copy()
    plans["path"] = pd.array([str(pdf), "gone.pdf", "gone, too.pdf"], dtype="string")
    return dataclasses.replace(made, plans=plans)


@pytest.fixture(scope="module")
def book(run: Results, folder: Path) -> Workbook:
    return openpyxl.load_workbook(write_workbook(run, folder / "out"))


def cells(book: Workbook) -> Iterator[Cell]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (c for c in row if isinstance(c, Cell))


def heading_row(book: Workbook, sheet: str) -> int:
    return next(int(t.ref.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for t in book[sheet].tables.values())


def rows(book: Workbook, sheet: str) -> list[dict[str, object]]:
    head = heading_row(book, sheet)
    names = [c.value for c in book[sheet][head]]
    return [
        dict(zip(map(str, names), values, strict=True))
        for values in book[sheet].iter_rows(min_row=head + 1, values_only=True)
    ]


def test_the_sheets_stand_in_the_order_of_the_guidance(book: Workbook) -> None:
    matrices = ["Matrix 1", "Matrix 2", "Matrix 3"]
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Summary", "Scores", *matrices, "Evidence", "Problems"]


def test_each_sheet_has_one_named_table_and_no_merged_or_hidden_cells(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        assert len(sheet.tables) == 1
        assert not sheet.merged_cells.ranges
        assert not any(d.hidden for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert sheet.freeze_panes is None


def test_no_cell_of_a_table_is_blank(book: Workbook) -> None:
    for name in book.sheetnames[3:]:
        assert all(v not in (None, "") for row in rows(book, name) for v in row.values())


def test_scores_are_those_of_the_run(book: Workbook, run: Results) -> None:
    shown = rows(book, "Scores")
    assert len(shown) == 72
    silent = {"absent": 0, "unreadable": "[x]", "not applicable": "[z]"}
    for row, level, state in zip(shown, run.scores["level"], run.scores["state"], strict=True):
        assert row["Level"] == (int(level) if state == "found" else silent[str(row["State"])])


def test_shorthand_is_explained_on_every_sheet_that_uses_it(book: Workbook) -> None:
    for name in book.sheetnames[3:]:
        above = " ".join(str(r[0].value) for r in book[name].iter_rows(max_row=heading_row(book, name) - 1))
        used = {v for row in rows(book, name) for v in row.values() if v in ("[x]", "[z]", "[none]")}
        assert all(mark in above for mark in used)
    assert {"[x]", "[z]"} <= {v for row in rows(book, "Scores") for v in row.values() if isinstance(v, str)}


def test_quotes_that_look_like_formulas_are_text_and_stay_text(book: Workbook) -> None:
    assert not [c for c in cells(book) if c.data_type == "f"]
    quotes = [c for c in book["Evidence"]["F"] if str(c.value)[:1] in "=+-@"]
    assert {str(c.value)[:1] for c in quotes} == {"=", "+", "-", "@"}
    assert all(c.data_type == "s" and c.quotePrefix for c in quotes)


def test_quotes_are_whole_and_verbatim_but_for_marks_of_the_writer(book: Workbook, run: Results) -> None:
    shown = [row["Quote"] for row in rows(book, "Evidence")]
    assert shown == [q.replace("](", "] (") for q in run.evidence["quote"]]


def test_only_links_made_here_are_links_and_they_lead_to_the_page(book: Workbook, run: Results) -> None:
    first = run.plans["plan_id"].iloc[0]
    links = [c.hyperlink for c in cells(book) if c.hyperlink and not str(c.hyperlink.location or "").endswith("!A1")]
    own = run.evidence[run.evidence["plan_id"] == first]
    assert {link.target for link in links} == {"../plans/Our%20plan%20%231%20100%25.pdf"}
    assert [link.location for link in links if str(link.ref).startswith("G")][-len(own) :] == [
        f"page={page}" for page in own["page"]
    ]


def test_the_matrix_quotes_the_strongest_coding(book: Workbook, run: Results) -> None:
    plan, label = run.plans.loc[0, ["plan_id", "ics_name"]]
    own = run.evidence[(run.evidence["plan_id"] == plan) & run.evidence["code"].str.startswith("access")]
    best = own.sort_values("strength", kind="stable").iloc[-1]
    row = next(r for r in rows(book, "Matrix 1") if r["Plan"] == label)
    title = run.codes.set_index("code").loc[best["code"], "title"]
    assert str(row[title]).startswith(f"{best['strength']} ")
    assert str(row[f"{title}: page"]).startswith("page ")
    assert len(row) == 1 + 2 * 8


def test_the_same_run_gives_the_same_bytes(run: Results, folder: Path) -> None:
    assert workbook_bytes(run, folder) == workbook_bytes(run, folder)


def test_marks_of_the_writer_in_a_plan_are_made_harmless() -> None:
    assert plain("see [1](a) and [2](b)") == "see [1] (a) and [2] (b)"
    assert plain("costs $$5$$ a head") == "costs $ $5$ $ a head"
    assert plain("•") == "[none]"
    assert plain("bell\x07") == "bell"
    assert len(plain("word " * 10_000)) <= 32_000


def test_a_plan_that_was_not_read_has_shorthand_and_no_numbers() -> None:
    run = made_results(13)
    summary = next(s for s in sheets(run, ".") if s.name == "Summary").table.set_index("Plan id")
    failed = run.plans.loc[run.plans["status"] == "failed", "plan_id"].iloc[0]
    assert summary.loc[failed, "Share of points"] == "[x]"
    assert summary.loc[failed, "Rank"] == "[x]"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_reads_the_same_evidence(run: Results, folder: Path, tmp_path: Path) -> None:
    path = write_workbook(run, folder / "out")
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # -1: every sheet
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", filters, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    sheet = pd.read_csv(tmp_path / "workbook-Evidence.csv", skiprows=4, keep_default_na=False)
    assert sheet["Quote"].tolist() == [q.replace("](", "] (") for q in run.evidence["quote"]]
