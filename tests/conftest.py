"""Tiers by folder, and the folder of real plans when it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test with exactly one tier: the folder that it lives in (e2e for all others)."""
    for item in items:
        tier = item.path.relative_to(ROOT / "tests").parts[0]
        item.add_marker(tier if tier in {"unit", "pdf"} else "e2e")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real documents; skip when it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the folder of real documents is not beside the checkout")
    return SHARED / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared reference material; skip when it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared folder is not beside the checkout")
    return SHARED
