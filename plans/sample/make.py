"""Set the sample plans: source/*.md to PDFs, with manifest.csv and the answer key answers.csv.

    python plans/sample/make.py [FOLDER]      FOLDER: where to write, by default this folder

The ICSs, places and bodies are invented. The same source gives the same bytes with the same versions of ReportLab and
matplotlib (its DejaVu fonts); the scanned plan also depends on PDFium and Pillow.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from setter.document import block_title, set_plan  # noqa: E402
from setter.flow import Pages  # noqa: E402
from setter.scan import scanned  # noqa: E402
from setter.source import Codes, Passage, Source, read_source  # noqa: E402

MANIFEST = ("plan_id", "path", "title", "ics_code", "ics_name", "kind", "year_start", "year_end")
ANSWERS = ("plan_id", "page", "page_end", "passage", "topics", "equity", "strength", "trap")
BODY = {"para", "bullet", "quote", "note"}


def main(target: Path) -> None:
    """Write every PDF, the manifest and the answer key into a folder."""
    sources = [read_source(path, HERE / "source" / "boilerplate.md") for path in sources_of(HERE)]
    answers: list[tuple[object, ...]] = []
    for source in sources:
        pdf, pages = set_plan(source)
        scan = source.meta.get("scan")
        (target / f"{source.meta['plan_id']}.pdf").write_bytes(scanned(pdf, scan) if scan else pdf)
        answers += answers_of(source, pages)
    write(target / "manifest.csv", MANIFEST, (manifest_row(source) for source in sources))
    write(target / "answers.csv", ANSWERS, answers)


def sources_of(folder: Path) -> list[Path]:
    """Return the source files of the plans, sorted by name."""
    return sorted(p for p in (folder / "source").glob("*.md") if p.name != "boilerplate.md")


def manifest_row(source: Source) -> tuple[object, ...]:
    """Return the row of a plan in the manifest."""
    meta = {**source.meta, "path": f"{source.meta['plan_id']}.pdf"}
    return tuple(meta[name] for name in MANIFEST)


def answers_of(source: Source, pages: Pages) -> Iterator[tuple[object, ...]]:
    """Return the key's rows of a plan, in the order of its source."""
    for key, passage, trap in passages_of(source, pages):
        seen = sorted(pages[key])
        over = ("page_break",) if len(seen) > 1 else ()
        codes = passage.codes
        traps = ";".join((*codes.traps, *trap, *over))
        codes_text = ";".join(codes.topics)
        yield source.meta["plan_id"], seen[0], seen[-1], passage.text, codes_text, codes.equity, codes.strength, traps


def passages_of(source: Source, pages: Pages) -> Iterator[tuple[str, Passage, tuple[str, ...]]]:
    """Return (key, passage, traps) of every body passage: no headings, running heads, page numbers, chart labels."""
    for i, block in enumerate(source.blocks):
        if block.kind == "contents":
            for j, other in enumerate(source.blocks):
                if other.kind == "chapter" and other.passage and f"c{j}" in pages:
                    title = Passage(cells=(block_title(other.passage.text),), codes=Codes())
                    yield f"c{j}", title, ("contents_page",)
        elif block.passage and (block.kind in BODY or block.kind in {"photo", "chart"}):
            yield f"b{i}", block.passage, ()
        elif not block.passage:
            for j, (_, passage) in enumerate(block.items):
                yield f"b{i}.{j}", passage, ()


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write a CSV file with line ends that do not depend on the system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
