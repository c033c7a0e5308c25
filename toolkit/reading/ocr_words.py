"""Recognised words: two passes united, type size and baseline estimated, turned back to the page as displayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from toolkit.reading.raw import RawWord
from toolkit.reading.turning import turned_box
from toolkit.records import Box

SAME = 0.3  # two words are one when they share this much of the smaller
SURER = 0.25  # the second pass replaces a word only when it is this much surer

_HANGING = frozenset("gjpqy,;()Q")
_TALL = frozenset("bdfhklt()'’\"")


class Recognised(NamedTuple):
    """A word as Tesseract found it: tight box, confidence 0-1, and its line (block, paragraph, line)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    line: tuple[int, ...]

    def scaled(self, by: float) -> Recognised:
        """Return the word in another unit."""
        return self._replace(x0=self.x0 * by, top=self.top * by, x1=self.x1 * by, bottom=self.bottom * by)


def mean_confidence(words: Iterable[Recognised]) -> float:
    """Return the mean confidence weighted by word length, 0-1; 0 for no words."""
    listed = list(words)
    letters = sum(len(w.text) for w in listed)
    return sum(w.confidence * len(w.text) for w in listed) / letters if letters else 0.0


def on_its_side(words: Iterable[Recognised]) -> bool:
    """Return whether most longer words are higher than wide: Tesseract reads such lines, but in a wrong order."""
    longer = [w.bottom - w.top > w.x1 - w.x0 for w in words if len(w.text) >= 4]
    return 2 * sum(longer) > len(longer)


def united(first: Sequence[Recognised], second: Sequence[Recognised]) -> list[Recognised]:
    """Return the words of the first pass, and those of the second that stand where the first found nothing.

    Where both found one word, the much surer reading wins; lines of the second pass keep apart from the first's.
    """
    result = list(first)
    for word in second:
        rivals = [i for i, other in enumerate(result) if _same_place(word, other)]
        if not rivals:
            result.append(word._replace(line=(1, *word.line)))
        elif len(rivals) == 1 and word.confidence > result[rivals[0]].confidence + SURER:
            result[rivals[0]] = word._replace(line=result[rivals[0]].line)
    return result


def _same_place(one: Recognised, other: Recognised) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return False
    smaller = min((w.x1 - w.x0) * (w.bottom - w.top) for w in (one, other))
    return wide * high > SAME * max(smaller, 1e-6)


def raw_words(words: Sequence[Recognised]) -> tuple[RawWord, ...]:
    """Return the words (in points) as the engine would give them, with baseline and size estimated per line.

    Size is taken per paragraph, so that two lines of one paragraph never differ by the letters that they hold.
    """
    lines: dict[tuple[int, ...], list[Recognised]] = {}
    paragraphs: dict[tuple[int, ...], list[float]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
        paragraphs.setdefault(word.line[:-1], []).append(_size(word))
    sizes = {key: round(2 * median(values)) / 2 for key, values in paragraphs.items()}
    result: list[RawWord] = []
    for line, members in lines.items():
        size = max(sizes[line[:-1]], 4.0)
        drop = _baseline_drop(members)
        for word in sorted(members, key=lambda w: w.x0):
            baseline = min(word.bottom, max(word.top, word.bottom - (drop if _hangs(word.text) else 0.0)))
            box = Box(word.x0, min(word.top, baseline - 0.75 * size), word.x1, max(word.bottom, baseline + 0.2 * size))
            result.append(RawWord(word.text, box, baseline, size, False, False, "ocr", len(result)))
    return tuple(result)


def _hangs(text: str) -> bool:
    return any(c in _HANGING for c in text)


def _size(word: Recognised) -> float:
    """Return the type size that a word of this height and these letters has."""
    tall = any(c in _TALL or c.isupper() or c.isdigit() for c in word.text)
    share = (0.72 if tall else 0.52) + (0.21 if _hangs(word.text) else 0.0)
    return (word.bottom - word.top) / share


def _baseline_drop(members: Sequence[Recognised]) -> float:
    """Return how far hanging letters of this line reach below its baseline."""
    level = [w.bottom for w in members if not _hangs(w.text)]
    hanging = [w.bottom for w in members if _hangs(w.text)]
    if not hanging:
        return 0.0
    if not level:
        return 0.2 * median(_size(w) for w in members)
    return max(0.0, median(hanging) - median(level))


def turned(words: Sequence[RawWord], angle: int, width: float, height: float) -> tuple[RawWord, ...]:
    """Return words found on a page turned upright as they stand on the page displayed (`width` by `height`)."""
    if angle == 0:
        return tuple(words)
    return tuple(w._replace(box=turned_box(w.box, angle, width, height), angle=angle) for w in words)
