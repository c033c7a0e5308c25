"""Find the coded passages again: the repository holds their place and a hash, not their words.

`passages.csv` has a row per passage: `passage_id`, `file` (in the folder of real documents), `page` (0: a text file),
`words`, `first` (hash of its first words) and `all` (hash of all its words), then the codings. Words are runs of
letters and digits, lower-case, so that layout, punctuation and hyphens make no difference.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from coded import Coded

import toolkit as tk
from toolkit.coding.bundled import context_of
from toolkit.reading.cache import default_cache

HERE = Path(__file__).parent
_WORD = re.compile(r"[^\W_]+")
CODERS = "abcde"
SETTLED = "settled"  # the coding of a further reader who settled a dispute: it stands for all others
# So begin the names of invented documents written in the manner of real passages, one by one.
_AFTER_REAL = ("k", "m", "n")
_FIRST = 4
_TAIL = re.compile(r"[.!?:;,)\]”’\"'%]*")


def digest(words: Sequence[str]) -> str:
    """Return 16 hex digits that depend on the words alone."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Return (word in lower case, start, end)."""
    return [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]


def row_of(text: str) -> dict[str, str | int]:
    """Return the columns by which a passage is found again."""
    words = [w for w, _, _ in words_of(text)]
    return {"words": len(words), "first": digest(words[:_FIRST]), "all": digest(words)}


def reference_passages(corpus: Path) -> tuple[list[Coded], int]:
    """Return the coded passages whose words were found in `corpus`, and how many were not."""
    rows = _rows("passages.csv")
    texts = {name: _pages(corpus, name) for name in sorted({r["file"] for r in rows})}
    placed = [(row, _find(texts[row["file"]], row)) for row in rows]
    placed = [(row, found) for row, found in placed if found.text]
    placed.sort(key=lambda p: (p[0]["file"], int(p[0]["page"]), p[1].start))
    codings = [coded for row, found in placed for coded in _codings(row, found.text, found.context)]
    return codings, len(rows) - len(placed)


def written_passages() -> list[Coded]:
    """Return the passages that were written for training.

    Those of invented documents stand in order under their headings; of the others, blocks count as documents.
    """
    single = [
        replace(_coded(f"written-{i}", f"written-{i % 12}", r["text"], r, 1.0), real=False, ordered=False)
        for i, r in enumerate(_rows("written.csv"))
    ]
    invented = [
        replace(
            _coded(f"invented-{i}", r["doc"], r["text"], r, 1.0, r["section"].replace(" | ", "\n")),
            real=False,
            near=r["doc"].startswith(_AFTER_REAL),
        )
        for i, r in enumerate(_rows("invented.csv"))
    ]
    return single + invented


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gold_passages(path: Path) -> list[Coded]:
    """Return the adjudicated passages of a file with passage_id, doc_id, text, topics, equity, strength."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_coded(r["passage_id"], r["doc_id"], r["text"], r, 1.0) for r in csv.DictReader(file)]


# One document under several names: the same words must never stand on both sides of a split.
DOCUMENTS = {
    "dph_annual_report_2018": "aphr_2018",
    "jhws_west_sussex_2019": "jhws_2019",
    "jsna_summary_2018": "jsna_2018",
    "dementia_strategy_2020_designed": "dementia_2020",
    "coastal_inequalities_summary": "coastal_summary",
    "coastal_inequalities_infographic": "coastal_summary",
    "smokefree_west_sussex_2019": "smokefree_2019",
    "ict_datapack_crawley_2023": "ict_crawley_2023",
    "healthy_leeds_plan_2023": "healthy_leeds",
    "neighbourhood_health_guidelines_2025": "neighbourhood_2025",
}


def _codings(row: dict[str, str], text: str, context: str) -> Iterator[Coded]:
    stem = Path(row["file"]).stem
    coders = [SETTLED] if row[f"strength_{SETTLED}"] else [c for c in CODERS if row[f"strength_{c}"]]
    for coder in coders:
        codes = {name: row[f"{name}_{coder}"] for name in ("topics", "equity", "strength")}
        yield _coded(row["passage_id"], DOCUMENTS.get(stem, stem), text, codes, 1 / len(coders), context)


def _coded(name: str, document: str, text: str, codes: dict[str, str], weight: float, context: str = "") -> Coded:
    return Coded(
        id=name,
        document=document,
        text=text,
        topics=frozenset(filter(None, codes["topics"].split(";"))),
        equity=codes["equity"] == "1",
        strength=int(codes["strength"]),
        weight=weight,
        context=context,
    )


class _Page(NamedTuple):
    """The text of a page, its words with their places, the hash of every run of first words, and its passages."""

    text: str
    words: list[tuple[str, int, int]]
    firsts: list[str]
    passages: list[tuple[int, int, str]]  # start, end, context


class _Found(NamedTuple):
    """A passage on its page; `context` is its lead-in and nearest heading."""

    start: int
    text: str
    context: str


def _pages(corpus: Path, name: str) -> dict[int, _Page]:
    path = corpus / name
    if path.suffix != ".pdf":
        return {0: _indexed(path.read_text(encoding="utf-8"), [])}
    _, document = next(iter(tk.read_plans(tk.load_plans(path), cache=default_cache(None))))
    stand: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for passage in document.passages:
        for span in passage.spans:
            stand[span.page].append((span.start, span.end, context_of(passage)))
    return {p.number: _indexed(p.text, stand[p.number]) for p in document.pages}


def _indexed(text: str, passages: list[tuple[int, int, str]]) -> _Page:
    words = words_of(text)
    names = [w for w, _, _ in words]
    return _Page(text, words, [digest(names[i : i + _FIRST]) for i in range(len(names))], passages)


def _find(pages: dict[int, _Page], row: dict[str, str]) -> _Found:
    """Return where the passage stands, its words and its context; an empty text when it is not on the page."""
    page = pages.get(int(row["page"]), _Page("", [], [], []))
    n = int(row["words"])
    for i, first in enumerate(page.firsts):
        short = n < _FIRST and i + n <= len(page.words)
        if (short or first == row["first"]) and digest([w for w, _, _ in page.words[i : i + n]]) == row["all"]:
            start, end = page.words[i][1], page.words[i + n - 1][2]
            tail = _TAIL.match(page.text, end)
            context = next((c for low, high, c in page.passages if low <= start < high), "")
            return _Found(start, " ".join(page.text[start : tail.end() if tail else end].split()), context)
    return _Found(-1, "", "")
