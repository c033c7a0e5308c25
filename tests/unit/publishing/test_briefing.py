"""A briefing is extractive: verbatim sentences with pages, numbers, and "not stated" where a plan does not say."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest
from docx import Document
from pypdf import PdfReader

from tests.made_results import made_results
from toolkit.errors import UnknownName
from toolkit.publishing.briefing import Briefing, briefing_data, briefing_html, briefing_pdf
from toolkit.publishing.briefing.data import NOT_READ, NOT_STATED
from toolkit.publishing.briefing.facts import FACTS, stated
from toolkit.publishing.briefing.word import docx_bytes
from toolkit.records import Results

PLAN = "QOX-ICS-2023"


def row(text: str, page: int = 3, kind: str = "paragraph") -> dict[str, object]:
    return {"text": text, "page": page, "kind": kind, "start": 0, "end": len(text), "continued_page": None}


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("Date", "Approved by the board of NHS Somewhere on 28 March 2024."),
        ("Date", "This strategy was agreed by the partnership in March 2023."),
        ("Summary", "This joint forward plan sets out what the NHS will do over five years."),
        ("Primary audience", "The primary audience for this Strategy is the board and local leaders."),
        ("Last updated", "Last updated in May 2024."),
        ("Due for review", "The plan will be reviewed before the start of every financial year."),
        ("Due for review", "We will refresh this plan in March 2025."),
        ("Responsible person", "The director of strategy is accountable for the delivery of this plan."),
    ],
)
def test_a_fact_is_taken_from_the_sentence_that_states_it(fact: str, text: str) -> None:
    found = stated([row("Something else came before it."), row(f"We begin here. {text} And more follows.", 7)])
    assert [(s.text, s.page) for s in found[fact]] == [(text, 7)]
    assert [name for name in FACTS if found[name]] == [fact]


@pytest.mark.parametrize(
    "text",
    [
        "The equality assessment is published and will be reviewed whenever the document is refreshed.",
        "Our estates strategy sets out how surplus land is released.",
        "Each programme has a managing director who is the senior responsible owner.",
        "The joint commitment to carers has ended. It is hoped that this document will be refreshed next year.",
        "Services were reviewed in March 2023.",
        "We want services that are easy to find, and people to be partners and not audiences.",
    ],
)
def test_what_is_said_of_something_else_is_not_taken(text: str) -> None:
    assert not any(stated([row(text)]).values())


def test_headings_furniture_and_broken_sentences_are_not_taken() -> None:
    whole = "This plan sets out what we will do."
    assert stated([row(whole, kind="furniture"), row(whole, kind="contents"), row(whole[:-1])])["Summary"] == ()
    assert stated([row(whole)])["Summary"]


def test_a_sentence_behind_a_page_break_has_the_second_page() -> None:
    text = "We begin on one page and go on. This plan sets out what we will do."
    broken = row(text) | {"end": 31, "continued_page": 4}
    assert [s.page for s in stated([broken])["Summary"]] == [4]


@pytest.fixture(scope="module")
def run() -> Results:
    made = made_results(3)
    passages = made.passages.copy()
    hostile = "This plan sets out <script>alert(1)</script> & “more” for ŵ and Łódź."
    passages.loc[0, "text"] = hostile
    passages.loc[0, "end"] = passages.loc[0, "start"] + len(hostile)
    return replace(made, passages=passages)


@pytest.fixture(scope="module")
def briefing(run: Results) -> Briefing:
    return briefing_data(run, PLAN)


def test_facts_come_in_the_order_of_a_policy_briefing(briefing: Briefing) -> None:
    assert [f.name for f in briefing.facts] == [
        "Source", "Publication format", "Date", "Summary", "Key features", "Primary audience", "Implications",
        "Last updated", "Due for review", "Responsible person",
    ]  # fmt: skip
    unknown = {f.name for f in briefing.facts if f.text == NOT_STATED}
    assert {"Primary audience", "Last updated", "Due for review", "Responsible person"} <= unknown


def test_every_quote_is_verbatim_on_its_page(run: Results, briefing: Briefing) -> None:
    own = run.passages[run.passages["plan_id"] == PLAN]
    pages = own.groupby("page")["text"].agg(" ".join)
    said = [*briefing.strongest, *(q for f in (*briefing.facts, *briefing.themes) for q in f.quotes)]
    assert len(said) >= 4
    for quote in said:
        assert quote.text in pages[quote.page]


def test_no_quote_is_used_twice(briefing: Briefing) -> None:
    implied = next(f for f in briefing.facts if f.name == "Implications").quotes
    said = [(q.text, q.page) for q in (*briefing.strongest, *implied, *(q for f in briefing.themes for q in f.quotes))]
    assert len(said) == len(set(said))


def test_gaps_are_counted(run: Results, briefing: Briefing) -> None:
    own = run.scores[run.scores["plan_id"] == PLAN]
    absent = int((own["state"] == "absent").sum())
    assert briefing.gaps[0].startswith(f"Nothing found ({absent}): ")


def test_all_three_forms_say_the_same(briefing: Briefing) -> None:
    page = unescape(re.sub(r"<[^>]+>", "", briefing_html(briefing).split("<main>")[1]))
    word = Document(io.BytesIO(docx_bytes(briefing, 320)))
    lines = [p.text for p in word.paragraphs] + [c.text for r in word.tables[0].rows for c in r.cells]
    paper = re.sub(r"\s+", "", "".join(p.extract_text() for p in PdfReader(io.BytesIO(briefing_pdf(briefing))).pages))
    for quote in briefing.strongest:
        assert quote.text in page
        assert any(quote.text in line for line in lines)
        assert re.sub(r"\s+", "", quote.text)[:50] in paper
    assert "Łódź" in paper


def test_words_of_a_plan_never_become_markup(briefing: Briefing) -> None:
    page = briefing_html(briefing)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “more”" in page


def test_a_briefing_has_one_page(run: Results) -> None:
    for plan in run.plans["plan_id"]:
        assert len(PdfReader(io.BytesIO(briefing_pdf(briefing_data(run, plan)))).pages) == 1


def test_a_plan_that_was_not_read_claims_nothing() -> None:
    made = made_results(13)
    failed = made.plans.query("status == 'failed'")["plan_id"].iloc[0]
    briefing = briefing_data(made, failed)
    assert {f.text for f in briefing.facts if f.name in FACTS} <= {NOT_READ, "Covers 2023 to 2028."}
    assert briefing.strongest == ()
    assert briefing.gaps[0] == "Nothing found (0): none."
    assert briefing.gaps[-1] == "Could not be judged (24), since the text could not be read."


def test_the_same_run_gives_the_same_bytes(briefing: Briefing) -> None:
    assert docx_bytes(briefing, 320) == docx_bytes(briefing, 320)
    assert briefing_pdf(briefing) == briefing_pdf(briefing)
    with zipfile.ZipFile(io.BytesIO(docx_bytes(briefing, 320))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in file.read("docProps/core.xml")


def test_an_unknown_plan_lists_the_choices(run: Results) -> None:
    with pytest.raises(UnknownName, match=f"Unknown plan 'nobody'.*{PLAN}"):
        briefing_data(run, "nobody")
