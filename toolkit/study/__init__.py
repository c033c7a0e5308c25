"""A study folder to start from: manifest, codebook, notebook, README.

make_study(directory, framework="health_inequalities") -> paths written
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import InvalidInput
from toolkit.frameworks import load_framework
from toolkit.frameworks.load import frameworks_folder
from toolkit.plans import load_plans
from toolkit.plans.manifest import COLUMNS

__all__ = ["make_study"]

_TEMPLATES = Path(__file__).parent / "templates"
_FILES = {"README.md": "README.md", "first-look.ipynb": "first-look.ipynb", "gitignore.txt": ".gitignore"}
_COLUMNS = tuple(name for name in COLUMNS if name != "password")  # a password has no place under version control
_EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "plan_id": "example_strategy",
        "path": "plans/example_strategy.pdf",
        "title": "Title as published",
        "ics_code": "QE1",
        "kind": "integrated_care_strategy",
        "year_start": "2023",
        "year_end": "2028",
        "include": "no",
    },
    {"plan_id": "example_plan", "path": "plans/example_plan.pdf", "kind": "joint_forward_plan", "include": "no"},
)


def make_study(directory: str | Path, framework: str = "health_inequalities") -> tuple[Path, ...]:
    """Return the files written into `directory` (made when absent), in the order in which a person meets them.

    `manifest.csv` gets a row for every PDF that is in the folder or below it, or two example rows that are left out of
    runs (include = no). `framework` is copied to `frameworks/`, to be changed. InvalidInput, before anything is
    written, lists what stands there already; UnknownName lists the bundled frameworks.
    """
    folder = Path(directory)
    load_framework(framework)
    codebook = frameworks_folder() / f"{framework}.yaml"
    copies = {folder / kept: _TEMPLATES / name for name, kept in _FILES.items()}
    copies |= {folder / "frameworks" / p.name: p for p in (codebook, codebook.with_name("framework.schema.json"))}
    manifest = folder / "manifest.csv"
    standing = [p for p in (manifest, *copies) if p.exists()]
    if standing:
        raise InvalidInput(
            folder, [f"'{p.relative_to(folder).as_posix()}' is there already; choose another folder" for p in standing]
        )
    text = _manifest(folder)  # refuses PDFs that are there twice
    for path in (folder / "plans", folder / "frameworks"):
        path.mkdir(parents=True, exist_ok=True)
    manifest.write_text(text, encoding="utf-8", newline="")
    for target, source in copies.items():
        _copy(source, target, framework)
    return (manifest, *copies)


def _manifest(folder: Path) -> str:
    pdfs = sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".pdf" and _is_plan(p.relative_to(folder)))
    rows: Sequence[dict[str, str]] = _EXAMPLES
    if pdfs:
        found = load_plans(pdfs)
        rows = [{"plan_id": p.plan_id, "path": Path(p.path).relative_to(folder).as_posix()} for p in found]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _is_plan(path: Path) -> bool:
    """Return whether a PDF of the folder may be a plan: not hidden, and no result of a run."""
    return not any(part.startswith(".") for part in path.parts) and path.parts[0] != "outputs"


def _copy(source: Path, target: Path, framework: str) -> None:
    if source.parent == _TEMPLATES:
        text = source.read_text(encoding="utf-8").replace("FRAMEWORK", framework)
        target.write_text(text, encoding="utf-8", newline="")
    else:
        shutil.copyfile(source, target)
