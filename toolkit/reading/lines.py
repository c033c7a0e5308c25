"""Lines: words drawn one after another on one baseline. A line never crosses a gutter, a tag or a jump."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from math import dist
from typing import NamedTuple

from toolkit.reading.raw import RawPage, RawWord, Tag
from toolkit.records import Box

_MARKER = re.compile(
    r"(?:[•●○◦▪▫■□◆◇►▶➢➤➔→✓✔❖*·∙⁃‣–—\-o§Øü\ue000-\uf8ff]"
    r"|(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,4})[.):]?|\((?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\)[.:]?)$"
)
_REFERENCE = re.compile(r"\[?\d{1,3}\]?[.,]?$")
_MOST_MARKS = 40  # more numbers by themselves than this are a chart
_OVERLAP = 0.4  # in sizes: so far two words of a line may run into each other
_WORD_GAP = 1.15  # in sizes: justified text reaches 1, the narrowest gutters begin at 1.2
_RAGGED = 0.15  # in sizes: so far the baselines of two pieces of one line may differ
_MOST_DOTS = 200  # more of them on a page are a map or a pattern
_PITCH = 2.8  # in widths of a dot: those of a dotted line stand closer, bullets do not
_LEAST_PITCH = 0.3  # in widths of a dot: closer than this is one dot drawn twice
_LARGEST = 30.0  # points: larger type has no bullets
_MARKER_GAP = 5.0  # in sizes: the tab behind a bullet or a number


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


def page_lines(page: RawPage, taken: Collection[int] = (), tagged: bool = False) -> list[Line]:
    """Return the lines of a page in stream order, without the words at the places `taken` (they stand in tables)."""
    tags = page.tags if tagged else {}
    lines = [line_of(run, tags.get(run[0].mcid)) for run in _runs(page.words, taken, tags)]
    return _dotted(page, _marked(_joined(_stretched(lines))))


def _runs(words: Iterable[RawWord], taken: Collection[int], tags: Mapping[int, Tag]) -> list[list[RawWord]]:
    """Return the words, without those at the places `taken`, in runs of words that follow each other on a line."""
    runs: list[list[RawWord]] = []
    run: list[RawWord] = []
    level: float | None = None  # the baseline of an upright word that more can follow
    right, type_size, content = 0.0, 0.0, -1
    for place, word in enumerate(words):
        if place in taken:
            run, level = [], None
            continue
        _, (x0, _, x1, _), baseline, size, _, _, _, _, mcid, angle, hyphen = word
        alike = baseline == level and size == type_size and mcid == content and not angle
        if alike and -_OVERLAP * size <= x0 - right <= _WORD_GAP * size:
            run.append(word)  # nine of ten words need no closer look
        elif run and _same_block(tags.get(mcid), tags.get(content)) and _follows(run, word):
            run.append(word)
        else:
            run = [word]
            runs.append(run)
        level, right, type_size, content = None if angle or hyphen else baseline, x1, size, mcid
    return runs


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


def _same_block(tag: Tag | None, before: Tag | None) -> bool:
    return tag is before or (tag is not None and before is not None and tag.element == before.element)


def _follows(run: list[RawWord], word: RawWord) -> bool:
    _, a, baseline, size, _, _, _, _, _, angle, hyphen = run[-1]
    if hyphen or word.angle != angle:
        return False
    size = size if size > word.size else word.size
    b = word.box
    if angle % 180:
        return (
            min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * (b.x1 - b.x0) and _apart(a.top, a.bottom, b.top, b.bottom) < size
        )
    if angle:
        return abs(word.baseline - baseline) < 0.3 * size and _apart(a.x0, a.x1, b.x0, b.x1) < size
    gap = b.x0 - a.x1  # between most lines that says it already
    if not -_OVERLAP * size <= gap <= _WORD_GAP * size and not (
        len(run) == 1 and 0 < gap <= _MARKER_GAP * size and is_marker(run[0].text)
    ):
        return False
    return word.baseline == baseline or abs(word.baseline - baseline) <= 0.2 * size or _raised(run, word, size)


def _raised(run: list[RawWord], word: RawWord, size: float) -> bool:
    """Return whether the word is a superscript or subscript of the line, or the line goes on behind one."""
    for other in reversed(run):
        if abs(other.baseline - word.baseline) <= 0.2 * size:
            return True
    small, large = (word, run[-1]) if word.size < run[-1].size else (run[-1], word)
    if small.size > 0.85 * large.size or len(small.text) > 9:
        return False
    middle = (small.box.top + small.box.bottom) / 2
    return large.box.top <= middle <= large.box.bottom


def _apart(a0: float, a1: float, b0: float, b1: float) -> float:
    return max(b0 - a1, a0 - b1)


def _marked(lines: list[Line]) -> list[Line]:
    """Join reference marks ("[12]", a raised 3) to the line that they stand in or at the end of."""
    marks = [i for i, line in enumerate(lines) if len(line.words) == 1 and _REFERENCE.match(line.text)]
    if len(marks) > _MOST_MARKS:
        return lines
    for i in marks:
        mark = lines[i]
        for j, line in enumerate(lines):
            if i != j and line.size > 1.05 * mark.size and len(line.words) > 1 and _ends_with(line, mark):
                place = sum(w.box.x0 < mark.box.x0 for w in line.words)
                lines[j] = line_of((*line.words[:place], *mark.words, *line.words[place:]), line.tag)
                lines[i] = mark._replace(words=())
                break
    return [line for line in lines if line.words]


def _ends_with(line: Line, mark: Line) -> bool:
    middle = (mark.box.top + mark.box.bottom) / 2
    beside = line.box.x0 < mark.box.x0 < line.box.x1 + 0.6 * line.size
    return (
        beside
        and line.box.top <= middle <= line.box.bottom
        and not any(w.box.x0 < mark.box.x0 + 0.5 < w.box.x1 - 1 for w in line.words)
    )


def _stretched(lines: list[Line]) -> list[Line]:
    """Join the pieces of a line of justified text whose gaps are wider than a word gap: it fills the column."""
    result: list[Line] = []
    i = 0
    while i < len(lines):
        end = i + 1
        while end < len(lines) and _level(lines[end - 1], lines[end]) and _same_row(lines[end - 1], lines[end]):
            end += 1
        filled = end - i > 1 and result and _fills(lines[i], lines[end - 1], result[-1])
        if filled:
            result.append(line_of([w for line in lines[i:end] for w in line.words], lines[i].tag))
        else:
            result += lines[i:end]
        i = end
    return result


def _level(left: Line, right: Line) -> bool:
    """Return whether two upright lines stand on one baseline."""
    return abs(left.baseline - right.baseline) <= _RAGGED * left.size and not (left.angle or right.angle)


def _same_row(left: Line, right: Line) -> bool:
    gap = right.box.x0 - left.box.x1
    return 0 < gap < 6 * left.size and _same_block(left.tag, right.tag) and not left.words[-1].hyphen


def _fills(first: Line, last: Line, above: Line) -> bool:
    """Return whether a row begins and ends where the line above it does."""
    step = first.baseline - above.baseline
    near = 0 < step < 2 * first.size and abs(above.size - first.size) < 0.1 * first.size
    return near and len(above.words) > 2 and _flush(above.box, first.box.x0, last.box.x1)


def _flush(box: Box, x0: float, x1: float) -> bool:
    return abs(box.x0 - x0) < 2 and abs(box.x1 - x1) < 2


def _dotted(page: RawPage, lines: list[Line]) -> list[Line]:
    """Return the lines, those with a drawn dot close before them marked as list items."""
    dots = _lone(page.dots) if page.dots else ()
    if not 0 < len(dots) <= _MOST_DOTS:
        return lines
    places = sorted((line.baseline, i) for i, line in enumerate(lines) if not line.angle)
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        for _, i in places[bisect_left(places, (middle, -1)) :]:
            line = lines[i]
            if line.baseline - middle > 0.72 * _LARGEST:
                break
            near = line.baseline - middle < 0.72 * line.size
            if near and 1 < line.box.x0 - dot.x1 < 2.5 * line.size:
                lines[i] = line._replace(dotted=True)
                break
    return lines


def _lone(dots: Sequence[Box]) -> list[Box]:
    """Return the dots that are no part of a dotted line: no other stands within a few widths of them.

    Most dots of a line were drawn one after another; the few others are compared with all.
    """
    places = [(x0 + x1, top + bottom) for x0, top, x1, bottom in dots]  # twice the middles
    least, most = zip(*[(2 * _LEAST_PITCH * (d.x1 - d.x0), 2 * _PITCH * (d.x1 - d.x0)) for d in dots], strict=True)
    steps = zip(places, places[1:], least, most, strict=False)
    with_next = [low < dist(a, b) < high for a, b, low, high in steps]
    by_itself = zip([False, *with_next], [*with_next, False], strict=True)
    rest = [i for i, followed in enumerate(by_itself) if not any(followed)]
    if len(rest) > _MOST_DOTS:
        return []
    return [dots[i] for i in rest if not any(least[i] < dist(places[i], other) < most[i] for other in places)]


def _joined(lines: list[Line]) -> list[Line]:
    """Join pieces of a line that were drawn at different times: links, bold words, bullets drawn by themselves."""
    by_place = sorted([(round(line.baseline), line.box.x0, i) for i, line in enumerate(lines)])
    into: dict[int, int] = {}
    for (_, _, i), (_, _, j) in pairwise(by_place):
        home = into.get(i, i)
        left, right = lines[home], lines[j]
        if _level(left, right) and _piece(left, right):
            lines[home] = line_of((*left.words, *right.words), left.tag or right.tag)
            into[j] = home
    return [line for i, line in enumerate(lines) if i not in into] if into else lines


def _piece(left: Line, right: Line) -> bool:
    """Return whether the right one of two lines on one baseline is a piece of the left one."""
    if left.words[-1].hyphen or not _same_block(left.tag, right.tag):
        return False
    gap = right.box.x0 - left.box.x1
    if len(left.words) == 1 and is_marker(left.text):
        return -0.1 * right.size < gap < 3 * right.size
    alike = abs(left.size - right.size) < 0.15 * left.size
    return alike and -0.1 * left.size < gap < 0.45 * left.size
