"""Rows of whole words are found where they stand, all of them, whatever their length."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.frameworks.words import WordKeys, word_hashes

letters = st.one_of(
    st.sampled_from(["a", "b", "ab", "healthcare", "healthcarer", "x" * 70]), st.text("ab", max_size=20)
)
rows = st.lists(letters, min_size=1, max_size=4).filter(all)


@settings(max_examples=150, deadline=None)
@given(keys=st.lists(rows, max_size=12, unique_by=tuple), text=st.lists(letters, max_size=40))
def test_every_key_is_found_at_every_place(keys: list[list[str]], text: list[str]) -> None:
    data = f" {' '.join(text)} ".encode()
    spaces = np.flatnonzero(np.frombuffer(data, np.uint8) == 32)
    found = WordKeys([f" {' '.join(key)} ".encode() for key in keys]).find(word_hashes(data, spaces))
    words = data.decode()[1:-1].split(" ")
    expected = [
        (number, at, at + len(key))
        for number, key in enumerate(keys)
        for at in range(len(words))
        if words[at : at + len(key)] == key
    ]
    assert sorted(zip(*(column.tolist() for column in found), strict=True)) == sorted(expected)


def test_a_word_whose_number_is_just_above_that_of_the_last_of_many_keys_is_no_key() -> None:
    level = WordKeys([f" word{n} ".encode() for n in range(30_000)])._levels[0]
    last = level._known[level._known < np.iinfo(np.uint64).max].max()
    above = last + np.arange(1, 2000, dtype=np.uint64)
    assert [len(found) for found in level.ended(above)] == [0, 0]
    assert len(level.ended(np.array([last]))[0]) == 1
