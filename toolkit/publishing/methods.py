"""What a run says about itself: a methods paragraph for a paper, a record of its files (RO-Crate), how to cite it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from toolkit.publishing.files import write_text
from toolkit.publishing.labels import OVERALL, comparing_settings, count, framework_title, frameworks, themes, title
from toolkit.publishing.quotes import rows_of
from toolkit.records import Results, share_text

METHODS, CRATE, CITATION = "methods.md", "ro-crate-metadata.json", "CITATION.txt"
_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".html": "text/html",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_RIGHTS = "No licence is stated; choose one before you deposit. Quotes remain the copyright of the plans' authors."


def write_methods(results: Results, directory: str | Path) -> tuple[Path, ...]:
    """Return the paths of methods.md, CITATION.txt and ro-crate-metadata.json; the last lists all files of the folder.

    Call it last: a file written later is not in the record.
    """
    folder = Path(directory)
    written = (
        write_text(folder / METHODS, methods_text(results)),
        write_text(folder / CITATION, citation_text(results)),
    )
    crate = json.dumps(ro_crate(results, folder), indent=2, ensure_ascii=False) + "\n"
    return (*written, write_text(folder / CRATE, crate))


def methods_text(results: Results) -> str:
    """Return a methods section in Markdown, every number from the run; what the run does not know is not said."""
    paragraphs = ["# Methods", _plans_text(results)]
    paragraphs += [_coding_text(results, f) for f in frameworks(results)]
    paragraphs += [_scoring_text(results), _limits_text(results), "## How to cite", citation_text(results)]
    return "\n\n".join(p.strip() for p in paragraphs if p) + "\n"


def _plans_text(results: Results) -> str:
    plans = rows_of(results.plans)
    read = [p for p in plans if p["status"] == "read"]
    systems = len({p["ics_code"] for p in plans if p["ics_code"]})
    pages = sum(p["pages"] for p in read)
    by_ocr, unread = (sum(p[c] for p in read) for c in ("pages_ocr", "pages_none"))
    says = f"We analysed {count(len(plans), 'plan')}"
    says += f" of {count(systems, 'integrated care system')}" if systems else ""
    failed = [p["plan_id"] for p in plans if p["status"] == "failed"]
    if not read:
        return f"{says}. None could be read: {', '.join(failed)}."
    says += (
        f". {count(len(read), 'plan')} could be read ({count(pages, 'page')}, {sum(p['words'] for p in read):,} words)"
    )
    says += f"; {count(by_ocr, 'page')} by optical character recognition" if by_ocr else ""
    says += f"; {count(unread, 'page')} ({share_text(unread, pages)}) could not be read" if unread else ""
    says += f". Not read at all: {', '.join(failed)}" if failed else ""
    content = results.passages[~results.passages["kind"].isin(["furniture", "contents"])]
    return f"{says}. Their text was divided into {count(len(content), 'passage')} (paragraphs, list items, table rows)."


def _coding_text(results: Results, framework: str) -> str:
    codes = results.codes[results.codes["framework"] == framework]
    facts = frameworks(results)[framework]
    own = results.evidence[results.evidence["framework"] == framework]
    names = "; ".join(themes(results, framework).values())
    coders = ", ".join(f"{name} ({number:,})" for name, number in own["coder"].value_counts(sort=False).items())
    strengths = own["strength"].value_counts()
    ladder = ", ".join(
        f"{name} {int(strengths.get(level, 0)):,}"
        for level, name in ((1, "mention"), (2, "aim"), (3, "action"), (4, "measurable"))
    )
    says = f"Passages were coded by the framework {framework_title(results, framework)}"
    says += f" (content hash {facts['hash']})" if facts.get("hash") else ""
    says += f": {count(len(codes), 'code')} in {count(codes['theme'].nunique(), 'theme')} ({names}). "
    says += "A coding holds a code, a strength of commitment (1 mention, 2 aim, 3 action, 4 measurable) and whether "
    says += "it has an equity focus, with the verbatim quote and its place in the PDF. "
    says += f"There are {count(len(own), 'coding')}"
    says += f", by coder: {coders}; by strength: {ladder}" if len(own) else ""
    equity = int(own["equity"].sum())
    return f"{says}; {equity:,} ({share_text(equity, len(own))}) have an equity focus."


def _scoring_text(results: Results) -> str:
    share = results.manifest.get("settings", {}).get("scoring", {}).get("readable_share")
    # Interval, draws and seed are the same for all frameworks of a run; only the coder's recall differs.
    comparing = next((found for f in frameworks(results) if (found := comparing_settings(results, f))), {})
    says = "A plan's level on a code (0 to 4) is the highest strength found; points mix this level with the level "
    says += "reached with an equity focus; a plan's share is its points over the points available. "
    says += "Silence counted as absence "
    says += f"where at least {share_text(share, 1)} of pages could be read" if share else "where the plan could be read"
    says += "; elsewhere the cell is unreadable and no share is given. Codes that do not apply to a kind of plan count "
    says += (
        "neither way. Intervals resample a plan's sections and draw the coder's error from its calibrated confidence"
    )
    if comparing:
        says += f" ({share_text(comparing['interval'], 1)} intervals, {comparing['draws']:,} draws, "
        says += f"seed {comparing['seed']})"
    whole = results.comparison[results.comparison["theme"] == OVERALL]
    bands = {f: int(rows["band"].dropna().nunique()) for f, rows in whole.groupby("framework", sort=False)}
    for name, number in bands.items():
        if number:
            says += f". By {framework_title(results, str(name))} the plans form {count(number, 'band')}"
    return f"{says}. Plans of one band can not be told apart; their ranks should not be reported without intervals."


def _limits_text(results: Results) -> str:
    states = results.scores["state"].value_counts()
    cells = ", ".join(f"{str(s).replace('_', ' ')} {int(n):,}" for s, n in sorted(states.items()))
    problems = len(results.problems)
    return (
        f"Of {count(len(results.scores), 'cell')} (plan by code): {cells}. "
        f"{count(problems, 'problem')} met on the way {'is' if problems == 1 else 'are'} listed in problems.csv. "
        "Scores describe what plans say, not what was done."
    )


def citation_text(results: Results) -> str:
    """Return how to cite the run: its toolkit, its frameworks and their sources, and the data behind maps."""
    version = results.manifest.get("toolkit", "")
    lines = [f"ICS plan toolkit {version}".strip() + ". Software, MIT licence."]
    for framework in frameworks(results):
        sources = dict.fromkeys(s for s in results.codes.loc[results.codes["framework"] == framework, "source"] if s)
        facts = frameworks(results)[framework]
        lines.append(
            f"Framework: {framework_title(results, framework)}" + (f" ({facts['hash']})." if facts.get("hash") else ".")
        )
        lines += [f"  Source: {source}" for source in sources]
    digest = hashlib.sha256("".join(sorted(results.plans["sha256"])).encode()).hexdigest()[:16]
    lines.append(
        f"Plans: {count(len(results.plans), 'file')}, named with their SHA-256 in plans.csv (together {digest})."
    )
    lines.append(
        "Maps and deprivation: contains public sector information licensed under the Open Government Licence v3.0 "
        "(ONS, MHCLG, NHS); contains OS data © Crown copyright and database right. Hexagons: Open Innovations, MIT."
    )
    return "\n".join(lines) + "\n"


def ro_crate(results: Results, directory: Path) -> dict[str, Any]:
    """Return the RO-Crate 1.1 metadata of a run's folder: its files with hashes, the plans read, the software.

    `datePublished` is left out, since nothing was published yet: the repository that takes the folder adds it.
    """
    files = [_file(path, directory) for path in _files(directory)]
    plans = [
        {
            "@id": f"#plan-{row['plan_id']}",
            "@type": "CreativeWork",
            "name": row["title"],
            "identifier": f"sha256:{row['sha256']}",
        }
        for row in rows_of(results.plans)
    ]
    software = {
        "@id": "#ics-plan-toolkit",
        "@type": "SoftwareApplication",
        "name": "ICS plan toolkit",
        "softwareVersion": str(results.manifest.get("toolkit", "")),
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{title(len(plans))}: codings and scores",
        "description": _plans_text(results),
        "license": {"@id": "#rights"},
        "hasPart": [{"@id": f["@id"]} for f in files],
        "mentions": {"@id": "#run"},
    }
    action = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "Plans read, coded, scored and compared",
        "instrument": {"@id": "#ics-plan-toolkit"},
        "object": [{"@id": p["@id"]} for p in plans],
        "result": {"@id": "./"},
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    rights = {"@id": "#rights", "@type": "CreativeWork", "name": "Rights", "description": _RIGHTS}
    graph = [descriptor, root, action, software, rights, *plans, *files]
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}


def _files(directory: Path) -> list[Path]:
    found = (p for p in directory.rglob("*") if p.is_file() and not p.name.startswith(".") and p.name != CRATE)
    return sorted(found, key=lambda p: p.relative_to(directory).as_posix())


def _file(path: Path, directory: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "@id": path.relative_to(directory).as_posix(),
        "@type": "File",
        "name": path.name,
        "encodingFormat": _TYPES.get(path.suffix, "application/octet-stream"),
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
