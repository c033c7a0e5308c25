"""Read `manifest.csv`: one row per plan, every mistake found at once and named by its row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from toolkit.errors import InvalidInput
from toolkit.plans.icbs import aliases, codes, names
from toolkit.plans.kinds import KINDS
from toolkit.plans.words import plain

# Column -> what it holds. `plan_id` and `path` must be there and filled; all others may be missing or empty.
COLUMNS: dict[str, str] = {
    "plan_id": "short name of the plan, used in every table; letters, digits, '-', '_' and '.'",
    "path": "the PDF, absolute or from the folder of the manifest",
    "title": "title as published",
    "ics_code": "ODS code of the ICS (QE1) or its ONS code (E54000048); OWN-..., with ics_name, for one outside the 42",
    "ics_name": "name of the ICS, instead of its code",
    "kind": "kind of plan: " + ", ".join(KINDS),
    "year_start": "first year that the plan covers, e.g. 2023",
    "year_end": "last year that the plan covers, e.g. 2028",
    "password": "password that opens the PDF",
    "include": "no: leave this PDF out; anything else or empty: yes",
}
_REQUIRED = ("plan_id", "path")
_ID = re.compile(r"[\w.-]+")
_OWN = re.compile(r"OWN-[A-Z0-9]+")  # a merged or new body, or an invented one, as in the sample plans
_OTHERS = "For an ICS outside the 42 write OWN-... and its name"
_YEARS = range(1990, 2101)
_ENCODINGS = "Save it as 'CSV UTF-8'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of a manifest whose values were checked; `row` counts as a spreadsheet does (the header is row 1)."""

    row: int
    plan_id: str
    path: Path
    title: str = ""
    ics_code: str | None = None
    ics_name: str | None = None  # only of an ICS outside the 42
    kind: str | None = None
    year_start: int | None = None
    year_end: int | None = None
    password: str | None = None
    include: bool = True


def read_manifest(path: Path) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return (entries, problems) of a manifest; InvalidInput at once when it is no table with the needed columns.

    Comma, semicolon or tab part the columns. Columns that are not in `COLUMNS` are the user's own and are left alone,
    unless their name is nearly that of a known one.
    """
    table = _rows(path)
    problems: list[str] = []
    entries = tuple(_entry(row, cells, path.parent, problems) for row, cells in table)
    problems += _repeated_ids(entries)
    return entries, tuple(problems)


def nearest_file(path: Path) -> str | None:
    """Return the name in the same folder that is most like a missing file's, or None."""
    if not path.parent.is_dir():
        return None
    here = sorted(p.name for p in path.parent.iterdir())
    lower = {name.lower(): name for name in reversed(here)}
    near = get_close_matches(path.name.lower(), lower, n=1, cutoff=0.6)
    return lower[near[0]] if near else None


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(path, [f"is not UTF-8 text (byte {error.start}). {_ENCODINGS}"]) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    faults = list(_header_problems(header))
    if faults:
        raise InvalidInput(path, faults)
    return [
        (number, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _header_problems(header: list[str]) -> Iterator[str]:
    for name in _REQUIRED:
        if name not in header:
            yield f"row 1: column '{name}' is missing ({COLUMNS[name]})"
    for name in header:
        near = get_close_matches(name, COLUMNS, n=1, cutoff=0.75)
        if name not in COLUMNS and near and near[0] not in header:
            yield f"row 1: column '{name}' is unknown. Did you mean '{near[0]}'?"
    for name in sorted({n for n in header if n in COLUMNS and header.count(n) > 1}):
        yield f"row 1: column '{name}' stands there {header.count(name)} times"


def _entry(row: int, cells: dict[str, str], folder: Path, problems: list[str]) -> Entry:
    found: list[str] = []
    given = cells.get
    file = folder / (given("path") or "")
    include = (given("include") or "yes").lower() not in {"no", "false", "0", "n"}
    if not _ID.fullmatch(given("plan_id") or ""):
        found.append(f"plan_id '{given('plan_id') or ''}' must be made of letters, digits, '-', '_' and '.'")
    if not given("path"):
        found.append("path is empty")
    elif include and not file.is_file():
        near = nearest_file(file)
        found.append(f"file '{given('path')}' not found." + (f" Did you mean '{near}'?" if near else ""))
    ics = _ics(given("ics_code") or "", given("ics_name") or "", found)
    kind = _kind(given("kind") or "", found)
    years = [_year(name, given(name) or "", found) for name in ("year_start", "year_end")]
    if years[0] and years[1] and years[1] < years[0]:
        found.append(f"year_end {years[1]} is before year_start {years[0]}")
    problems += [f"row {row}: {problem}" for problem in found]
    return Entry(
        row=row,
        plan_id=given("plan_id") or "",
        path=file,
        title=given("title") or "",
        ics_code=ics,
        ics_name=given("ics_name") if ics and _OWN.fullmatch(ics) else None,
        kind=kind,
        year_start=years[0],
        year_end=years[1],
        password=given("password") or None,
        include=include,
    )


def _ics(code: str, name: str, found: list[str]) -> str | None:
    if _OWN.fullmatch(code.upper()) and name:
        return code.upper()
    by_code = codes().get(code.upper())
    if code and not by_code:
        found.append(f"ics_code '{code}' is unknown. {_choices(code.upper(), names())}. {_OTHERS}")
    words = plain(name)
    matching = [a for a in aliases() if a.words == words]
    by_name = matching[0].ods_code if matching and matching[0].decides else None
    if name and not by_name:
        doubt = "is too short or may mean several" if matching else "is unknown"
        found.append(f"ics_name '{name}' {doubt}. {_choices(name, {n: c for c, n in names().items()})}")
    if by_code and by_name and by_code != by_name:
        found.append(f"ics_code '{code}' is {names()[by_code]}, but ics_name says '{name}' ({by_name})")
    return by_code or by_name


def _choices(wanted: str, known: dict[str, str]) -> str:
    """Return the three nearest choices, each with its counterpart (code or name)."""
    from rapidfuzz import fuzz, process

    near = process.extract(wanted, sorted(known), scorer=fuzz.WRatio, processor=plain, limit=3)
    return "Nearest: " + "; ".join(f"{name} ({known[name]})" for name, *_ in near)


def _kind(kind: str, found: list[str]) -> str | None:
    name = plain(kind).replace(" ", "_")
    if name and name not in KINDS:
        near = get_close_matches(name, KINDS, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        found.append(f"kind '{kind}' is unknown.{hint} Choose one of: {', '.join(KINDS)}")
        return None
    return name or None


def _year(name: str, text: str, found: list[str]) -> int | None:
    digits = text.removesuffix(".0")  # spreadsheets and pandas write whole numbers so when a column has gaps
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and int(digits) in _YEARS):
        found.append(f"{name} '{text}' is not a year between {_YEARS[0]} and {_YEARS[-1]}")
        return None
    return int(digits)


def _repeated_ids(entries: Iterable[Entry]) -> Iterator[str]:
    first: dict[str, int] = {}
    for entry in entries:
        key = entry.plan_id.casefold()
        if key and key in first:
            yield f"row {entry.row}: plan_id '{entry.plan_id}' is already that of row {first[key]}"
        first.setdefault(key, entry.row)
