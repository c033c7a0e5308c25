"""The only conversions from records to rows of tables."""

from __future__ import annotations

import json
from typing import Any

from toolkit.records import Coding, Document, Passage, Plan, Problem, Score, Span


def plan_row(plan: Plan, document: Document | None) -> dict[str, Any]:
    """Return the row of `plans` for a plan that was read, or failed (`document` is None)."""
    pages = document.pages if document else ()
    sources = [p.source for p in pages]
    read = sources.count("text") + sources.count("ocr")
    return {
        "plan_id": plan.plan_id,
        "title": plan.title,
        "path": plan.path,
        "sha256": plan.sha256,
        "ics_code": plan.ics_code,
        "ics_name": plan.ics_name,
        "kind": plan.kind,
        "year_start": plan.year_start,
        "year_end": plan.year_end,
        "guessed": "; ".join(f"{g.field} from {g.source} ({g.evidence})" for g in plan.guesses),
        "status": "read" if document else "failed",
        "pages": len(pages),
        "pages_text": sources.count("text"),
        "pages_ocr": sources.count("ocr"),
        "pages_none": sources.count("none"),
        "words": sum(len(p.text.split()) for p in document.content) if document else 0,
        "readable_share": read / len(pages) if pages else None,
    }


def passage_row(passage: Passage, document: Document) -> dict[str, Any]:
    """Return the row of `passages` for one passage of a document."""
    pages = {s.page: document.page(s.page) for s in passage.spans}
    boxes = [[s.page, *box] for s in passage.spans for box in pages[s.page].boxes(s.start, s.end)]
    return {
        "plan_id": passage.plan_id,
        "passage_id": passage.passage_id,
        "number": passage.number,
        **_places(passage.spans),
        "kind": passage.kind,
        "level": passage.level,
        "section": " > ".join(passage.section),
        "lead_in": passage.lead_in,
        "text": passage.text,
        "source": pages[passage.page].source,
        "words": len(passage.text.split()),
        "boxes": _json_boxes(boxes),
    }


def evidence_row(coding: Coding) -> dict[str, Any]:
    """Return the row of `evidence` for one coding."""
    first = coding.spans[0]
    length = first.end - first.start
    return {
        "coding_id": coding.coding_id,
        "plan_id": coding.plan_id,
        "framework": coding.framework,
        "code": coding.code,
        "passage_id": coding.passage_id,
        **_places(coding.spans),
        "quote": coding.quote[:length],
        "continued_quote": coding.quote[length + 1 :] if len(coding.spans) > 1 else None,
        "section": " > ".join(coding.section),
        "strength": coding.strength,
        "equity": coding.equity,
        "confidence": coding.confidence,
        "equity_confidence": coding.equity_confidence,
        **{f"at_least_{k}": p for k, p in enumerate(coding.at_least, start=1)},
        "term": coding.term,
        "clause": coding.clause,
        "coder": coding.coder,
        "boxes": _json_boxes([[page, *box] for page, box in coding.boxes]),
    }


def score_row(score: Score) -> dict[str, Any]:
    """Return the row of `scores`; shares are divided here, once."""
    row = {name: getattr(score, name) for name in Score.__slots__}
    row["salience"] = 1000 * score.coded_words / score.readable_words if score.readable_words else None
    row["spread"] = score.sections_with_code / score.sections if score.sections else None
    row["evidence_ids"] = ";".join(score.evidence_ids)
    return row


def problem_row(problem: Problem) -> dict[str, Any]:
    """Return the row of `problems`."""
    return {name: getattr(problem, name) for name in Problem.__slots__}


def _places(spans: tuple[Span, ...]) -> dict[str, int | None]:
    first, second = spans[0], spans[1] if len(spans) > 1 else (None, None, None)
    names = ("page", "start", "end", "continued_page", "continued_start", "continued_end")
    return dict(zip(names, (*first, *second), strict=True))


def _json_boxes(boxes: list[list[float]]) -> str:
    return json.dumps([[round(v, 2) for v in box] for box in boxes])


def code_row(framework: str, code: Any, theme_title: str) -> dict[str, Any]:
    """Return the row of `codes` for a code of a framework (any record with the fields of `frameworks.Code`)."""
    names = ("theme", "title", "definition", "weight", "source", "status")
    return {
        "framework": framework,
        "code": code.id,
        "theme_title": theme_title,
        **{name: getattr(code, name) for name in names},
    }
