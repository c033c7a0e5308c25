"""Sentences keep their places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.coding.sentences import sentences


def _split(text: str) -> list[str]:
    return [text[s:e] for s, e in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Smoking has fallen. We will do more.",
            ["Smoking has fallen.", "We will do more."],
        ),
        (
            "Dr. Khan leads the work. It began in 2.5 sites.",
            ["Dr. Khan leads the work.", "It began in 2.5 sites."],
        ),
        (
            "We will: • open a hub • train staff",
            ["We will:", "• open a hub", "• train staff"],
        ),
        ("Open a hub\tPublic Health\tMarch 2026", ["Open a hub", "Public Health", "March 2026"]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_text_is_split_where_a_reader_would_stop(text: str, expected: list[str]) -> None:
    assert _split(text) == expected


@given(st.text(alphabet="ab .!?\n•\t;A1", max_size=80))
def test_sentences_are_in_order_disjoint_and_lose_no_word(text: str) -> None:
    found = sentences(text)
    assert all(s < e for s, e in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert "".join("".join(_split(text)).split()) == "".join(text.split())
