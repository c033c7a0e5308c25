"""Seeded results of made-up plans, through the real scoring and comparison: made_results(13).

The plans carry the names of real systems (the longest first, so that labels are tried hard), made-up titles of up to
150 characters and invented sentences. From three plans on, one was half unread, one is of a kind to which some codes
do not apply, and (from 13 on) one could not be opened at all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pandas as pd

from tests.strategies import page
from toolkit.comparing import CompareSettings, compare
from toolkit.frameworks.model import Code, Framework, Theme
from toolkit.plans.icbs import names
from toolkit.records import Coding, Document, Passage, Plan, Problem, Results, Span, content_id
from toolkit.schema import evidence_row, passage_row, plan_row, problem_row, score_row, table
from toolkit.scoring import score, totals

THEMES = {
    "access": ("Access to, uptake and experience of health and care services", "primary_community planned_urgent "
               "prevention_services mental_health maternity_children digital barriers targeted_outreach"),
    "behaviours": ("Health behaviours and their support", "tobacco alcohol_drugs diet_weight physical_activity "
                   "sexual_health support"),
    "wider": ("Wider determinants of health", "housing income_poverty employment education_early_years "
              "environment_transport community_safety social_connection anchor_social_value discrimination general"),
}  # fmt: skip
TITLES = {
    "access.primary_community": "General practice, dental, pharmacy, optometry and community services",
    "access.maternity_children": "Maternity, neonatal, health visiting and children's health services",
    "wider.environment_transport": "Air quality, green space, climate, planning, transport and active travel",
}
WORDS = ("housing", "work", "smoking", "care", "access", "families", "places", "homes", "food", "clinics", "screening")
OPENINGS = (
    "We will work with our partners on",
    "By March 2028 we will reduce by 20% the gap in",
    "=SUM(A1:A9) is how one table in the annex begins, on",
    "+44 is no number to call about",
    "- a bullet that kept its dash, on",
    "@place boards lead on",
    "See [our plan (draft)](https://example.org/a) and [annex 2](b) for",
    'The panel wrote <script>alert("x")</script> & more about',
    "People living in the most deprived fifth of our neighbourhoods told us about",
)


def made_framework() -> Framework:
    """Return a framework of 24 codes in three themes; two codes are not for joint forward plans."""
    codes = tuple(
        Code(
            id=f"{theme}.{name}",
            theme=theme,
            title=TITLES.get(f"{theme}.{name}", name.replace("_", " ").capitalize()),
            definition=f"The passage is about {name.replace('_', ' ')}.",
            plan_kinds=("integrated_care_strategy",) if name in {"general", "sexual_health"} else (),
        )
        for theme, (_, listed) in THEMES.items()
        for name in listed.split()
    )
    return Framework(
        id="health_inequalities",
        version="1.0",
        title="Health inequalities",
        description="Access, behaviours and wider determinants.",
        source="Goddard (2023)",
        licence="CC BY 4.0",
        themes=tuple(Theme(id=t, title=title) for t, (title, _) in THEMES.items()),
        codes=codes,
        hash="0123456789abcdef",
    )


@cache
def made_results(plans: int = 13, seed: int = 1, draws: int = 200, coded: bool = True) -> Results:
    """Return the complete, checked tables of a run over made-up plans; without codings when not `coded`."""
    random, framework = Random(seed), made_framework()
    places = sorted(names().items(), key=lambda item: (-len(item[1]), item[0]))[:plans]
    documents = [_document(n, *place, random) for n, place in enumerate(places)]
    failed = [documents.pop().plan] if plans >= 13 else []
    codings = [c for d in documents for c in _codings(d, framework, random)] if coded else []
    scores = score(documents, codings, framework, failed=failed)
    summed = totals(scores, framework, codings, documents)
    compared = compare(documents, codings, summed, framework, CompareSettings(draws=draws))
    problems = [*_problems(documents, failed), *compared.problems]
    return Results(
        plans=table("plans", [*(plan_row(d.plan, d) for d in documents), *(plan_row(p, None) for p in failed)]),
        passages=table("passages", [passage_row(p, d) for d in documents for p in d.passages]),
        codes=table("codes", [_code_row(c, framework) for c in framework.codes]),
        evidence=table("evidence", [evidence_row(c) for c in codings]),
        scores=table("scores", [score_row(s) for s in scores]),
        totals=summed,
        comparison=compared.table,
        problems=table("problems", [problem_row(p) for p in problems]),
        manifest=_manifest(framework),
    )


def _document(n: int, ods: str, name: str, random: Random) -> Document:
    kind = "joint_forward_plan" if n % 3 == 1 else "integrated_care_strategy"
    long = "Our strategy for better health and care for everyone who lives, works, studies or visits here, for longer"
    plan = Plan(
        plan_id=f"{ods}-{'JFP' if n % 3 == 1 else 'ICS'}-2023",
        path=f"plans/{ods}.pdf",
        sha256=content_id(ods) * 4,
        title=f"{long}: {name}"[:150] if n % 4 == 0 else f"{name} {kind.replace('_', ' ')}",
        ics_code=ods,
        ics_name=name,
        kind=kind,
        year_start=2023,
        year_end=2028,
    )
    pages, passages = [], []
    for number in range(1, random.randint(10, 40) + 1):
        at, texts = 0, []
        for _ in range(random.randint(1, 3)):
            text = _sentence(random)
            key = content_id(plan.plan_id, number, at)
            passages.append(
                Passage(
                    passage_id=key,
                    plan_id=plan.plan_id,
                    number=len(passages),
                    kind="paragraph",
                    text=text,
                    spans=(Span(number, at, at + len(text)),),
                    section=(f"Chapter {1 + number // 6}", f"Part {number}"),
                )
            )
            texts.append(text)
            at += len(text) + 1
        pages.append(page(number, " ".join(texts)))
    silent = len(pages) if n == 2 else n % 2
    pages += [page(len(pages) + 1 + i, "", "none") for i in range(silent)]
    return Document(plan=plan, pages=tuple(pages), passages=tuple(passages))


def _sentence(random: Random) -> str:
    return " ".join([random.choice(OPENINGS), *(random.choice(WORDS) for _ in range(random.randint(8, 40)))]) + "."


def _codings(document: Document, framework: Framework, random: Random) -> list[Coding]:
    keen = random.uniform(0.3, 1.0)
    made = []
    for place, code in enumerate(framework.codes):
        if random.random() > keen * (1.15 - 0.3 * (place % 4)):
            continue
        for passage in random.sample(document.passages, min(random.randint(1, 4), len(document.passages))):
            strength, right = random.choice((1, 1, 2, 2, 3, 3, 4)), random.uniform(0.7, 0.99)
            equity = random.random() < 0.3
            made.append(
                Coding(
                    coding_id=content_id(passage.passage_id, code.id),
                    plan_id=document.plan.plan_id,
                    framework=framework.id,
                    code=code.id,
                    passage_id=passage.passage_id,
                    quote=passage.text,
                    spans=passage.spans,
                    strength=strength,
                    equity=equity,
                    coder="bundled 1",
                    term="housing",
                    clause=passage.text[:20],
                    confidence=right,
                    at_least=tuple(right if k <= strength else 0.0 for k in (1, 2, 3, 4)),  # type: ignore[arg-type]
                    boxes=((passage.page, document.page(passage.page).words[0].box),),
                    section=passage.section,
                )
            )
    return made


def _code_row(code: Code, framework: Framework) -> dict[str, Any]:
    facts = {name: getattr(code, name) for name in ("theme", "title", "definition", "weight", "source", "status")}
    title = next(t.title for t in framework.themes if t.id == code.theme)
    return {"framework": framework.id, "code": code.id, "theme_title": title} | facts


def _problems(documents: list[Document], failed: list[Plan]) -> list[Problem]:
    made = [
        Problem(plan_id=d.plan.plan_id, page=p.number, stage="read", kind="unreadable", message="No text on this page.",
                remedy="Install OCR.")
        for d in documents for p in d.pages if p.source == "none"
    ]  # fmt: skip
    made += [Problem(plan_id=p.plan_id, stage="read", kind="encrypted", message="It needs a password.") for p in failed]
    return made


def _manifest(framework: Framework) -> dict[str, Any]:
    facts = {"id": framework.id, "version": framework.version, "title": framework.title, "hash": framework.hash}
    return {"format": 1, "toolkit": "0.1.0", "frameworks": [facts | {"source": framework.source}]}


def made_twice(plans: int = 3) -> Results:
    """Return results of two frameworks: the same codings under a second name."""
    run = made_results(plans)
    changes: dict[str, Any] = {}
    for name in ("codes", "evidence", "scores", "totals", "comparison"):
        frame = getattr(run, name)
        second = frame.assign(framework="second")
        if name == "evidence":
            second = second.assign(coding_id=frame["coding_id"] + "-2")
        changes[name] = pd.concat([frame, second], ignore_index=True).astype(frame.dtypes)
    facts = [*run.manifest["frameworks"], {"id": "second", "version": "2", "title": "A second framework"}]
    return replace(run, **changes, manifest=run.manifest | {"frameworks": facts})
