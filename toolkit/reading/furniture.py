"""Running heads, running feet and page numbers: what stands at the same place on page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from toolkit.reading.lines import Line
from toolkit.reading.raw import RawPage

_EDGE = 0.12  # of the page's height: bands at the top and the bottom where furniture stands
_SIDE = 0.06  # of the page's width: bands at the sides, for rotated running heads and tabs
_SHARE = 0.12  # of the pages that must carry it
_SAME_PLACE = 8.0  # points
_MOST_PAGES = 0.4  # of the pages: a running head on fewer belongs to a section
_MOST_OF_RANGE = 0.5  # of the pages between its first and its last: a heading that comes back stands on fewer
_NUMBER = re.compile(r"^(?:page|p\.?|slide|\W)*\s*(\d{1,3})(?:\s*(?:of|/|\||\W)\s*\d{0,3})?\s*\W*$", re.IGNORECASE)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_SAME_WORDS = 3  # at the start of a running head that ends in the name of the section
_DIGITS = re.compile(r"\d+")


class _Place(NamedTuple):
    """Where a line stands that may be furniture; places in the lists of pages and lines, and its type size."""

    page: int
    line: int
    height: float
    size: float
    numbers: tuple[int, ...]


def furniture_of(pages: Sequence[RawPage], lines: Sequence[Sequence[Line]], body: float) -> list[set[int]]:
    """Return, page by page, the places in `lines` of running heads, running feet and page numbers.

    A running head in larger type than the `body` that belongs to one section stays on its first page: it is a heading.
    """
    found: list[set[int]] = [set() for _ in pages]
    places: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    sections: dict[tuple[str, str], list[_Place]] = defaultdict(list)  # by the words that all sections share
    numbers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for p, (page, on_page) in enumerate(zip(pages, lines, strict=True)):
        for i, line in enumerate(on_page):
            band = _band(page, line)
            if not band:
                continue
            size = line.size if any(c.isalpha() for c in line.text) else 0.0
            inside = tuple(int(n) for n in _DIGITS.findall(line.text)[:9])
            masked = _DIGITS.sub("#", line.text.casefold())
            place = _Place(p, i, _height(page, line, band), size, inside)
            places[masked, band].append(place)
            if size <= body and len(line.words) > _SAME_WORDS:
                sections[" ".join(masked.split()[:_SAME_WORDS]), band].append(place)
            if (number := _page_number(line.text)) is not None:
                numbers[number - page.number].append((p, i))
    _mark_repeated(places, len(pages), 1.1 * body, found)
    _mark_repeated(sections, len(pages), 1.1 * body, found)
    _mark_numbers(numbers, found)
    return found


def _page_number(text: str) -> int | None:
    """Return the number that a line is, in figures or small Roman letters; None when it is something else."""
    if match := _NUMBER.match(text):
        return int(match[1])
    return _ROMAN.index(text) + 1 if text in _ROMAN else None


def _band(page: RawPage, line: Line) -> str:
    """Return the edge of the page that the line stands at: top, bottom, side or '' when it is in the middle."""
    middle = (line.box.top + line.box.bottom) / 2
    if middle < _EDGE * page.height:
        return "top"
    if middle > (1 - _EDGE) * page.height:
        return "bottom"
    if line.angle and (line.box.x1 < _SIDE * page.width or line.box.x0 > (1 - _SIDE) * page.width):
        return "side"
    return ""


def _height(page: RawPage, line: Line, band: str) -> float:
    return page.height - line.box.bottom if band == "bottom" else line.box.top


def _numbers_count(seen: Sequence[_Place]) -> bool:
    """Return whether every number in a repeated line is always the same or counts with the pages.

    "Case study 1", "Case study 2" at the same place on their pages are headings, no furniture.
    """
    most = 0.8 * len(seen)
    for column in zip(*(place.numbers for place in seen), strict=True):
        fixed = Counter(column)
        counting = Counter(number - place.page for number, place in zip(column, seen, strict=True))
        if max(*fixed.values(), *counting.values()) < most:
            return False
    return True


def _mark_repeated(
    places: dict[tuple[str, str], list[_Place]], pages: int, large: float, found: list[set[int]]
) -> None:
    least = max(3, _SHARE * pages)
    for seen in places.values():
        if len({place.page for place in seen}) < least:
            continue
        usual = median(place.height for place in seen)
        near = [place for place in seen if abs(place.height - usual) <= _SAME_PLACE]
        on = {place.page for place in near}
        if len(on) < least or not _numbers_count(near):
            continue
        if near[0].size >= large and _comes_back(sorted(on)):
            continue
        of_a_section = len(on) < _MOST_PAGES * pages and near[0].size >= large
        for place in near:
            if not (of_a_section and place.page == min(on)):
                found[place.page].add(place.line)


def _comes_back(on: Sequence[int]) -> bool:
    """Return whether a line stands on a page now and then: "Our ambition" in every chapter is a heading.

    A running head stands on neighbouring pages, or on every left or every right one.
    """
    steps = [after - before for before, after in pairwise(on)]
    return min(steps) > 1 and max(steps) > 2 and len(on) < _MOST_OF_RANGE * (on[-1] - on[0] + 1)


def _mark_numbers(numbers: dict[int, list[tuple[int, int]]], found: list[set[int]]) -> None:
    """Mark numbers that count with the pages: on three pages or more, or on every page of a short plan."""
    for seen in numbers.values():
        if len({p for p, _ in seen}) >= min(3, len(found)):
            for p, i in seen:
                found[p].add(i)
