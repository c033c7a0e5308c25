"""From patterns to the literal keys that one pass over the text looks for.

A row of words becomes one slot per word, each with the forms that may stand there. The keys of a row are all its
forms written out, when they are few; else the longest stretch that can be written out, and the rest is verified.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod

from toolkit.frameworks.inflection import family
from toolkit.frameworks.patterns import Phrase, Word
from toolkit.reading.wordlist import english

MAX_KEYS = 100  # written-out forms of one row
_ANYTHING = "*"


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand in one place: literal forms, or one wildcard. The first `cased` letters must be capitals."""

    forms: tuple[str, ...]
    cased: int = 0

    @property
    def wild(self) -> bool:
        """Whether the slot is a wildcard."""
        return "*" in self.forms[0]

    @property
    def regex(self) -> str:
        """A regular expression for one word of normalised text."""
        return "|".join("[^ ]*".join(map(re.escape, form.split("*"))) for form in self.forms)


@dataclass(frozen=True, slots=True)
class Row:
    """A plain row of slots; `direct` when its keys say everything, else it is to be verified."""

    slots: tuple[Slot, ...]
    loose: bool
    direct: bool
    first: int  # slot at which the keys begin
    keys: tuple[str, ...]

    @property
    def verify(self) -> re.Pattern[str]:
        """What tests the row from its first word on; compiled anew when it is asked for: few rows need it."""
        return re.compile(" ".join(f"(?:{slot.regex})" for slot in self.slots) + "(?= )")

    @property
    def cased(self) -> bool:
        """Whether some word must stand in capitals."""
        return any(slot.cased for slot in self.slots)


def rows_of(phrase: Phrase) -> Iterator[Row]:
    """Return the rows of a phrase: its readings, with joined words apart and in one."""
    seen = set()
    for reading in phrase.readings():
        for slots in _slots(reading):
            if slots not in seen and not all(slot.forms == (_ANYTHING,) for slot in slots):
                seen.add(slots)
                yield _row(slots, phrase.loose)


def _slots(words: tuple[Word, ...]) -> list[tuple[Slot, ...]]:
    found: list[tuple[Slot, ...]] = [()]
    for word in words:
        own = Slot(_forms(word), len(word.text) if word.cased else 0)
        grown = [(*row, own) for row in found]
        if word.joined and found != [()]:
            grown += [(*row[:-1], _one_word(row[-1], word)) for row in found]
        found = grown
    return found


def _forms(word: Word) -> tuple[str, ...]:
    if word.text in ("and", "&"):
        return ("and", "&")
    if word.wild or (word.exact and not word.cased):
        return (word.text,)
    if word.cased:
        return (word.text, word.text + "s", word.text + "+")
    return family(word.text)


def _one_word(left: Slot, word: Word) -> Slot:
    """Join a word to the slot before it: "a" and "&" to "a&"."""
    ends = ("&",) if word.text == "&" else _forms(word)
    starts = left.forms[:1] if left.forms[0] != "and" else ("&",)
    return Slot(tuple(start + end for start in starts for end in ends), left.cased + len(word.text) * (left.cased > 0))


def _row(slots: tuple[Slot, ...], loose: bool) -> Row:
    windows = [(a, b) for a in range(len(slots)) for b in range(a + 1, len(slots) + 1)]
    choices = [(keys, first, last) for first, last in windows if (keys := _keys(slots[first:last]))]
    keys, first, last = max(choices, key=lambda choice: rarity(choice[0]), default=((), 0, 0))
    whole = last - first == len(slots)
    direct = whole and not any(form.strip("*").count("*") for slot in slots for form in slot.forms)
    direct = direct and not (slots[0].forms[0].startswith("*") and slots[0].forms[0].endswith("*"))
    return Row(slots, loose, direct, first, keys)


def rarity(keys: tuple[str, ...]) -> float:
    """Return how seldom the keys will be met: many words, of which the commonest is rare, and long ones."""
    return min(sum(10 - _band(word) for word in _cut(key)) + len(key) / 20 for key in keys) if keys else 0.0


def _cut(key: str) -> list[str]:
    """Return the words of a key; one that is only the beginning of a word ends in `*`."""
    return (key.rstrip() if key.endswith(" ") else key + _ANYTHING).split()


@cache
def _band(word: str) -> int:
    """Return how common a word is, or the commonest that begins so (before a `*`); 6 when nothing is known."""
    if word.endswith(_ANYTHING):
        return max(map(english().band, starting(word[:-1])), default=6)
    return english().bands.get(word, 6)


@cache
def _alphabet() -> tuple[str, ...]:
    return tuple(sorted(english().bands))


def starting(stem: str) -> tuple[str, ...]:
    """Return the words of the word list that start with a stem, in order."""
    words = _alphabet()
    return words[bisect_left(words, stem) : bisect_left(words, stem + "\U0010ffff")]


def _keys(slots: tuple[Slot, ...]) -> tuple[str, ...]:
    """Return the texts to look for, with the spaces that bound them; () when they are too many or too vague."""
    parts: list[tuple[str, ...]] = []
    for place, slot in enumerate(slots):
        left, right = place == 0, place == len(slots) - 1
        if not slot.wild:
            parts.append(slot.forms)
            continue
        pieces = slot.forms[0].split("*")
        if left and right:
            piece = max(pieces, key=len)
            starts, ends = piece == pieces[0], piece == pieces[-1] and piece != pieces[0]
            parts.append((piece if not starts and not ends else f" {piece}" if starts else f"{piece} ",))
        elif left and pieces[-1]:
            parts.append((pieces[-1],))
        elif right and pieces[0]:
            parts.append((pieces[0],))
        else:
            return ()
    if prod(map(len, parts)) > MAX_KEYS:
        return ()
    open_left, open_right = slots[0].wild, slots[-1].wild
    if len(slots) == 1 and slots[0].wild:
        return parts[0] if len(parts[0][0].strip()) > 0 else ()
    return tuple(("" if open_left else " ") + " ".join(row) + ("" if open_right else " ") for row in product(*parts))
