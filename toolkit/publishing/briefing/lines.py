"""The lines of a briefing, the same in Word and in PDF."""

from __future__ import annotations

from toolkit.publishing.briefing.data import Briefing, Fact
from toolkit.publishing.briefing.facts import Said
from toolkit.publishing.quotes import shortened


def quoted(said: Said, longest: int) -> str:
    """Return a quote in quotation marks with its code and page; cut at a word, and the cut marked, when too long."""
    about = f"{said.about}, " if said.about else ""
    return f"“{shortened(said.text, longest)}” ({about}p. {said.page})"


def sections(briefing: Briefing, longest: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what stands below the facts: headings with their lines, quotes cut to `longest` characters."""
    themes = tuple(f"{t.name}. {fact_text(t, longest)}" for t in briefing.themes)
    strongest = tuple(quoted(q, longest) for q in briefing.strongest) or ("None.",)
    return (("What it commits to", themes), ("Strongest quotes besides", strongest), ("Gaps", briefing.gaps))


def fact_text(fact: Fact, longest: int) -> str:
    """Return a fact as one line: its text, then its quotes with their pages."""
    return " ".join(part for part in (fact.text, *(quoted(q, longest) for q in fact.quotes)) if part)
