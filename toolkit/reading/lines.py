"""A line: words on one baseline that belong together, and what can be said of one line or two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.reading.raw import RawWord, Tag
from toolkit.records import Box

_MARKER = re.compile(
    r"(?:[•●○◦▪▫■□◆◇►▶➢➤➔→✓✔❖*·∙⁃‣–—\-o§Øü\ue000-\uf8ff]"
    r"|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,4})[.):]?|\((?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\)[.:]?)$"
)
_RAGGED = 0.15  # in sizes: so far the baselines of two pieces of one line may differ

_make = tuple.__new__  # records without the detour over their own constructors


class Line(NamedTuple):
    """Words on one baseline, left to right (rotated text: in drawing order)."""

    words: tuple[RawWord, ...]
    text: str
    box: Box
    baseline: float
    size: float
    bold: bool
    tag: Tag | None = None
    angle: int = 0
    dotted: bool = False  # a bullet is drawn before it

    @property
    def stream(self) -> int:
        """The place of the first word in the content stream."""
        return self.words[0].stream

    @property
    def ink(self) -> tuple[float, float]:
        """Top and bottom of the letters: loose boxes of neighbouring lines overlap, these do not."""
        if self.angle:
            return self.box.top, self.box.bottom
        return self.baseline - 0.72 * self.size, self.baseline + 0.2 * self.size


def line_of(words: Iterable[RawWord], tag: Tag | None = None) -> Line:
    """Return the line that the words make."""
    words = tuple(words)
    if len(words) == 1:
        text, box, baseline, size, bold, _, _, _, _, angle, _ = words[0]
        return _make(Line, (words, text, box, baseline, size, bold, tag, angle, False))
    lefts, tops, rights, bottoms = zip(*[word[1] for word in words], strict=True)  # of the boxes
    box = _make(Box, (min(lefts), min(tops), max(rights), max(bottoms)))
    _, _, baseline, size, bold, _, _, _, _, angle, _ = _main(words)
    bold = bold and all(word.bold or not any(map(str.isalpha, word.text)) for word in words)
    text = " ".join([word[0] for word in words])
    return _make(Line, (words, text, box, baseline, size, bold, tag, angle, False))


def is_marker(text: str) -> bool:
    """Return whether a word alone can be the bullet or number of a list item or heading."""
    return bool(_MARKER.match(text))


def _main(words: Sequence[RawWord]) -> RawWord:
    """Return the word whose type stands for the line: the longest of the prevailing size."""
    first, last = words[0], words[-1]
    if first.size == last.size and len(first.text) > 1:
        return first
    lengths: dict[float, int] = {}
    for text, _, _, size, *_ in words:
        lengths[size] = lengths.get(size, 0) + len(text)
    prevailing = max(lengths, key=lengths.__getitem__)
    return max([word for word in words if word.size == prevailing], key=_length)


def _length(word: RawWord) -> int:
    return len(word[0])


def level(left: Line, right: Line) -> bool:
    """Return whether two upright lines stand on one baseline."""
    return abs(left.baseline - right.baseline) <= _RAGGED * min(left.size, right.size) and not (
        left.angle or right.angle
    )


def same_block(tag: Tag | None, before: Tag | None) -> bool:
    """Return whether the structure tree has two lines in one block, or knows neither."""
    return tag is before or (tag is not None and before is not None and tag.element == before.element)
