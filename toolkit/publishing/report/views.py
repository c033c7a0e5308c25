"""What the report shows, as frozen records: the matrix, a view per plan and a view per code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as escape

from toolkit.publishing.labels import LEVELS, OVERALL, STATES, count, frameworks, kind_text, plan_labels, themes
from toolkit.publishing.quotes import quotes_by_cell, rows_of
from toolkit.publishing.report.quote import Quote, file_name, quote_record
from toolkit.records import Results, share_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One plan on one code: `mark` is what a table shows, `says` the same in words, `anchor` where its quotes are."""

    anchor: str
    plan: str
    code: str
    title: str
    state: str
    level: int | None
    equity_level: int | None
    mark: str
    says: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeView:
    """A theme of one plan: its share with interval and ranks as text, and its cells."""

    title: str
    figures: Mapping[str, str]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan: facts in reading order, overall figures and themes per framework, problems met while reading it."""

    anchor: str
    plan_id: str
    label: str
    title: str
    failed: bool
    facts: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, Mapping[str, str], tuple[ThemeView, ...]], ...]
    problems: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """A code of a framework and its cell for every plan."""

    anchor: str
    framework: str
    code: str
    title: str
    theme: str
    theme_title: str
    definition: str
    source: str
    cells: tuple[Cell, ...]


def anchor(*, plan: str = "", code: str = "", framework: str = "") -> str:
    """Return the address of a view within the report ("plan=QE1&code=wider.housing"): element id and link alike."""
    parts = (("plan", plan), ("framework", framework), ("code", code))
    return "&".join(f"{name}={escape(value, safe='')}" for name, value in parts if value)


def cells(
    results: Results, paths: Mapping[str, str], images: Mapping[tuple[str, int], str]
) -> dict[tuple[str, str, str], Cell]:
    """Return the cell of every framework, plan and code; quotes strongest first, then in reading order."""
    quotes = quotes_by_cell(results)
    first = next(iter(frameworks(results)), "")
    titles = {(c["framework"], c["code"]): c["title"] for c in rows_of(results.codes)}
    made = {}
    for row in rows_of(results.scores):
        key = (row["framework"], row["plan_id"], row["code"])
        rows = sorted(quotes.get(key, ()), key=lambda q: (-q["strength"], not q["equity"], q["page"], q["start"]))
        own = tuple(quote_record(q, paths, images) for q in rows)
        mark = STATES[row["state"]].mark if row["state"] in STATES else str(row["level"])
        made[key] = Cell(
            anchor=anchor(plan=key[1], code=key[2], framework="" if key[0] == first else key[0]),
            plan=key[1],
            code=key[2],
            title=titles[key[0], key[2]],
            state=row["state"],
            level=row["level"],
            equity_level=row["equity_level"],
            mark=mark,
            says=_in_words(row["state"], row["level"]),
            quotes=own,
        )
    return made


def _in_words(state: str, level: int | None) -> str:
    return LEVELS[level] if state == "found" and level is not None else STATES[state].meaning.split(":")[0]


def figures(row: Mapping[str, Any] | None) -> dict[str, str]:
    """Return the figures of a row of `comparison` as readers see them; en dashes when there is no share."""
    names = ("share", "share_low", "share_high", "rank", "rank_low", "rank_high", "plans_compared", "band")
    facts = {name: (row or {}).get(name) for name in names}
    spans = {"interval": ("share_low", "share_high"), "ranks": ("rank_low", "rank_high")}
    shown = {name: "–" if facts[name] is None else f"{facts[name]}" for name in names[3:]}
    shown["share"] = share_text(facts["share"], 1)
    for name, ends in spans.items():
        low, high = (facts[e] for e in ends)
        if low is None or high is None:
            shown[name] = "–"
        elif name == "ranks":
            shown[name] = f"{low} to {high}"
        else:
            shown[name] = f"{share_text(low, 1)} to {share_text(high, 1)}"
    return shown


def plan_views(results: Results, by_key: Mapping[tuple[str, str, str], Cell]) -> tuple[PlanView, ...]:
    """Return a view per plan, in the order of the run."""
    labels = plan_labels(results.plans)
    compared = {(r["framework"], r["plan_id"], r["theme"]): r for r in rows_of(results.comparison)}
    problems: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows_of(results.problems):
        problems.setdefault(row["plan_id"], []).append(row)
    return tuple(
        PlanView(
            anchor=anchor(plan=row["plan_id"]),
            plan_id=row["plan_id"],
            label=labels[row["plan_id"]],
            title=row["title"],
            failed=row["status"] == "failed",
            facts=_facts(row),
            parts=tuple(
                (
                    facts["title"],
                    figures(compared.get((f, row["plan_id"], OVERALL))),
                    _themes(results, f, row, by_key, compared),
                )
                for f, facts in frameworks(results).items()
            ),
            problems=tuple(problems.get(row["plan_id"], ())),
        )
        for row in rows_of(results.plans)
    )


def _themes(
    results: Results,
    framework: str,
    plan: Mapping[str, Any],
    by_key: Mapping[tuple[str, str, str], Cell],
    compared: Mapping[tuple[str, str, str], Mapping[str, Any]],
) -> tuple[ThemeView, ...]:
    codes = rows_of(results.codes[results.codes["framework"] == framework])
    name = plan["plan_id"]
    return tuple(
        ThemeView(
            title=title,
            figures=figures(compared.get((framework, name, theme))),
            cells=tuple(
                by_key[key]
                for c in codes
                if c["theme"] == theme and (key := (framework, name, c["code"])) in by_key
            ),
        )
        for theme, title in themes(results, framework).items()
    )  # fmt: skip


def _facts(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    years = "–".join(str(y) for y in (row["year_start"], row["year_end"]) if y is not None)
    unread = row["pages_none"]
    read = f"{count(row['pages'], 'page')}, {row['words']:,} words"
    read += f"; {count(row['pages_ocr'], 'page')} by text recognition" if row["pages_ocr"] else ""
    read += f"; {count(unread, 'page')} could not be read" if unread else ""
    facts = (
        ("System", row["ics_name"] or "not known"),
        ("Kind of plan", kind_text(row["kind"])),
        ("Years", years or "not known"),
        ("File", file_name(row["path"])),
        ("Read", "could not be read" if row["status"] == "failed" else read),
        ("Guessed facts", row["guessed"]),
    )
    return tuple((name, value) for name, value in facts if value)


def code_views(results: Results, by_key: Mapping[tuple[str, str, str], Cell]) -> tuple[CodeView, ...]:
    """Return a view per code, in the order of the frameworks."""
    first = next(iter(frameworks(results)), "")
    plans = list(results.plans["plan_id"])
    return tuple(
        CodeView(
            anchor=anchor(code=row["code"], framework="" if row["framework"] == first else row["framework"]),
            framework=row["framework"],
            code=row["code"],
            title=row["title"],
            theme=row["theme"],
            theme_title=row["theme_title"],
            definition=row["definition"] or "",
            source=row["source"] or "",
            cells=tuple(by_key[key] for p in plans if (key := (row["framework"], p, row["code"])) in by_key),
        )
        for row in rows_of(results.codes)
    )
