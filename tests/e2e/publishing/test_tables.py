"""What is written to a folder is what is read back; a folder that is not a run says so."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.made_results import made_results
from toolkit.errors import InvalidInput, MissingFile, TableError
from toolkit.publishing.tables import RUN_TABLES, csv_bytes, read_table, read_tables, write_tables
from toolkit.schema import TABLES


def test_every_table_comes_back_as_it_was(tmp_path: Path) -> None:
    run = made_results(3)
    write_tables(run, tmp_path)
    again = read_tables(tmp_path)
    for name in RUN_TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(run, name).reset_index(drop=True), check_exact=True)
    assert again.manifest == run.manifest


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    run = made_results(3)
    first = {p.name: p.read_bytes() for p in write_tables(run, tmp_path / "a")}
    again = {p.name: p.read_bytes() for p in write_tables(read_tables(tmp_path / "a"), tmp_path / "b")}
    assert first == again
    assert len(first) == 3 * len(RUN_TABLES) + 1


def test_csv_files_have_line_feeds_and_no_byte_order_mark(tmp_path: Path) -> None:
    for path in write_tables(made_results(3), tmp_path):
        if path.suffix == ".csv":
            assert b"\r" not in path.read_bytes()
            assert not path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_parquet_keeps_the_types_of_the_schema(tmp_path: Path) -> None:
    write_tables(made_results(3), tmp_path)
    scores = pd.read_parquet(tmp_path / "scores.parquet")
    assert {c.name: c.dtype for c in TABLES["scores"].columns} == {n: str(t) for n, t in scores.dtypes.items()}


def test_a_dictionary_explains_every_column(tmp_path: Path) -> None:
    write_tables(made_results(3), tmp_path)
    explained = pd.read_csv(tmp_path / "evidence.dictionary.csv")
    assert explained["column"].tolist() == list(pd.read_csv(tmp_path / "evidence.csv", nrows=1).columns)
    assert explained["meaning"].notna().all()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_any_text_survives_a_csv_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    problems = made_results(3).problems.head(1).assign(message=pd.array([text], dtype="string"))
    path = tmp_path_factory.mktemp("csv") / "problems.csv"
    path.write_bytes(csv_bytes(problems))
    assert read_table("problems", path)["message"].tolist() == [text]


def test_a_table_that_breaks_its_schema_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    run = made_results(3)
    broken = dataclasses.replace(run, scores=pd.concat([run.scores, run.scores.head(1)]))
    with pytest.raises(TableError, match=r"key .* is repeated"):
        write_tables(broken, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="the folder of a run"):
        read_tables(tmp_path / "nowhere")


def test_a_folder_that_is_no_run_says_what_one_holds(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="not the folder of a run; one holds plans"):
        read_tables(tmp_path)


def test_all_faults_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    write_tables(made_results(3), tmp_path)
    (tmp_path / "codes.csv").unlink()
    scores = (tmp_path / "scores.csv").read_text(encoding="utf-8").replace('"found",', '"found",many', 1)
    (tmp_path / "scores.csv").write_text(scores, encoding="utf-8")
    (tmp_path / "run.json").write_text("{", encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        read_tables(tmp_path)
    assert "codes.csv is missing" in str(caught.value)
    assert "scores.csv: column 'level' should be Int64" in str(caught.value)
    assert "run.json: not JSON" in str(caught.value)
