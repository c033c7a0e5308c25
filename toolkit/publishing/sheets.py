"""The tables of the workbook: one per sheet, no blank cell, text that a spreadsheet program leaves alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.publishing.labels import (
    LEVELS,
    OVERALL,
    choose_framework,
    count,
    framework_title,
    frameworks,
    kind_text,
    plan_labels,
    scope,
    themes,
)
from toolkit.publishing.quotes import page_link, pdf_paths, quotes_by_cell, rows_of, shortened, whole_quote
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd

NOT_AVAILABLE, NOT_APPLICABLE, NONE = "[x]", "[z]", "[none]"
SHORTHAND = (
    f"{NOT_AVAILABLE} not available: the text could not be read, or the figure is not defined",
    f"{NOT_APPLICABLE} not applicable to this kind of plan",
    f"{NONE} nothing to state",
)
LONGEST_CELL = 32_000  # characters; Excel takes 32,767
LONGEST_QUOTE = 300  # in the framework matrix, where many stand side by side
MOST_LINKS = 65_000  # per sheet; Excel takes 65,530
PERCENT = "0%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its table, what that shows, and how wide and in what form its columns are written."""

    name: str
    title: str
    table: pd.DataFrame
    widths: tuple[float, ...]
    scope: str
    formats: Mapping[str, str]
    about: str


def plain(text: object) -> str:
    """Return text as a cell can hold it: never empty, nothing that is taken for a link or a note, of bounded length.

    A space is put into "](" and between two "$", since the writer would read them as its own marks; text of signs
    alone (a lone bullet) becomes "[none]". A leading "=", "+", "-" or "@" stays: cells are written as text.
    """
    cleaned = str(text).replace("](", "] (").replace("$$", "$ $")
    cleaned = "".join(c for c in cleaned if c in "\n\t" or ord(c) >= 32)
    if not any(c.isascii() and c.isalnum() for c in cleaned):
        return NONE
    return shortened(cleaned, LONGEST_CELL)


def sheets(run: Results, directory: str | Path) -> tuple[Sheet, ...]:
    """Return the sheets in order: summary, scores, a framework matrix per theme, evidence, plans, problems."""
    labels, paths = plan_labels(run.plans), pdf_paths(run, directory)
    cells = quotes_by_cell(run)
    matrices: list[Sheet] = []
    for framework in frameworks(run):
        for theme in themes(run, framework):
            name = f"Matrix {len(matrices) + 1}"
            matrices.append(_matrix(run, (framework, theme), name, (labels, paths, cells)))
    made = [
        _summary(run, labels),
        _scores(run, labels),
        *matrices,
        _evidence(run, labels, paths),
        _problems(run, labels),
    ]
    return tuple(sheet for sheet in made if len(sheet.table))


def _summary(run: Results, labels: Mapping[str, str]) -> Sheet:
    """A row per plan and framework: what was read, shares with intervals and ranks, the four plain indicators."""
    totals = {(r["framework"], r["plan_id"], r["theme"]): r for r in rows_of(run.totals)}
    compared = {(r["framework"], r["plan_id"], r["theme"]): r for r in rows_of(run.comparison)}
    several = len(frameworks(run)) > 1
    rows = []
    for framework in frameworks(run):
        for plan in rows_of(run.plans):
            key = (framework, plan["plan_id"], OVERALL)
            total, place = totals.get(key, {}), compared.get(key, {})
            row = {"Plan": labels[plan["plan_id"]], "Plan id": plan["plan_id"], "Kind": kind_text(plan["kind"])}
            if several:
                row["Framework"] = framework_title(run, framework)
            row |= {"Pages": plan["pages"], "Pages not read": plan["pages_none"]}
            row |= {"Share of points": total.get("share"), "Lowest likely share": place.get("share_low")}
            row |= {"Highest likely share": place.get("share_high"), "Rank": place.get("rank")}
            row |= {"Best likely rank": place.get("rank_low"), "Worst likely rank": place.get("rank_high")}
            row |= {"Plans compared": place.get("plans_compared"), "Band": place.get("band")}
            row |= {"Codes found": total.get("codes_found"), "Codes that apply": total.get("codes_applicable")}
            row |= {"Mean level where found": total.get("depth"), "Codings": total.get("codings")}
            row |= {"Equity focus": total.get("equity_focus"), "Coded words per 1,000": total.get("salience")}
            for theme, title in themes(run, framework).items():
                own = totals.get((framework, plan["plan_id"], theme), {})
                row[f"Share: {plain(title)}"] = own.get("share")
            rows.append(row)
    shares = [c for c in dict.fromkeys(c for r in rows for c in r) if "hare" in c or c == "Equity focus"]
    formats = dict.fromkeys(shares, PERCENT) | {"Mean level where found": "0.0", "Coded words per 1,000": "0.0"}
    about = (
        "Each row is a plan. Shares are points as a share of the points available; ranks are of shares, 1 = highest."
    )
    return _sheet("Summary", "Summary of all plans", rows, _scope(run), {"Plan": 40, "Plan id": 24}, formats, about)


