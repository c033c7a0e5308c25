"""Reading against exact truth, on plans set by script: `python tests/benchmarks/reading_truth.py [--keep FOLDER]`.

    intact      share of the sentences set that stand in the text verbatim (white space aside); aim 0.99
    order       1 - word-level Levenshtein distance / length; running lines and contents pages are errors; aim 0.98
    neighbours  share of steps from one sentence to the next that the text takes too; aim 0.99
    headings    F1 of headings with the right level, cover left out ("-": the engine knows no headings); aim 0.95
    furniture   share of the running heads and feet that are left in the text; aim 0.01
    broken      words that a line-end hyphen still breaks, per 1,000 words; aim 0.5

Beside it on the same files: PDFium in stream order, pdftotext when it is installed, pdfplumber.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus_files import plan_of
from rapidfuzz.distance import Levenshtein
from synthetic_plans import make_all
from synthetic_setting import Block, Sheet

Heading = tuple[str, int]


class Reading(NamedTuple):
    """What an engine made of a file: text, and headings with their level where it knows any."""

    text: str
    headings: list[Heading] | None = None


class Score(NamedTuple):
    """The figures of one engine on one file; counts, so that files can be added up."""

    intact: int
    sentences: int
    distance: int
    words: int
    steps_right: int
    steps: int
    headings_right: int
    headings_said: int
    headings_set: int
    furniture_left: int
    furniture_set: int
    broken: int


def flat(text: str) -> str:
    """Return the text with plain white space, no bullets or cell bars, and the engine's hyphen marks as hyphens."""
    text = text.replace("\ufffe", "-").replace("\x02", "-").replace("•", " ").replace(" | ", " ")
    return re.sub(r"\s+", " ", text)


def sentences_of(blocks: list[Block]) -> list[str]:
    """Return the sentences, list items and table cells of the truth that have a place in the order."""
    units: list[str] = []
    for block in blocks:
        if block.kind == "table_row":
            units.append(block.text.split("\n")[0])
        elif not block.loose and block.kind != "heading":
            units += re.split(r"(?<=[.:]) (?=[A-Z])", block.text)
    times = Counter(units)
    return [unit for unit in units if len(unit.split()) > 3 and times[unit] == 1]


def score(reading: Reading, sheet: Sheet) -> Score:
    """Return how a reading keeps the truth of a sheet."""
    text = flat(reading.text)
    sentences = sentences_of(sheet.blocks)
    found = {sentence: text.find(flat(sentence)) for sentence in sentences}
    placed = sorted((s for s in found if found[s] >= 0), key=found.__getitem__)
    following = dict(pairwise(placed))
    steps = list(pairwise(sentences))
    truth = flat(" ".join(b.text for b in sheet.blocks if not b.loose)).split()
    said = Counter(reading.headings or [])
    meant = Counter((flat(b.text), b.level) for b in sheet.blocks if b.kind == "heading")
    return Score(
        intact=len(placed),
        sentences=len(sentences),
        distance=Levenshtein.distance(truth, text.split()),
        words=len(truth),
        steps_right=sum(following.get(a) == b for a, b in steps),
        steps=len(steps),
        headings_right=sum((said & meant).values()),
        headings_said=sum(said.values()),
        headings_set=sum(meant.values()),
        furniture_left=min(sum(text.count(flat(line)) for line in set(sheet.running)), len(sheet.running)),
        furniture_set=len(sheet.running),
        broken=sum(
            len(re.findall(rf"\b{a}(?:-(?:\s|{re.escape(b)})|\s{re.escape(b)})", text)) for a, b in set(sheet.broken)
        ),
    )


def ours(path: Path) -> Reading:
    """Return what the toolkit reads; the cover's headings are left out."""
    from toolkit.reading.assemble import read_document

    document = read_document(plan_of(path))
    covered = 0 if path.stem == "slides" else 1
    headings = [(flat(p.text), p.level) for p in document.content if p.kind == "heading" and p.page > covered]
    body = [p.text for p in document.content if p.page > covered and p.kind != "footnote"]
    return Reading("\n".join(body), headings)


def stream(path: Path) -> Reading:
    """Return the text in the order of drawing, by PDFium."""
    import pypdfium2

    return Reading("\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)))


def pdftotext(path: Path) -> Reading:
    """Return the text by poppler's pdftotext."""
    return Reading(subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout)


def pdfplumber(path: Path) -> Reading:
    """Return the text by pdfplumber's default."""
    import pdfplumber as library

    with library.open(path) as pdf:
        return Reading("\n".join(page.extract_text() for page in pdf.pages))


def engines() -> Iterator[tuple[str, Callable[[Path], Reading]]]:
    """Yield the engines that are here."""
    yield "toolkit", ours
    yield "PDFium stream", stream
    if shutil.which("pdftotext"):
        yield "pdftotext", pdftotext
    yield "pdfplumber", pdfplumber


def main() -> int:
    """Print the figures of every engine on every synthetic plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="write the synthetic plans here and keep them")
    parser.add_argument("--show", action="store_true", help="list what the toolkit gets wrong")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        sheets = make_all(arguments.keep or Path(temporary))
        print(f"{'':16}{'file':14} intact  order  neighbours  headings  furniture  broken/1000")
        for name, read in engines():
            scores = []
            for file, sheet in sheets.items():
                reading = read(sheet.path)
                scores.append(score(reading, sheet))
                _print_row(name, file, scores[-1])
                if arguments.show and name == "toolkit":
                    _show(reading, sheet)
            _print_row(name, "all", Score(*(sum(column) for column in zip(*scores, strict=True))))
    return 0


def _print_row(name: str, file: str, s: Score) -> None:
    f1 = 2 * s.headings_right / (s.headings_said + s.headings_set)
    headings = f"{f1:.3f}" if s.headings_said else "-"
    print(
        f"{name:16}{file:14} {s.intact / s.sentences:.3f}  {max(0.0, 1 - s.distance / s.words):.3f}  "
        f"{s.steps_right / s.steps:10.3f}  {headings:>8}  {s.furniture_left / s.furniture_set:9.3f}  "
        f"{1000 * s.broken / s.words:11.2f}"
    )


def _show(reading: Reading, sheet: Sheet) -> None:
    text = flat(reading.text)
    for sentence in sentences_of(sheet.blocks):
        if flat(sentence) not in text:
            print(f"      not intact: {sentence}")
    said = Counter(reading.headings or [])
    meant = Counter((flat(b.text), b.level) for b in sheet.blocks if b.kind == "heading")
    print(f"      headings missed: {sorted((meant - said).items())}")
    print(f"      headings said: {sorted((said - meant).items())}")


if __name__ == "__main__":
    sys.exit(main())
