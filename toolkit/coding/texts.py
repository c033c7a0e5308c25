"""Any table of texts: one row in, its codings and one coded row out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.coding.bundled import BundledCoder, Verdict
from toolkit.coding.evidence import clause, quoted, term_of
from toolkit.coding.features import Reading, Unit
from toolkit.errors import InvalidInput, MissingFile
from toolkit.frameworks.model import Framework

if TYPE_CHECKING:
    import pandas as pd

CODING_COLUMNS = (
    "passage_id framework code start end quote strength equity confidence equity_confidence "
    "at_least_2 at_least_3 at_least_4 term clause coder"
).split()
PASSAGE_COLUMNS = "passage_id topics equity strength confidence".split()


def code_texts(
    table: pd.DataFrame, framework: Framework, coder: BundledCoder | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (codings, passages) of a table with columns `passage_id, text` (optional `section, doc_id, page`).

    `codings` has a row per coding: quote = text[start:end], verbatim. `passages` has a row per input row, in order:
    topics joined by ';' (empty when none), equity 0/1, strength 0-4, and as `confidence` the probability of the topic
    that is least sure, or, where no topic stands, that none applies (0-1).

    Rows stand in reading order: a passage is read beside those before and after it with the same `doc_id`; without that
    column all rows are one document. InvalidInput lists every missing column, repeated id and missing text.
    """
    import pandas as pd

    _checked(table)
    chosen = coder or BundledCoder(framework)
    units = _units(table)
    readings, judgements = chosen.judge(units)
    codings: list[dict[str, Any]] = []
    passages = []
    for passage_id, reading, judgement in zip(table["passage_id"].astype(str), readings, judgements, strict=True):
        verdict = chosen.verdict(judgement)
        codings += _coding_rows(passage_id, reading, verdict, chosen)
        none = 1 - max(judgement.topics.values(), default=0.0)
        passages.append(
            {
                "passage_id": passage_id,
                "topics": ";".join(verdict.codes),
                "equity": int(verdict.equity),
                "strength": verdict.strength,
                "confidence": min(verdict.codes.values(), default=none),
            }
        )
    return pd.DataFrame(codings, columns=CODING_COLUMNS), pd.DataFrame(passages, columns=PASSAGE_COLUMNS)


def _units(table: pd.DataFrame) -> list[Unit]:
    blank = [""] * len(table)
    columns = [
        table[name].fillna("").astype(str).tolist() if name in table else blank
        for name in ("text", "section", "doc_id")
    ]
    return [Unit(text=text, context=section, document=doc) for text, section, doc in zip(*columns, strict=True)]


def _coding_rows(passage_id: str, reading: Reading, verdict: Verdict, coder: BundledCoder) -> list[dict[str, Any]]:
    rows = []
    earned = clause(reading, verdict.strength) if verdict.codes else (0, 0)
    for code, confidence in verdict.codes.items():
        start, end = quoted(reading, code, earned)
        rows.append(
            {
                "passage_id": passage_id,
                "framework": coder.framework.id,
                "code": code,
                "start": start,
                "end": end,
                "quote": reading.unit.text[start:end],
                "strength": verdict.strength,
                "equity": int(verdict.equity),
                "confidence": confidence,
                "equity_confidence": verdict.equity_confidence,
                **{f"at_least_{k}": confidence * p for k, p in enumerate(verdict.at_least, start=2)},
                "term": term_of(reading, code),
                "clause": reading.unit.text[slice(*earned)],
                "coder": coder.id,
            }
        )
    return rows


def _checked(table: pd.DataFrame) -> None:
    problems = [f"column '{name}' is missing" for name in ("passage_id", "text") if name not in table]
    if not problems:
        repeated = table.loc[table["passage_id"].duplicated(), "passage_id"].astype(str)
        problems += [f"passage_id '{name}' is given more than once" for name in repeated.drop_duplicates()]
        empty = table.loc[table["text"].isna(), "passage_id"].astype(str)
        problems += [f"passage '{name}' has no text" for name in empty]
    if problems:
        raise InvalidInput("table of texts", [*problems, "give the columns passage_id,text[,section,doc_id,page]"])


def code_text_file(
    source: str | Path, framework: Framework, codings_path: str | Path, passages_path: str | Path | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (codings, passages) of a CSV file of texts, written to the paths that are given; errors as `code_texts`.

    Ids and texts are taken as written (an id `007` stays `007`; a text `NA` stays a text).
    """
    import pandas as pd

    path = Path(source)
    if not path.is_file():
        raise MissingFile(path, "a CSV file with the columns passage_id,text")
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, UnicodeDecodeError) as error:
        raise InvalidInput(path, [f"it is not a CSV file in UTF-8 (in Excel: save as 'CSV UTF-8'): {error}"]) from error
    codings, passages = code_texts(table, framework)
    for frame, target in ((codings, codings_path), (passages, passages_path)):
        if target is not None:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            frame.to_csv(target, index=False, lineterminator="\n")
    return codings, passages
