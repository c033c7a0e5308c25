"""The report: quotes are escaped, every cell has its address, nothing comes from a network, silence is not zero."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from tests.made_results import made_results, made_twice
from toolkit.publishing.report import report_html
from toolkit.publishing.report.quote import parted
from toolkit.publishing.report.views import anchor
from toolkit.records import Results

HOSTILE = (
    "</noscript></q></section><script>window.hacked=1</script>",
    '"><img src=x onerror=window.hacked=1>',
    "</script><style>*{display:none}</style>{{ 7 * 7 }}",
    "<!-- & &lt;b&gt; -->",
)


def hostile() -> Results:
    run = made_results(3)
    evidence, plans, codes = run.evidence.copy(), run.plans.copy(), run.codes.copy()
    for n, text in enumerate(HOSTILE):
        evidence.loc[n, ["quote", "section", "clause", "coder"]] = [f"{text} we will", text, text, text]
    plans.loc[0, ["title", "ics_name", "guessed", "path"]] = HOSTILE[1]
    codes.loc[0, ["title", "definition", "source"]] = HOSTILE[0]
    return replace(run, evidence=evidence, plans=plans, codes=codes)


@pytest.fixture(scope="module")
def page() -> str:
    return report_html(made_results(3))


def test_words_of_a_plan_never_become_markup() -> None:
    page = report_html(hostile())
    assert page.count("<script") == 1
    assert page.count("</script>") == 1
    assert page.count("<style") == 1
    assert "<img" not in page
    assert page.count("<noscript>") == page.count("</noscript>")
    for text in HOSTILE:
        assert text not in page
    assert unescape(page).count(HOSTILE[0]) >= 2
    assert "{{ 7 * 7 }}" in page


def test_nothing_is_fetched_from_a_network(page: str) -> None:
    assert not re.findall(r'(?:src|href|action)="?(?:https?:)?//', page)
    assert "default-src 'none'" in page
    assert "@import" not in page and "url(" not in page


def test_the_policy_allows_no_script_but_the_reports_own(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    script = policy.group(1).split("script-src ")[1].split(";")[0]
    assert re.fullmatch(r"&#39;sha256-[A-Za-z0-9+/=]{44}&#39;|'sha256-[A-Za-z0-9+/=]{44}'", script)


def test_every_address_within_the_report_leads_somewhere(page: str) -> None:
    ids = set(re.findall(r' id="?([^" >]+)', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links - ids == set()
    assert "plan=QOX-ICS-2023&amp;code=wider.housing" in ids


def test_no_id_is_given_twice() -> None:
    ids = re.findall(r' id="?([^" >]+)', report_html(made_twice()))
    assert len(ids) == len(set(ids))


def test_every_quote_stands_once_in_the_file(page: str) -> None:
    evidence = made_results(3).evidence
    assert page.count("<q>") == len(evidence)
    assert set(re.findall(r"<li id=q([0-9a-f]{16})>", page)) == set(evidence["coding_id"])


def test_a_failed_plan_says_so_and_has_no_zeros() -> None:
    page = report_html(made_results(13))
    failed = made_results(13).plans.query("status == 'failed'")["plan_id"].iloc[0]
    view = page.split(f'id="plan={failed}"')[1].split("</section>")[0]
    assert "This plan could not be read" in view
    assert '<span class="mark absent">' not in view
    assert view.count("unreadable: the text could not be had") == 24


def test_the_same_run_gives_the_same_bytes(page: str) -> None:
    assert report_html(made_results(3)) == page


def test_a_clause_is_marked_where_it_stands() -> None:
    assert parted("We hope. We will act by May.", "We will act") == ("We hope. ", "We will act", " by May.")
    assert parted("We will act.", "We will act.") == ("We will act.", "", "")
    assert parted("We will act.", "elsewhere") == ("We will act.", "", "")


def test_an_address_is_an_id_without_spaces() -> None:
    assert anchor(plan="my plan", code="a/b") == "plan=my%20plan&code=a%2Fb"
