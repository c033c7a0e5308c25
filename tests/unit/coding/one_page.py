"""A document of one page, for tests of coders."""

from __future__ import annotations

from toolkit.records import Box, Document, Page, Passage, Plan, Span, Word

FIRST = "By March 2026 we will open four stop smoking clinics in the most deprived wards."
SECOND = "The board meets in public every two months."


def one_page(*texts: str) -> Document:
    """Return a document whose one page holds the texts, a line and a passage each."""
    text = "\n".join(texts)
    words, at = [], 0
    for line, part in enumerate(texts):
        for piece in part.split(" "):
            words.append(Word(at, at + len(piece), Box(at, 10 * line, at + len(piece), 10 * line + 8), line))
            at += len(piece) + 1
    page = Page(
        number=1,
        width=600,
        height=800,
        text=text,
        words=tuple(words),
        source="text",
        confidence=1.0,
        order="layout",
        order_confidence=1.0,
    )
    passages, start = [], 0
    for n, part in enumerate(texts):
        span = Span(1, start, start + len(part))
        passages.append(
            Passage(passage_id=f"p{n}", plan_id="plan", number=n, kind="paragraph", text=part, spans=(span,))
        )
        start += len(part) + 1
    plan = Plan(plan_id="plan", path="plan.pdf", sha256="0" * 64, title="Plan")
    return Document(plan=plan, pages=(page,), passages=tuple(passages))
