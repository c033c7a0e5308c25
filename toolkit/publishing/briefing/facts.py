"""What a plan says about itself: the sentence that states each fact of a policy briefing, verbatim, with its page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.coding.sentences import sentences

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS}) 20\d\d"
_PAPER = r"(?:plan|strategy|document|framework|report)\b"
_WORDS = r"(?:(?:joint|forward|integrated|care|five|ten|year|five-year|ten-year|health|inequalities|whole|refreshed) )*"
_THIS = rf"(?:this (?:[\w&-]+ ){{0,6}}|(?:the|our) {_WORDS}){_PAPER}(?: \(\w+\))?"
_AGREED = r"(?:approved|agreed|adopted|published|signed off)"
_ANEW = r"(?:reviewed|refreshed|updated|revised)"
# A fact is taken only from a sentence that says it of the document itself: what is in doubt is not stated.
_PATTERNS: dict[str, str] = {
    "Date": rf"^{_AGREED}\b.*{_DATE}|{_THIS} (?:was|has been) {_AGREED}\b.*{_DATE}|^(?:date|version \S+):? {_DATE}",
    "Summary": rf"\b(?:this (?:[\w&-]+ ){{0,6}}|our {_WORDS}){_PAPER}(?: \(\w+\))? "
    r"(?:sets? out|describes?|explains?|aims?|outlines?|is about|says|shows)\b|"
    rf"^(?:the )?(?:aim|purpose) of {_THIS} is|^our vision is|^this is the (?:plan|strategy) of",
    "Primary audience": rf"\b(?:primary|main|intended) audience (?:for|of) {_THIS}|"
    r"\b(?:primary|main|intended) audience is|\baudience for (?:the|this)\b.* is\b|"
    rf"{_THIS} is (?:aimed at|intended for|written for)\b",
    "Last updated": rf"^(?:last )?(?:updated|revised)\b.*20\d\d|{_THIS} (?:was|has been) (?:last )?{_ANEW}\b.*20\d\d",
    "Due for review": rf"{_THIS}(?: \w+){{0,4}} (?:will be|is to be|is due to be) (?:\w+ )?{_ANEW}\b|"
    rf"{_THIS} is due for review|\b(?:we|board|partnership) will (?:review|refresh|update|revise) {_THIS}",
    "Responsible person": rf"\b(?:responsible|accountable|senior responsible owner|senior responsible officer) for "
    rf"(?:delivering |the delivery of |delivery of )?{_THIS}|{_THIS} is (?:owned|led) by\b",
}
FACTS: tuple[str, ...] = tuple(_PATTERNS)
_SEARCH = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}
# The same for a whole passage, in which a sentence may begin behind any space: what fails here need not be split.
_HINT = {n: re.compile(p.replace("^", r"(?:^|(?<=\s))"), re.IGNORECASE) for n, p in _PATTERNS.items()}
_PROSE = frozenset({"paragraph", "list_item", "table_row", "footnote", "caption"})
_LONGEST = 420  # characters: what is longer was not split where it should have been


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a plan, verbatim, with the page on which they begin; `about` says which code they are evidence of."""

    text: str
    page: int
    about: str = ""


def stated(passages: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Said, ...]]:
    """Return, per fact of FACTS, the first sentence of the passages (rows, in reading order) that states it.

    () where none does. The summary may have two. Sentences are slices of their passage: not a letter is changed.
    """
    found: dict[str, tuple[Said, ...]] = dict.fromkeys(FACTS, ())
    for row in passages:
        wanted = [n for n in FACTS if len(found[n]) < _most(n) and _HINT[n].search(row["text"])]
        if row["kind"] not in _PROSE or not wanted:
            continue
        for start, end in sentences(row["text"]):
            sentence = row["text"][start:end]
            if start and "this document" in sentence.lower():  # perhaps the one named just before
                continue
            for name in wanted if _whole(sentence) else ():
                known = [s.text for s in found[name]]
                if len(known) < _most(name) and sentence not in known and _SEARCH[name].search(sentence):
                    found[name] = (*found[name], Said(text=sentence, page=page_at(row, start)))
    return found


def _most(name: str) -> int:
    return 2 if name == "Summary" else 1


def _whole(sentence: str) -> bool:
    return len(sentence) <= _LONGEST and sentence[-1:] in ".!?”’)" and sentence[:1].isupper()


def page_at(passage: Mapping[str, Any], start: int) -> int:
    """Return the page of a place in a passage's text: the second one behind the break of a passage that has two."""
    first = passage["end"] - passage["start"]
    later = passage["continued_page"] is not None and start > first
    return int(passage["continued_page"] if later else passage["page"])


def chapters(passages: Sequence[Mapping[str, Any]], most: int = 6) -> tuple[Said, ...]:
    """Return the plan's headings of the highest level that has three or more; those of the cover left out."""
    heads = [r for r in passages if r["kind"] == "heading" and r["page"] > 1 and 4 <= len(r["text"]) <= 80]
    heads = [r for r in heads if r["text"].strip().lower() not in ("contents", "acknowledgements")]
    for level in sorted({r["level"] for r in heads}):
        own = {r["text"]: r for r in reversed(heads) if r["level"] == level}
        if len(own) >= 3:
            rows = sorted(own.values(), key=lambda r: r["number"])[:most]
            return tuple(Said(text=r["text"], page=r["page"]) for r in rows)
    return ()
