"""The sections of a plan: the unit in which evidence spreads, and which the bootstrap draws again."""

from __future__ import annotations

from collections.abc import Hashable

from toolkit.records import Document

# With fewer units a resampling has next to nothing to draw from.
ENOUGH_SECTIONS = 5


def sections(document: Document) -> dict[str, int]:
    """Return the section of every content passage: passage id -> section number from 0, in reading order.

    Sections are the top-level heading paths. Where the top level has fewer than `ENOUGH_SECTIONS` of them (one title
    above everything), the first deeper level that has enough is taken; a plan whose headings never give enough is cut
    at its pages. A heading belongs with the text that follows it. Empty for a plan without content.
    """
    said = [p for p in document.content if p.kind != "heading"]
    deepest = max((len(p.section) for p in said), default=0)
    for depth in range(1, deepest + 1):
        found = _numbered([(p.passage_id, p.section[:depth]) for p in said])
        if len(set(found.values())) >= ENOUGH_SECTIONS:
            return _with_headings(document, found)
    return _with_headings(document, _numbered([(p.passage_id, p.page) for p in said]))


def _numbered(keys: list[tuple[str, Hashable]]) -> dict[str, int]:
    numbers: dict[Hashable, int] = {}
    return {passage: numbers.setdefault(key, len(numbers)) for passage, key in keys}


def _with_headings(document: Document, found: dict[str, int]) -> dict[str, int]:
    everything: dict[str, int] = {}
    following = max(found.values(), default=0)
    for passage in reversed(document.content):
        following = found.get(passage.passage_id, following)
        everything[passage.passage_id] = following
    return dict(reversed(everything.items()))
