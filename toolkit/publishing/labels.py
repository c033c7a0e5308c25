"""How plans, codes and themes are called where people read, and what every figure and sheet says of its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.errors import UnknownName
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd

OVERALL = "overall"
LONGEST = 60  # characters of a title that still serves as a label
LEVELS = {0: "absent", 1: "mention", 2: "aim", 3: "action", 4: "measurable"}


class Marked(NamedTuple):
    """How a state that has no level is shown: a mark that needs no colour, and what it means."""

    mark: str
    meaning: str


STATES: dict[str, Marked] = {
    "absent": Marked("0", "absent: searched, nothing found"),
    "not_applicable": Marked("n/a", "not applicable to this kind of plan"),
    "unreadable": Marked("?", "unreadable: the text could not be had"),
}


def plan_labels(plans: pd.DataFrame) -> dict[str, str]:
    """Return a label per plan id, no two alike: the system's name, then its kind, then its year, then the plan id.

    A plan of an unknown system goes by its title, or by its plan id when the title is longer than 60 characters.
    """
    rows = plans.astype(object).where(plans.notna(), None).to_dict("records")
    names = {r["plan_id"]: r["ics_name"] or _short(r["title"]) or r["plan_id"] for r in rows}
    for fact in ("kind", "year_start", "plan_id"):
        twins = _repeated(names)
        for r in rows:
            if r["plan_id"] in twins and r[fact] is not None:
                names[r["plan_id"]] += f", {str(r[fact]).replace('_', ' ') if fact == 'kind' else r[fact]}"
    return {str(k): str(v) for k, v in names.items()}


def plan_called(plans: pd.DataFrame, name: str) -> str:
    """Return the id of the plan that goes by this label in charts and reports; the name itself when none does."""
    called = {label.casefold(): plan_id for plan_id, label in plan_labels(plans).items()}
    return name if name in set(plans["plan_id"]) else called.get(name.casefold(), name)


def _short(title: str | None) -> str | None:
    return title if title and len(title) <= LONGEST else None


def _repeated(names: dict[str, str]) -> set[str]:
    seen = list(names.values())
    return {k for k, v in names.items() if seen.count(v) > 1}


def kind_text(kind: str | None) -> str:
    """Return a kind of plan in words ("integrated care strategy"), or "kind not known"."""
    return kind.replace("_", " ") if isinstance(kind, str) and kind else "kind not known"


def themes(results: Results, framework: str) -> dict[str, str]:
    """Return theme title by theme id, in the order of the framework."""
    own = results.codes[results.codes["framework"] == framework]
    return dict(zip(own["theme"], own["theme_title"], strict=True))


def theme_title(results: Results, framework: str, theme: str) -> str:
    """Return the title of a theme, "Overall" for `overall`; UnknownName lists the themes."""
    known = {OVERALL: "Overall", **themes(results, framework)}
    if theme not in known:
        raise UnknownName("theme", theme, known)
    return known[theme]


def frameworks(results: Results) -> dict[str, dict[str, Any]]:
    """Return what is known of each framework of a run (id, version, title, hash, source), in the order of the codes."""
    listed = results.manifest.get("frameworks") or [results.manifest.get("framework") or {}]
    told = {f["id"]: f for f in listed if isinstance(f, dict) and "id" in f}
    ids = dict.fromkeys(results.codes["framework"])
    return {str(i): {"id": i, "version": "", "title": str(i).replace("_", " ")} | told.get(i, {}) for i in ids}


def choose_framework(results: Results, framework: str | None) -> str:
    """Return `framework`, or the run's first one when None; UnknownName lists those of the run."""
    known = frameworks(results)
    if framework is None and known:
        return next(iter(known))
    if framework not in known:
        raise UnknownName("framework", str(framework), known)
    return framework


def framework_title(results: Results, framework: str) -> str:
    """Return a framework's title and version ("Health inequalities (version 1.0)")."""
    facts = frameworks(results)[framework]
    return f"{facts['title']} (version {facts['version']})" if facts["version"] else str(facts["title"])


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural when needed ("1 plan", "13 plans")."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def title(plans: int) -> str:
    """Return what a publication of so many plans is called ("What 13 plans commit to")."""
    return f"What {count(plans, 'plan')} commit{'s' if plans == 1 else ''} to"


def scope(results: Results, framework: str) -> str:
    """Return what a figure covers ("13 plans, 24 codes of Health inequalities (version 1.0)")."""
    codes = int((results.codes["framework"] == framework).sum())
    of = framework_title(results, framework)
    return f"{count(len(results.plans), 'plan')}, {count(codes, 'code')} of {of}"


def comparing_settings(results: Results, framework: str) -> dict[str, Any]:
    """Return the settings by which plans were compared (interval, draws, seed, ...); empty when run.json has none."""
    found = results.manifest.get("settings", {}).get("comparing", {}).get(framework, {})
    return dict(found)


def source(results: Results, framework: str) -> str:
    """Return the source line of a figure: whose words, coded by whom, with what."""
    own = results.evidence[results.evidence["framework"] == framework]
    coders = ", ".join(dict.fromkeys(own["coder"])) or "no codings"
    version = results.manifest.get("toolkit", {})
    version = version.get("version", "") if isinstance(version, dict) else version
    made = f"ICS plan toolkit {version}".strip()
    return f"Source: the plans of this run (plans.csv), coded by: {coders}. {made}."
