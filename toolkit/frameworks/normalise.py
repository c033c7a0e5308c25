"""Text made ready for matching, with the way back: lower case, no accents, one space between words.

Between two words stands one space, whatever separated them (blanks, hyphens, slashes, line breaks, punctuation).
Punctuation that no phrase runs over is a wall; the end of a sentence, a blank line or a bullet is also a stop.
A word that is broken by a hyphen at the end of a line is joined; `Normal.respaced` offers the other reading.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Codes = NDArray[np.uint32]
Flags = NDArray[np.bool_]

SPACE = 32
UNKNOWN = 0xFF  # a letter outside the Latin script, or a lost glyph: part of a word, equal to nothing in a term
DROP, WALL, DOT, COMMA, QUOTE, LINE, STOP, END, EXPAND, DASH, HYPHEN, SOFT = range(12)
_SIGNS = {
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", DROP),
    **dict.fromkeys("'’ʼ‘`´", QUOTE),
    **dict.fromkeys("!?", END),
    **dict.fromkeys("•▪▫●○■□◦‣⁃➢➤►▶✓✔❖·\uf0b7\uf0a7\uf0d8\uf0fc\f\u2029", STOP),
    **dict.fromkeys("–—―−", DASH),
    **dict.fromkeys("-‐‑‒", HYPHEN),
    **{"\u00ad": SOFT, ".": DOT, ",": COMMA, "\n": LINE, "\u2028": LINE, "/": SPACE, "\ufffd": UNKNOWN},
    **{"&": ord("&"), "%": ord("%"), "+": ord("+"), "£": 0xA3},
}
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_SHORT = "dr mr mrs ms prof st nos vs cf eg ie fig figs p pp para paras vol ch sec sect ref al ca"
_POWERS = 256 ** np.arange(6, dtype=np.int64)
_SHORT_WORDS = np.array([int.from_bytes(word[::-1].encode(), "little") for word in _SHORT.split()], np.int64)
_LOOK = 8  # characters after a full stop that say whether a sentence begins
_REACH = 300  # characters on either side of a joined word that its other reading looks at


def _among(*values: int) -> Flags:
    """Return a table that says of each byte whether it is one of the values."""
    return np.isin(np.arange(256), values)


_BLANK, _CLOSING, _BETWEEN = _among(SPACE, LINE), _among(WALL, QUOTE), _among(SPACE, LINE, WALL, QUOTE)


def _letters(char: str) -> str:
    """Return the lower-case ASCII letters or digits that a character stands for; '' when it is none."""
    low = char.lower()
    if low in _LETTERS:
        return _LETTERS[low]
    if not char.isalnum() or "<super>" in unicodedata.decomposition(char):
        return ""  # a raised figure is a footnote mark, not part of the word before it
    return "".join(c for c in unicodedata.normalize("NFKD", low) if c.isascii() and c.isalnum())


@cache
def _table() -> Bytes:
    """What each character becomes: a byte of text (32 and above) or a sign that needs its neighbours (below 32)."""
    table = np.full(0x10000, WALL, np.uint8)
    table[0x2E80:0xD800] = UNKNOWN  # East Asian scripts
    for code in (*range(0x2E80), *range(0xE000, 0x10000)):
        char = chr(code)
        if char in _SIGNS:
            table[code] = _SIGNS[char]
        elif char.isspace() or code < 32:
            table[code] = SPACE
        elif letters := _letters(char):
            table[code] = ord(letters) if len(letters) == 1 else EXPAND
        elif unicodedata.category(char) == "Mn":
            table[code] = DROP
        elif char.isalpha():
            table[code] = UNKNOWN
    return table


def fold(word: str) -> str:
    """Return a word of a term as it stands in normalised text (`*` is kept); '' when nothing of it is left."""
    kept = (c if c in "*&%+£" else "." if c == "." else _letters(c) for c in word)
    return "".join(kept).strip(".")


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised text; walls, stops and joins are places in it. `original` is the way back to the text as it was.

    From place `turns[i]` on, and up to the next turn, the original is `shifts[i + 1]` characters further on.
    """

    data: bytes
    turns: Ints
    shifts: Ints
    walls: Ints
    stops: Ints
    joins: Ints

    def original(self, places: Ints) -> Ints:
        """Return the places in the original text."""
        return places + self.shifts[self.turns.searchsorted(places, side="right")]

    @property
    def text(self) -> str:
        """The normalised text as characters (one byte each)."""
        return self.data.decode("latin-1")

    def respaced(self) -> Normal:
        """Return the surroundings of words joined over a line end, with a space there instead."""
        pieces: list[bytes] = []
        offsets: list[Ints] = []
        walls: list[Ints] = []
        stops: list[Ints] = []
        joins: list[int] = []
        total = 0
        for join in self.joins.tolist():
            low = max(0, self.data.rfind(b" ", 0, max(join - _REACH, 1)))
            high = self.data.find(b" ", min(join + _REACH, len(self.data) - 1)) + 1
            piece = b" " + self.data[low:join] + b" " + self.data[join:high] + b" "
            pieces.append(piece)
            offsets.append(self.original(np.array([low, *range(low, join), join, *range(join, high), high - 1])))
            for marks, found in ((self.walls, walls), (self.stops, stops)):
                inside = marks[(marks >= low) & (marks < high)]
                edges = np.array([total, total + len(piece) - 1], np.int64)
                found += [edges[:1], inside - low + 1 + (inside >= join) + total, edges[1:]]
            joins.append(total + 1 + join - low)
            total += len(piece)
        places = np.arange(total)
        shifts = np.concatenate(offsets) - places
        wall, stop = np.concatenate(walls), np.concatenate(stops)
        return Normal(b"".join(pieces), places[1:], shifts, wall, stop, np.array(joins, np.int64))


