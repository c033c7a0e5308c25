"""What publications are called."""

from __future__ import annotations

from toolkit.publishing.labels import title


def test_one_plan_commits_and_several_commit() -> None:
    assert title(1) == "What 1 plan commits to"
    assert title(13) == "What 13 plans commit to"
