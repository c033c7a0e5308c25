"""Tables of texts: what is refused, and that ids and texts come back as written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from one_page import FIRST, SECOND

from toolkit.coding.texts import CODING_COLUMNS, PASSAGE_COLUMNS, code_text_file, code_texts
from toolkit.errors import InvalidInput, MissingFile
from toolkit.frameworks import load_framework

FRAMEWORK = load_framework("health_inequalities")


def test_missing_columns_are_all_named() -> None:
    with pytest.raises(InvalidInput, match=r"(?s)'passage_id' is missing.*'text' is missing"):
        code_texts(pd.DataFrame({"words": ["x"]}), FRAMEWORK)


def test_an_empty_table_gives_empty_tables_with_their_columns() -> None:
    codings, passages = code_texts(pd.DataFrame({"passage_id": [], "text": []}), FRAMEWORK)
    assert list(codings) == list(CODING_COLUMNS)
    assert list(passages) == list(PASSAGE_COLUMNS)
    assert len(codings) == len(passages) == 0


def test_a_file_that_is_not_there_says_what_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="passage_id,text"):
        code_text_file(tmp_path / "none.csv", FRAMEWORK, tmp_path / "out.csv")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "texts.csv"
    source.write_bytes(b"passage_id,text\n1,caf\xe9\n")
    with pytest.raises(InvalidInput, match="not a CSV file in UTF-8"):
        code_text_file(source, FRAMEWORK, tmp_path / "out.csv")


def test_ids_stay_as_written_and_na_is_a_text(tmp_path: Path) -> None:
    source, coded, passages = tmp_path / "texts.csv", tmp_path / "new" / "c.csv", tmp_path / "new" / "p.csv"
    source.write_text(f'passage_id,text\n007,"{FIRST}"\n1e5,NA\n', encoding="utf-8")
    code_text_file(source, FRAMEWORK, coded, passages)
    assert list(pd.read_csv(passages, dtype=str)["passage_id"]) == ["007", "1e5"]
    assert set(pd.read_csv(coded, dtype=str)["passage_id"]) == {"007"}


def test_the_same_text_has_the_same_codings_wherever_it_stands() -> None:
    table = pd.DataFrame({"passage_id": ["a", "b"], "text": [FIRST, SECOND], "doc_id": ["x", "y"]})
    codings, _ = code_texts(table, FRAMEWORK)
    swapped, _ = code_texts(table.iloc[::-1].reset_index(drop=True), FRAMEWORK)
    pd.testing.assert_frame_equal(codings, swapped)
