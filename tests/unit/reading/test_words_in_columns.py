from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from toolkit.reading.words import KINDS, Words
from toolkit.records import Box, Page, Word

ROWS = (Word(0, 4, Box(1, 2, 3, 4), 0), Word(5, 9, Box(4, 2, 6, 4), 0), Word(10, 12, Box(1, 5, 3, 7), 1))


def test_words_in_columns_read_as_words() -> None:
    words = Words.made_of(ROWS)
    assert list(words) == [words[0], words[1], words[-1]] == list(ROWS)
    assert words[1:] == ROWS[1:] == tuple(words[1:])
    assert len(words) == 3 and words[0].box.x1 == 3 and repr(words) == repr(ROWS)


def test_words_are_equal_however_they_are_kept() -> None:
    words = Words.made_of(ROWS)
    packed = Words([array(kind, column) for kind, column in zip(KINDS, words.columns, strict=True)])
    assert words == packed == ROWS and hash(words) == hash(packed) == hash(ROWS)
    assert words != ROWS[:2] and words != list(ROWS)


def test_a_page_may_have_no_words() -> None:
    assert Words.made_of(()) == () and list(Words.of([], [], [], [])) == []


@given(start=st.integers(0, 14), end=st.integers(0, 14))
def test_the_boxes_of_a_stretch_are_those_of_the_words_that_it_touches(start: int, end: int) -> None:
    touched = [word for word in ROWS if word.start < end and word.end > start]
    boxes = _page().boxes(start, end)
    assert len(boxes) == len({word.line for word in touched})
    assert all(any(box.x0 <= w.box.x0 and w.box.x1 <= box.x1 for box in boxes) for w in touched)


def _page() -> Page:
    return Page(
        number=1, width=9, height=9, text="text that is", words=Words.made_of(ROWS), source="text", confidence=1.0,
        order="stream", order_confidence=1.0,
    )  # fmt: skip
