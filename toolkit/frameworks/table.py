"""A framework as one table, a row for each code: CSV or XLSX, for people who edit in a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.errors import InvalidInput
from toolkit.frameworks.model import Code, Framework, Theme

_TOP = ("framework_id", "framework_version", "framework_title", "framework_description", "framework_source", "licence")
_THEME = ("theme", "theme_title", "theme_definition")
_TEXTS = ("title", "definition", "source", "status")
_LISTS = ("include", "exclude", "terms", "excludes", "yes", "no", "plan_kinds")
COLUMNS = (*_THEME, "code", *_TEXTS[:2], *_LISTS, "weight", *_TEXTS[2:], *_TOP, "equity_weight")
_NEEDED = ("theme", "code", "title", "definition")


def write_table(framework: Framework, path: Path) -> None:
    """Return nothing; write the codebook as .csv or .xlsx. Lists hold one item a line within their cell."""
    import pandas as pd

    themes = {theme.id: theme for theme in framework.themes}
    rows = [_row(framework, themes[code.theme], code) for code in framework.codes]
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype=str)
    if path.suffix.lower() == ".csv":
        table.to_csv(path, index=False, lineterminator="\n")
        return
    _write_xlsx(table, path)


def read_table(path: Path) -> Framework:
    """Return the framework in a table; only theme, code, title and definition are needed.

    Raises InvalidInput with all missing columns and cells.
    """
    import pandas as pd

    reader = pd.read_csv if path.suffix.lower() == ".csv" else pd.read_excel
    try:
        table: Any = reader(path, dtype=str, keep_default_na=False)
    except (ValueError, OSError, KeyError) as error:
        raise InvalidInput(path, [f"not a readable table: {error}"]) from error
    missing = [name for name in _NEEDED if name not in table.columns]
    if missing:
        raise InvalidInput(path, [f"column '{n}' is missing; the columns are {', '.join(COLUMNS)}" for n in missing])
    rows = [dict(zip(table.columns, map(str, row), strict=True)) for row in table.itertuples(index=False)]
    rows = [row for row in rows if any(value.strip() for value in row.values())]
    empty = [f"row {i}: '{n}' is empty" for i, row in enumerate(rows, 2) for n in _NEEDED if not row[n].strip()]
    if empty or not rows:
        raise InvalidInput(path, empty or ["the table has no rows"])
    return _framework(rows, path)


def _row(framework: Framework, theme: Theme, code: Code) -> dict[str, str]:
    top = (framework.id, framework.version, framework.title, framework.description, framework.source, framework.licence)
    return {
        **dict(zip(_TOP, top, strict=True)),
        **dict(zip(_THEME, (theme.id, theme.title, theme.definition), strict=True)),
        "code": code.id,
        **{name: getattr(code, name) for name in _TEXTS},
        **{name: "\n".join(getattr(code, name)) for name in _LISTS},
        "weight": f"{code.weight:g}",
        "equity_weight": f"{framework.equity_weight:g}",
    }


def _write_xlsx(table: Any, path: Path) -> None:
    """Write with texts as texts: a term such as `=housing` must not become a formula."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # same codebook, same bytes
        sheet = book.add_worksheet("codebook")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 4)
        for column, name in enumerate(table.columns):
            sheet.set_column(column, column, 40 if name in (*_LISTS, "definition") else 18)
            sheet.write_string(0, column, name, bold)
            for row, value in enumerate(table[name], 1):
                sheet.write_string(row, column, value, wrapped)


def _framework(rows: list[dict[str, str]], path: Path) -> Framework:
    first = rows[0]
    themes = {row["theme"].strip(): row for row in reversed(rows)}
    order = dict.fromkeys(row["theme"].strip() for row in rows)
    problems: list[str] = []
    codes = tuple(_code(row, number, problems) for number, row in enumerate(rows, 2))
    equity = _number(first, "equity_weight", 0.5, 2, problems)
    if problems:
        raise InvalidInput(path, problems)
    return Framework(
        id=first.get("framework_id", "").strip() or path.stem.replace(" ", "_"),
        version=first.get("framework_version", "").strip() or "1",
        title=first.get("framework_title", "").strip() or path.stem,
        description=first.get("framework_description", "").strip(),
        source=first.get("framework_source", "").strip() or f"imported from {path.name}",
        licence=first.get("licence", "").strip() or "not stated",
        themes=tuple(
            Theme(
                id=name,
                title=themes[name].get("theme_title", "").strip() or name,
                definition=themes[name].get("theme_definition", "").strip(),
            )
            for name in order
        ),
        codes=tuple(code for name in order for code in codes if code.theme == name),
        equity_weight=equity,
    )


def _code(row: dict[str, str], number: int, problems: list[str]) -> Code:
    lists = {name: tuple(x.strip() for x in row.get(name, "").splitlines() if x.strip()) for name in _LISTS}
    status = row.get("status", "").strip() or "verified"
    if status not in ("verified", "unverified"):
        problems.append(f"row {number}: status '{status}'; choose one of: verified, unverified")
    return Code(
        id=row["code"].strip(),
        theme=row["theme"].strip(),
        title=row["title"].strip(),
        definition=row["definition"].strip(),
        weight=_number(row, "weight", 1.0, number, problems),
        source=row.get("source", "").strip(),
        status="unverified" if status == "unverified" else "verified",
        **lists,
    )


def _number(row: dict[str, str], name: str, default: float, number: int, problems: list[str]) -> float:
    value = row.get(name, "").strip()
    try:
        return float(value) if value else default
    except ValueError:
        problems.append(f"row {number}: {name} '{value}' is not a number")
        return default
