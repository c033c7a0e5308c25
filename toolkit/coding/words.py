"""Stems of a text: what the statistical layer reads besides the terms."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

import Stemmer

_WORD = re.compile(r"[a-z][a-z'’-]*|\d+|[%£?]")
_STEMMER = Stemmer.Stemmer("english")
NUMBER = "#"
# Grammar words say nothing of the topic; words of intention ("will", "should", "by") are kept on purpose.
_STOP = frozenset(
    "the of and to in a is for that on are as with be at or an from this it was were have has which".split()
)


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    if word.isdigit():
        return NUMBER
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """Return the stems of the words in order, numbers as '#', grammar words left out."""
    return [_stem(w) for w in _WORD.findall(text.lower()) if w not in _STOP]


def grams(text: str) -> list[str]:
    """Return the stems and, after them, the neighbouring pairs ("air_qualiti")."""
    found = stems(text)
    return found + [f"{a}_{b}" for a, b in pairwise(found)]
