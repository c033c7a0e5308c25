"""Recognised words: two passes united, type size and baseline estimated, turned back to the page as displayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from toolkit.reading.glyphs import BULLET
from toolkit.reading.raw import RawWord
from toolkit.reading.turning import turned_box
from toolkit.records import Box

SAME = 0.3  # two words are one when they share this much of the smaller
SURER = 0.25  # the second pass replaces a word only when it is this much surer

_LEVEL = 0.25  # in sizes: words of a line whose baselines differ by less stand on one
_UNLIKE = 0.2  # of a size: a line that differs by more from its paragraph is none of it
_SOME = 3  # words: fewer do not tell the size of their type well
_GAP = 1.5  # in sizes: no space between two words of a line is wider
_DOT = 0.45  # in sizes: the small letters are 0.5 high

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
    paragraphs: dict[tuple[int, ...], list[float]] = {}
    lines: dict[tuple[int, ...], list[Recognised]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
        paragraphs.setdefault(word.line[:-1], []).append(_size(word))
    sizes = {key: round(2 * median(values)) / 2 for key, values in paragraphs.items()}
    result: list[RawWord] = []
    for line, members in lines.items():
        usual, whole = max(sizes[line[:-1]], 4.0), _level(members)
        for part in _parts(sorted(members, key=lambda w: w.x0), usual):
            own = round(2 * median(map(_size, part))) / 2
            size = own if len(part) >= _SOME and abs(own - usual) > _UNLIKE * usual and own >= 4.0 else usual
            level = _level(part)
            result += _on_line(part, size, whole if abs(level - whole) < _LEVEL * size else level, len(result))
    return tuple(result)


def _parts(members: Iterable[Recognised], size: float) -> Iterator[list[Recognised]]:
    """Yield the words of a line between its wide gaps: Tesseract reads across cards that stand close."""
    part: list[Recognised] = []
    for word in members:
        if part and word.x0 - part[-1].x1 > _GAP * max(size, min(_size(word), _size(part[-1]))):
            yield part
            part = []
        part.append(word)
    yield part


def _level(members: Sequence[Recognised]) -> float:
    """Return the baseline that most words of a line stand on."""
    drop = _baseline_drop(members)
    return median(w.bottom - (drop if _hangs(w.text) else 0.0) for w in members)


def _on_line(members: Sequence[Recognised], size: float, level: float, stream: int) -> Iterator[RawWord]:
    """Yield the words as they stand on one line of type of a size; `stream` is the place of the first."""
    drop = _baseline_drop(members)
    for place, word in enumerate(members):
        own = min(word.bottom, max(word.top, word.bottom - (drop if _hangs(word.text) else 0.0)))
        baseline = level if abs(own - level) < _LEVEL * size else own  # far from the others on a line that leans
        box = Box(word.x0, min(word.top, baseline - 0.75 * size), word.x1, max(word.bottom, baseline + 0.2 * size))
        is_bullet = place == 0 and len(members) > 1 and _is_dot(word, size)
        text = BULLET if is_bullet else word.text
        yield RawWord(text, box, baseline, size, False, False, "ocr", stream + place)


def _is_dot(word: Recognised, size: float) -> bool:
    """Return whether a lone character is too small for a letter: a bullet, which is read as "e" or "*"."""
    return len(word.text) == 1 and max(word.bottom - word.top, word.x1 - word.x0) < _DOT * size


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
