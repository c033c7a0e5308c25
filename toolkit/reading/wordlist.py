"""The word list that ships with the reader: which words exist, and roughly how common they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat

_COMMENT = "#"
_EDGES = "\"'“”‘’()[]{}<>.,;:!?…–—-•*/\\|&~_=+"
_SEPARATORS = re.compile(r"[-‐‑/–—&+.]|['’]s?\b")
_NOT_A_WORD = re.compile(r"[\d@#%£$€]|://|www\.|\.(?:uk|org|com|net|gov)\b")


def core(text: str) -> str:
    """Return the word without the punctuation around it."""
    return text.strip(_EDGES)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # hashed by itself: answers about words are kept
class WordList:
    """Lower-case words with their band (n: 10^n to 10^(n+1) uses in Google Books), and forms known with capitals."""

    bands: Mapping[str, int]
    names: frozenset[str]

    def band(self, word: str) -> int:
        """Return how common a word is: 1 (rare) to 9; 0 when the list does not have it. Names have band 3."""
        return self.bands.get(word.lower(), 0) or (3 if self._is_name(word) else 0)

    def _is_name(self, word: str) -> bool:
        return word in self.names or (word.isupper() and word.capitalize() in self.names)

    def knows(self, text: str) -> bool:
        """Return whether every part of a bare word is listed ("health-related", "carer's"); figures always are."""
        if text.lower() in self.bands or _NOT_A_WORD.search(text):
            return True
        return all(self.band(part) for part in _SEPARATORS.split(text) if part)


def _text(name: str) -> str:
    """Return a file's text behind the comment at its head."""
    text = files("toolkit.reading").joinpath("data", name).read_text(encoding="utf-8")
    while text.startswith(_COMMENT):
        text = text.partition("\n")[2]
    return text


@cache
def english() -> WordList:
    """Return the list of English words with British and American spellings and the words of the field (loaded once)."""
    bands: dict[str, int] = {}
    names: set[str] = set()
    for section in _text("words.txt").split("[")[1:]:
        heading, *words = section.split()
        name = heading.strip("]")
        if name == "names":
            names.update(words)
        else:
            bands.update(zip(words, repeat(int(name)), strict=False))
    for word in _text("field_words.txt").split():
        if word.islower():
            bands.setdefault(word, 5)
        else:
            names.add(word)
    return WordList(bands=bands, names=frozenset(names))
