"""Sentences of a passage, with exact places: layout first (bullets, cells, labels), then a splitter for prose."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from sentencex import segment

# Every rule gives the place where a new sentence begins; white space before it belongs to neither side.
_BULLETS = "•▪●■◦‣➢➤✓✔"
_MARK = r"\d{1,2}|[a-z]|[ivx]{2,5}"
_SIGNS = re.compile(rf"[\t\n{_BULLETS}]")  # without any of these, blocks need not be looked for
_LAYOUT = re.compile(
    rf"\t|\n\s*\n|(?<=;)\n|\n(?=\s*[{_BULLETS}*–—-]\s)|\n(?=\(?(?:{_MARK})[.)]\s)|\s(?=[{_BULLETS}]\s)"
)
_BULLET = re.compile(rf"\s*(?:[{_BULLETS}*–—-]|\(?(?:{_MARK})[.)])\s+")
_LABELS = (
    "Action|Aim|Budget|By when|Deadline|Due|How|Impact|Lead|Measure|Metric|Milestone|Objective|Outcome|Output|Owner|"
    "Partners|Progress|Responsible|Responsibility|Risk|Status|Target|Timescale|Timing|Timeline|What|When|Where|Who|Why"
)
_LABEL = re.compile(rf"(?:^|(?<=\s))(?:{_LABELS})s?:\s")
_ITEM = re.compile(r"\(?\b(\d{1,2}|[a-h])\)\s")  # 1) or (a)
_NUMBERED = re.compile(r"\b(\d{1,2})\.\s(?=[A-Z])")  # 1. in a text that begins so
_RUNNING = re.compile(r"(?:,|\band|\bor|\()\s*$")  # before a mark: it counts parts of a sentence
_LISTED = re.compile(r"[;:]\s(?:(?:and|or)\s)?(?=[A-Z])")
_STOP = re.compile(r"[.!?…]\S{0,4}(?:\s|$)")
_BRACKETED = re.compile(r"(?:\((?<=^.)[^()]*[.!?]\)|\((?<=[.!?]\s.)[^()]*\)|\[(?<=[.!?]\s.)[^\[\]]*\])\s(?=[A-Z“‘\"'])")
# A footnote number that sticks to the full stop: "of age.3 This". "No.7 Practice" and "p.12 The" are not footnotes.
_FOOTNOTED = re.compile(r"[.!?](?<=[a-z)”’\"%].)(?<!\bNo.)(?<!\bFig.)(?<!\bp.)(?<!\bpp.)\d{1,3}\s(?=[A-Z“‘\"'])")
_TITLE = re.compile(r"\b(?:Cllrs?|Rev|Revd|Hon|Drs?|Mrs?|Ms|Prof|Profs|Sir|St)\.$")
_COUNTING = re.compile(
    r"\b(?:approx|est|tel|ext|nos?|figs?|vols?|pp?|paras?|ch|sect?|refs?|c|ca|max|min)\.$", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-hA-H]|[ivx]{1,4})[.)]")
_NOTE_MARKS = re.compile(r"[⁰¹²³⁴-⁹*†‡]+|\[\d{1,3}\]")
_OPEN_END = re.compile(r"(?:[.!?:;,/&–—-]|\b(?:the|a|an|and|or|of|for|to|in|on|by|with|at|from|as|our|its|their))\s*$")
SHORT = 0.6  # a line this much shorter than the longest one, and open at its end, is a heading run into the text


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every sentence in order, white space at the ends left out.

    Cells, bullets, labels ("Who:"), list items after semicolons and headings on lines of their own are borders first;
    inside them the sentencex splitter decides (English), put right for "£2.5m. for", footnote marks and "1." alone.
    """
    found = []
    for start, end in pairwise([*_layout(text), len(text)]):
        block = text[start:end]
        if _STOP.search(block) is None:
            found.append(_trimmed(text, start, end))
        else:
            found += [_trimmed(text, start + a, start + b) for a, b in pairwise([*_prose(block), len(block)])]
    return tuple((s, e) for s, e in found if s < e)


def _layout(text: str) -> list[int]:
    """Return where blocks begin, in order, the first at 0."""
    starts = {0}
    if _SIGNS.search(text):
        starts.update(m.end() for m in _LAYOUT.finditer(text))
    if ":" in text and _LABEL.match(text):
        starts.update(m.start() for m in _LABEL.finditer(text))
    if ";" in text:
        starts.update(_listed(text))
    if ") " in text:
        starts.update(_counted(text, _ITEM))
    if text.startswith("1. "):
        starts.update(_counted(text, _NUMBERED))
    if "\n" in text:
        starts.update(_under_headings(text))
    return sorted(starts)


def _listed(text: str) -> list[int]:
    """Return where list items begin when a capital follows every semicolon ("Aims: Reduce …; Improve …")."""
    found = list(_LISTED.finditer(text))
    kinds = [text[m.start()] for m in found]
    if ";" not in kinds or kinds.count(";") != text.rstrip().rstrip(";").count(";"):
        return []
    return [m.end() for m in found[max(0, kinds.index(";") - 1) :]]


def _counted(text: str, marks: re.Pattern[str]) -> list[int]:
    """Return where items "1) … 2) …" begin; one mark alone is a reference, "1), 2) and 3)" a sentence."""
    kept: list[int] = []
    for mark in marks.finditer(text):
        name = mark.group(1)
        number = int(name) if name.isdigit() else "abcdefgh".index(name) + 1
        if number == len(kept) + 1:
            kept.append(mark.start())
            if _RUNNING.search(text, max(0, mark.start() - 6), mark.start()):
                return []
    return kept if len(kept) > 1 else []


def _under_headings(text: str) -> list[int]:
    """Return where text begins under a short line that stands for itself."""
    lines = text.split("\n")
    longest, at, found = max(map(len, lines)), 0, []
    for line, after in pairwise(lines):
        at += len(line) + 1
        if line.strip() and len(line) < SHORT * longest and after[:1].isupper() and not _OPEN_END.search(line):
            found.append(at)
    return found


def _prose(block: str) -> list[int]:
    """Return where sentences of running text begin, in order, the first at 0."""
    bullet = _BULLET.match(block)  # the splitter takes a bullet for a list, and leaves it whole
    at = bullet.end() if bullet else 0
    starts, before = [0], ""
    for piece in segment("en", block[at:]):
        core = piece.strip()
        if before and core and not _goes_on(before, core):
            marks = _NOTE_MARKS.match(core) if before[-1] in ".!?" else None
            starts.append(at + marks.end() if marks else at)
        before, at = core or before, at + len(piece)
    if ")" in block or "]" in block:
        starts += [m.end() for m in _BRACKETED.finditer(block)]
    starts += [m.end() for m in _FOOTNOTED.finditer(block)]
    return sorted(set(starts))


def _goes_on(before: str, piece: str) -> bool:
    """Return whether a piece goes on with the sentence before: "£2.5m. | for this", "1. | Reduce", "Cllr. | Webb"."""
    if before[-1] != ".":
        return _NUMBER_ALONE.fullmatch(before) is not None
    if piece[0].isdigit() and _COUNTING.search(before):
        return True
    return piece[0].islower() or bool(_TITLE.search(before) or _NUMBER_ALONE.fullmatch(before))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    core = part.strip()
    first = start + part.index(core)
    return first, first + len(core)
