"""Tables: exact grids on synthetic pages, cells on real ones, false tables; pdfplumber's default in the same run.

Run: python tests/benchmarks/tables.py [folder of real documents]. Without the folder only the synthetic part runs.
The truth of the real tables (tables_truth.json) was drafted by machine and corrected by eye on rendered pages; it holds
the place of every cell and a hash of its text, not the text. The tables were not drawn at random: they are of many
designs, and the finder was worked on with most of these documents in view. A cell counts as found when row, column and
text agree; the table as a whole may be shifted (a title or a spacer more or less costs its own cells only). Empty rows
and columns are left out on both sides.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pdfplumber
import pypdfium2
from table_pages import NEGATIVE, synthetic_pages

from toolkit.reading.engine import PageReader
from toolkit.reading.grid import cell_text
from toolkit.reading.tables import find_tables

HERE = Path(__file__).parent
Cells = dict[tuple[int, int], str]  # (row, column) -> hash of the text


def key(text: str) -> str:
    """Return a hash of the text as every engine sees it: no spaces, bullets, hyphens or case; '' for an empty cell."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\(cid:\d+\)", "", text)).casefold()
    kept = re.sub(r"[^\w%£€.,+<>/]|_", "", plain)
    if not kept and re.search(r"[-–—]", plain):
        kept = "-"
    return hashlib.sha256(kept.encode()).hexdigest()[:12] if kept else ""


def compact(cells: Iterable[tuple[int, int, str]]) -> Cells:
    """Return the cells with text, rows and columns counted without empty ones."""
    full = [(r, c, k) for r, c, text in cells if (k := key(text))]
    rows = {r: i for i, r in enumerate(sorted({r for r, _, _ in full}))}
    columns = {c: i for i, c in enumerate(sorted({c for _, c, _ in full}))}
    return {(rows[r], columns[c]): k for r, c, k in full}


def ours(path: Path, number: int) -> tuple[list[Cells], float]:
    """Return the tables that the toolkit finds on a page, and the seconds of finding them (words included)."""
    document = pypdfium2.PdfDocument(path)
    start = time.process_time()
    page = PageReader(document).page(number)
    tables = find_tables(page)
    spent = time.process_time() - start
    cells = [compact((c.row, c.column, cell_text(page.words, c)) for c in t.cells) for t in tables]
    return cells, spent


def theirs(path: Path, number: int) -> tuple[list[Cells], float]:
    """Return the tables of pdfplumber's default, those of one row or one column left out, and the seconds."""
    start = time.process_time()
    with pdfplumber.open(path) as document:
        found = document.pages[number - 1].extract_tables()
    spent = time.process_time() - start
    cells = [compact((r, c, text or "") for r, row in enumerate(t) for c, text in enumerate(row)) for t in found]
    return [c for c in cells if _is_table(c)], spent


def _is_table(cells: Cells) -> bool:
    return len({r for r, _ in cells}) >= 2 and len({c for _, c in cells}) >= 2


def agreed(truth: Cells, found: Cells) -> int:
    """Return the number of cells that agree under the best shift of the whole table."""
    shifts = [(r, c) for r in range(-10, 11) for c in range(-3, 4)]
    return max(sum(found.get((r + dr, c + dc)) == k for (r, c), k in truth.items()) for dr, dc in shifts)


def best(truth: Cells, tables: Sequence[Cells]) -> tuple[int, int]:
    """Return (cells that agree, cells found) of the table that fits best; (0, 0) when no table does."""
    tried = [(agreed(truth, t), -len(t)) for t in tables]
    right, size = max(tried, default=(0, 0))
    return (right, -size) if right else (0, 0)


def synthetic(folder: Path) -> None:
    """Print exact grids per kind of synthetic table, and the time."""
    kinds: dict[str, list[int]] = {}
    spent = [0.0, 0.0]
    for kind, path, truths in synthetic_pages(folder):
        row = kinds.setdefault(kind, [0, 0, 0])
        for i, reader in enumerate((ours, theirs)):
            tables, seconds = reader(path, 1)
            spent[i] += seconds
            row[i] += sum(compact(t) in tables for t in truths) if truths else len(tables)
        row[2] += len(truths) or 1
    print(f"{'synthetic tables: exact grids':34} {'toolkit':>9} {'pdfplumber':>11} {'of':>5}")
    for kind, (mine, other, count) in kinds.items():
        print(f"  {kind:32} {mine:9} {other:11} {count:5}" + ("  (false tables)" if kind in NEGATIVE else ""))
    pages = sum(n for _, _, n in kinds.values())
    print(f"  time per table: {1000 * spent[0] / pages:.1f} ms, pdfplumber {spent[1] / spent[0]:.1f} x as long")


def real(corpus: Path) -> None:
    """Print cell recall, precision and F1 over the real tables, for each table and in all."""
    truth: list[dict[str, Any]] = json.loads((HERE / "tables_truth.json").read_text(encoding="utf-8"))
    sums = [[0, 0], [0, 0]]
    each = [0.0, 0.0]  # F1 summed over tables, so that a large table counts no more than a small one
    cells = 0
    print(f"\n{'real tables: cells right / found':44} {'true':>5} {'toolkit':>10} {'pdfplumber':>11}")
    for table in truth:
        wanted: Cells = {(r, c): k for r, c, k in table["cells"]}
        cells += len(wanted)
        shown = []
        for i, reader in enumerate((ours, theirs)):
            right, found = best(wanted, reader(corpus / table["file"], table["page"])[0])
            sums[i][0], sums[i][1] = sums[i][0] + right, sums[i][1] + found
            each[i] += 2 * right / (len(wanted) + found)
            shown.append(f"{right}/{found}")
        print(f"  {Path(table['file']).name[:34]:36} p{table['page']:<5} {len(wanted):5} {shown[0]:>10} {shown[1]:>11}")
    for name, (right, found), total in zip(("toolkit", "pdfplumber default"), sums, each, strict=True):
        recall, precision = right / cells, right / max(found, 1)
        f1 = 2 * right / (cells + found)
        mean = total / len(truth)
        print(f"  {name:20} recall {recall:.3f}  precision {precision:.3f}  F1 {f1:.3f}  mean of tables {mean:.3f}")


def false_tables(corpus: Path) -> None:
    """Print pages with a table among real pages that were seen to have none."""
    counts, pages, spent = [0, 0], 0, [0.0, 0.0]
    for name in json.loads((HERE / "tables_none.json").read_text(encoding="utf-8")):
        path = corpus / name["file"]
        for number in range(name["first"], name["last"] + 1):
            pages += 1
            for i, reader in enumerate((ours, theirs)):
                tables, seconds = reader(path, number)
                counts[i] += bool(tables)
                spent[i] += seconds
    print(f"\npages with a false table, of {pages} without any: toolkit {counts[0]}, pdfplumber {counts[1]}")
    print(f"  time per page: {1000 * spent[0] / pages:.1f} ms, pdfplumber {spent[1] / spent[0]:.1f} x as long")


def main() -> None:
    """Print all figures."""
    with TemporaryDirectory() as folder:
        synthetic(Path(folder))
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[2] / "shared" / "corpus"
    if corpus.is_dir():
        real(corpus)
        false_tables(corpus)


if __name__ == "__main__":
    main()