def _scores(run: Results, labels: Mapping[str, str]) -> Sheet:
    """A row per plan and code, complete."""
    titles = {(r["framework"], r["code"]): r for r in rows_of(run.codes)}
    several = len(frameworks(run)) > 1
    rows = []
    for score in rows_of(run.scores):
        code = titles[score["framework"], score["code"]]
        silent = NOT_APPLICABLE if score["state"] == "not_applicable" else NOT_AVAILABLE
        row: dict[str, Any] = {"Plan": labels[score["plan_id"]]}
        if several:
            row["Framework"] = framework_title(run, score["framework"])
        row |= {"Theme": code["theme_title"], "Code": code["title"], "State": score["state"].replace("_", " ")}
        for heading, column in (
            ("Level", "level"),
            ("Expected level", "expected_level"),
            ("Equity level", "equity_level"),
            ("Expected equity level", "expected_equity_level"),
            ("Points", "points"),
        ):
            row[heading] = silent if score[column] is None else score[column]
        row |= {"Points available": score["available"], "Codings": score["codings"]}
        row |= {"Codings with equity focus": score["equity_codings"], "Sections with code": score["sections_with_code"]}
        rows.append(row | {"Sections": score["sections"]})
    formats = {"Expected level": "0.0", "Expected equity level": "0.0", "Points": "0.0"}
    about = "Each row is a plan and a code. Levels: " + ", ".join(f"{n} {name}" for n, name in LEVELS.items()) + "."
    widths = {"Plan": 40, "Theme": 30, "Code": 34, "State": 16}
    return _sheet("Scores", "Scores by plan and code", rows, _scope(run), widths, formats, about)


def _matrix(run: Results, which: tuple[str, str], name: str, know: tuple[Any, Any, Any]) -> Sheet:
    """A row per plan, two columns per code of one theme: level with the strongest quote, and a link to its page.

    The link is a cell of its own, since LibreOffice does not wrap text that is a link.
    """
    (framework, theme), (labels, paths, cells) = which, know
    codes = [r for r in rows_of(run.codes) if r["framework"] == framework and r["theme"] == theme]
    scores = {(r["plan_id"], r["code"]): r for r in rows_of(run.scores) if r["framework"] == framework}
    headings = _unique(code["title"] for code in codes)
    rows = []
    for plan, label in labels.items():
        row: dict[str, Any] = {"Plan": label}
        for code, heading in zip(codes, headings, strict=True):
            best = cells.get((framework, plan, code["code"]), [])
            row[heading], row[f"{heading}: page"] = _cell(scores[plan, code["code"]], best, paths)
        rows.append(row)
    title = f"Framework matrix: {themes(run, framework)[theme]}"
    about = "Each cell: level, number of codings and the strongest quote (cut at 300 characters); beside it, its page."
    own = scope(run, framework)
    return _sheet(name, title, rows, own, {"Plan": 34} | dict.fromkeys(headings, 44), {}, about)


