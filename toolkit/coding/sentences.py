"""Sentences of a passage, with exact places."""

from __future__ import annotations

import re
from functools import lru_cache

# A line break before a bullet, or a semicolon that ends a bullet, is a border that a splitter for prose does not see.
_BORDERS = re.compile(r"\n(?=\s*[•▪●✓✔–-]\s)|(?<=;)\s+(?=[•▪●✓✔A-Z])|\s+(?=[•▪●✓✔]\s)|\t|\n{2,}")


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every sentence in order, white space at the ends left out.

    Bullets and cells are borders first; inside them the sentencex splitter decides (English).
    """
    found = []
    for start, end in _blocks(text):
        at = start
        for piece in _split(text[start:end]):
            low = text.index(piece, at) if piece else at
            at = low + len(piece)
            found.append(_trimmed(text, low, at))
    return tuple((s, e) for s, e in found if s < e)


def _blocks(text: str) -> list[tuple[int, int]]:
    ends = [m.start() for m in _BORDERS.finditer(text)] + [len(text)]
    starts = [0, *(m.end() for m in _BORDERS.finditer(text))]
    return list(zip(starts, ends, strict=True))


def _split(block: str) -> list[str]:
    from sentencex import segment

    return [str(s) for s in segment("en", block)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
