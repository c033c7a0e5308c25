"""The record from which all forms of a briefing are written: quotes with their pages, numbers, what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.errors import UnknownName
from toolkit.publishing.briefing.facts import Said, chapters, stated
from toolkit.publishing.labels import (
    LEVELS,
    OVERALL,
    choose_framework,
    count,
    framework_title,
    kind_text,
    plan_labels,
    themes,
)
from toolkit.publishing.quotes import rows_of, whole_quote
from toolkit.publishing.report.quote import file_name
from toolkit.publishing.report.views import figures
from toolkit.records import Results

NOT_STATED = "not found in the plan"
NOT_READ = "not known: the plan could not be read"
_IMPLICATIONS, _STRONGEST = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of the briefing: numbers or facts of the file in `text`, the plan's own words in `quotes`."""

    name: str
    text: str = ""
    quotes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A plan on one page; every sentence about it is a quote with its page, or a number."""

    plan_id: str
    label: str
    title: str
    facts: tuple[Fact, ...]
    themes: tuple[Fact, ...]
    strongest: tuple[Said, ...]
    gaps: tuple[str, ...]
    source: str


def briefing_data(results: Results, plan_id: str, *, framework: str | None = None) -> Briefing:
    """Return the briefing of a plan by one framework (the run's first when None); UnknownName lists the choices."""
    chosen = choose_framework(results, framework)
    plans = {p["plan_id"]: p for p in rows_of(results.plans)}
    if plan_id not in plans:
        raise UnknownName("plan", plan_id, plans)
    plan = plans[plan_id]
    passages = rows_of(results.passages[results.passages["plan_id"] == plan_id])
    scores = rows_of(_of(results.scores, plan_id, chosen))
    compared = {r["theme"]: figures(r) for r in rows_of(_of(results.comparison, plan_id, chosen))}
    codes = {c["code"]: c for c in rows_of(results.codes[results.codes["framework"] == chosen])}
    evidence = _ranked(rows_of(_of(results.evidence, plan_id, chosen)))
    best = _one_per_theme(evidence, codes)
    used = {_place(r) for r in best.values()}
    measurable = _next(evidence, used, _IMPLICATIONS, strength=4)
    strongest = _next(evidence, used, _STRONGEST, strength=2)
    return Briefing(
        plan_id=plan_id,
        label=plan_labels(results.plans)[plan_id],
        title=plan["title"],
        facts=_facts(plan, passages, scores, [_said(r, codes) for r in measurable]),
        themes=tuple(
            Fact(
                name=f"{title}: {_share(compared.get(theme))}",
                text=_levels([s for s in scores if s["theme"] == theme]),
                quotes=(_said(best[theme], codes),) if theme in best else (),
            )
            for theme, title in themes(results, chosen).items()
        ),
        strongest=tuple(_said(r, codes) for r in strongest),
        gaps=_gaps(scores, codes),
        source=f"{framework_title(results, chosen)}: {_share(compared.get(OVERALL))}. Scores say how strongly the text "
        "commits itself, not what was done. "
        f"File read: {file_name(plan['path'])}, SHA-256 {plan['sha256'][:16]}…",
    )


def _of(frame: Any, plan_id: str, framework: str) -> Any:
    return frame[(frame["plan_id"] == plan_id) & (frame["framework"] == framework)]


def _facts(
    plan: Mapping[str, Any],
    passages: Sequence[Mapping[str, Any]],
    scores: Sequence[Mapping[str, Any]],
    measurable: Sequence[Said],
) -> tuple[Fact, ...]:
    """Return the facts in the order of a policy briefing."""
    found = stated(passages)
    unknown = NOT_READ if plan["status"] == "failed" else NOT_STATED
    years = " to ".join(str(y) for y in (plan["year_start"], plan["year_end"]) if y is not None)
    guessed = f" Guessed: {plan['guessed']}." if plan["guessed"] else ""

    def fact(name: str, text: str = "", quotes: Sequence[Said] | None = None) -> Fact:
        own = tuple(found.get(name, ()) if quotes is None else quotes)
        return Fact(name=name, text=text or ("" if own else unknown), quotes=own)

    words = f"{count(plan['pages'], 'page')}, {plan['words']:,} words"
    unread = f"; {count(plan['pages_none'], 'page')} could not be read" if plan["pages_none"] else ""
    covers = f"Covers {years}." if years else ""
    return (
        fact("Source", f"{plan['ics_name'] or 'System not known'}.{guessed}", ()),
        fact("Publication format", f"{kind_text(plan['kind']).capitalize()}, PDF: {words}{unread}.", ()),
        fact("Date", covers),
        fact("Summary"),
        fact("Key features", "" if plan["status"] == "failed" else _levels(scores), chapters(passages)),
        fact("Primary audience"),
        fact("Implications", "" if measurable else _no_measure(plan), measurable),
        fact("Last updated"),
        fact("Due for review"),
        fact("Responsible person"),
    )


def _no_measure(plan: Mapping[str, Any]) -> str:
    return NOT_READ if plan["status"] == "failed" else "No further measurable commitment was found (0)."


def _ranked(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return evidence surest of its strength first: a strong claim that is in doubt does not lead a briefing."""
    kept = [r for r in rows if r["strength"] >= 2 and 30 <= len(whole_quote(r)) <= 400]
    return sorted(kept, key=lambda r: (-r["strength"], -r[f"at_least_{r['strength']}"], r["page"], r["start"]))


def _one_per_theme(rows: Sequence[dict[str, Any]], codes: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        theme = codes[row["code"]]["theme"]
        if theme not in best and _place(row) not in {_place(b) for b in best.values()}:
            best[theme] = row
    return best


def _next(rows: Sequence[dict[str, Any]], used: set[tuple[int, int]], most: int, strength: int) -> list[dict[str, Any]]:
    """Return the next best rows on words that were not `used` yet, of another code each; they are used then."""
    chosen: list[dict[str, Any]] = []
    for row in rows:
        fresh = _place(row) not in used and row["code"] not in {c["code"] for c in chosen}
        if fresh and row["strength"] >= strength and len(chosen) < most:
            chosen.append(row)
            used.add(_place(row))
    return chosen


def _place(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["page"], row["start"]


def _said(row: Mapping[str, Any], codes: Mapping[str, Mapping[str, Any]]) -> Said:
    about = f"{codes[row['code']]['title']}, {LEVELS[row['strength']]}" + (", equity focus" if row["equity"] else "")
    return Said(text=whole_quote(row), page=row["page"], about=about)


def _share(figure: Mapping[str, str] | None) -> str:
    if figure is None or figure["share"] == "–":
        return "no share"
    says = f"{figure['share']} of the points"
    return says if figure["interval"] == "–" else f"{says} (interval {figure['interval']})"


def _levels(scores: Sequence[Mapping[str, Any]]) -> str:
    """Return how many codes are found, and how strongly ("7 of 8 codes: 3 measurable, 4 action")."""
    asked = [s for s in scores if s["state"] in ("found", "absent")]
    parts = [
        f"{n} {LEVELS[level]}" for level in (4, 3, 2, 1) if (n := sum(s["level"] == level for s in asked if s["level"]))
    ]
    found = sum(s["state"] == "found" for s in asked)
    says = f"{found} of {count(len(asked), 'code')} found" + (f": {', '.join(parts)}" if parts else "")
    silent = sum(s["state"] == "unreadable" for s in scores)
    return f"{says}; {count(silent, 'code')} could not be judged." if silent else f"{says}."


def _gaps(scores: Sequence[Mapping[str, Any]], codes: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    def titles(rows: Sequence[Mapping[str, Any]]) -> str:
        return "; ".join(codes[s["code"]]["title"] for s in rows) or "none"

    absent = [s for s in scores if s["state"] == "absent"]
    mention = [s for s in scores if s["state"] == "found" and s["level"] == 1]
    found = [s for s in scores if s["state"] == "found"]
    blind = [s for s in found if not s["equity_codings"]]
    silent = [s for s in scores if s["state"] == "unreadable"]
    lines = [
        f"Nothing found ({len(absent)}): {titles(absent)}.",
        f"Only mentioned ({len(mention)}): {titles(mention)}.",
        f"Found without an equity focus: {len(blind)} of {len(found)}.",
    ]
    return (
        (*lines, f"Could not be judged ({len(silent)}), since the text could not be read.") if silent else tuple(lines)
    )
