"""The report: one HTML file without network in which every number opens its quotes.

    write_report(results, directory) -> paths       report.html
    report_html(results, directory) -> text         the same as text; links to PDFs are as seen from `directory`

The quotes of a cell stand once in the file, inside <noscript>: read as HTML where scripts are off, and put into the
page only when a reader opens them where scripts are on, so that 20,000 quotes neither weigh on the browser nor are
kept twice. Addresses of views are ids of elements (`#plan=QE1&code=wider.housing`): links that need no script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from toolkit.publishing.files import write_text
from toolkit.publishing.labels import (
    LEVELS,
    STATES,
    framework_title,
    frameworks,
    plan_labels,
    scope,
    source,
    themes,
    title,
)
from toolkit.publishing.progress import Progress
from toolkit.publishing.quotes import pdf_paths, rows_of
from toolkit.publishing.report.drawings import hex_map, ranking
from toolkit.publishing.report.views import cells, code_views, plan_views
from toolkit.records import Results, share_text

REPORT = "report.html"


def write_report(
    results: Results, directory: str | Path, *, page_images: bool = False, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Return the paths written: report.html and, when `page_images`, pictures of the quoted pages in report_pages/.

    Pictures have the quotes marked; a plan whose PDF is not at hand, or is not the one that was read, has none.
    """
    folder = Path(directory)
    images: dict[tuple[str, int], str] = {}
    written: list[Path] = []
    if page_images:
        from toolkit.publishing.report.pages import write_pages

        found = write_pages(results, folder, progress=progress)
        images = {key: path.relative_to(folder).as_posix() for key, path in found.items()}
        written = list(found.values())
    return (write_text(folder / REPORT, report_html(results, folder, images=images)), *written)


def report_html(
    results: Results, directory: str | Path = ".", *, images: Mapping[tuple[str, int], str] | None = None
) -> str:
    """Return the report as HTML. `images` are addresses of page pictures by plan and page; nothing else is linked."""
    by_key = cells(results, pdf_paths(results, directory), images or {})
    script, style = (_asset(name) for name in ("report.js", "report.css"))
    return str(
        templates()
        .get_template("report.html.j2")
        .render(
            results=results,
            title=title(len(results.plans)),
            style=style,
            script=script,
            style_hash=_digest(style),
            script_hash=_digest(script),
            parts=[_part(results, f) for f in frameworks(results)],
            plans=plan_views(results, by_key),
            codes=code_views(results, by_key),
            coders=list(dict.fromkeys(results.evidence["coder"])),
            tiles=_tiles(results),
            failed=int((results.plans["status"] == "failed").sum()),
            problems=rows_of(results.problems),
            levels=LEVELS,
            states=STATES,
            labels=plan_labels(results.plans),
        )
    )


def _part(results: Results, framework: str) -> dict[str, Any]:
    """Return what the overview says of one framework."""
    codes = rows_of(results.codes[results.codes["framework"] == framework])
    return {
        "framework": framework,
        "title": framework_title(results, framework),
        "scope": scope(results, framework),
        "source": source(results, framework),
        "map": hex_map(results, framework),
        "ranking": ranking(results, framework),
        "themes": [
            {"id": t, "title": title, "codes": sum(c["theme"] == t for c in codes)}
            for t, title in themes(results, framework).items()
        ],
    }


def _tiles(results: Results) -> list[tuple[str, str]]:
    """Return the few figures with which the overview begins: what they count, and the number as text."""
    read = results.plans[results.plans["status"] == "read"]
    pages, unread = int(read["pages"].sum()), int(read["pages_none"].sum())
    strong = int((results.evidence["strength"] >= 3).sum())
    equity = int(results.evidence["equity"].sum())
    total = len(results.evidence)
    return [
        ("plans read", f"{len(read)} of {len(results.plans)}"),
        ("pages read", f"{pages - unread:,} of {pages:,}"),
        ("quotes coded", f"{total:,}"),
        ("are actions or measurable", f"{share_text(strong, total)} ({strong:,})"),
        ("have an equity focus", f"{share_text(equity, total)} ({equity:,})"),
    ]


@cache
def templates() -> Any:
    """Return the environment of the templates: what comes from a plan is escaped, a missing name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("toolkit.publishing", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> str:
    return files("toolkit.publishing").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Return the hash by which the page's own policy allows this script or style, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
