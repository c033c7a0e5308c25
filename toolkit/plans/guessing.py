"""Fill in what nobody stated about a plan, and say what decided: file name, PDF metadata, or the title page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from toolkit.plans.icbs import names
from toolkit.plans.naming import Named, named_ics, named_kinds, named_years
from toolkit.plans.words import parted, plain
from toolkit.records import Guess, Plan

Source = Literal["manifest", "file name", "metadata", "title page", "none"]
Texts = list[tuple[Source, str]]

# How far a source is trusted, from experience with published plans: metadata often belong to an older document.
_TRUST: dict[Source, float] = {"manifest": 1.0, "title page": 1.0, "file name": 0.95, "metadata": 0.75, "none": 0.0}
TITLE_PAGE_CHARACTERS = 600
_NO_TITLES = ("untitled", "microsoft word", "microsoft powerpoint", "powerpoint presentation", "report template",
              "client name", "slide 1", "document", "blank", "template", "insert title", "title")  # fmt: skip

_COVER_LINES = 3  # headings of a title page among which the one that names a kind of plan is the title
# Who publishes, under which licence, in which state: what stands over a title on many covers.
_AROUND_A_TITLE = re.compile(
    r"\b(?:council|trust|board|partnership|group|authority|nhs|icb|ics)$|©|\bcopyright\b|^contains\b|\blicen[cs]e\b"
    r"|^(?:interim |full |final |draft |summary )*(?:report|draft|version)\b"
    r"|^(?:developed|prepared|produced|published|find out|see|read)\b",
    re.IGNORECASE,
)


def with_guesses(
    plan: Plan, title_text: str = "", metadata: Mapping[str, str] | None = None, *, headings: Sequence[str] = ()
) -> Plan:
    """Return the plan with ICS, kind, years and title guessed where nobody stated them; stated facts never change.

    `title_text` is the text of the first page (its first 600 characters are used), `headings` its headings in order,
    `metadata` the PDF's own (Title, Subject, Keywords, CreationDate). Facts guessed before are guessed anew. A guess
    carries the source and words that decided and a score, 0-1, which orders guesses and is no probability. Where a
    text names several ICSs, or title page and file name disagree, the fact stays None and a guess with source "none"
    says so.
    """
    guessed = {g.field for g in plan.guesses}
    values: dict[str, Any] = dict.fromkeys(guessed - {"title"})
    if "ics_code" in guessed:
        values["ics_name"] = None
    plan = replace(plan, guesses=(), **values)
    title_stated = "title" not in guessed and bool(plan.title)
    texts = _texts(plan, title_text, metadata or {}, title_stated)
    found = [*_ics(plan, texts), *_kind(plan, texts), *_years(plan, texts, _made(metadata or {}))]
    if not title_stated:
        found.append(_title(plan, metadata or {}, headings))
    facts: dict[str, Any] = {g.field: g.value for g in found if g.source != "none"}
    facts |= {year: int(facts[year]) for year in ("year_start", "year_end") if year in facts}
    if "ics_code" in facts:
        facts["ics_name"] = names()[facts["ics_code"]]
    return replace(plan, guesses=tuple(found), **facts)


def _texts(plan: Plan, title_text: str, metadata: Mapping[str, str], title_stated: bool) -> Texts:
    own = " ".join(metadata.get(key) or "" for key in ("Title", "Subject", "Keywords"))
    texts: Texts = [
        ("manifest", plan.title if title_stated else ""),
        ("title page", title_text[:TITLE_PAGE_CHARACTERS]),
        ("file name", parted(Path(plan.path).stem)),
        ("metadata", "" if _is_no_title(own) else own),
    ]
    return [(source, text) for source, text in texts if text.strip()]


def _ics(plan: Plan, texts: Texts) -> Iterator[Guess]:
    if plan.ics_code is not None:
        return
    named = {source: named_ics(text, running=source != "file name") for source, text in texts}
    sole = {source: found[0] for source, found in named.items() if len(found) == 1}
    if "manifest" not in sole and len({n.value for s, n in sole.items() if s != "metadata"}) > 1:
        said = ", ".join(f"{source} names {names()[n.value]}" for source, n in sole.items() if source != "metadata")
        yield Guess(field="ics_code", value="", source="none", evidence=said, score=0.0)
    elif sole:
        yield _guess("ics_code", sole)
    elif any(named.values()):
        source, several = next((s, found) for s, found in named.items() if found)
        said = f"{source} names {' and '.join(names()[n.value] for n in several)}"
        yield Guess(field="ics_code", value="", source="none", evidence=said, score=0.0)


def _kind(plan: Plan, texts: Texts) -> Iterator[Guess]:
    if plan.kind is not None:
        return
    first: dict[Source, Named] = {}
    for source, text in texts:
        found = named_kinds(text)
        if (
            found
        ):  # a title that names two kinds ("Joint Forward Plan: delivering our ... strategy") begins with its own
            first[source] = found[0] if len(found) == 1 else found[0]._replace(score=0.6)
    if first:
        yield _guess("kind", first)


def _years(plan: Plan, texts: Texts, latest: int) -> Iterator[Guess]:
    if plan.year_start is not None or plan.year_end is not None:
        return
    found = [(source, years) for source, text in texts if (years := named_years(text))]
    found = [(source, years) for source, years in found if years[1] or years[0] <= latest]
    # A pair of years says when the plan runs; a single one is mostly the year of publication.
    for source, (start, end, words) in sorted(found, key=lambda item: item[1][1] is None)[:1]:
        score = round((0.9 if end else 0.5) * _TRUST[source], 3)
        yield Guess(field="year_start", value=str(start), source=source, evidence=words, score=score)
        if end:
            yield Guess(field="year_end", value=str(end), source=source, evidence=words, score=score)


def _made(metadata: Mapping[str, str]) -> int:
    """Return the year in which the PDF was made, by its own word; a later single year is a goal, not a date."""
    digits = (metadata.get("CreationDate") or "").removeprefix("D:")[:4]
    return int(digits) + 1 if len(digits) == 4 and digits.isascii() and digits.isdigit() else 9999


def _title(plan: Plan, metadata: Mapping[str, str], headings: Sequence[str]) -> Guess:
    own = " ".join((metadata.get("Title") or "").split())
    lines = [h.strip() for h in headings if h.strip()]
    named = [h for h in lines[:_COVER_LINES] if named_kinds(h) and not _AROUND_A_TITLE.search(h)]
    if named:
        evidence = "heading that names a kind of plan"
        return Guess(field="title", value=named[0], source="title page", evidence=evidence, score=0.9)
    if lines:
        heading = next((h for h in lines if not _AROUND_A_TITLE.search(h)), lines[0])
        return Guess(field="title", value=heading, source="title page", evidence="first heading", score=0.8)
    if len(own) > 5 and not _is_no_title(own):
        return Guess(field="title", value=own, source="metadata", evidence="Title", score=0.6)
    stem = Path(plan.path).stem
    words = " ".join(stem.replace("_", " ").replace("-", " ").split()) or stem
    return Guess(field="title", value=words, source="file name", evidence=Path(plan.path).name, score=0.4)


def _guess(field: str, by_source: dict[Source, Named]) -> Guess:
    """Return the guess of the most trusted source; another source that says the same makes it surer."""
    source = max(by_source, key=lambda s: by_source[s].score * _TRUST[s])
    best = by_source[source]
    agreeing = sum(n.value == best.value for n in by_source.values())
    score = min(0.99, best.score * _TRUST[source] + 0.02 * (agreeing - 1))
    return Guess(field=field, value=best.value, source=source, evidence=best.words, score=round(score, 3))


def _is_no_title(text: str) -> bool:
    return plain(text).startswith(_NO_TITLES) or not text.strip()
