"""A run against an answer key: were the passages read, and were they given the right codes?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from toolkit.errors import InvalidInput, MissingFile
from toolkit.records import Coding, Document, Passage

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("plan_id", "page", "page_end", "passage", "topics", "equity", "strength", "trap")
ALIKE = 90  # per cent of a key passage's longest cell that must stand in a passage that was read


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResult:
    """How a coder did against a key. `table` has a row per code and one per facet: right, extra, missed."""

    passages: int
    read: int  # passages of the key that the reader found on their page
    table: pd.DataFrame
    traps: pd.DataFrame  # a row per kind of trap: passages that were read, and of these coded exactly right

    @property
    def text(self) -> str:
        """The result as lines for a reader."""
        lines = [f"{self.read} of {self.passages} passages of the key were read on their page"]
        for row in self.table.itertuples():
            figures = [f"{n} {v:.2f}" if v == v else f"{n} –" for n, v in _rates(row)]  # noqa: PLR0124 - v is NaN
            lines.append(
                f"{row.facet:28} right {row.right:4} extra {row.extra:4} missed {row.missed:4}  {' '.join(figures)}"
            )
        lines.append("traps coded exactly right:")
        lines += [f"  {row.trap:26} {row.right} of {row.passages}" for row in self.traps.itertuples()]
        return "\n".join(lines)


def read_key(path: str | Path) -> pd.DataFrame:
    """Return an answer key (columns `COLUMNS`); InvalidInput names missing columns."""
    import pandas as pd

    source = Path(path)
    if not source.is_file():
        raise MissingFile(source, "an answer key, such as plans/sample/answers.csv of the project")
    key = pd.read_csv(source, dtype=str, keep_default_na=False)
    missing = [f"column '{c}' is missing" for c in COLUMNS if c not in key]
    if missing:
        raise InvalidInput(source, missing)
    return key.astype({"page": int, "page_end": int, "equity": int, "strength": int})


def against_key(documents: Iterable[Document], codings: Iterable[Coding], key: pd.DataFrame) -> KeyResult:
    """Return recall and precision of codings against a key, over the passages of the key that were read.

    A key passage is the one on its pages that holds its longest cell best; equity and strength are compared where the
    key gives a topic.
    """
    import pandas as pd

    by_plan = {d.plan.plan_id: d for d in documents}
    by_passage: dict[tuple[str, str], list[Coding]] = defaultdict(list)
    for coding in codings:
        by_passage[coding.plan_id, coding.passage_id].append(coding)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    traps: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    read = 0
    for record in key.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        passage = _found(by_plan.get(row["plan_id"]), row)
        if passage is None:
            continue
        read += 1
        exact = _compare(row, by_passage[row["plan_id"], passage.passage_id], counts)
        if row["trap"]:
            traps[row["trap"]][0] += exact
            traps[row["trap"]][1] += 1
    rows = [dict(zip(("facet", "right", "extra", "missed"), (n, *c), strict=True)) for n, c in _with_sums(counts)]
    kinds = [{"trap": n, "right": c[0], "passages": c[1]} for n, c in sorted(traps.items())]
    return KeyResult(
        passages=len(key),
        read=read,
        table=_rated(pd.DataFrame(rows)),
        traps=pd.DataFrame(kinds, columns=["trap", "right", "passages"]),
    )


def _found(document: Document | None, row: dict[str, Any]) -> Passage | None:
    if document is None:
        return None
    cell = max(row["passage"].split(" | "), key=len)
    pages = set(range(row["page"], row["page_end"] + 1))
    near = [p for p in document.passages if pages & {s.page for s in p.spans}]
    alike = [(_alike(cell, p.text), -len(p.text), n) for n, p in enumerate(near)]
    best = max(alike, default=(0.0, 0, 0))
    return near[best[2]] if best[0] >= ALIKE else None


def _alike(cell: str, text: str) -> float:
    return fuzz.partial_ratio(cell, text, score_cutoff=ALIKE) if len(text) >= len(cell) * 0.9 else 0.0


def _compare(row: dict[str, Any], codings: Sequence[Coding], counts: dict[str, list[int]]) -> bool:
    wanted, given = set(filter(None, row["topics"].split(";"))), {c.code for c in codings}
    for code in wanted | given:
        counts[code][0 if code in wanted & given else 1 if code in given else 2] += 1
    if wanted and given:
        equity, strength = codings[0].equity, codings[0].strength
        counts["equity"][0 if equity and row["equity"] else 1 if equity else 2] += bool(equity or row["equity"])
        counts["strength"][0 if strength == row["strength"] else 1 if strength > row["strength"] else 2] += 1
    return wanted == given


def _with_sums(counts: dict[str, list[int]]) -> list[tuple[str, list[int]]]:
    codes = sorted(c for c in counts if "." in c)
    total = [sum(counts[c][i] for c in codes) for i in range(3)]
    facets = [(name, counts[name]) for name in ("equity", "strength") if name in counts]
    return [("all topics", total), *((c, counts[c]) for c in codes), *facets]


def _rated(table: pd.DataFrame) -> pd.DataFrame:
    given, wanted = table["right"] + table["extra"], table["right"] + table["missed"]
    return table.assign(
        precision=(table["right"] / given).where(given > 0), recall=(table["right"] / wanted).where(wanted > 0)
    )


def _rates(row: Any) -> list[tuple[str, float]]:
    return [("precision", row.precision), ("recall", row.recall)]
