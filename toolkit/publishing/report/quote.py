"""A quote as readers meet it: its words with the clause marked, its place, and the way to its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from toolkit.publishing.labels import LEVELS
from toolkit.publishing.quotes import page_link, shortened, whole_quote
from toolkit.records import share_text

_HEADINGS, _LONGEST = 2, 40  # innermost headings that are shown with a quote, characters of each


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One coding: `before + clause + after` are the plan's words; `link` is None when its PDF is not at hand."""

    coding_id: str
    before: str
    clause: str
    after: str
    pages: str
    section: str
    strength: int
    strength_name: str
    equity: bool
    confidence: str
    coder: str
    link: str | None
    image: str | None = None


def quote_record(
    row: Mapping[str, Any], paths: Mapping[str, str], images: Mapping[tuple[str, int], str] | None = None
) -> Quote:
    """Return the Quote of an evidence row; `paths` as from `pdf_paths`, `images` addresses by plan and page."""
    before, clause, after = parted(whole_quote(row), row["clause"])
    page, last = row["page"], row["continued_page"]
    return Quote(
        coding_id=row["coding_id"],
        before=before,
        clause=clause,
        after=after,
        pages=f"{page}–{last}" if last else str(page),
        section=" › ".join(shortened(h, _LONGEST) for h in (row["section"] or "").split(" > ")[-_HEADINGS:]),
        strength=row["strength"],
        strength_name=LEVELS[row["strength"]],
        equity=bool(row["equity"]),
        confidence=share_text(row["confidence"], 1),
        coder=row["coder"],
        link=page_link(paths, row["plan_id"], page),
        image=(images or {}).get((row["plan_id"], page)),
    )


def parted(quote: str, clause: str | None) -> tuple[str, str, str]:
    """Return a quote in three parts, the second of which is its clause; all in the first when it has none.

    A clause that is the whole quote is not marked: what is all bold says nothing.
    """
    at = quote.find(clause) if clause else -1
    if at < 0 or not clause or clause == quote:
        return quote, "", ""
    return quote[:at], clause, quote[at + len(clause) :]


def file_name(path: str) -> str:
    """Return the last part of a path, whichever slashes it was written with."""
    return PurePath(path.replace("\\", "/")).name
