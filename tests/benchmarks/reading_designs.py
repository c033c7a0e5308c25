"""Reading order on pages that a browser lays out as designers do: `python tests/benchmarks/reading_designs.py`.

    intact      share of the blocks set (headings, paragraphs, items, cells) whose letters stand together in the text
    steps       share of steps from one block of a page to the next that the text takes at once

Every second plan is drawn in shuffled order, as programs for page layout do; the structure tree is not used. Blocks
that reach beyond the foot of their page are left out.
Needs Chromium or Chrome. `--plans 8` sets the number of plans, `--pages` lists the designs; plans 0 to 15 showed the
faults that were mended, so that `--first 20` begins with plans that nobody has looked at. Texts beside icons in two
columns can be read down or across; the truth has them across.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus_files import plan_of
from designed_pages import DESIGNS, Block, designed

_END = 12  # letters: the end of a block that is shown whole
_OTHER = re.compile(r"[^a-z0-9£%]+")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Score(NamedTuple):
    """Counts of one page or more."""

    intact: int = 0
    blocks: int = 0
    taken: int = 0
    steps: int = 0

    def __str__(self) -> str:
        intact, taken = self.intact / max(self.blocks, 1), self.taken / max(self.steps, 1)
        return f"intact {intact:.3f}  steps {taken:.3f}  of {self.blocks}"


def together(scores: Iterable[Score]) -> Score:
    """Return the counts of several pages added up."""
    return Score(*map(sum, zip(*scores, strict=True)))


def toolkit(path: Path) -> list[str]:
    """Return the text of every page in the toolkit's reading order."""
    from toolkit.reading.assemble import read_document
    from toolkit.reading.settings import ReadingSettings

    document = read_document(plan_of(path), ReadingSettings(ocr=False), tags=False)
    return [" ".join(p.text for p in document.content if p.page == page.number) for page in document.pages]


def pdfium(path: Path) -> list[str]:
    """Return the text of every page in the order of the content stream."""
    import pypdfium2

    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def pdfplumber(path: Path) -> list[str]:
    """Return the text of every page as pdfplumber has it."""
    import pdfplumber as library

    with library.open(path) as pdf:
        return [page.extract_text() for page in pdf.pages]


ENGINES: tuple[Callable[[Path], list[str]], ...] = (toolkit, pdfium, pdfplumber)


def key(text: str) -> str:
    """Return a text as letters and digits only."""
    return _OTHER.sub("", text.lower())


def score(blocks: Iterable[Block], text: str, shown: str) -> Score:
    """Return how much of the blocks of a page stands in a text of it; `shown` is all that is on the page."""
    visible = key(shown)
    keys = [k for k in (key(b.text) for b in blocks) if k[-_END:] in visible]
    whole, steps = key(text), list(pairwise(keys))
    return Score(sum(k in whole for k in keys), len(keys), sum(a + b in whole for a, b in steps), len(steps))


def print_pdf(browser: str, source: str, path: Path) -> None:
    """Print HTML to a PDF."""
    page = path.with_suffix(".html")
    page.write_text(source, encoding="utf-8")
    call = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={path}"]
    subprocess.run([*call, str(page)], capture_output=True, check=True, timeout=120)


def main() -> int:
    """Set the plans, read them with every engine, print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=8)
    parser.add_argument("--first", type=int, default=20)
    parser.add_argument("--pages", action="store_true")
    arguments = parser.parse_args()
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("No Chromium or Chrome: nothing to print the pages with.")
        return 1
    found: dict[str, dict[str, list[Score]]] = {e.__name__: {d.__name__: [] for d in DESIGNS} for e in ENGINES}
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(arguments.first, arguments.first + arguments.plans):
            source, blocks = designed(seed, shuffled=seed % 2 == 1)
            path = Path(folder) / f"designed_{seed}.pdf"
            print_pdf(browser, source, path)
            shown = pdfium(path)
            for engine in ENGINES:
                texts = engine(path)
                for page, on_page in groupby(blocks, key=lambda b: b.page):
                    held = list(on_page)
                    found[engine.__name__][held[0].design].append(score(held, texts[page - 1], shown[page - 1]))
    print(f"{arguments.plans} plans of {len(DESIGNS)} pages")
    for engine_name, designs in found.items():
        print(f"{engine_name:12} {together(s for scores in designs.values() for s in scores)}")
        for design, scores in designs.items() if arguments.pages else ():
            print(f"    {design:16} {together(scores)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
