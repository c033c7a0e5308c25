"""Large initials: the first letter of a text, or the number of a card, as high as several of the lines beside it."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.reading.lines import Line, line_of
from toolkit.reading.wordlist import core, english
from toolkit.records import Box

_LARGER = 1.5  # times the type of the text beside it
_NEAR = 1.0  # in its own sizes: so far the text may stand from it
_SMALLEST = 14.0  # points
_WORDS = frozenset("AIO")  # letters that are words


def with_initials(lines: list[Line]) -> list[Line]:
    """Return the lines, large initials joined to the first of the lines that begin beside them."""
    large = [i for i, line in enumerate(lines) if _begins_large(line)]
    if not large:
        return lines
    result: list[Line] = list(lines)
    for i in large:
        line = lines[i]
        initial, rest = line_of(line.words[:1], line.tag), line.words[1:]
        result[i] = line_of(rest, line.tag) if rest else line._replace(words=())
        home = _home(initial, result)
        if home is None:
            result[i] = line
        else:
            result[home] = _begun(initial, result[home])
    return [line for line in result if line.words]


def _begins_large(line: Line) -> bool:
    """Return whether a line begins with, or is, a letter or number in large type."""
    first = line.words[0]
    if first.size < _SMALLEST or line.angle or len(first.text) > 2:
        return False
    if len(line.words) > 1 and first.size < _LARGER * line.words[1].size:
        return False
    return first.text.isdecimal() or (len(first.text) == 1 and first.text.isupper())


def _home(initial: Line, lines: Sequence[Line]) -> int | None:
    """Return the place of the line that an initial begins: the uppermost of those beside it, which must be two."""
    top, bottom = initial.ink
    beside = [
        (line.baseline, i)
        for i, line in enumerate(lines)
        if initial.size > _LARGER * line.size
        and -0.1 * initial.size < line.box.x0 - initial.box.x1 < _NEAR * initial.size
        and line.ink[0] > top - 0.5 * line.size
        and line.ink[1] < bottom + 0.5 * line.size
        and line.words
        and not line.angle
    ]
    return min(beside)[1] if len(beside) > 1 else None


def _begun(initial: Line, line: Line) -> Line:
    """Return the line with its initial: a letter that is no word is put back into the first word."""
    (mark,), (first, *rest) = initial.words, line.words
    if not (mark.text.isalpha() and first.text[0].isalpha()) or _is_word(mark.text, core(first.text)):
        return line_of((mark, *line.words), line.tag)
    whole = first._replace(text=mark.text + first.text, box=Box.around((mark.box, first.box)))
    return line_of((whole, *rest), line.tag)


def _is_word(letter: str, text: str) -> bool:
    """Return whether a letter is a word before the text ("A strong start") rather than its first letter ("Across")."""
    return letter in _WORDS and english().band(letter + text) < max(english().band(text), 1)
