"""Reading order on 54 real pages that a person ordered by eye: `python tests/benchmarks/hand_order.py [--pages]`.

The pages were sought out because they are hard: card grids, side bars, diagrams, infographics, two columns over
landscape pages, speech bubbles, tables beside text; the last five because the reader had got them wrong.
`hand_ordered.csv` holds, for each block of a page, its place in the order of a careful reader, and the hash and number
of its first words (letters and digits, small), never the text.

Blocks of one group may stand in any order, except that the blocks of one strand (a card with its heading) keep theirs;
groups follow each other. The score is the share of ordered pairs of blocks that stand in the right order. A block whose
first words are not found in one piece makes its pairs wrong; what the reader has set aside as furniture is left out
for the reader only. `--pages` lists every page, worst first.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus_files import CORPUS, plan_of

TABLE = Path(__file__).with_name("hand_ordered.csv")


class Block(NamedTuple):
    """A block of a page: its place, and how to find it again."""

    position: int
    group: int
    strand: int
    anchor: str
    words: int


class Found(NamedTuple):
    """Pairs of blocks in the right order, of how many, and blocks that were not found."""

    right: int
    pairs: int
    missing: int


def pages_by_hand() -> dict[tuple[str, int], list[Block]]:
    """Return the blocks of every page, in the order of a careful reader."""
    pages: dict[tuple[str, int], list[Block]] = {}
    with TABLE.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            numbers = (int(row[name]) for name in ("position", "group", "strand"))
            block = Block(*numbers, row["anchor"], int(row["words"]))
            pages.setdefault((row["file"], int(row["page"])), []).append(block)
    return pages


def bare_words(text: str) -> list[str]:
    """Return the words of a text, letters and digits only, in small letters."""
    text = text.replace("\ufffe", "- ").replace("\x02", "- ")
    return [bare for bare in (re.sub(r"[\W_]+", "", word.lower()) for word in text.split()) if bare]


def places(text: str, blocks: list[Block]) -> dict[str, int]:
    """Return where each block begins in a text, by its anchor; a block that is not there is left out."""
    words = bare_words(text)
    found: dict[str, int] = {}
    for length in {block.words for block in blocks}:
        wanted = {block.anchor for block in blocks if block.words == length}
        for at in range(len(words) - length + 1):
            anchor = hashlib.sha1(" ".join(words[at : at + length]).encode()).hexdigest()[:16]
            if anchor in wanted:
                found.setdefault(anchor, at)
    return found


def ordered(first: Block, second: Block) -> bool:
    """Return whether the reader's order says that the first block stands before the second."""
    return first.group < second.group or (first.group == second.group and first.strand == second.strand)


def score(text: str, blocks: list[Block], aside: str = "") -> Found:
    """Return how a page's text keeps the order by hand; blocks that stand in the text set aside do not count."""
    found = places(text, blocks)
    furniture = places(aside, blocks)
    asked = [b for b in blocks if b.anchor in found or b.anchor not in furniture]
    pairs = [(a, b) for a, b in combinations(asked, 2) if ordered(a, b)]
    right = sum(a.anchor in found and b.anchor in found and found[a.anchor] < found[b.anchor] for a, b in pairs)
    return Found(right, len(pairs), sum(b.anchor not in found for b in asked))


def ours(path: Path, tags: bool) -> Callable[[int], tuple[str, str]]:
    """Return page number → content and furniture, as the toolkit reads them."""
    from toolkit.reading.assemble import read_document

    document = read_document(plan_of(path), tags=tags)

    def of_page(number: int) -> tuple[str, str]:
        text = document.page(number).text
        here = [(p.kind, text[s.start : s.end]) for p in document.passages for s in p.spans if s.page == number]
        content = "\n".join(t for kind, t in here if kind != "furniture")
        return content, "\n".join(t for kind, t in here if kind == "furniture")

    return of_page


def stream(path: Path) -> Callable[[int], tuple[str, str]]:
    """Return page number → text in the order of drawing, by PDFium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return lambda number: (document[number - 1].get_textpage().get_text_range(), "")


def pdfplumber(path: Path) -> Callable[[int], tuple[str, str]]:
    """Return page number → text by pdfplumber's default."""
    import pdfplumber as library

    document = library.open(path)
    return lambda number: (document.pages[number - 1].extract_text(), "")


def pdftotext(path: Path) -> Callable[[int], tuple[str, str]]:
    """Return page number → text by poppler's pdftotext."""

    def of_page(number: int) -> tuple[str, str]:
        command = ["pdftotext", "-f", str(number), "-l", str(number), str(path), "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout, ""

    return of_page


def engines() -> Iterator[tuple[str, Callable[[Path], Callable[[int], tuple[str, str]]]]]:
    """Yield the name of every engine that is here, and how it reads a file."""
    yield "toolkit", lambda path: ours(path, tags=True)
    yield "toolkit, tags not used", lambda path: ours(path, tags=False)
    yield "PDFium, stream order", stream
    if shutil.which("pdftotext"):
        yield "pdftotext", pdftotext
    yield "pdfplumber", pdfplumber


def main() -> int:
    """Print the share of pairs in the right order, for every engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", action="store_true", help="list every page of the toolkit's, worst first")
    parser.add_argument("--engine", help="only this engine")
    arguments = parser.parse_args()
    pages = pages_by_hand()
    files = sorted({file for file, _ in pages})
    print(f"{len(pages)} pages of {len(files)} files, {sum(map(len, pages.values()))} blocks")
    for name, engine in engines():
        if arguments.engine not in (None, name):
            continue
        results: dict[tuple[str, int], Found] = {}
        for file in files:
            read = engine(CORPUS / file)
            for key, blocks in pages.items():
                if key[0] == file:
                    text, aside = read(key[1])
                    results[key] = score(text, blocks, aside)
        _print_engine(name, results, arguments.pages and name.startswith("toolkit"))
    return 0


def _print_engine(name: str, results: dict[tuple[str, int], Found], every_page: bool) -> None:
    right, pairs, missing = (sum(column) for column in zip(*results.values(), strict=True))
    mean = sum(r.right / r.pairs for r in results.values()) / len(results)
    print(
        f"{name:24} pairs in order {right / pairs:.3f} ({right}/{pairs})  mean of pages {mean:.3f}  not found {missing}"
    )
    worst = sorted(results.items(), key=lambda item: item[1].right / item[1].pairs)
    for (file, page), found in worst if every_page else []:
        print(f"    {found.right / found.pairs:.3f}  {file} page {page}  not found {found.missing}")


if __name__ == "__main__":
    sys.exit(main())
