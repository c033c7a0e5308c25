"""Keys that are whole words, looked up by a number made of their letters: all words of a text at once, in columns.

The number of a word is made of its letters eight at a time, that of a row of words of the numbers of its words; both
fill 64 bits, so that two of the few thousand keys and words of a text are as good as never the same by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from toolkit.frameworks.normalise import SPACE, Bytes, Flags, Ints

Hashes = NDArray[np.uint64]

LONGEST = 64  # letters of a word that count; a longer one is told from others by these and by its length
_EIGHT = 8
_BITS = 16
_BIT = np.uint8(1) << np.arange(8, dtype=np.uint8)
_ODD, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)
_KEPT = np.array([(1 << 8 * letters) - 1 for letters in range(_EIGHT + 1)], np.uint64)


def word_hashes(data: bytes, spaces: Ints) -> Hashes:
    """Return a number for each word of a text, a word being what stands between one space and the next."""
    padded = data + b" " * _EIGHT
    eights = np.ndarray((len(data) + 1,), "<u8", padded, strides=(1,))  # the eight letters from each place on
    starts, sizes = spaces[:-1] + 1, np.diff(spaces) - 1
    found = _stirred((eights[starts] & _KEPT[np.minimum(sizes, _EIGHT)]) + sizes.astype(np.uint64) * _OTHER)
    long, offset = np.flatnonzero(sizes > _EIGHT), _EIGHT
    while len(long) and offset < LONGEST:
        letters = eights[starts[long] + offset] & _KEPT[np.minimum(sizes[long] - offset, _EIGHT)]
        found[long] = _stirred(found[long] + letters)
        offset += _EIGHT
        long = long[sizes[long] > offset]
    return found


def _stirred(numbers: Hashes) -> Hashes:
    """Return numbers of which every bit, the uppermost above all, depends on all bits of the given ones."""
    numbers = numbers * _ODD
    numbers ^= numbers >> _HALF
    return numbers * _OTHER


class _Sieve:
    """Bits by the uppermost bits of numbers: most numbers that are not among those given fail here, at little cost."""

    def __init__(self, numbers: Hashes) -> None:
        self._bits = np.zeros(1 << _BITS, np.uint8)
        np.bitwise_or.at(self._bits, _upper(numbers, _BITS), self._bit(numbers))

    def passing(self, numbers: Hashes) -> Ints:
        """Return the rows of numbers that may be among those given."""
        return (self._bits[_upper(numbers, _BITS)] & self._bit(numbers)).nonzero()[0]

    def _bit(self, numbers: Hashes) -> Bytes:
        bit: Bytes = _BIT[(numbers >> np.uint64(32)).view(np.int64) & 7]
        return bit


class _Level:
    """The keys of one number of words, and the longer ones up to that word; a sieve for each, and for either."""

    def __init__(self, keys: Ints, numbers: Hashes, ends: Flags) -> None:
        """Take keys, their numbers up to here, and which of them end here."""
        self.any, self.ending, self.going_on = map(_Sieve, (numbers, numbers[ends], numbers[~ends]))
        order = np.argsort(numbers[ends])
        self._keys = keys[ends][order]
        self._known = np.append(numbers[ends][order], np.iinfo(np.uint64).max)  # a wall: no number is above it
        counts = np.bincount(_upper(numbers[ends], _BITS + 2), minlength=1 << (_BITS + 2))
        self._begins = (np.cumsum(counts) - counts).astype(np.int32)  # where in `known` these uppermost bits begin
        self._deepest = int(counts.max())

    def ended(self, numbers: Hashes) -> tuple[Ints, Ints]:
        """Return the rows of numbers that are those of a key, and the keys."""
        likely = self.ending.passing(numbers)
        numbers = numbers[likely]
        place = self._begins[_upper(numbers, _BITS + 2)]
        others = np.flatnonzero(self._known[place] != numbers)  # few: the first of a place is nearly always the one
        for _ in range(self._deepest - 1):
            place[others] += self._known[place[others]] < numbers[others]
        same = np.flatnonzero(self._known[place] == numbers)
        return likely[same], self._keys[place[same]]


class WordKeys:
    """Rows of whole words to look for, arranged by their number of words."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Take keys, each a row of words with a space before, between and after them."""
        data = b"".join(keys)
        hashes = word_hashes(data, np.flatnonzero(np.frombuffer(data, np.uint8) == SPACE))
        spaces = np.array([key.count(b" ") for key in keys], np.int64)
        first, words = np.cumsum(spaces) - spaces, spaces - 1  # the nothing between two keys is a word too
        numbers, rows = np.zeros(len(keys), np.uint64), np.arange(len(keys))
        self._levels: list[_Level] = []
        for level in range(int(words.max(initial=1))):
            rows, numbers = rows[words[rows] > level], numbers[words[rows] > level]
            numbers = _stirred(numbers + hashes[first[rows] + level])
            self._levels.append(_Level(rows, numbers, words[rows] == level + 1))

    def find(self, hashes: Hashes) -> tuple[Ints, Ints, Ints]:
        """Return key, first word and the word after the last of the keys in a text of words with these numbers."""
        numbers, at = _stirred(hashes), np.arange(len(hashes))
        found = []
        for words, level in enumerate(self._levels, 1):
            if words > 1:
                at = at[: at.searchsorted(len(hashes) - words, side="right")]
                numbers = _stirred(numbers[: len(at)] + hashes[at + words - 1])
            if words == 2:  # of single words so many begin some key that they need no sieve
                some = level.any.passing(numbers)
                at, numbers = at[some], numbers[some]
            same, keys = level.ended(numbers)
            found.append((keys, at[same], at[same] + words))
            if words > 1:
                on = level.going_on.passing(numbers)
                at, numbers = at[on], numbers[on]
        keys, first, last = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(first, kind="stable")  # in reading order, which makes all that comes after it faster
        return keys[order], first[order], last[order]


def _upper(numbers: Hashes, bits: int) -> Ints:
    return (numbers >> np.uint64(64 - bits)).view(np.int64)
