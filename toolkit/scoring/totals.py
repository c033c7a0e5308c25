"""From scores to totals per theme and overall; numerators and denominators stay beside every share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import TYPE_CHECKING, Any

from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document, Problem, Score
from toolkit.schema import table
from toolkit.scoring.checks import OVERALL

if TYPE_CHECKING:
    import pandas as pd


def totals(
    scores: Sequence[Score], framework: Framework, codings: Sequence[Coding], documents: Sequence[Document]
) -> pd.DataFrame:
    """Return the table `totals`: a row per plan and theme, then `overall`; themes in the framework's order.

    Words are those of distinct passages: a passage with two codes of a theme counts once. `points`, `share` and
    `breadth` of a plan are NA when any code that applies could not be looked for (`unreadable`), since the part that
    could be read would stand for the whole; `share` is NA too when no points can be had.
    """
    own = [s for s in scores if s.framework == framework.id]
    words = {(d.plan.plan_id, p.passage_id): len(p.text.split()) for d in documents for p in d.content}
    passages = {c.coding_id: (c.plan_id, c.passage_id) for c in codings}
    rows = []
    for plan_id in dict.fromkeys(s.plan_id for s in own):
        of_plan = [s for s in own if s.plan_id == plan_id]
        whole = all(s.state != "unreadable" for s in of_plan)
        for theme in (*(t.id for t in framework.themes), OVERALL):
            group = [s for s in of_plan if theme in (s.theme, OVERALL)]
            coded = {passages[i] for s in group for i in s.evidence_ids}
            row = {"plan_id": plan_id, "framework": framework.id, "theme": theme}
            coded_words = sum(words.get(p, 0) for p in coded)
            rows.append(row | _indicators(group, whole, coded_words, of_plan[0].readable_words))
    return table("totals", rows)


def _indicators(group: Sequence[Score], whole: bool, coded_words: int, readable_words: int) -> dict[str, Any]:
    known = [s for s in group if s.state in ("found", "absent")]
    found = [s for s in known if s.state == "found"]
    codings, equity = sum(s.codings for s in group), sum(s.equity_codings for s in group)
    points = fsum(s.points for s in known if s.points is not None) if whole and known else None
    available = fsum(s.available for s in known)
    return {
        "points": points,
        "available": available,
        "share": _ratio(points, available),
        "codes_found": len(found),
        "codes_applicable": len(known),
        "breadth": _ratio(len(found), len(known)) if whole else None,
        "depth": _ratio(sum(s.level or 0 for s in found), len(found)),
        "equity_codings": equity,
        "codings": codings,
        "equity_focus": _ratio(equity, codings),
        "coded_words": coded_words,
        "readable_words": readable_words,
        "salience": _ratio(1000 * coded_words, readable_words),
    }


def _ratio(numerator: float | None, denominator: float) -> float | None:
    return None if numerator is None or not denominator else numerator / denominator


def score_problems(scores: Iterable[Score], framework: Framework) -> tuple[Problem, ...]:
    """Return why shares are NA: a problem per theme that cannot be scored and per plan that could not be."""
    own = [s for s in scores if s.framework == framework.id]
    problems = [
        Problem(plan_id="", stage="score", kind="theme without codes", message=message, remedy=remedy)
        for theme in framework.themes
        for message, remedy in _empty(theme.id, framework)
    ]
    for plan_id in dict.fromkeys(s.plan_id for s in own):
        of_plan = [s for s in own if s.plan_id == plan_id]
        silent = [s.code for s in of_plan if s.state == "unreadable"]
        if silent:
            text = (
                f"{len(silent)} of {len(of_plan)} codes of {framework.id} could not be looked for; no share is given."
            )
            problems.append(
                _problem(plan_id, "not scored", text, "Read the missing pages by OCR, or find a better copy.")
            )
        elif all(s.state == "not_applicable" for s in of_plan):
            text = f"No code of {framework.id} applies to this kind of plan."
            problems.append(_problem(plan_id, "not applicable", text, "Check the kind of the plan in the manifest."))
    return tuple(problems)


def _empty(theme: str, framework: Framework) -> list[tuple[str, str]]:
    weights = [c.weight for c in framework.codes if c.theme == theme]
    if not weights:
        return [(f"Theme '{theme}' of {framework.id} has no codes: its share is NA.", "Add codes or remove the theme.")]
    if not sum(weights):
        return [
            (f"The weights of theme '{theme}' of {framework.id} sum to 0: its share is NA.", "Give a code a weight.")
        ]
    return []


def _problem(plan_id: str, kind: str, message: str, remedy: str) -> Problem:
    return Problem(plan_id=plan_id, stage="score", kind=kind, message=message, remedy=remedy)
