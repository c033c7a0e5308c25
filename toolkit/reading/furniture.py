"""Running heads, running feet and page numbers: what stands at the same place on page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from toolkit.reading.lines import Line
from toolkit.reading.raw import RawPage

_EDGE = 0.12  # of the page's height: bands at the top and the bottom where furniture stands
_SIDE = 0.06  # of the page's width: bands at the sides, for rotated running heads and tabs
_SHARE = 0.12  # of the pages that must carry it
_SAME_PLACE = 8.0  # points
_NUMBER = re.compile(r"^(?:page|p\.?|slide|\W)*\s*(\d{1,3})(?:\s*(?:of|/|\||\W)\s*\d{0,3})?\s*\W*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def furniture_of(pages: Sequence[RawPage], lines: Sequence[Sequence[Line]]) -> list[set[int]]:
    """Return, page by page, the places in `lines` of running heads, running feet and page numbers."""
    found: list[set[int]] = [set() for _ in pages]
    places: dict[tuple[str, str], list[tuple[int, int, float]]] = defaultdict(list)
    numbers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for p, (page, on_page) in enumerate(zip(pages, lines, strict=True)):
        for i, line in enumerate(on_page):
            band = _band(page, line)
            if not band:
                continue
            places[_DIGITS.sub("#", line.text.casefold()), band].append((p, i, _height(page, line, band)))
            if match := _NUMBER.match(line.text):
                numbers[int(match[1]) - page.number].append((p, i))
    _mark_repeated(places, len(pages), found)
    _mark_numbers(numbers, found)
    return found


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


def _mark_repeated(
    places: dict[tuple[str, str], list[tuple[int, int, float]]], pages: int, found: list[set[int]]
) -> None:
    least = max(3, _SHARE * pages)
    for (text, _), seen in places.items():
        if len({p for p, _, _ in seen}) < least or not text.strip("# "):
            continue
        usual = median(height for _, _, height in seen)
        near = [(p, i) for p, i, height in seen if abs(height - usual) <= _SAME_PLACE]
        if len({p for p, _ in near}) >= least:
            for p, i in near:
                found[p].add(i)


def _mark_numbers(numbers: dict[int, list[tuple[int, int]]], found: list[set[int]]) -> None:
    """Mark numbers that count with the pages: on three pages or more, or on every page of a short plan."""
    for seen in numbers.values():
        if len({p for p, _ in seen}) >= min(3, len(found)):
            for p, i in seen:
                found[p].add(i)
