"""Small hand-made plans, codings and frameworks, and hypothesis strategies that make many of them.

document("A", sections=8, per_section=3)         a plan of 8 chapters with 3 paragraphs each, a page per chapter
coding(document, 4, code="smoking", strength=3)  a coding of its fifth paragraph
framework("smoking", "housing")                  a framework of one theme per code, or theme/code
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from toolkit.frameworks.model import Code, Framework, Theme
from toolkit.records import Box, Coding, Document, Page, Passage, Plan, Span, Word, content_id


def plan(plan_id: str = "A", **facts: Any) -> Plan:
    """Return a plan that need not exist on disk."""
    return Plan(
        **{"plan_id": plan_id, "path": f"{plan_id}.pdf", "sha256": "0" * 64, "title": f"Plan {plan_id}"} | facts
    )


def page(number: int, text: str, source: Any = "text") -> Page:
    """Return a page with one line of words, six points wide per character."""
    words, at = [], 0
    for word in text.split(" "):
        words.append(Word(at, at + len(word), Box(6.0 * at, 10.0, 6.0 * (at + len(word)), 20.0), 0))
        at += len(word) + 1
    return Page(
        number=number,
        width=595.0,
        height=842.0,
        text=text,
        words=tuple(words),
        source=source,
        confidence=1.0,
        order="stream",
        order_confidence=1.0,
    )


def document(
    plan_id: str = "A",
    *,
    texts: Sequence[str] | None = None,
    sections: int = 6,
    per_section: int = 2,
    unreadable_pages: int = 0,
    **facts: Any,
) -> Document:
    """Return a document: a page per section, its paragraphs of ten words each, or the given texts in turn."""
    made: list[Passage] = []
    pages: list[Page] = []
    given = list(texts) if texts is not None else []
    for section in range(sections):
        at, parts = 0, []
        for _ in range(per_section):
            number = len(made)
            words = (
                given[number] if number < len(given) else " ".join(f"{plan_id.lower()}{number}w{w}" for w in range(10))
            )
            made.append(
                Passage(
                    passage_id=f"{plan_id}-{number}",
                    plan_id=plan_id,
                    number=number,
                    kind="paragraph",
                    text=words,
                    spans=(Span(section + 1, at, at + len(words)),),
                    section=(f"Chapter {section + 1}",),
                )
            )
            parts.append(words)
            at += len(words) + 1
        pages.append(page(section + 1, " ".join(parts)))
    pages += [page(sections + 1 + n, "", "none") for n in range(unreadable_pages)]
    return Document(plan=plan(plan_id, **facts), pages=tuple(pages), passages=tuple(made))


def coding(
    source: Document, number: int, *, code: str = "a", strength: int = 3, equity: bool = False, **more: Any
) -> Coding:
    """Return a coding of passage `number`; certain unless `at_least` is given."""
    passage = source.passages[number]
    facts = {
        "coding_id": content_id(source.plan.plan_id, number, code, strength, equity, str(sorted(more))),
        "plan_id": source.plan.plan_id,
        "framework": "test",
        "code": code,
        "passage_id": passage.passage_id,
        "quote": passage.text,
        "spans": passage.spans,
        "strength": strength,
        "equity": equity,
        "coder": "hand",
        "section": passage.section,
        "at_least": tuple(1.0 if k <= strength else 0.0 for k in (1, 2, 3, 4)),
    }
    return Coding(**(facts | more))


def framework(*codes: str, weights: Sequence[float] | None = None, **facts: Any) -> Framework:
    """Return a framework of codes named `code` or `theme/code` (theme `t` when none is named)."""
    pairs = [tuple(c.split("/")) if "/" in c else ("t", c) for c in codes]
    themes = tuple(Theme(id=t, title=t.title()) for t in dict.fromkeys(t for t, _ in pairs))
    made = tuple(
        Code(id=c, theme=t, title=c.title(), definition=f"About {c}.", weight=1.0 if weights is None else weights[n])
        for n, (t, c) in enumerate(pairs)
    )
    base = {"id": "test", "version": "1", "title": "Test", "description": "", "source": "", "licence": "MIT"}
    return Framework(**(base | {"themes": themes, "codes": made} | facts))


@st.composite
def chances(draw: st.DrawFn) -> tuple[float, float, float, float]:
    """Draw calibrated chances of strength >= 1 to 4: between 0 and 1, never rising."""
    found = sorted(draw(st.lists(st.floats(0, 1), min_size=4, max_size=4)), reverse=True)
    return (found[0], found[1], found[2], found[3])


@st.composite
def codings(draw: st.DrawFn, source: Document, codes: Sequence[str], max_size: int = 12) -> tuple[Coding, ...]:
    """Draw distinct codings of a document's passages."""
    cells = [(n, c) for n in range(len(source.passages)) for c in codes]
    chosen = draw(st.lists(st.sampled_from(cells), unique=True, max_size=max_size))
    return tuple(
        coding(
            source,
            number,
            code=code,
            strength=draw(st.integers(1, 4)),
            equity=draw(st.booleans()),
            at_least=draw(chances()),
            equity_confidence=draw(st.floats(0, 1)),
        )
        for number, code in chosen
    )