def normalise(text: str) -> Normal:
    """Return the normalised form of a text; any text will do, also an empty one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    out: Bytes = np.take(_table(), codes, mode="clip")
    signs = np.flatnonzero(out < SPACE)
    kinds = out[signs]
    here = np.split(signs[np.argsort(kinds, kind="stable")], np.cumsum(np.bincount(kinds, minlength=SOFT + 1))[:-1])
    padded = np.concatenate((out, np.full(_LOOK, SPACE, np.uint8)))
    before = np.concatenate((padded[-1:], out))[: len(out)]
    walls, stops = [here[WALL]], [here[STOP]]

    after_word = before[here[QUOTE]] > SPACE
    walls.append(here[QUOTE][~after_word])
    dots, inner = _numbers(here[DOT], before, padded)
    commas, thousands = _numbers(here[COMMA], before, padded)
    ends = _sentence_ends(np.concatenate((dots, here[END])), codes, padded)
    lines, dashes = here[LINE], here[DASH]
    words = np.flatnonzero((out > SPACE) & (before <= SPACE))  # where words begin
    broken = _broken_words(np.sort(np.concatenate((here[HYPHEN], here[SOFT]))), codes, padded, words)
    loose = dashes[(before[dashes] <= SPACE) | (padded[dashes + 1] <= SPACE) | (codes[dashes] == 0x2014)]
    stops += [ends, _blank_lines(lines, words), _bullets(here[HYPHEN], out, lines, words)]
    walls += [dots, commas, here[END], loose]

    out[signs] = SPACE
    for gone in (here[DROP], here[SOFT], here[QUOTE][after_word], thousands):
        out[gone] = DROP
    out[inner] = ord(".")
    out[here[EXPAND]] = UNKNOWN
    for start, end in broken:
        out[start:end] = DROP
    return _squeezed(text, out, _Marks(here[EXPAND], walls, stops, [end for _, end in broken]))


class _Marks(NamedTuple):
    """Places in the original that the squeezed text must know."""

    expand: Ints
    walls: list[Ints]
    stops: list[Ints]
    joins: list[int]


def _squeezed(text: str, out: Bytes, marks: _Marks) -> Normal:
    """Drop what is to be dropped, keep one space of each run, pad with a space, and bring the marks along."""
    lost: Ints = np.flatnonzero((out == DROP) | _second_spaces(out))
    steps = np.ones(len(lost), np.int64)
    out[lost] = DROP
    data = out.tobytes()
    if len(marks.expand):
        letters = [_letters(text[i]) for i in marks.expand.tolist()]
        data = b"".join(_spelled(data, marks.expand.tolist(), letters))
        more = np.repeat(marks.expand, [len(x) - 1 for x in letters])
        order = np.argsort(np.concatenate((lost, more)), kind="stable")
        lost, steps = np.concatenate((lost, more))[order], np.concatenate((steps, np.full(len(more), -1)))[order]
    further = np.concatenate((np.zeros(1, np.int64), np.cumsum(steps)))
    stop = np.sort(np.concatenate(marks.stops))
    wall = np.sort(np.concatenate([*marks.walls, stop]))
    at = [mark + 1 - further[lost.searchsorted(mark, side="right")] for mark in (wall, stop)]
    before = np.array(marks.joins, np.int64) - 1
    join = before + 2 - further[lost.searchsorted(before, side="right")]
    turns = np.concatenate((np.ones(1, np.int64), lost - further[:-1] + (steps < 0) + 1))
    shifts = np.concatenate((np.zeros(1, np.int64), further - 1))
    return Normal(b" " + data.translate(None, b"\0") + b" ", turns, shifts, at[0], at[1], join)


def _spelled(data: bytes, places: list[int], letters: list[str]) -> Iterator[bytes]:
    """Return the text in pieces, with the letters in their places."""
    for start, end, word in zip([0, *(p + 1 for p in places)], [*places, len(data)], [*letters, ""], strict=True):
        yield data[start:end]
        yield word.encode("ascii")


def _second_spaces(out: Bytes) -> Flags:
    """Return which characters are a space after a space, whatever is dropped between them."""
    before = np.concatenate((np.full(1, DROP, np.uint8), out))
    gone = np.flatnonzero(out == DROP)
    if len(gone):
        begins = np.diff(gone, prepend=-2) > 1
        before[gone[np.append(begins[1:], True)] + 1] = before[gone[begins]]
    second: Flags = (out == SPACE) & (before[:-1] == SPACE)
    return second


def _numbers(marks: Ints, before: Bytes, padded: Bytes) -> tuple[Ints, Ints]:
    """Split full stops or commas into those of the sentence and those inside a number."""
    left, right = before[marks], padded[marks + 1]
    inside = (left >= 48) & (left <= 57) & (right >= 48) & (right <= 57)
    return marks[~inside], marks[inside]


def _sentence_ends(marks: Ints, codes: Codes, padded: Bytes) -> Ints:
    """Return the full stops, question and exclamation marks that end a sentence.

    They stand before a blank (or a closing bracket or quotation mark and a blank), no small letter comes next, and the
    word before a full stop is neither an abbreviation nor a single letter.
    """
    after = padded[marks + 1]
    marks = marks[_BLANK[after] | (_CLOSING[after] & _BLANK[padded[marks + 2]])]
    place = marks + 1
    for _ in range(_LOOK - 2):
        place += _BETWEEN[padded[place]]
    small = (place < len(codes)) & (codes[np.minimum(place, len(codes) - 1)] - 97 < 26)  # unsigned: others wrap round
    before = padded[marks[:, None] - np.arange(1, 7)]  # padding makes negative places blanks
    word = np.where(np.logical_and.accumulate(before > SPACE, axis=1), before, 0)
    single = (word[:, 0] >= 97) & (word[:, 1] == 0)
    short = (np.isin(word @ _POWERS, _SHORT_WORDS) | single) & (padded[marks] == DOT)
    ends: Ints = marks[~small & ~short]
    return ends


def _blank_lines(lines: Ints, words: Ints) -> Ints:
    """Return the line ends between which and the next one there is no word."""
    rank = np.searchsorted(words, lines)
    return lines[:-1][rank[1:] == rank[:-1]] if len(lines) > 1 else lines[:0]


def _bullets(hyphens: Ints, out: Bytes, lines: Ints, words: Ints) -> Ints:
    """Return the hyphens that stand first in their line and before a blank."""
    followed = hyphens[hyphens < len(out) - 1]
    followed = followed[out[followed + 1] == SPACE]
    line = np.searchsorted(lines, followed)
    begun = np.where(line > 0, lines[np.maximum(line - 1, 0)], -1) if len(lines) else np.full(len(followed), -1)
    first: Ints = followed[np.searchsorted(words, followed) == np.searchsorted(words, begun)]
    return first


def _broken_words(hyphens: Ints, codes: Codes, padded: Bytes, words: Ints) -> list[tuple[int, int]]:
    """Return (start, end) of each hyphen with line break that stands between a letter and a small letter."""
    hyphens = hyphens[(padded[hyphens - 1] > SPACE) & _BLANK[padded[hyphens + 1]]]  # padding comes before the first
    broken = []
    for hyphen, next_word in zip(hyphens.tolist(), words.searchsorted(hyphens).tolist(), strict=True):
        if next_word == len(words):
            continue
        end = int(words[next_word])
        gap = codes[hyphen + 1 : end].tolist()
        blank = all(c in (10, 13, 32, 9, 160) for c in gap) and gap.count(10) == 1
        if blank and chr(codes[end]).islower() and chr(codes[hyphen - 1]).isalpha():
            broken.append((hyphen, end))
    return broken
