"""Repair of a page's words: what the engine saw → what the author wrote, every change recorded.

How the reader calls it, once per document and once per block of words that belong together (a paragraph joined over its
columns, a heading, a cell), words in reading order, line by line:

    vocabulary = Vocabulary.of(word for page in raw_pages for word in page.words)     # toolkit.reading.vocabulary
    changes = mend(lines, vocabulary)              # lines: Sequence[Sequence[RawWord]]; usually an empty list
    words = mended(lines, changes)                 # every word of the block with the input words that it is made of

`Change(first, last, text, parts, kind)` replaces the words `first:last` of the flattened lines by `text`. `parts` say
which characters of `text` come from which input word, so that boxes survive: "inequal-" + "ities" gives
`parts == (Part(0, 0, 7), Part(1, 7, 12))`; an input word of which nothing is left (drawn twice) has an empty part.
A word that nobody changes is not mentioned. `before(lines, change)` is what the PDF has, for `records.Repair.before`:
the input words joined by one space, with "-" where the engine marked a line-end hyphen.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, compress
from operator import eq
from typing import NamedTuple

from toolkit.reading.mending import Block, Change, Part
from toolkit.reading.raw import RawWord
from toolkit.reading.vocabulary import Vocabulary

Lines = Sequence[Sequence[RawWord]]


class MendedWord(NamedTuple):
    """A word as the author wrote it and the input words that it is made of; `kind` is '' when nothing was changed."""

    text: str
    parts: tuple[Part, ...]
    kind: str = ""


def mended(lines: Lines, changes: Sequence[Change]) -> list[MendedWord]:
    """Return every word of the block in order, the changes applied."""
    words = [word for line in lines for word in line]
    result: list[MendedWord] = []
    at = 0
    for change in changes:
        result += [_whole(words, i) for i in range(at, change.first)]
        result.append(MendedWord(change.text, change.parts, change.kind))
        at = change.last
    return result + [_whole(words, i) for i in range(at, len(words))]


def _whole(words: Sequence[RawWord], index: int) -> MendedWord:
    text = words[index].text
    return MendedWord(text, (Part(index, 0, len(text)),))


def before(lines: Lines, change: Change) -> str:
    """Return what the PDF has in place of a change: its words joined by one space, "-" for a marked line-end hyphen."""
    words = [word for line in lines for word in line][change.first : change.last]
    return " ".join(w.text + ("-" if w.hyphen and not w.text.endswith("-") else "") for w in words)


def mend(lines: Lines, vocabulary: Vocabulary) -> list[Change]:
    """Return the changes that a block of words needs, in order and without overlap; usually none.

    Kinds: "hyphen", "lost_glyph", "bullet", "ligature", "invisible", "space", "doubled" (every glyph twice),
    "overprint" (a word drawn twice in one place), "spread" (a heading set letter by letter), "wrong_letter" (a letter
    that a broken font table changed).
    """
    settled, texts = vocabulary.settled, [word[0] for line in lines for word in line]
    hyphens = [word[10] for line in lines for word in line]
    if settled.issuperset(texts) and True not in hyphens and not any(map(eq, texts[1:], texts)):
        return []
    words = [word for line in lines for word in line]
    suspects = {i for i, (text, hyphen) in enumerate(zip(texts, hyphens, strict=True)) if hyphen or text not in settled}
    suspects.update(compress(range(1, len(words)), map(eq, texts[1:], texts)))
    ends = frozenset(accumulate(len(line) for line in lines))
    block = Block(words=words, ends=ends, vocabulary=vocabulary)
    changes: list[Change] = []
    for i in sorted(suspects):
        done = changes[-1].last if changes else 0
        if i >= done:
            changes += block.changes_at(i, done)
    return changes
