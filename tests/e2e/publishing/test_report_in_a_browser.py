"""The report in a real Chromium: axe finds nothing, hostile words stay words, scripts off leaves all to read.

Runs where `chromium` is installed; the check of accessibility also needs axe.min.js, named by ICS_PLANS_AXE.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from tests.made_results import made_results
from toolkit.publishing.report import report_html

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
HOSTILE = "</noscript></q></section><script>document.title='hacked'</script><img src=x onerror=document.title='hacked'>"


@pytest.fixture(scope="module")
def page() -> str:
    run = made_results(3)
    evidence = run.evidence.copy()
    evidence.loc[0, ["quote", "clause", "section"]] = [f"{HOSTILE} we will build homes", HOSTILE, HOSTILE]
    return report_html(replace(run, evidence=evidence))


def with_script(page: str, script: str) -> str:
    """Return the page with one more script, which the page's policy is made to allow."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.sub(r"script-src ", f"script-src 'sha256-{digest}' ", page, count=1)
    return policy.replace("</body>", f"<script>{script}</script></body>")


def shown(page: str, tmp_path: Path, anchor: str = "", script: str = "") -> str:
    """Return the document after Chromium ran it, as HTML."""
    path = tmp_path / "report.html"
    path.write_text(with_script(page, script) if script else page, encoding="utf-8")
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile"]
    command += ["--virtual-time-budget=8000", "--dump-dom", f"{path.as_uri()}{anchor}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def test_words_of_a_plan_are_never_run(page: str, tmp_path: Path) -> None:
    row = made_results(3).evidence.iloc[0]
    after = shown(page, tmp_path, f"#plan={row['plan_id']}&code={row['code']}")
    assert "hacked</title>" not in after
    assert f'<li id="q{row["coding_id"]}">' in after  # the cell's quotes were put into the page
    assert "we will build homes" in after
    assert after.count("<img") == 0


def test_search_finds_by_words_strength_and_equity(page: str, tmp_path: Path) -> None:
    own = made_results(3).evidence
    hits = own[own["quote"].str.contains("screening") & (own["strength"] >= 3) & own["equity"]]
    after = shown(page, tmp_path, "#quotes&text=screening&strength=3&equity=1")
    said = re.search(r'<p id="count"[^>]*>([\d,]+) of ([\d,]+) quotes', after)
    assert said is not None
    # the first quote's words were replaced by hostile ones
    first = int("screening" in own["quote"].iloc[0] and own["strength"].iloc[0] >= 3 and own["equity"].iloc[0])
    assert (int(said.group(1)), int(said.group(2))) == (len(hits) - first, len(own))


def test_the_address_of_a_quote_opens_it(page: str, tmp_path: Path) -> None:
    row = made_results(3).evidence.iloc[-1]
    after = shown(page, tmp_path, f"#q{row['coding_id']}")
    assert f'<li id="q{row["coding_id"]}">' in after
    view = after.split(f'id="plan={row["plan_id"]}"')[0].rsplit("<section", 1)[1]
    assert 'class="view on"' in view


def test_without_scripts_every_quote_is_there_to_read(page: str) -> None:
    read = unescape(re.sub(r"<script>.*?</script>", "", page, count=1, flags=re.DOTALL))
    for quote in made_results(3).evidence["quote"].iloc[1:]:
        assert quote in re.sub(r"</?b>", "", read)


@pytest.mark.parametrize("anchor", ["", "plan", "cell", "code", "#quotes"])
def test_axe_finds_nothing_to_complain_about(anchor: str, page: str, tmp_path: Path) -> None:
    axe = Path(os.environ.get("ICS_PLANS_AXE", "axe.min.js"))
    if not axe.is_file():
        pytest.skip("axe.min.js is not there; name it by ICS_PLANS_AXE")
    row = made_results(3).evidence.iloc[3]
    places = {
        "plan": f"#plan={row['plan_id']}",
        "cell": f"#plan={row['plan_id']}&code={row['code']}",
        "code": f"#code={row['code']}",
    }
    run = (
        "setTimeout(() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', "
        "'best-practice']}).then((r) => { document.body.dataset.axe = JSON.stringify([r.passes.length, "
        "r.violations.map((v) => [v.id, v.nodes[0].html.slice(0, 200)])]); }), 500);"
    )
    after = shown(page, tmp_path, places.get(anchor, anchor), script=axe.read_text(encoding="utf-8") + run)
    said = re.search(r'data-axe="([^"]*)"', after)
    assert said is not None, "axe did not come to an end"
    passes, violations = json.loads(unescape(said.group(1)))
    assert violations == []
    assert passes > 10
