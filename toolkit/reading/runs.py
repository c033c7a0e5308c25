"""From words to lines: runs of words drawn one after another. A line never crosses a gutter, a tag or a jump."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from toolkit.reading.dots import dotted
from toolkit.reading.initials import with_initials
from toolkit.reading.joining import joined, marked
from toolkit.reading.justified import stretched
from toolkit.reading.lines import Line, is_marker, line_of, same_block
from toolkit.reading.raw import RawPage, RawWord, Tag

_OVERLAP = 0.4  # in sizes: so far two words of a line may run into each other
_WORD_GAP = 1.15  # in sizes: justified text reaches 1, the narrowest gutters begin at 1.2
_UNLIKE = 1.5  # times: type larger than this sets no measure for the spaces beside smaller type
_WIDEST_TAB = 72.0  # points
_MARKER_GAP = 5.0  # in sizes: the tab behind a bullet or a number


def page_lines(page: RawPage, taken: Collection[int] = (), tagged: bool = False) -> list[Line]:
    """Return the lines of a page in stream order, without the words at the places `taken` (they stand in tables)."""
    tags = page.tags if tagged else {}
    lines = [line_of(run, tags.get(run[0].mcid)) for run in _runs(page.words, taken, tags)]
    return dotted(page, marked(joined(with_initials(stretched(lines)), page.fills)))


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
        elif run and same_block(tags.get(mcid), tags.get(content)) and _follows(run, word):
            run.append(word)
        else:
            run = [word]
            runs.append(run)
        level, right, type_size, content = None if angle or hyphen else baseline, x1, size, mcid
    return runs


def _follows(run: list[RawWord], word: RawWord) -> bool:
    _, a, baseline, size, _, _, _, _, _, angle, hyphen = run[-1]
    if hyphen or word.angle != angle:
        return False
    small, size = (size, word.size) if size < word.size else (word.size, size)
    low = 0.2 * small  # a large numeral and the text beside it stand on lines of their own
    b = word.box
    if angle % 180:
        return (
            min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * (b.x1 - b.x0) and _apart(a.top, a.bottom, b.top, b.bottom) < size
        )
    if angle:
        return abs(word.baseline - baseline) < 0.3 * size and _apart(a.x0, a.x1, b.x0, b.x1) < size
    gap = b.x0 - a.x1  # between most lines that says it already
    widest = _WORD_GAP * (size if size < _UNLIKE * small else small)
    if not -_OVERLAP * size <= gap <= widest and not (
        len(run) == 1 and 0 < gap <= min(_MARKER_GAP * small, _WIDEST_TAB) and is_marker(run[0].text)
    ):
        return False
    return word.baseline == baseline or abs(word.baseline - baseline) <= low or _raised(run, word, size)


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
