"""Text cut into word pieces: common words whole, others in the longest parts that the list has ("out##reach")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_PARTS = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST = 100  # letters: a longer run is no word
_WITHIN = "##"  # before a piece that does not begin a word


@dataclass(frozen=True, slots=True)
class WordPieces:
    """A list of pieces, each with its number."""

    numbers: Mapping[str, int]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def listed(cls, pieces: Iterable[str]) -> WordPieces:
        """Return the pieces with the numbers that they have by their places in the list."""
        return cls({str(piece): number for number, piece in enumerate(pieces, start=BETWEEN + 1)})

    def of(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text, in order; case and accents make no difference."""
        known = self._known
        found: list[int] = []
        for word in _PARTS.findall(_plain(text)):
            pieces = known.get(word)
            if pieces is None:
                pieces = known[word] = self._cut(word)
            found += pieces
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word, the longest first piece first; the piece of the unknown when it has none."""
        pieces, start = [], 0
        while start < len(word) <= _LONGEST:
            within = _WITHIN if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if within + word[start:end] in self.numbers), 0)
            if not end:
                break
            pieces.append(self.numbers[within + word[start:end]])
            start = end
        return tuple(pieces) if start == len(word) else (UNKNOWN,)


NOTHING, UNKNOWN, BEGIN, BETWEEN = range(4)  # numbers that no piece has


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join([c for c in decomposed if unicodedata.category(c) != "Mn"])