def _cell(score: Mapping[str, Any], quotes: list[dict[str, Any]], paths: Mapping[str, str]) -> tuple[object, object]:
    if score["state"] == "not_applicable":
        return NOT_APPLICABLE, NOT_APPLICABLE
    if score["level"] is None:
        return NOT_AVAILABLE, NOT_AVAILABLE
    if not quotes:
        return f"{score['level']} {LEVELS[score['level']]}", NONE
    best = quotes[0]
    said = shortened(whole_quote(best), LONGEST_QUOTE)
    text = plain(f"{score['level']} {LEVELS[score['level']]} ({count(len(quotes), 'coding')}): “{said}”")
    return text, _page(paths, best)


def _page(paths: Mapping[str, str], row: Mapping[str, Any]) -> object:
    """Return "page 12", as a link when the plan's PDF is there."""
    link = page_link(paths, row["plan_id"], row["page"])
    return {f"page {row['page']}": f"external:{link}"} if link else f"page {row['page']}"


def _evidence(run: Results, labels: Mapping[str, str], paths: Mapping[str, str]) -> Sheet:
    """A row per coding, with its quote in full."""
    titles = {(r["framework"], r["code"]): r for r in rows_of(run.codes)}
    rows = []
    for n, row in enumerate(rows_of(run.evidence)):
        code = titles[row["framework"], row["code"]]
        rows.append(
            {
                "Plan": labels[row["plan_id"]],
                "Theme": code["theme_title"],
                "Code": code["title"],
                "Strength": f"{row['strength']} {LEVELS[row['strength']]}",
                "Equity focus": "yes" if row["equity"] else "no",
                "Quote": whole_quote(row),
                "Page": _page(paths if n < MOST_LINKS else {}, row),
                "Section": row["section"],
                "Confidence": row["confidence"],
                "Term": row["term"],
                "Coder": row["coder"],
                "Coding id": row["coding_id"],
            }
        )
    widths = {"Plan": 34, "Theme": 26, "Code": 30, "Quote": 90, "Section": 40, "Coding id": 20}
    about = "Each row is a coding of a passage. Quotes are verbatim but for the signs named in the notes."
    return _sheet(
        "Evidence", "Evidence: every coding with its quote", rows, _scope(run), widths, {"Confidence": "0.00"}, about
    )


def _problems(run: Results, labels: Mapping[str, str]) -> Sheet:
    """A row per thing that a person should know before using the numbers."""
    rows = [
        {
            "Plan": labels.get(row["plan_id"], "all plans"),
            "Page": "whole plan" if row["page"] is None else row["page"],
            "Stage": row["stage"],
            "Kind": row["kind"],
            "What happened": row["message"],
            "What can be done": row["remedy"],
        }
        for row in rows_of(run.problems)
    ]
    widths = {"Plan": 40, "Kind": 22, "What happened": 70, "What can be done": 50}
    about = "Each row is something to know before the numbers are used."
    return _sheet("Problems", "Problems found on the way", rows, _scope(run), widths, {}, about)


def _sheet(
    name: str,
    title: str,
    rows: list[dict[str, Any]],
    scope: str,
    widths: Mapping[str, float],
    formats: Mapping[str, str],
    about: str,
) -> Sheet:
    import pandas as pd

    columns = list(dict.fromkeys(c for row in rows for c in row))
    table = pd.DataFrame([[_value(row.get(c)) for c in columns] for row in rows], columns=columns, dtype=object)
    wide = tuple(widths.get(c, 12) for c in columns)
    kept = {c: f for c, f in formats.items() if c in columns}
    return Sheet(name=name, title=plain(title), table=table, widths=wide, scope=plain(scope), formats=kept, about=about)


def _value(value: object) -> object:
    if value is None:
        return NOT_AVAILABLE
    return plain(value) if isinstance(value, str) else value


def _unique(titles: Iterable[str]) -> list[str]:
    made: list[str] = []
    for title in map(plain, titles):
        made.append(title if title not in made else f"{title} ({len(made) + 1})")
    return made


def _scope(run: Results) -> str:
    first = choose_framework(run, None)
    return scope(run, first) + "".join(f"; {framework_title(run, f)}" for f in frameworks(run) if f != first)
