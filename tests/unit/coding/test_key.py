"""A run against an answer key, on a document whose codings are known."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from one_page import FIRST, SECOND, one_page

from toolkit.coding.key import against_key, read_key
from toolkit.errors import InvalidInput, MissingFile
from toolkit.records import Coding, Span

DOCUMENT = one_page(FIRST, SECOND)


def coding(code: str, passage_id: str = "p0", strength: int = 4, equity: bool = True) -> Coding:
    return Coding(
        coding_id=code + passage_id,
        plan_id="plan",
        framework="f",
        code=code,
        passage_id=passage_id,
        quote="x",
        spans=(Span(1, 0, 1),),
        strength=strength,
        equity=equity,
        coder="c",
    )


def key(*rows: tuple[str, str, int, int, str], page: int = 1) -> pd.DataFrame:
    columns = ["passage", "topics", "equity", "strength", "trap"]
    return pd.DataFrame(rows, columns=columns).assign(plan_id="plan", page=page, page_end=page)


def counts(result: pd.DataFrame, facet: str) -> tuple[int, int, int]:
    row = result.set_index("facet").loc[facet]
    return int(row["right"]), int(row["extra"]), int(row["missed"])


def test_right_extra_and_missed_codes_are_counted_apart() -> None:
    truth = key((FIRST, "a.one;a.two", 1, 4, ""), (SECOND, "", 0, 0, "governance"))
    result = against_key([DOCUMENT], [coding("a.one"), coding("a.three"), coding("a.one", "p1")], truth)
    assert (result.passages, result.read) == (2, 2)
    assert counts(result.table, "all topics") == (1, 2, 1)
    assert counts(result.table, "a.one") == (1, 1, 0)
    assert counts(result.table, "equity") == (1, 0, 0)
    assert counts(result.table, "strength") == (1, 0, 0)


def test_a_trap_counts_as_right_only_when_it_is_coded_exactly() -> None:
    truth = key((FIRST, "a.one", 1, 4, "date"), (SECOND, "", 0, 0, "governance"))
    result = against_key([DOCUMENT], [coding("a.one"), coding("a.one", "p1")], truth)
    assert result.traps.values.tolist() == [["date", 1, 1], ["governance", 0, 1]]


def test_a_strength_too_high_is_extra_and_one_too_low_is_missed() -> None:
    truth = key((FIRST, "a.one", 0, 3, ""))
    assert counts(against_key([DOCUMENT], [coding("a.one", strength=4)], truth).table, "strength") == (0, 1, 0)
    assert counts(against_key([DOCUMENT], [coding("a.one", strength=1)], truth).table, "strength") == (0, 0, 1)


def test_a_passage_that_was_not_read_on_its_page_is_not_judged() -> None:
    unread = key(("Words that stand nowhere in the document at all.", "a.one", 0, 1, ""))
    assert against_key([DOCUMENT], [], unread).read == 0
    assert against_key([DOCUMENT], [], key((FIRST, "a.one", 0, 1, ""), page=2)).read == 0
    assert against_key([], [], key((FIRST, "a.one", 0, 1, ""))).read == 0


def test_precision_of_a_code_that_nobody_gave_is_missing_not_zero() -> None:
    row = against_key([DOCUMENT], [], key((FIRST, "a.one", 0, 1, ""))).table.set_index("facet").loc["a.one"]
    assert pd.isna(row["precision"])
    assert row["recall"] == 0


def test_the_text_of_a_result_counts_the_passages() -> None:
    result = against_key([DOCUMENT], [coding("a.one")], key((FIRST, "a.one", 1, 4, "date")))
    assert result.text.startswith("1 of 1 passages of the key were read on their page")
    assert "1 of 1" in result.text.splitlines()[-1]


def test_a_key_without_a_column_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    path.write_text("plan_id,page,passage\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="column 'topics' is missing"):
        read_key(path)
    with pytest.raises(MissingFile):
        read_key(tmp_path / "none.csv")
