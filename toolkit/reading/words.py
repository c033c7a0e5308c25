"""The words of a page as columns of numbers: a `Word` is made when it is looked at, which few ever are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat
from operator import eq
from typing import Any, overload

from toolkit.records import Box, Word

KINDS = "iiidddd"  # of the numbers in the columns, as `struct` calls them

_make = tuple.__new__  # the constructors of named tuples cost twice as much


class Words(Sequence[Word]):
    """Words of a page in the order of its text."""

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Sequence[Any]]) -> None:
        """`columns` are start, end, line, and the four sides of the box."""
        self.columns = columns

    @classmethod
    def of(cls, starts: Sequence[int], ends: Sequence[int], boxes: Sequence[Box], lines: Sequence[int]) -> Words:
        """Return the words that begin, end and stand in the given places, on the lines with the given numbers."""
        return cls((starts, ends, lines, *(zip(*boxes, strict=True) if boxes else ((), (), (), ()))))

    @classmethod
    def made_of(cls, words: Sequence[Word]) -> Words:
        """Return words as columns."""
        if isinstance(words, Words):
            return words
        starts, ends, boxes, lines = zip(*words, strict=True) if words else ((), (), (), ())
        return cls.of(starts, ends, boxes, lines)

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Words: ...
    def __getitem__(self, place: int | slice) -> Word | Words:
        if isinstance(place, slice):
            return Words([column[place] for column in self.columns])
        starts, ends, lines, lefts, tops, rights, bottoms = self.columns
        box = _make(Box, (lefts[place], tops[place], rights[place], bottoms[place]))
        word: Word = _make(Word, (starts[place], ends[place], box, lines[place]))
        return word

    def __iter__(self) -> Iterator[Word]:
        starts, ends, lines, *sides = self.columns
        boxes = map(_make, repeat(Box), zip(*sides, strict=True))
        return map(_make, repeat(Word), zip(starts, ends, boxes, lines, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Words | tuple):
            return NotImplemented
        return len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
