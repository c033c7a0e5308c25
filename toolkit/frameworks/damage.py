"""A page of damaged text in numbers: where its words are, which are unknown, and what letters they hold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from toolkit.frameworks.normalise import SPACE, Bytes, Flags, Ints, Normal
from toolkit.frameworks.spans import expanded

_REACH = 40  # characters around an unknown word
_STRAY = frozenset("bcdfghjklmnopqrstuvwxyz")  # letters that are no words (a, I, e-health) but split off one
_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz ", np.uint8)


class Page:
    """Normalised text with the places of its words, and which of them are unknown."""

    def __init__(self, normal: Normal, known: Callable[[str], bool]) -> None:
        self.normal, self.text = normal, normal.text
        spaces = np.flatnonzero(np.frombuffer(normal.data, np.uint8) == SPACE)
        words = np.flatnonzero(np.diff(spaces) > 1)
        self.starts, self.ends = spaces[words] + 1, spaces[words + 1]
        self._letters = running(self.text)
        self.unknown = np.array([word in _STRAY or not known(word) for word in self.text.split()], bool)
        self._unknown_starts, self._unknown_ends = self.starts[self.unknown], self.ends[self.unknown]
        self._unknown_before = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.unknown)))

    def damaged(self, starts: Ints, ends: Ints) -> Flags:
        """Return which stretches of the text touch an unknown word."""
        following = self._unknown_ends.searchsorted(starts)
        touched: Flags = np.append(self._unknown_starts, len(self.text))[following] < ends
        return touched

    @property
    def neighbourhoods(self) -> list[tuple[int, int]]:
        """Stretches of text around unknown words, joined where they touch."""
        found: list[tuple[int, int]] = []
        for start, end in zip(self._unknown_starts.tolist(), self._unknown_ends.tolist(), strict=True):
            low, high = max(0, start - _REACH), end + _REACH
            if found and found[-1][1] >= low:
                found[-1] = (found[-1][0], high)
            else:
                found.append((low, high))
        return found

    def windows(self, numbers: Ints, places: Ints, lengths: Ints, allowed: Ints) -> tuple[Ints, Ints, Ints]:
        """Return wording, first and last word of all rows of words, one of them unknown, of about the right length.

        The wording is expected to begin at about `places`; `lengths` and `allowed` edits are by wording.
        """
        slack = allowed[numbers]
        low = self.starts.searchsorted(places - slack)
        row, first = expanded(low, self.starts.searchsorted(places + slack, side="right") - low)
        numbers, first = _each(numbers[row], first)
        shortest = self.starts[first] + lengths[numbers] - allowed[numbers]
        low = self.ends.searchsorted(shortest)
        high = self.ends.searchsorted(shortest + 2 * allowed[numbers] + 1, side="right")
        row, last = expanded(low, high - low)
        numbers, first = numbers[row], first[row]
        some = self._unknown_before[last + 1] > self._unknown_before[first]
        return numbers[some], first[some], last[some]

    def letters(self, firsts: Ints, lasts: Ints) -> Bytes:
        """Return how often each letter stands in rows of words."""
        found: Bytes = self._letters[self.ends[lasts]] - self._letters[self.starts[firsts]]
        return found


def running(text: str) -> Bytes:
    """Return how often each letter stands before each place of a normalised text, and before its end.

    Counted on from 255 it is 0 again, which leaves the difference of near places right.
    """
    held = np.frombuffer(text.encode("latin-1"), np.uint8)[:, None] == _ALPHABET
    return np.concatenate((np.zeros((1, len(_ALPHABET)), np.uint8), np.cumsum(held, axis=0, dtype=np.uint8)))


def _each(numbers: Ints, firsts: Ints) -> tuple[Ints, Ints]:
    """Return each pair once."""
    width = int(firsts.max(initial=0)) + 1
    pairs = np.sort(numbers * width + firsts)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs
    return pairs // width, pairs % width
