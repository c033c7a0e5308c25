"""The encoder: text in pieces, read passage by passage."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.coding.encoder import OF_CONTEXT, OF_TEXT, read_windows
from toolkit.coding.features import Array, Unit
from toolkit.coding.model_file import bundled_model, load_encoder, save_encoder
from toolkit.coding.word_pieces import UNKNOWN, WordPieces

PIECES = WordPieces.listed(["out", "##reach", "##rea", "smoking", ",", "a"])
ENCODER = load_encoder(save_encoder(bundled_model().encoders[0]))  # type: ignore[arg-type]


def answers(*passages: tuple[str, str]) -> Array:
    return ENCODER.logits([Unit(text=text, context=context) for context, text in passages])


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("outreach", [4, 5]),
        ("Outreach, SMOKING", [4, 5, 8, 7]),
        ("outrea", [4, 6]),
        ("outdoors", [UNKNOWN]),
        ("à", [9]),
        ("", []),
        (" \n ", []),
        ("x" * 200, [UNKNOWN]),
    ],
)
def test_words_are_cut_into_the_longest_pieces_of_the_list(text: str, pieces: list[int]) -> None:
    assert PIECES.of(text) == pieces


def test_every_answer_of_the_model_has_one_number_per_passage() -> None:
    model = bundled_model()
    assert answers(("", "We will help people to stop smoking."), ("Housing", "")).shape == (2, len(model.codes) + 4)
    assert answers().shape == (0, len(model.codes) + 4)


def test_what_a_passage_is_about_is_likelier_than_what_it_is_not() -> None:
    codes = bundled_model().codes
    smoking, housing = codes.index("behaviours.tobacco"), codes.index("wider.housing")
    (found,) = answers(("", "We will give every smoker who wants to quit a year of support from an adviser."))
    assert found[smoking] > 0 > found[housing]


def test_order_matters_not_words_alone() -> None:
    one, other = answers(("", "not smoking but housing"), ("", "not housing but smoking"))
    assert not np.allclose(one, other)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=80)), min_size=1, max_size=20))
def test_no_passage_changes_the_answer_of_another(passages: list[tuple[str, str]]) -> None:
    together = answers(*passages)
    assert np.isfinite(together).all()
    assert all((answers(p)[0] == found).all() for p, found in zip(passages, together, strict=True))


def test_a_long_text_is_read_to_its_end() -> None:
    smoking = bundled_model().codes.index("behaviours.tobacco")
    long = "The board meets in public every month and its papers are on the website. " * 20
    told = "We will give every smoker who wants to quit a year of support from an adviser. " * 3
    without, (found,) = answers(("", long))[0], answers(("", long + told))
    assert found[smoking] > 0 > without[smoking]


@given(st.integers(0, 1000))
def test_windows_hold_all_of_a_text_and_are_of_like_length(count: int) -> None:
    words = [f"w{i}" for i in range(count)]
    pieces = WordPieces.listed(words)
    windows = [numbers[2:] for numbers in read_windows(pieces, "", " ".join(words))]
    assert sorted({n for window in windows for n in window}) == pieces.of(" ".join(words))
    assert all(window == sorted(window) for window in windows)
    assert max(map(len, windows)) <= OF_TEXT
    assert max(map(len, windows)) - min(map(len, windows)) < len(windows)
    assert all(set(a) & set(b) for a, b in pairwise(windows))


def test_of_a_long_context_the_end_is_read() -> None:
    near, long = "a " * OF_CONTEXT, "housing " * 500
    assert (answers((near, "smoke")) == answers((long + near, "smoke"))).all()


def test_an_encoder_file_gives_back_the_same_bytes() -> None:
    data = save_encoder(ENCODER)
    assert save_encoder(load_encoder(data)) == data
