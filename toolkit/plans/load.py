"""From a folder, PDFs or a manifest to plans: the first verb of every analysis."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.errors import InvalidInput, MissingFile
from toolkit.plans.guessing import with_guesses
from toolkit.plans.icbs import names
from toolkit.plans.manifest import Entry, nearest_file, read_manifest
from toolkit.records import Plan

MANIFEST = "manifest.csv"
_WANTED = "a folder of PDFs, a PDF, or a manifest.csv"


def load_plans(
    source: str | Path | Sequence[str | Path], *, recursive: bool = False, password: str | None = None
) -> tuple[Plan, ...]:
    """Return the plans of a folder, of one or more PDFs, or of a `manifest.csv`.

    A folder that holds a `manifest.csv` is read by it, and must not hold PDFs that it does not list. Otherwise every
    PDF of the folder is a plan, sorted by path, `recursive` with its subfolders; hidden files are left out. A manifest
    gives the order by its rows (columns: `toolkit.plans.manifest.COLUMNS`). ICS, kind, years and title that nobody
    stated are guessed from file names and listed in `Plan.guesses`. `password` opens encrypted files that have none
    of their own. Files are hashed, not parsed.

    Raises MissingFile when `source` leads nowhere, InvalidInput with every problem of the manifest or the folder
    (row numbers, nearest names; the same content twice; no PDF at all).
    """
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.exists():
            raise MissingFile(path, _WANTED, nearest_file(path))
        if path.is_dir():
            return _of_folder(path, recursive, password)
        if path.suffix.lower() == ".csv":
            return _of_manifest(path, password)
        return _of_files([path], path, password)
    paths = [Path(p) for p in source]
    for path in paths:
        if not path.is_file():
            raise MissingFile(path, "existing PDFs", nearest_file(path))
    return _of_files(paths, "files", password)


def _of_folder(folder: Path, recursive: bool, password: str | None) -> tuple[Plan, ...]:
    found = [p for p in (folder.rglob("*") if recursive else folder.iterdir()) if _is_pdf(p, folder)]
    manifest = folder / MANIFEST
    if manifest.is_file():
        return _of_manifest(manifest, password, found)
    if not found:
        deeper = not recursive and any(_is_pdf(p, folder) for p in folder.rglob("*"))
        hint = " Its subfolders do: pass recursive=True (--recursive)." if deeper else f" Give {_WANTED}."
        raise InvalidInput(folder, [f"holds no PDF.{hint}"])
    return _of_files(sorted(found, key=lambda p: p.relative_to(folder).as_posix()), folder, password)


def _is_pdf(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() == ".pdf" and not hidden and path.is_file()


def _of_files(paths: Sequence[Path], source: object, password: str | None) -> tuple[Plan, ...]:
    hashes = [_sha256(path) for path in paths]
    problems = _repeats([(f"'{path}'", path, sha) for path, sha in zip(paths, hashes, strict=True)])
    if problems:
        raise InvalidInput(source, problems)
    ids = _ids(paths)
    return tuple(
        with_guesses(Plan(plan_id=plan_id, path=path.as_posix(), sha256=sha, title="", password=password))
        for plan_id, path, sha in zip(ids, paths, hashes, strict=True)
    )


def _of_manifest(path: Path, password: str | None, beside: Sequence[Path] = ()) -> tuple[Plan, ...]:
    entries, problems = read_manifest(path)
    wanted = [e for e in entries if e.include]
    hashes = {e.row: _sha256(e.path) for e in wanted if e.path.is_file()}
    doubles = _repeats([(f"row {e.row}", e.path, hashes[e.row]) for e in wanted if e.row in hashes])
    listed = {e.path.resolve() for e in entries}
    unlisted = [
        f"'{p.relative_to(path.parent).as_posix()}' has no row. Add one (include = no leaves it out)"
        for p in sorted(beside)
        if p.resolve() not in listed
    ]
    found = [*problems, *doubles, *unlisted] or ([] if wanted else ["has no plan to read"])
    if found:
        raise InvalidInput(path, found)
    return tuple(with_guesses(_plan(e, hashes[e.row], password)) for e in wanted)


def _plan(entry: Entry, sha256: str, password: str | None) -> Plan:
    return Plan(
        plan_id=entry.plan_id,
        path=entry.path.as_posix(),
        sha256=sha256,
        title=entry.title,
        ics_code=entry.ics_code,
        ics_name=entry.ics_name or (names()[entry.ics_code] if entry.ics_code else None),
        kind=entry.kind,
        year_start=entry.year_start,
        year_end=entry.year_end,
        password=entry.password or password,
    )


def _repeats(files: Iterable[tuple[str, Path, str]]) -> list[str]:
    """Return a problem for every file whose content came before (empty files are reported when they are read)."""
    first: dict[str, str] = {}
    problems = []
    for where, path, sha in files:
        if sha in first and path.stat().st_size:
            problems.append(f"{where}: the same content as {first[sha]}. A plan must not count twice; leave one out")
        first.setdefault(sha, where)
    return problems


def _ids(paths: Sequence[Path]) -> list[str]:
    """Return an id per file from its name, with the folder's name (then a number) where names repeat."""
    stems = [_slug(p.stem) for p in paths]
    ids = [_slug(f"{p.parent.name}-{p.stem}") if stems.count(s) > 1 else s for p, s in zip(paths, stems, strict=True)]
    seen: dict[str, int] = {}
    made = []
    for name in ids:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return made


def _slug(name: str) -> str:
    return re.sub(r"[^\w.]+", "-", name.lower()).strip("-.") or "plan"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
