"""The real documents that benchmarks run on: the folder `shared/corpus` beside the checkout, or ICS_CORPUS."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from toolkit.records import Plan

CORPUS = Path(os.environ.get("ICS_CORPUS", Path(__file__).resolve().parents[3] / "shared" / "corpus"))


def real_plans() -> list[Path]:
    """Return the real PDFs, sorted by name."""
    return sorted([*CORPUS.glob("plans/*.pdf"), *CORPUS.glob("policy/*.pdf")])


def plan_of(path: Path) -> Plan:
    """Return the plan record of a file about which nothing is known."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Plan(plan_id=path.stem, path=str(path), sha256=digest, title=path.stem)
