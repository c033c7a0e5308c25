"""A worker that crashes, hangs or fails costs its own document only."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.pdf.safety.hostile_reader import document
from toolkit.errors import ReadingError
from toolkit.reading.cache import Cache, default_cache
from toolkit.reading.codec import decode, encode
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.worker import read_plans
from toolkit.records import Document, Plan

READER = "tests.pdf.safety.hostile_reader:read"


@pytest.fixture(autouse=True)
def _hostile_reader_is_importable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    yield


@pytest.fixture
def pdf(tmp_path: Path) -> str:
    canvas = Canvas(str(tmp_path / "x.pdf"))
    canvas.setTitle("NHS Sussex Joint Forward Plan 2023-28")
    canvas.drawString(72, 700, "Words")
    canvas.save()
    return str(tmp_path / "x.pdf")


def _plans(pdf: str, *ids: str) -> list[Plan]:
    return [
        Plan(plan_id=i, path=pdf, sha256="0" * 64, title="T", ics_code="QE1", kind="other", year_start=1) for i in ids
    ]


def _read(plans: list[Plan], workers: int = 2, **options: object) -> list[Document | ReadingError]:
    found = read_plans(plans, reader=READER, workers=workers, **options)  # type: ignore[arg-type]
    return [outcome for _, outcome in found]


def _kinds(outcomes: list[Document | ReadingError]) -> list[str]:
    return ["read" if isinstance(o, Document) else o.kind for o in outcomes]


def test_faults_cost_their_own_document_and_order_is_kept(pdf: str) -> None:
    plans = _plans(pdf, "a", "crash", "b", "hang", "c", "raise", "d", "refuse", "e", "noise", "f", "memory", "g")
    outcomes = _read(plans, silence=1.5)
    assert _kinds(outcomes) == [
        "read", "crashed", "read", "timeout", "read", "failed", "read", "too_large", "read", "read", "read",
        "too_large", "read",
    ]  # fmt: skip
    assert [o.plan.plan_id if isinstance(o, Document) else o.plan_id for o in outcomes] == [p.plan_id for p in plans]
    assert "SIGABRT" in str(outcomes[1])
    assert "RuntimeError: a fault of ours (hostile_reader.py:" in str(outcomes[5])


def test_what_a_hanging_worker_started_dies_with_it(pdf: str) -> None:
    assert _kinds(_read(_plans(pdf, "hang"), silence=1.0)) == ["timeout"]
    assert _dies(int(Path(f"{pdf}.child").read_text()))


def _dies(process: int) -> bool:
    """Whether a process that was killed is gone within five seconds: the system takes its time on a busy machine."""
    for _ in range(50):
        if not _alive(process):
            return True
        time.sleep(0.1)
    return False


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_a_document_that_an_old_process_crashes_on_is_tried_again_in_a_fresh_one(pdf: str) -> None:
    assert _kinds(_read(_plans(pdf, "a", "old", "b"), workers=1)) == ["read", "read", "read"]


def test_a_process_reads_one_document_after_another(pdf: str) -> None:
    outcomes = _read(_plans(pdf, *"abcdef"), workers=1)
    assert len({o.reader for o in outcomes if isinstance(o, Document)}) == 1


def test_stopping_early_leaves_no_process_behind(pdf: str) -> None:
    found = read_plans(_plans(pdf, "a", "hang", "hang-2"), reader=READER, workers=2)
    assert isinstance(found, Iterator)
    next(found)
    time.sleep(0.5)
    begun = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 5
    child = Path(f"{pdf}.child")
    assert not child.exists() or _dies(int(child.read_text()))


def test_the_title_in_the_metadata_helps_where_nobody_stated_facts(pdf: str) -> None:
    plan = Plan(plan_id="a", path=pdf, sha256="0" * 64, title="")
    ((known, found),) = read_plans([plan], reader=READER)
    assert (known.ics_code, known.kind, known.year_end) == ("QNX", "joint_forward_plan", 2028)
    assert isinstance(found, Document)
    assert found.plan == known


def test_no_plans_give_no_documents() -> None:
    assert _read([]) == []


def test_a_document_comes_out_of_bytes_as_it_went_in(pdf: str) -> None:
    plan = _plans(pdf, "a")[0]
    before = document(plan)
    assert decode(encode(before, {"Title": "x"}), plan) == (before, {"Title": "x"})


@pytest.mark.parametrize("damage", ["cut", "other", "empty", "flipped"])
def test_damaged_bytes_are_a_value_error(pdf: str, damage: str) -> None:
    plan = _plans(pdf, "a")[0]
    whole = encode(document(plan), {})
    harm = {"cut": whole[:-7], "other": b"{}", "empty": b"", "flipped": whole[:40] + b"\x00\xff" + whole[42:]}
    with pytest.raises(ValueError, match="damaged"):
        decode(harm[damage], plan)


def test_a_second_run_reads_nothing(pdf: str, tmp_path: Path) -> None:
    cache, plans = Cache(tmp_path / "cache"), _plans(pdf, "a", "b")
    first = _read(plans, cache=cache)
    again = _read(plans, cache=cache)
    assert again == first
    changed = _read([replace(plans[0], sha256="1" * 64)], cache=cache)
    assert changed[0] != first[0]  # another process read it


def test_failures_are_not_kept_and_other_settings_are_read_anew(pdf: str, tmp_path: Path) -> None:
    cache, plans = Cache(tmp_path / "cache"), _plans(pdf, "raise", "a")
    _read(plans, cache=cache)
    assert len(list((tmp_path / "cache").rglob("*.plan"))) == 1
    _read(plans, cache=cache, settings=ReadingSettings(ocr=False))
    assert len(list((tmp_path / "cache").rglob("*.plan"))) == 2


def test_a_damaged_entry_is_made_again(pdf: str, tmp_path: Path) -> None:
    cache, plans = Cache(tmp_path / "cache"), _plans(pdf, "a")
    _read(plans, cache=cache)
    (entry,) = (tmp_path / "cache").rglob("*.plan")
    entry.write_bytes(entry.read_bytes()[:50])
    assert _kinds(_read(plans, cache=cache)) == ["read"]
    assert decode(entry.read_bytes(), plans[0])[0].plan == plans[0]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(pdf: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert _kinds(_read(_plans(pdf, "a"), cache=Cache(tmp_path / "file"))) == ["read"]


def test_the_cache_stands_where_it_was_put_and_can_be_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICS_PLANS_CACHE", str(tmp_path / "by-variable"))
    for given, folder in ((None, tmp_path / "by-variable"), (tmp_path / "given", tmp_path / "given")):
        found = default_cache(given)
        assert found is not None
        assert found.folder == folder
    monkeypatch.setenv("ICS_PLANS_CACHE", "off")
    assert default_cache() is None
    monkeypatch.delenv("ICS_PLANS_CACHE")
    kept = default_cache()
    assert kept is not None
    assert kept.folder.parts[-2:] == ("ics-plan-toolkit", "documents")
