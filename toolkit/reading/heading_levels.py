"""Which level a heading has: by its tag, its bookmark, its number, else by its size among those of the plan."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from statistics import median

from toolkit.reading.pieces import Piece

_FEWEST_OF_A_LEVEL = 5  # headings
_LARGER = 1.12  # times: what is set larger stands higher
_COVER_WORDS = 60  # fewer words on a page than this, in large type: a cover or a divider
_DEEPEST = 6
_CROWDED = 2  # headings a page: chapters do not begin so often
_SPREAD = 4  # times as many pages have smaller headings
_RARE = 0.03  # of the headings: a size used less often has no level of its own
_ONE_LEVEL = 0.92  # sizes closer than this are one level
_MOST_LEVELS = 4
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-Z]")

# The titles of a file's bookmarks (see `key`), each with the pages that it leads to (0: none) and its depth there.
Bookmarks = Mapping[str, Sequence[tuple[int, int]]]


def with_levels(pages: Sequence[Sequence[Piece]], bookmarks: Bookmarks) -> list[list[Piece]]:
    """Return the pages with a level for every heading, 1 the highest.

    Tags count first, unless the lower ones among them are set larger than those above.
    """
    levels = _levels(pages)
    if _tags_run_against_sizes(pages):
        pages = [[piece._replace(role="") for piece in pieces] for pieces in pages]
    return [[_levelled(piece, levels, bookmarks) for piece in pieces] for pieces in pages]


def key(title: str) -> str:
    """Return a title as letters and digits only, to compare bookmarks with headings."""
    return re.sub(r"[\W_]+", "", title.casefold())


def size_of(piece: Piece) -> float:
    """Return the type size of a piece, rounded to half a point."""
    return round(piece.size * 2) / 2


def _tags_run_against_sizes(pages: Sequence[Sequence[Piece]]) -> bool:
    """Return whether headings that are tagged as lower ones are usually set larger than those above them."""
    sizes: dict[int, list[float]] = defaultdict(list)
    for piece in chain.from_iterable(pages):
        if piece.kind == "heading" and (level := _tagged_level(piece)):
            sizes[level].append(piece.size)
    usual = [median(found) for _, found in sorted(sizes.items()) if len(found) >= _FEWEST_OF_A_LEVEL]
    return any(lower > _LARGER * upper for upper, lower in pairwise(usual))


def _tagged_level(piece: Piece) -> int:
    """Return the level that the tag of a heading says; 0 when it says none."""
    return int(piece.role[1:]) if piece.role[:1] == "H" and piece.role[1:].isdigit() else 0


def _levels(pages: Sequence[Sequence[Piece]]) -> dict[float, int]:
    """Return the level of every heading size, the largest first.

    Covers are left out of the ranking, sizes that differ by less than a tenth are one level, and a size that is hardly
    used gets the level below it: a single huge number must not push all headings of a plan down, and neither must the
    many large titles of a poster among its pages.
    """
    found: dict[float, list[int]] = defaultdict(list)
    for page, pieces in enumerate(pages):
        headings = [p for p in pieces if p.kind == "heading"]
        if headings and sum([len(line.words) for p in pieces for line in p.lines]) >= _COVER_WORDS:
            for heading in headings:
                found[size_of(heading)].append(page)
    groups = _groups(Counter({size: len(on) for size, on in found.items()}))
    posters = _of_posters(groups, found)
    if posters:  # what stands on a poster is no part of what comes after it: the lowest level
        groups = _groups(Counter({size: len(on) for size, on in found.items() if size not in posters}))
        groups[-1].extend(posters)
    return {size: min(level, _DEEPEST) for level, group in enumerate(groups, start=1) for size in group}


def _of_posters(groups: Sequence[Sequence[float]], found: Mapping[float, Sequence[int]]) -> set[float]:
    """Return the sizes that crowd a few of the pages, while headings of a smaller size stand on many times as many."""
    posters: set[float] = set()
    widest = 0
    for group in reversed(groups):
        headings = [page for size in group for page in found[size]]
        pages = len(set(headings))
        if len(headings) >= _CROWDED * pages and widest > _SPREAD * pages:
            posters.update(group)
        widest = max(widest, pages)
    return posters


def _groups(sizes: Counter[float]) -> list[list[float]]:
    """Return the sizes in groups, the largest first: one group a level, and no more levels than a reader can tell."""
    groups = [[size] for size in sorted(sizes, reverse=True)]
    least = max(2, _RARE * sizes.total())
    while len(groups) > 1:
        steps = [_middle(b, sizes) / _middle(a, sizes) for a, b in pairwise(groups)]
        rare = [i for i, group in enumerate(groups) if sum(sizes[s] for s in group) < least]
        if rare:
            i = rare[0]
            at = i - 1 if i == len(groups) - 1 or (i and steps[i - 1] > steps[i]) else i
        else:
            at = max(range(len(steps)), key=lambda i: steps[i])
            if steps[at] < _ONE_LEVEL and len(groups) <= _MOST_LEVELS:
                break
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return groups


def _middle(group: Sequence[float], sizes: Counter[float]) -> float:
    return sum(s * sizes[s] for s in group) / sum(sizes[s] for s in group)


def _levelled(piece: Piece, levels: Mapping[float, int], bookmarks: Bookmarks) -> Piece:
    if piece.kind != "heading":
        return piece
    if level := _tagged_level(piece):
        return piece._replace(level=level)
    if piece.role == "Title":
        return piece._replace(level=1)
    marks = [depth for page, depth in bookmarks.get(key(piece.text), ()) if page in (piece.page, 0)]
    if marks:
        return piece._replace(level=min(marks[0] + 1, _DEEPEST))
    if (numbered := NUMBERED.match(piece.text)) and "." in numbered[1]:
        return piece._replace(level=min(numbered[1].count(".") + 1, _DEEPEST))
    size = size_of(piece)
    if levels and size not in levels:  # only seen on covers and dividers
        size = min(levels, key=lambda known: (abs(known - size), known))
    return piece._replace(level=levels.get(size, 1))
