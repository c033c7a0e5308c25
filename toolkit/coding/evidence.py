"""From a judgement to codings: which words are quoted, which clause earned the strength, where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.coding.features import Reading
from toolkit.coding.sentences import sentences
from toolkit.frameworks.matching import Hit
from toolkit.records import Box, Document, Passage, Span

LONG = 60  # words from which a passage is quoted by its sentences, not whole
# What earns each strength, strongest cue first (groups of data/strength.yaml).
_EARNS = {4: ("target", "date"), 3: ("verb_action", "noun_action"), 2: ("will", "should", "verb_aim"), 1: ("past",)}


def clause(reading: Reading, strength: int) -> tuple[int, int]:
    """Return start and end of the sentence with most cues of this strength, the first of equals.

    (0, 0) when no cue stands in the passage (the words or the lead-in decided).
    """
    cues = [h for group in _EARNS[strength] for h in reading.cues.get(group, ())]
    best, most = (0, 0), 0
    for start, end in sentences(reading.unit.text):
        held = sum(start <= h.start < end for h in cues)
        if held > most:
            best, most = (start, end), held
    return best


def quoted(reading: Reading, code: str, earned: tuple[int, int]) -> tuple[int, int]:
    """Return start and end of the quote: a short passage whole, else its sentences from the hit to the clause."""
    text = reading.unit.text
    if text.count(" ") < LONG:
        return 0, len(text)
    places = [h.start for h in reading.terms.get(code, []) or reading.hints.get(code, [])]
    places += [earned[0]] if earned[1] else []
    held = [(s, e) for s, e in sentences(text) if any(s <= p < e for p in places)]
    return (held[0][0], held[-1][1]) if held else (0, len(text))


def spans_of(passage: Passage, start: int, end: int) -> tuple[Span, ...]:
    """Return the page spans of `passage.text[start:end]`; a passage over a page break has one span per page."""
    found, at = [], 0
    for span in passage.spans:
        length = span.end - span.start
        low, high = max(start, at), min(end, at + length)
        if low < high:
            found.append(Span(span.page, span.start + low - at, span.start + high - at))
        at += length + 1
    return tuple(found)


def boxes_of(document: Document, spans: Iterable[Span]) -> tuple[tuple[int, Box], ...]:
    """Return (page, box) for every line of the spans."""
    return tuple((s.page, box) for s in spans for box in document.page(s.page).boxes(s.start, s.end))


def term_of(reading: Reading, code: str) -> str:
    """Return the words that matched, as the passage has them: the code's terms, else its hints; '' when none did."""
    hits = reading.terms.get(code) or reading.hints.get(code) or []
    return "; ".join(dict.fromkeys(_words(reading.unit.text, hits)))


def _words(text: str, hits: Sequence[Hit]) -> list[str]:
    return [" ".join(text[h.start : h.end].split()) for h in hits]
