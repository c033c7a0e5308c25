"""What was read, as text, Markdown, and tables of passages."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit.errors import InvalidInput, OutputExists, UnknownName
from toolkit.reading.export import export, page_numbers, passages_table, written
from toolkit.reading.markdown import as_markdown, as_text
from toolkit.records import Box, Cell, Document, Page, Passage, Plan, Span, Word

Draft = tuple[str, str, dict[str, Any]]

DRAFTS: list[Draft] = [
    ("heading", "Our plan", {"level": 1}),
    ("paragraph", "We will act *now* on NHS_England <soon>.", {}),
    ("list_item", "reduce smoking", {"level": 1}),
    ("list_item", "in Crawley", {"level": 2}),
    ("list_item", "2. improve access", {"level": 1}),
    ("paragraph", "# not a heading", {}),
    ("contents", "Our plan 3", {}),
    ("furniture", "Page 1", {}),
    ("paragraph", "2023. A year", {}),
]


def _document(drafts: list[Draft], plan_id: str = "sussex") -> Document:
    text = "\n".join(words for _, words, _ in drafts)
    passages, at = [], 0
    for number, (kind, words, more) in enumerate(drafts):
        span = Span(1, at, at + len(words))
        passages.append(
            Passage(
                passage_id=f"p{number}", plan_id=plan_id, number=number, kind=kind, text=words, spans=(span,), **more
            )  # type: ignore[arg-type]
        )
        at += len(words) + 1
    page = Page(
        number=1, width=595, height=842, text=text, words=(Word(0, len(text), Box(1, 2, 3, 4), 0),), source="text",
        confidence=1.0, order="layout", order_confidence=1.0,
    )  # fmt: skip
    plan = Plan(plan_id=plan_id, path="x.pdf", sha256="0", title="T")
    return Document(plan=plan, pages=(page,), passages=tuple(passages))


def _row(texts: list[str], headers: list[str]) -> Draft:
    cells, at = [], 0
    for column, (text, header) in enumerate(zip(texts, headers, strict=True)):
        cells.append(Cell(header=header, start=at, end=at + len(text), column=column))
        at += len(text) + 3
    return "table_row", " | ".join(texts), {"cells": tuple(cells)}


def test_text_is_reading_order_without_furniture_and_contents() -> None:
    assert written([_document(DRAFTS)], "txt").decode() == (
        "Our plan\n\nWe will act *now* on NHS_England <soon>.\n\n"
        "reduce smoking\nin Crawley\n2. improve access\n\n# not a heading\n\n2023. A year\n"
    )


def test_markdown_has_headings_and_lists_and_escapes_what_is_not_its_own() -> None:
    assert written([_document(DRAFTS)], "md").decode() == (
        "# Our plan\n\nWe will act \\*now\\* on NHS_England \\<soon>.\n\n"
        "- reduce smoking\n    - in Crawley\n2. improve access\n\n\\# not a heading\n\n2023\\. A year\n"
    )


def test_rows_under_their_headers_become_a_table() -> None:
    names = ["What", "Who"]
    rows = [_row(names, ["", ""]), _row(["Act|now", "ICB"], names), _row(["Later", "Trust"], names)]
    assert as_markdown(_document(rows).passages) == (
        "| What | Who |\n| --- | --- |\n| Act\\|now | ICB |\n| Later | Trust |\n"
    )


def test_headers_without_a_row_of_their_own_are_written_and_new_headers_begin_a_new_table() -> None:
    rows = [_row(["a", "b"], ["A", "B"]), _row(["c", "d"], ["C", "D"]), _row(["e"], [""])]
    assert as_markdown(_document(rows).passages) == (
        "| A | B |\n| --- | --- |\n| a | b |\n\n| C | D |\n| --- | --- |\n| c | d |\n| e |  |\n"
    )


def test_a_table_without_headers_keeps_all_its_rows() -> None:
    rows = [_row(["a", "b"], ["", ""]), _row(["c", "d"], ["", ""])]
    assert as_markdown(_document(rows).passages) == "|  |  |\n| --- | --- |\n| a | b |\n| c | d |\n"


def test_nothing_read_is_an_empty_text() -> None:
    assert as_text([]) == as_markdown([]) == ""


def test_passages_keep_their_positions_in_every_table_format() -> None:
    documents = [_document(DRAFTS), _document(DRAFTS, "kent")]
    lines = [json.loads(line) for line in written(documents, "jsonl").decode().splitlines()]
    frame = pd.read_parquet(io.BytesIO(written(documents, "parquet")))
    assert len(lines) == len(frame) == 18
    assert [line["plan_id"] for line in lines[8:10]] == ["sussex", "kent"]
    assert (lines[1]["start"], lines[1]["end"], lines[1]["page"]) == (9, 49, 1)
    assert lines[1]["text"] == frame.text[1] == "We will act *now* on NHS_England <soon>."
    assert lines[1]["continued_page"] is None
    assert list(frame.columns) == list(lines[0])


def test_several_plans_in_one_text_carry_their_names() -> None:
    text = written([_document(DRAFTS[:1]), _document(DRAFTS[:1], "kent")], "txt").decode()
    assert text == "===== sussex =====\n\nOur plan\n\n===== kent =====\n\nOur plan\n"


def test_a_choice_of_pages_leaves_the_others_out() -> None:
    document = _document(DRAFTS)
    assert len(passages_table([document], frozenset({1}))) == 9
    assert len(passages_table([document], frozenset({2}))) == 0


@pytest.mark.parametrize(("text", "pages"), [("", set()), ("3", {3}), ("1-3, 7", {1, 2, 3, 7})])
def test_pages_are_named_by_numbers_and_ranges(text: str, pages: set[int]) -> None:
    assert page_numbers(text) == pages


@pytest.mark.parametrize("text", ["0", "3-1", "a", "1-", "-2"])
def test_other_page_names_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="1-4,9"):
        page_numbers(text)


def test_a_file_is_written_once_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out.md"
    document = _document(DRAFTS[:1])
    assert export([document], target).read_text() == "# Our plan\n"
    with pytest.raises(OutputExists):
        export([document], target)
    assert export([document], target, force=True) == target


def test_an_unknown_suffix_lists_the_choices(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="txt, md, jsonl, parquet"):
        export([], tmp_path / "out.docx")
