"""Readers that behave badly on purpose; a worker process imports this module by its name."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from toolkit.errors import ReadingError
from toolkit.reading.settings import ReadingSettings
from toolkit.records import Box, Cell, Document, Page, Passage, Plan, Problem, Repair, Span, Word


def read(plan: Plan, settings: ReadingSettings, on_page: Callable[[int], None]) -> Document:
    """Return a small document, or do what the plan's id says."""
    act = plan.plan_id.split("-")[0]
    if act == "crash":
        os.abort()
    if act == "hang":
        child = subprocess.Popen(["sleep", "60"])
        Path(f"{plan.path}.child").write_text(str(child.pid))
        time.sleep(60)
    if act == "raise":
        raise RuntimeError("a fault of ours")
    if act == "refuse":
        raise ReadingError(plan.plan_id, "too_large", "too much.", "Less.")
    if act == "memory":
        bytearray(2 << 30)
    if act == "old" and os.environ.get("READ_BEFORE"):
        os.abort()
    if act == "noise":
        os.write(1, b"a library that prints\n")
    os.environ["READ_BEFORE"] = "yes"
    on_page(1)
    return document(plan)


def document(plan: Plan) -> Document:
    """Return a document in which every kind of record occurs."""
    words = (Word(0, 5, Box(1.25, 2.1, 3.3, 4.0), 0), Word(6, 10, Box(4.0, 2.1, 8.0, 4.0), 0))
    page = Page(
        number=1, width=595.0, height=842.0, text="Café plan 𝒜\ud800", words=words, source="text", confidence=1.0,
        order="layout", order_confidence=0.75, unknown_words=0.5,
    )  # fmt: skip
    empty = Page(
        number=2, width=1.0, height=1.0, text="", words=(), source="none", confidence=0.0, order="none",
        order_confidence=0.0,
    )  # fmt: skip
    heading = Passage(
        passage_id="a", plan_id=plan.plan_id, number=0, kind="heading", text="Café", spans=(Span(1, 0, 4),), level=1
    )
    row = Passage(
        passage_id="b", plan_id=plan.plan_id, number=1, kind="table_row", text="plan", spans=(Span(1, 5, 9),),
        section=("Café",), lead_in="We will:", cells=(Cell(header="What", start=0, end=4, column=0),),
    )  # fmt: skip
    return Document(
        plan=plan,
        pages=(page, empty),
        passages=(heading, row),
        problems=(Problem(plan_id=plan.plan_id, stage="read", kind="no_text", message="m", page=2),),
        repairs=(Repair(page=1, start=0, end=4, before="Ca fé", after="Café", kind="spacing"),),
        reader=f"process {os.getpid()}",
    )
