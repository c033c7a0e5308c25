"""The real plans, each read once for all tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from toolkit.reading.assemble import read_document
from toolkit.reading.settings import ReadingSettings
from toolkit.records import Document, Plan


def plan_of(path: Path) -> Plan:
    """Return the plan record of a file."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Plan(plan_id=path.stem, path=str(path), sha256=digest, title=path.stem)


@cache
def _read(path: Path) -> Document:
    return read_document(plan_of(path), ReadingSettings(ocr=False))


@pytest.fixture(scope="session")
def real_paths(corpus: Path) -> list[Path]:
    """Return the 21 real PDFs."""
    return sorted([*corpus.glob("plans/*.pdf"), *corpus.glob("policy/*.pdf")])


@pytest.fixture(scope="session")
def read(corpus: Path) -> Callable[[str], Document]:
    """Return a function from a file's name to its document."""
    return lambda name: _read(next(corpus.glob(f"*/{name}.pdf")))


@pytest.fixture(scope="session")
def documents(real_paths: list[Path]) -> list[Document]:
    """Return every real document."""
    return [_read(path) for path in real_paths]
