"""Speed and memory of reading against other engines, same files: `python tests/benchmarks/reading_speed.py`.

Every engine runs over all real PDFs in a process of its own; CPU time (with children) is what counts, since
other work on the machine stretches the clock. The toolkit does layout, tables, headings and repair, OCR off.
`--rounds 3` takes medians. Optional: `pip install pdf_oxide`, poppler's pdftotext.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from corpus_files import plan_of, real_plans

LONGEST = "data_driven_healthcare_2030"  # the report that memory is measured on: 207 pages


def toolkit(path: Path) -> int:
    """Read a file with the toolkit, and return its pages."""
    from toolkit.reading.assemble import read_document
    from toolkit.reading.settings import ReadingSettings

    return len(read_document(plan_of(path), ReadingSettings(ocr=False)).pages)


def pypdfium2(path: Path) -> int:
    """Take the text of every page as PDFium gives it."""
    import pypdfium2 as library

    pdf = library.PdfDocument(path)
    for page in pdf:
        page.get_textpage().get_text_range()
    return len(pdf)


def pdftotext(path: Path) -> int:
    """Run poppler's pdftotext."""
    subprocess.run(["pdftotext", str(path), "/dev/null"], capture_output=True, check=False)
    return 0


def pdf_oxide_markdown(path: Path) -> int:
    """Take every page as Markdown from pdf_oxide."""
    import pdf_oxide

    document = pdf_oxide.PdfDocument(str(path))
    for number in range(document.page_count()):
        document.to_markdown(number)
    return int(document.page_count())


def pdfminer_six(path: Path) -> int:
    """Take the text from pdfminer.six."""
    from pdfminer.high_level import extract_text

    extract_text(path)
    return 0


def pdfplumber_text(path: Path) -> int:
    """Take every page's text from pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
        return len(pdf.pages)


def pdfplumber_words(path: Path) -> int:
    """Take every page's words with font and size from pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words(extra_attrs=["fontname", "size"])
            page.close()
        return len(pdf.pages)


ENGINES = (toolkit, pypdfium2, pdftotext, pdf_oxide_markdown, pdfminer_six, pdfplumber_text, pdfplumber_words)


def run(engine: str) -> None:
    """Run one engine over all files and print CPU seconds, pages and peak memory in MB."""
    read = globals()[engine]
    pages, begin = 0, time.process_time()
    for path in real_plans():
        pages += read(path)
    spent = time.process_time() - begin + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    print(spent, pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(engine: str, rounds: int) -> tuple[float, float]:
    """Return the median CPU seconds and the peak memory in MB of an engine."""
    command = [sys.executable, __file__, "--engine", engine]
    rows = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(rounds)]
    return statistics.median(float(r[0]) for r in rows), max(float(r[2]) for r in rows)


def longest_memory() -> float:
    """Return the peak memory in MB of reading the longest report alone."""
    code = (
        f"import sys, resource; sys.path.insert(0, {str(Path(__file__).parent)!r}); import reading_speed as r\n"
        f"[r.toolkit(p) for p in r.real_plans() if p.stem == {LONGEST!r}]\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="the toolkit and PDFium only")
    chosen = parser.parse_args()
    if chosen.engine:
        run(chosen.engine)
        return
    import pypdfium2 as library

    pages = sum(len(library.PdfDocument(p)) for p in real_plans())
    print(f"{len(real_plans())} files, {pages} pages, CPU time, median of {chosen.rounds}")
    seconds: dict[str, float] = {}
    for engine in [e.__name__ for e in (ENGINES[:2] if chosen.quick else ENGINES)]:
        if (engine == "pdftotext" and not shutil.which("pdftotext")) or (
            engine.startswith("pdf_oxide") and importlib.util.find_spec("pdf_oxide") is None
        ):
            print(f"  {engine:20} not installed")
            continue
        spent, memory = measured(engine, chosen.rounds)
        seconds[engine] = spent
        ratio = spent / seconds["toolkit"]
        print(
            f"  {engine:20} {1000 * spent / pages:7.2f} ms/page {pages / spent:7.1f} pages/s "
            f"{ratio:6.2f} x the toolkit's time  {memory:5.0f} MB"
        )
    print(f"  {LONGEST}: {longest_memory():.0f} MB at the peak")


if __name__ == "__main__":
    main()
