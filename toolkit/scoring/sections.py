"""The sections of a plan: the unit in which evidence spreads, and which the bootstrap draws again."""

from __future__ import annotations

from toolkit.records import Document

# With fewer units a resampling has next to nothing to draw from.
ENOUGH_SECTIONS = 5


def sections(document: Document) -> dict[str, int]:
    """Return the section of every content passage that is not a heading: passage id -> section number from 0.

    Sections are the top-level heading paths, numbered in reading order. Where the top level has fewer than
    `ENOUGH_SECTIONS` of them (one title above everything), the first deeper level that has enough is taken; a plan
    whose headings never give enough is cut at its pages. Empty for a plan without content.
    """
    passages = [p for p in document.content if p.kind != "heading"]
    for depth in range(1, max((len(p.section) for p in passages), default=0) + 1):
        numbers: dict[tuple[str, ...], int] = {}
        found = {p.passage_id: numbers.setdefault(p.section[:depth], len(numbers)) for p in passages}
        if len(numbers) >= ENOUGH_SECTIONS:
            return found
    pages: dict[int, int] = {}
    return {p.passage_id: pages.setdefault(p.page, len(pages)) for p in passages}
