"""Reading order on real plans, against the text engines that people use: `python tests/benchmarks/reading_order.py`.

Two truths that nobody here wrote. (1) A strategy published twice, designed and as plain text: the plain edition's
sentences, in its order, are looked for in what each engine reads from the designed edition. (2) Tagged files: the
paragraphs of the structure tree, in its order, are looked for in what each engine reads without the tree.

    intact      share of the truth's sentences (paragraphs) that stand in the text in one piece
    neighbours  share of the truth's steps, from one sentence to the next, that the text takes too: no other sentence
                of the truth comes between (headings, captions and running lines may)

Sentences that no engine of the run finds are left out: there the two editions differ. Letters and digits are
compared, so that hyphens at line ends count for nobody. Optional: `pip install pdf_oxide`, poppler's pdftotext.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus_files import CORPUS, plan_of

PAIR = ("plans/dementia_strategy_2020_designed.pdf", "plans/dementia_strategy_2020_plain.pdf")
TAGGED = (
    "plans/coastal_inequalities_summary.pdf",
    "plans/dementia_strategy_2020_designed.pdf",
    "plans/jhws_consultation_2019.pdf",
    "policy/background_evidence_parents.pdf",
    "policy/data_driven_healthcare_2030.pdf",
    "policy/icb_sop_ifr_2023.pdf",
    "policy/leeds_research_strategy_2020.pdf",
    "policy/nhsx_digital_innovation.pdf",
)
SHORTEST = 25  # letters: shorter sentences are headings, labels and list stubs


def letters(text: str) -> str:
    """Return the letters and digits of a text, in small letters."""
    return re.sub(r"[\W_]+", "", text.casefold())


def ours(path: Path, tags: bool = True) -> str:
    """Return what the toolkit reads."""
    from toolkit.reading.assemble import read_document

    return read_document(plan_of(path), tags=tags).text


def stream(path: Path) -> str:
    """Return what PDFium reads: the order of the content stream."""
    import pypdfium2

    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def pdftotext(path: Path) -> str:
    """Return what poppler's pdftotext reads."""
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def pdfplumber(path: Path) -> str:
    """Return what pdfplumber reads by default."""
    import pdfplumber as library

    with library.open(path) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def pdfminer(path: Path) -> str:
    """Return what pdfminer.six reads by default."""
    from pdfminer.high_level import extract_text

    return extract_text(path)


def pdf_oxide(path: Path) -> str:
    """Return what pdf_oxide reads."""
    import pdf_oxide as library

    document = library.PdfDocument(str(path))
    return "\n".join(document.extract_text(i) for i in range(document.page_count()))


def engines(quick: bool) -> dict[str, Callable[[Path], str]]:
    """Return the engines to compare; slow ones are left out of a quick run."""
    chosen: dict[str, Callable[[Path], str]] = {
        "toolkit": ours,
        "toolkit, tags unused": lambda path: ours(path, tags=False),
        "pypdfium2 (stream)": stream,
    }
    if shutil.which("pdftotext"):
        chosen["pdftotext"] = pdftotext
    if not quick:
        chosen |= {"pdfplumber": pdfplumber, "pdfminer.six": pdfminer}
        try:
            import pdf_oxide as _  # noqa: F401

            chosen["pdf_oxide"] = pdf_oxide
        except ImportError:
            pass
    return chosen


def sentences(path: Path) -> list[str]:
    """Return the sentences of a one-column file as letters, in order, running lines left out."""
    import pypdfium2

    pages = [page.get_textpage().get_text_range().splitlines() for page in pypdfium2.PdfDocument(path)]
    seen = Counter(re.sub(r"\d+", "#", line.strip()) for lines in pages for line in set(lines))
    kept = [ln for lines in pages for ln in lines if seen[re.sub(r"\d+", "#", ln.strip())] < 0.12 * len(pages) + 3]
    kept = [re.sub(r"^o ", "• ", line) for line in kept]
    text = re.sub(r"[\ufffe\x02]\s*", "", " ".join(kept))
    found = [letters(s) for s in re.split(r"(?<=[.!?])\s+|[•●▪]|\uf0b7|:\s", text)]
    return [s for s in found if len(s) >= SHORTEST]


def tagged_paragraphs(path: Path) -> list[str]:
    """Return the paragraphs and list items of the structure tree as letters, in its order; tables are left out."""
    import pypdfium2

    from toolkit.reading.engine import PageReader
    from toolkit.reading.layout import tags_are_sound

    pdf = pypdfium2.PdfDocument(path)
    reader, found = PageReader(pdf), []
    for number in range(1, len(pdf) + 1):
        page = reader.page(number)
        if not tags_are_sound(page):
            continue
        words = sorted((page.tags[w.mcid].order, w.stream, w) for w in page.words if w.mcid in page.tags)
        texts: dict[int, str] = {}
        for _, _, word in words:
            tag = page.tags[word.mcid]
            if tag.table < 0 and tag.role in ("P", "LI") and (word.text != "o" or tag.element in texts):
                texts[tag.element] = texts.get(tag.element, "") + letters(word.text)
        found += [t for t in texts.values() if len(t) >= SHORTEST]
    return found


def measure(truth: Sequence[str], text: str, counted: Iterable[int]) -> tuple[float, float]:
    """Return the shares intact and neighbours of the counted sentences in a text of letters."""
    numbers = list(counted)
    places: dict[int, int] = {}
    at = 0
    for i in numbers:
        found = text.find(truth[i], at)
        found = text.find(truth[i]) if found < 0 else found
        if found >= 0:
            places[i] = at = found
    read = sorted(places, key=lambda i: (places[i], i))
    next_read = dict(pairwise(read))
    pairs = list(pairwise(numbers))
    following = sum(next_read.get(i) == j for i, j in pairs)
    return len(places) / max(len(numbers), 1), following / max(len(pairs), 1)


def compare(name: str, truth: Sequence[str], texts: dict[str, str]) -> dict[str, tuple[float, float, int]]:
    """Print and return intact, neighbours and the number of sentences, engine by engine."""
    counted = [i for i, s in enumerate(truth) if any(s in text for text in texts.values())]
    print(f"\n{name}: {len(counted)} of {len(truth)} sentences or paragraphs that some engine finds")
    result = {}
    for engine, text in texts.items():
        intact, following = measure(truth, text, counted)
        result[engine] = intact, following, len(counted)
        print(f"  {engine:24} intact {intact:.3f}   neighbours {following:.3f}")
    return result


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the slow engines")
    quick = parser.parse_args().quick
    readers = engines(quick)
    designed, plain = (CORPUS / name for name in PAIR)
    compare("Real pair", sentences(plain), {n: letters(read(designed)) for n, read in readers.items()})
    readers.pop("toolkit")
    totals: dict[str, list[tuple[float, float, int]]] = {}
    for name in TAGGED:
        path = CORPUS / name
        texts = {n: letters(read(path)) for n, read in readers.items()}
        for engine, row in compare(Path(name).stem, tagged_paragraphs(path), texts).items():
            totals.setdefault(engine, []).append(row)
    print("\nTagged files together (weighted by paragraphs)")
    for engine, rows in totals.items():
        weight = sum(n for _, _, n in rows)
        intact, following = (sum(r[k] * r[2] for r in rows) / weight for k in (0, 1))
        print(f"  {engine:24} intact {intact:.3f}   neighbours {following:.3f}   of {weight}")


if __name__ == "__main__":
    main()
