"""The sections of a plan: the unit in which evidence spreads, and which the bootstrap draws again."""

from __future__ import annotations

from collections.abc import Hashable

from toolkit.records import Document, Passage

# With fewer units a resampling has next to nothing to draw from.
ENOUGH_SECTIONS = 5


def sections(document: Document) -> dict[str, int]:
    """Return the section of every content passage: passage id -> section number from 0, in reading order.

    Sections are the top-level heading paths. Where these are in effect fewer than `ENOUGH_SECTIONS` (one title above
    everything, or one chapter that holds most of the words), the first deeper level that has enough is taken; a plan
    whose headings never give enough is cut at its pages. A heading belongs with the text that follows it. Empty for a
    plan without content.
    """
    said = [p for p in document.content if p.kind != "heading"]
    deepest = max((len(p.section) for p in said), default=0)
    for depth in range(1, deepest + 1):
        found = _numbered([(p.passage_id, p.section[:depth]) for p in said])
        if _in_effect(said, found) >= ENOUGH_SECTIONS:
            return _with_headings(document, found)
    return _with_headings(document, _numbered([(p.passage_id, p.page) for p in said]))


def _in_effect(passages: list[Passage], found: dict[str, int]) -> float:
    """Return how many sections of equal size would be as even as these: 1 / sum of squared shares of words."""
    words: dict[int, int] = {}
    for passage in passages:
        number = found[passage.passage_id]
        words[number] = words.get(number, 0) + len(passage.text.split())
    squares = sum(n * n for n in words.values())
    return sum(words.values()) ** 2 / squares if squares else 0.0


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
