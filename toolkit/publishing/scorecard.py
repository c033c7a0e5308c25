"""The page in front of a plan's evidence: what the plan scored, code by code, and how the highlights are to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.publishing.labels import LEVELS, OVERALL, STATES, count, framework_title, frameworks, plan_labels, themes
from toolkit.publishing.paper import RULE, paper, paragraph
from toolkit.publishing.quotes import rows_of
from toolkit.publishing.report.views import figures
from toolkit.records import Results

# Light enough for black words under them; a reader without colours finds theme and code in each note.
THEME_COLOURS: tuple[str, ...] = ("#A9C7E8", "#FFD0A6", "#9FE0D9", "#F0B3CF", "#D9CCEF", "#D0D0D0")


def theme_colours(results: Results) -> dict[tuple[str, str], str]:
    """Return the colour of each theme by framework and theme id; with more than six themes colours come again."""
    keys = [(f, t) for f in frameworks(results) for t in themes(results, f)]
    return {key: THEME_COLOURS[n % len(THEME_COLOURS)] for n, key in enumerate(keys)}


def scorecard(results: Results, plan: Mapping[str, Any], front: int = 1) -> bytes:
    """Return the scorecard of a plan (a row of `plans`) as PDF; `front` is how many pages it will put before page 1."""
    label = plan_labels(results.plans)[plan["plan_id"]]
    story = [paragraph(label, "title"), paragraph(plan["title"])]
    shift = "the next page" if front == 1 else f"page {front + 1} of this file"
    story.append(
        paragraph(
            f"Page 1 of the plan is {shift}: page n of the plan is page n + {front} of this file. The plan's pages are "
            "unchanged; highlights are notes that lie on them. Open the list of notes or the bookmarks to find them.",
            "small",
        )
    )
    for framework in frameworks(results):
        story += _part(results, framework, plan["plan_id"])
    story.append(
        paragraph(
            "Scores say how strongly the plan's text commits itself (1 mention, 2 aim, 3 action, 4 measurable); they "
            f"do not say what was done. File read: SHA-256 {plan['sha256']}.",
            "small",
        )
    )
    return paper(story, title=f"Evidence: {label}")


def _part(results: Results, framework: str, plan_id: str) -> list[Any]:
    own = results.comparison[
        (results.comparison["framework"] == framework) & (results.comparison["plan_id"] == plan_id)
    ]
    shares = {r["theme"]: figures(r) for r in rows_of(own)}
    scores = results.scores[(results.scores["framework"] == framework) & (results.scores["plan_id"] == plan_id)]
    cells = {r["code"]: r for r in rows_of(scores)}
    codes = rows_of(results.codes[results.codes["framework"] == framework])
    rows: list[Sequence[str]] = [("Code", "Strength", "With equity focus", "Quotes")]
    fills: dict[int, str] = {}
    for theme, title in themes(results, framework).items():
        fills[len(rows)] = theme_colours(results)[framework, theme]
        rows.append((f"{title}: {_share(shares.get(theme))}", "", "", ""))
        rows += [_row(c["title"], cells[c["code"]]) for c in codes if c["theme"] == theme and c["code"] in cells]
    head = f"{framework_title(results, framework)}: {_share(shares.get(OVERALL))}"
    return [paragraph(head, "heading"), _table(rows, fills)]


def _share(figure: Mapping[str, str] | None) -> str:
    if figure is None or figure["share"] == "–":
        return "no share"
    says = f"{figure['share']} of the points"
    return says if figure["interval"] == "–" else f"{says} (interval {figure['interval']})"


def _row(title: str, cell: Mapping[str, Any]) -> tuple[str, str, str, str]:
    if cell["state"] != "found":
        return title, STATES[cell["state"]].meaning, "", count(cell["codings"], "quote")
    equity = cell["equity_level"]
    with_equity = f"{equity} {LEVELS[equity]}" if equity else "none"
    return title, f"{cell['level']} {LEVELS[cell['level']]}", with_equity, count(cell["codings"], "quote")


def _table(rows: Sequence[Sequence[str]], fills: Mapping[int, str]) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table

    bold = {0, *fills}
    body = [[paragraph(cell, "cell", bold=n in bold) for cell in row] for n, row in enumerate(rows)]
    style: list[Any] = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor(RULE)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    for row, colour in fills.items():
        style += [("SPAN", (0, row), (-1, row)), ("BACKGROUND", (0, row), (-1, row), HexColor(colour))]
    return Table(body, colWidths=(230, 150, 85, 50), style=style, repeatRows=1, hAlign="LEFT")
