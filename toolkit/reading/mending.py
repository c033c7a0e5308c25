"""The rules of repair, tried in turn on one suspect word and its neighbours on the line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from toolkit.reading.glyphs import cleaned, plain
from toolkit.reading.hyphens import joined
from toolkit.reading.lost import bridged
from toolkit.reading.raw import RawWord
from toolkit.reading.vocabulary import Vocabulary
from toolkit.reading.wordlist import core

_HYPHEN_END = re.compile(r"\w[-‐\u00ad]$")


class Part(NamedTuple):
    """Characters `start:end` of a mended text come from input word `word` (counted over the flattened lines)."""

    word: int
    start: int
    end: int


class Change(NamedTuple):
    """Words `first:last` of the flattened lines are replaced by `text`; `kind` says what was wrong with them."""

    first: int
    last: int
    text: str
    parts: tuple[Part, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The words of a block, the indices behind the last word of each line, and the document's vocabulary."""

    words: Sequence[RawWord]
    ends: frozenset[int]
    vocabulary: Vocabulary

    def changes_at(self, index: int, done: int) -> list[Change]:
        """Return the changes that suspect `index` needs; words before `done` belong to earlier changes."""
        change = self._overprint(index, done) or self._hyphen(index)
        if change is not None:
            return [change]
        if self.words[index].text in self.vocabulary.fine:
            return []
        spread = self._spread(index, done)
        if spread:
            return spread
        change = self._lost_beside(index, done) or self._within(index)
        return [change] if change is not None else []

    def _overprint(self, index: int, done: int) -> Change | None:
        if index <= done:
            return None
        first, second = self.words[index - 1], self.words[index]
        if first.text != second.text or abs(first.box.x0 - second.box.x0) > 0.15 * first.size:
            return None
        if abs(first.box.top - second.box.top) > 0.15 * first.size:
            return None
        length = len(first.text)
        parts = (Part(index - 1, 0, length), Part(index, length, length))
        return Change(index - 1, index + 1, first.text, parts, "overprint")

    def _hyphen(self, index: int) -> Change | None:
        word, after = self.words[index], index + 1
        at_end = after in self.ends and _HYPHEN_END.search(word.text) is not None
        if not word.hyphen and not at_end:
            return None
        left = _clean(word).rstrip("-‐")
        right = _clean(self.words[after]) if after < len(self.words) else ""
        whole = joined(left, right, self.vocabulary) if left and right else ""
        if whole:
            cut = len(whole) - len(right)
            parts = (Part(index, 0, cut), Part(after, cut, len(whole)))
            return Change(index, after + 1, whole, parts, "hyphen")
        # The engine takes its mark off the word: where no half follows, the printed hyphen is put back.
        return self._single(index, left + "-", "hyphen") if word.hyphen and left else None

    def _spread(self, index: int, done: int) -> list[Change]:
        if not _is_letter(self.words[index]):
            return []
        first, last = index, index + 1
        while first > done and first not in self.ends and _is_letter(self.words[first - 1]):
            first -= 1
        while last < len(self.words) and last not in self.ends and _is_letter(self.words[last]):
            last += 1
        if last - first < 4:
            return []
        cuts = self._word_cuts(first, last)
        texts = ["".join(w.text for w in self.words[a:b]) for a, b in cuts]
        if not all((self.vocabulary.knows(text) and len(text) > 1) or text in "aAI&" for text in texts):
            return []
        return [
            Change(a, b, text, tuple(Part(a + k, k, k + 1) for k in range(b - a)), "spread")
            for (a, b), text in zip(cuts, texts, strict=True)
            if b - a > 1
        ]

    def _word_cuts(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the stretches of letters that the wider gaps of a spread heading part."""
        gaps = [self.words[i + 1].box.x0 - self.words[i].box.x1 for i in range(first, last - 1)]
        wide = max(1.5 * median(gaps), median(gaps) + 0.12 * self.words[first].size)
        starts = [first, *(first + 1 + k for k, gap in enumerate(gaps) if gap > wide)]
        return list(zip(starts, [*starts[1:], last], strict=True))

    def _lost_beside(self, index: int, done: int) -> Change | None:
        lost = self.vocabulary.lost
        for first in (index - 1, index) if lost else ():
            if first < done or first + 2 > len(self.words) or first + 1 in self.ends or self.words[first].hyphen:
                continue
            left, right = _clean(self.words[first]), _clean(self.words[first + 1])
            whole, cut = bridged(left, right, lost, self.vocabulary.words)
            if whole:
                parts = (Part(first, 0, cut), Part(first + 1, cut, len(whole)))
                return Change(first, first + 2, whole, parts, "lost_glyph")
        return None

    def _within(self, index: int) -> Change | None:
        word = self.words[index]
        text, kind = self.vocabulary.mended(word.text, word.font, complete=not self._is_et_al(index))
        return self._single(index, text, kind) if kind else None

    def _is_et_al(self, index: int) -> bool:
        return index > 0 and core(self.words[index].text) == "al" and core(self.words[index - 1].text) == "et"

    def _single(self, index: int, text: str, kind: str) -> Change:
        return Change(index, index + 1, text, (Part(index, 0, len(text)),), kind)


def _clean(word: RawWord) -> str:
    return word.text if plain(word.text) else cleaned(word.text, word.font)[0]


def _is_letter(word: RawWord) -> bool:
    return len(word.text) == 1 and (word.text.isalpha() or word.text == "&")
