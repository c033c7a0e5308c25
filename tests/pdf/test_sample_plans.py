"""The sample plans: made again byte by byte, and every passage of the answer key stands on its page."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pypdfium2
import pytest

from toolkit.errors import InvalidInput
from toolkit.plans.load import load_plans

SAMPLE = Path(__file__).parents[2] / "plans" / "sample"
SCANNED = {"pellworth_plan_2019"}
LOST = {"sallowfield_jfp_2024"}
# What the committed files were made with. Other versions may set a line or pack a glyph otherwise.
MADE_WITH = {"reportlab": "5.1.0", "matplotlib": "3.11.2"}

PLANS = sorted(path.stem for path in SAMPLE.glob("*.pdf"))


@pytest.fixture(scope="module")
def made_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folders = (tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second"))
    for folder in folders:
        subprocess.run([sys.executable, SAMPLE / "make.py", folder], check=True)
    return folders


def answers(plan_id: str) -> list[dict[str, str]]:
    with (SAMPLE / "answers.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["plan_id"] == plan_id]


def all_answers() -> list[dict[str, str]]:
    return [row for plan in PLANS for row in answers(plan)]


@cache
def page_texts(plan_id: str) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(SAMPLE / f"{plan_id}.pdf")
    texts = tuple(document[i].get_textpage().get_text_range() for i in range(len(document)))
    document.close()
    return texts


def letters(text: str, plan_id: str) -> str:
    """Return letters and digits alone: no spaces, line ends or hyphens; "ll" as "l" where the plan lost letters."""
    bare = re.sub(r"[\W_]+", "", text.lower())
    return re.sub("l+", "l", bare) if plan_id in LOST else bare


def stands_there(row: dict[str, str], cell: str) -> bool:
    plan, first, last = row["plan_id"], int(row["page"]), int(row["page_end"])
    wanted = letters(cell, plan)
    before, after = (letters(page_texts(plan)[n - 1], plan) for n in (first, last))
    if wanted in before:
        return first == last
    return first < last and any(wanted[:k] in before and wanted[k:] in after for k in range(1, len(wanted)))


def test_making_the_plans_again_gives_the_same_bytes(made_twice: tuple[Path, Path]) -> None:
    first, second = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in made_twice)
    assert first == second
    assert first.keys() == {f"{plan}.pdf" for plan in PLANS} | {"manifest.csv", "answers.csv"}


def test_the_committed_files_are_those_that_the_source_makes(made_twice: tuple[Path, Path]) -> None:
    if any(version(name) != made for name, made in MADE_WITH.items()):
        pytest.skip(f"the committed files were made with {MADE_WITH}")
    differing = [
        path.name
        for path in sorted(made_twice[0].iterdir())
        if path.stem not in SCANNED and path.read_bytes() != (SAMPLE / path.name).read_bytes()
    ]
    assert differing == []


@pytest.mark.parametrize("plan_id", [plan for plan in PLANS if plan not in SCANNED])
def test_every_passage_of_the_key_stands_on_its_page(plan_id: str) -> None:
    rows = answers(plan_id)
    missing = [
        (row["page"], cell) for row in rows for cell in row["passage"].split(" | ") if not stands_there(row, cell)
    ]
    assert missing == []
    assert len(rows) > 80


@pytest.mark.parametrize("plan_id", sorted(SCANNED))
def test_a_scanned_plan_has_one_picture_a_page_and_no_text(plan_id: str) -> None:
    assert set(page_texts(plan_id)) == {""}
    document = pypdfium2.PdfDocument(SAMPLE / f"{plan_id}.pdf")
    assert [len(list(document[i].get_objects())) for i in range(len(document))] == [1] * len(document)
    document.close()


def test_the_letters_that_are_lost_are_lost_to_the_text_only() -> None:
    text = " ".join(" ".join(page_texts("sallowfield_jfp_2024")).split())
    assert "Pal iative and end of life care" in text
    assert "We wil rebuild general practice" in text
    assert "fol ows the footsteps of the Ful er stocktake" in text
    assert "palliative" not in text.lower()


@pytest.mark.parametrize("plan_id", PLANS)
def test_a_sample_plan_says_that_it_is_invented(plan_id: str) -> None:
    document = pypdfium2.PdfDocument(SAMPLE / f"{plan_id}.pdf")
    told = document.get_metadata_dict()
    pages = len(document)
    document.close()
    assert told["Subject"].startswith("Invented sample plan for testing software.")
    assert "(invented)" in told["Author"]
    assert plan_id in SCANNED or "Invented sample plan" in page_texts(plan_id)[0]
    assert 12 <= pages <= 40


def test_the_manifest_gives_eight_plans_of_seven_systems() -> None:
    plans = load_plans(SAMPLE)
    assert [p.plan_id for p in plans] == PLANS
    assert len(plans) == 8
    assert len({p.ics_code for p in plans}) == 7
    assert [p.plan_id for p in plans if p.ics_code == "OWN-HE"] == ["harrowmere_jfp_2024", "harrowmere_strategy_2023"]
    assert all(p.guesses == () for p in plans)


def test_a_code_of_ones_own_needs_the_name_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("plan_id,path,ics_code,ics_name\na,a.pdf,OWN-NEW,Newly Merged\n", encoding="utf-8")
    assert [(p.ics_code, p.ics_name) for p in load_plans(manifest)] == [("OWN-NEW", "Newly Merged")]
    manifest.write_text("plan_id,path,ics_code,ics_name\na,a.pdf,OWN-NEW,\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="ics_code 'OWN-NEW' is unknown"):
        load_plans(manifest)


def test_every_topic_is_in_at_least_half_of_the_plans() -> None:
    plans_of: dict[str, set[str]] = {}
    for row in all_answers():
        for topic in filter(None, row["topics"].split(";")):
            plans_of.setdefault(topic, set()).add(row["plan_id"])
    assert len(plans_of) == 24
    assert {topic: len(plans) for topic, plans in plans_of.items() if len(plans) < 4} == {}


def test_the_key_has_every_trap() -> None:
    counts = Counter(trap for row in all_answers() for trap in row["trap"].split(";") if trap)
    assert counts.keys() == {
        "boilerplate", "contents_page", "expectation_of_others", "homonym", "negation", "organisation_name",
        "page_break", "past_event", "prediction",
    }  # fmt: skip
    assert min(counts.values()) >= 5


def test_boilerplate_stands_in_at_least_three_plans() -> None:
    plans_of: dict[str, set[str]] = {}
    for row in all_answers():
        if "boilerplate" in row["trap"]:
            plans_of.setdefault(row["passage"], set()).add(row["plan_id"])
    assert len(plans_of) == 5
    assert min(map(len, plans_of.values())) >= 3


def test_strength_stands_only_where_a_topic_stands() -> None:
    assert [row for row in all_answers() if bool(row["topics"]) != (row["strength"] != "0")] == []


def test_what_changed_between_strategy_and_forward_plan_is_in_the_key() -> None:
    known = {plan: {row["passage"] for row in answers(plan)} for plan in PLANS}
    with (SAMPLE / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert row["strategy_passage"] in known["harrowmere_strategy_2023"], row
        assert row["plan_passage"] in known["harrowmere_jfp_2024"] or row["change"] == "dropped", row
    assert Counter(row["change"] for row in rows) == {"kept": 7, "hardened": 3, "softened": 7, "dropped": 4}


def test_the_sample_stays_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file()) < 6_000_000
