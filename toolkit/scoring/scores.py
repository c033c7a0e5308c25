"""From documents and codings to one score for every plan and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.frameworks.model import Code, Framework
from toolkit.records import Coding, Document, Plan, Score, State
from toolkit.scoring.checks import check_codings, check_framework, check_plans
from toolkit.scoring.levels import chances, equity_chances, expected_highest, highest
from toolkit.scoring.sections import sections
from toolkit.scoring.settings import ScoreSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What scoring needs to know of a plan's text; a plan that failed has none of it."""

    plan: Plan
    silence_counts: bool
    words: dict[str, int]  # of content passages
    sections: dict[str, int]


def score(
    documents: Sequence[Document],
    codings: Sequence[Coding],
    framework: Framework,
    settings: ScoreSettings | None = None,
    *,
    failed: Sequence[Plan] = (),
) -> tuple[Score, ...]:
    """Return one score per plan and code, complete: plans as given (failed ones last), codes as in the framework.

    `codings` are those that stand; codings of other frameworks are left alone. Plans that could not be read at all go
    in `failed` and are `unreadable` throughout. Levels are 0-4, points 0 to 4 x weight; they are None where nothing
    can be said. Raises InvalidInput for weights that cannot be used and codings that point nowhere.
    """
    chosen = settings or ScoreSettings()
    own = [c for c in codings if c.framework == framework.id]
    check_framework(framework)
    check_plans(documents, failed)
    check_codings(own, documents, framework)
    cells: dict[tuple[str, str], list[Coding]] = {}
    for coding in own:
        cells.setdefault((coding.plan_id, coding.code), []).append(coding)
    texts = [_text(d, chosen) for d in documents]
    texts += [_Text(plan=p, silence_counts=False, words={}, sections={}) for p in failed]
    return tuple(
        _score(text, code, cells.get((text.plan.plan_id, code.id), []), framework, chosen)
        for text in texts
        for code in framework.codes
    )


def readable_share(document: Document) -> float:
    """Return the share of pages that carry text or were read by OCR, 0-1; 0 for a document without pages."""
    read = sum(page.source != "none" for page in document.pages)
    return read / len(document.pages) if document.pages else 0.0


def _text(document: Document, settings: ScoreSettings) -> _Text:
    words = {p.passage_id: len(p.text.split()) for p in document.content}
    # A plan without a single word was not read, whatever its pages say of themselves.
    heard = sum(words.values()) > 0 and readable_share(document) >= settings.readable_share
    return _Text(plan=document.plan, silence_counts=heard, words=words, sections=sections(document))


def _state(text: _Text, code: Code, codings: list[Coding]) -> State:
    if not code.applies_to(text.plan.kind):
        return "not_applicable"
    if codings:
        return "found"
    return "absent" if text.silence_counts else "unreadable"


def _score(text: _Text, code: Code, codings: list[Coding], framework: Framework, settings: ScoreSettings) -> Score:
    state = _state(text, code, codings)
    evidence = codings if state == "found" else []
    equity = [c for c in evidence if c.equity]
    known = state in ("found", "absent")
    level, equity_level = highest(c.strength for c in evidence), highest(c.strength for c in equity)
    expected = expected_highest([chances(c) for c in evidence])
    expected_equity = expected_highest([equity_chances(c) for c in equity])
    earned = (level, equity_level) if settings.points_from == "level" else (expected, expected_equity)
    coded = {c.passage_id for c in evidence}
    return Score(
        plan_id=text.plan.plan_id,
        framework=framework.id,
        theme=code.theme,
        code=code.id,
        state=state,
        level=level if known else None,
        expected_level=expected if known else None,
        equity_level=equity_level if known else None,
        expected_equity_level=expected_equity if known else None,
        points=points(earned[0], earned[1], framework.equity_weight, code.weight) if known else None,
        available=4.0 * code.weight if known else 0.0,
        codings=len(evidence),
        equity_codings=len(equity),
        coded_words=sum(text.words.get(p, 0) for p in coded),
        readable_words=sum(text.words.values()),
        sections_with_code=len({text.sections[p] for p in coded if p in text.sections}),
        sections=len(set(text.sections.values())),
        evidence_ids=tuple(c.coding_id for c in evidence),
    )


def points(level: float, equity_level: float, equity_weight: float, weight: float) -> float:
    """Return weight x ((1 - equity_weight) x level + equity_weight x equity_level): 0 to 4 x weight."""
    return weight * ((1.0 - equity_weight) * level + equity_weight * equity_level)
