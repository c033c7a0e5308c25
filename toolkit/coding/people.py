"""People as coders: codings that somebody wrote in a CSV or XLSX table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.coding.evidence import boxes_of, spans_of
from toolkit.errors import InvalidInput, MissingFile, UnknownName
from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document, Passage, content_id

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("plan_id", "passage_id", "code", "strength", "equity")
_YES, _NO = {"1", "yes", "true", "y"}, {"0", "no", "false", "n", ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One row of a person's table."""

    row: int
    passage_id: str
    code: str
    strength: int
    equity: bool
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCoder:
    """A person's codings, given back for the document that they are about."""

    name: str
    framework: Framework
    decisions: Mapping[str, tuple[Decision, ...]]  # plan_id -> rows

    @property
    def id(self) -> str:
        """The person's name and the framework with its hash."""
        return f"{self.name} / {self.framework.signature}"

    def code(self, document: Document) -> tuple[Coding, ...]:
        """Return the person's codings of a document in reading order.

        InvalidInput lists every row whose passage is not in the document, or whose quote is not verbatim in it.
        """
        passages = {p.passage_id: p for p in document.passages}
        rows = self.decisions.get(document.plan.plan_id, ())
        faults = [fault for row in rows if (fault := _fault(row, passages.get(row.passage_id)))]
        if faults:
            raise InvalidInput(f"codings of {document.plan.plan_id} by {self.name}", faults)
        ordered = sorted(rows, key=lambda row: (passages[row.passage_id].number, row.row))
        return tuple(self._coding(document, passages[row.passage_id], row) for row in ordered)

    def _coding(self, document: Document, passage: Passage, row: Decision) -> Coding:
        start = passage.text.index(row.quote) if row.quote else 0
        quote = row.quote or passage.text
        spans = spans_of(passage, start, start + len(quote))
        sure = [float(row.strength >= k) for k in (1, 2, 3, 4)]
        return Coding(
            coding_id=content_id(document.plan.plan_id, self.id, row.code, passage.passage_id, spans),
            plan_id=document.plan.plan_id,
            framework=self.framework.id,
            code=row.code,
            passage_id=passage.passage_id,
            quote=quote,
            spans=spans,
            strength=row.strength,
            equity=row.equity,
            coder=self.id,
            equity_confidence=float(row.equity),
            at_least=(sure[0], sure[1], sure[2], sure[3]),
            boxes=boxes_of(document, spans),
            section=passage.section,
        )


def read_codings(path: str | Path, framework: Framework, name: str | None = None) -> PersonCoder:
    """Return the coder whose table stands in a CSV or XLSX file, called `name` (default: the file's name).

    Columns: plan_id, passage_id, code, strength (1-4), equity (0/1, yes/no), and optionally quote, verbatim words of
    the passage. InvalidInput lists every wrong cell with its row number; the header is row 1.
    """
    source = Path(path)
    if not source.is_file():
        raise MissingFile(source, f"a CSV or XLSX file with the columns {','.join(REQUIRED)}")
    table = _table(source)
    missing = [c for c in REQUIRED if c not in table]
    if missing:
        raise InvalidInput(source, [f"column '{c}' is missing" for c in missing])
    faults: list[str] = []
    found: dict[str, list[Decision]] = defaultdict(list)
    for number, row in enumerate(table.to_dict("records"), start=2):
        decision = _decision({str(k): str(v).strip() for k, v in row.items()}, number, framework, faults)
        if decision:
            found[str(row["plan_id"]).strip()].append(decision)
    if faults:
        raise InvalidInput(source, faults)
    return PersonCoder(
        name=name or source.stem, framework=framework, decisions={plan: tuple(rows) for plan, rows in found.items()}
    )


def _table(source: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        if source.suffix.lower() == ".xlsx":
            return pd.read_excel(source, dtype=str).fillna("")
        return pd.read_csv(source, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        raise InvalidInput(source, [f"it is neither CSV in UTF-8 nor XLSX: {error}"]) from error


def _decision(row: dict[str, Any], number: int, framework: Framework, faults: list[str]) -> Decision | None:
    before = len(faults)
    try:
        framework.code(row["code"])
    except UnknownName as error:
        faults.append(f"row {number}: {error}")
    if row["strength"] not in {"1", "2", "3", "4"}:
        faults.append(f"row {number}: strength is '{row['strength']}'; give 1, 2, 3 or 4")
    if row["equity"].lower() not in _YES | _NO:
        faults.append(f"row {number}: equity is '{row['equity']}'; give 0 or 1")
    if len(faults) > before:
        return None
    return Decision(
        row=number,
        passage_id=row["passage_id"],
        code=row["code"],
        strength=int(row["strength"]),
        equity=row["equity"].lower() in _YES,
        quote=row.get("quote", ""),
    )


def _fault(row: Decision, passage: Passage | None) -> str | None:
    if passage is None:
        return f"row {row.row}: there is no passage '{row.passage_id}'; take passage_id from the table of passages"
    if row.quote and row.quote not in passage.text:
        return f"row {row.row}: the quote is not verbatim in passage '{row.passage_id}': '{row.quote[:60]}'"
    return None
