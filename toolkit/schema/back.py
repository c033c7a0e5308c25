"""Records from the tables of a run, so that it can be scored again without reading and coding again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from toolkit.errors import InvalidInput
from toolkit.records import Coding, Document, Page, PageSource, Passage, PassageKind, Plan, Span

if TYPE_CHECKING:
    import pandas as pd


def plans_of(plans: pd.DataFrame) -> tuple[Plan, ...]:
    """Return the plans of the table `plans`, read and failed ones; how facts were guessed is not in it."""
    return tuple(
        Plan(
            plan_id=row["plan_id"],
            path=row["path"],
            sha256=row["sha256"],
            title=row["title"],
            **{name: _known(row[name]) for name in ("ics_code", "ics_name", "kind", "year_start", "year_end")},
        )
        for row in _rows(plans)
    )


def documents_of(plans: pd.DataFrame, passages: pd.DataFrame) -> tuple[Document, ...]:
    """Return the documents of the plans that were read, as far as tables hold them.

    Passages are whole, but for cells of tables. Pages have number and source only: enough to score, compare and
    explain, not to find words on them. InvalidInput when a passage belongs to no plan that was read.
    """
    read = {p.plan_id: p for p, row in zip(plans_of(plans), _rows(plans), strict=True) if row["status"] == "read"}
    strangers = sorted(set(passages["plan_id"]) - set(read))
    if strangers:
        raise InvalidInput("passages", [f"plan '{p}' is not among the plans that were read" for p in strangers])
    counts = {row["plan_id"]: row for row in _rows(plans)}
    by_plan: dict[str, list[dict[str, Any]]] = {p: [] for p in read}
    for row in _rows(passages):
        by_plan[row["plan_id"]].append(row)
    return tuple(
        Document(plan=plan, pages=_pages(counts[i], by_plan[i]), passages=tuple(_passage(r) for r in by_plan[i]))
        for i, plan in read.items()
    )


def codings_of(evidence: pd.DataFrame) -> tuple[Coding, ...]:
    """Return the codings of the table `evidence`, in its order; boxes are left out."""
    return tuple(
        Coding(
            coding_id=row["coding_id"],
            plan_id=row["plan_id"],
            framework=row["framework"],
            code=row["code"],
            passage_id=row["passage_id"],
            quote=" ".join(q for q in (row["quote"], _known(row["continued_quote"])) if q is not None),
            spans=_spans(row),
            strength=int(row["strength"]),
            equity=bool(row["equity"]),
            coder=row["coder"],
            term=row["term"],
            clause=row["clause"],
            confidence=float(row["confidence"]),
            equity_confidence=float(row["equity_confidence"]),
            at_least=tuple(float(row[f"at_least_{k}"]) for k in (1, 2, 3, 4)),  # type: ignore[arg-type]
            section=_path(row["section"]),
        )
        for row in _rows(evidence)
    )


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(
        passage_id=row["passage_id"],
        plan_id=row["plan_id"],
        number=int(row["number"]),
        kind=cast(PassageKind, row["kind"]),
        text=row["text"],
        spans=_spans(row),
        level=int(row["level"]),
        section=_path(row["section"]),
        lead_in=row["lead_in"],
    )


def _pages(plan: dict[str, Any], passages: list[dict[str, Any]]) -> tuple[Page, ...]:
    """Return pages with the sources that the plan counts; pages with passages are given theirs first."""
    known = {int(row["page"]): cast(PageSource, row["source"]) for row in passages}
    left: list[PageSource] = []
    for source in ("none", "ocr", "text"):
        there = sum(s == source for s in known.values())
        left += [source] * max(int(plan[f"pages_{source}"]) - there, 0)
    sources = [known.get(n) or (left.pop() if left else "text") for n in range(1, int(plan["pages"]) + 1)]
    return tuple(
        Page(
            number=n,
            width=0.0,
            height=0.0,
            text="",
            words=(),
            source=source,
            confidence=1.0,
            order="none",
            order_confidence=0.0,
        )
        for n, source in enumerate(sources, start=1)
    )


def _spans(row: dict[str, Any]) -> tuple[Span, ...]:
    first = Span(int(row["page"]), int(row["start"]), int(row["end"]))
    if _known(row["continued_page"]) is None:
        return (first,)
    return first, Span(int(row["continued_page"]), int(row["continued_start"]), int(row["continued_end"]))


def _path(section: str) -> tuple[str, ...]:
    return tuple(section.split(" > ")) if section else ()


def _known(value: Any) -> Any:
    import pandas as pd

    return None if pd.isna(value) else value


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", frame.to_dict("records"))
