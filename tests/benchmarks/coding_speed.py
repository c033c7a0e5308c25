"""Speed of the whole coding on three facets against reading the same documents, in one run:

    python tests/benchmarks/coding_speed.py [--pages 700] [--codings FILE]

Real documents (see corpus_files.py) are read one after the other in this process, OCR off and without cache, until
there are `--pages` pages; then they are coded with the default framework. CPU seconds of one core count, since other
work on the machine stretches the clock; NumPy's library of matrices is held to one thread, whose others would only
wait. Starting (compiling the framework, once a run) stands apart. The last lines say where the time of coding goes,
step by step, over the same passages.
`--codings` keeps a hash of every coding, to compare two versions of the coder.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parent))

from corpus_files import plan_of, real_plans

from toolkit.coding.bundled import BundledCoder, unit_of
from toolkit.coding.features import Unit, read_units
from toolkit.coding.lexicon import joint_matcher
from toolkit.coding.traits import traits
from toolkit.coding.words import grams
from toolkit.errors import ReadingError
from toolkit.frameworks import load_framework
from toolkit.reading.assemble import read_document
from toolkit.reading.settings import ReadingSettings
from toolkit.records import Coding, Document

PLANS = 2_800  # pages that a set of 42 plans has, by and large


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of this process that a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def documents(pages: int) -> tuple[list[Document], float]:
    """Return documents with at least that many pages (all, when there are fewer), and the CPU seconds of reading."""
    found: list[Document] = []
    spent = 0.0
    for path in real_plans():
        if sum(len(d.pages) for d in found) >= pages:
            break
        start = time.process_time()
        try:
            found.append(read_document(plan_of(path), ReadingSettings(ocr=False)))
        except ReadingError:
            continue
        spent += time.process_time() - start
    return found, spent


def steps(read: list[Document], coder: BundledCoder) -> dict[str, float]:
    """Return the CPU seconds of the steps of coding; each is run alone, so that they sum to about the whole."""
    units = [unit_of(p) for d in read for p in d.content if p.kind != "heading" and p.text.strip()]
    texts, codes = [u.text for u in units], [c.id for c in coder.framework.codes]
    matcher = joint_matcher(coder.framework)
    readings = read_units(units, coder.framework)
    judgements = coder.model.judge(readings, codes)
    passages = [(d, p) for d in read for p in d.content if p.kind != "heading" and p.text.strip()]
    return {
        "quotes, clauses, places": seconds(
            lambda: [
                coder._codings(d, p, r, coder.verdict(j, d.plan.kind))
                for (d, p), r, j in zip(passages, readings, judgements, strict=True)
            ]
        ),
        "terms, hints, groups and cues": seconds(
            lambda: (matcher.find_each(texts), matcher.find_each([u.context for u in units]))
        ),
        "stems": seconds(lambda: [grams(t) for t in texts]),
        "traits": seconds(lambda: [traits(t) for t in texts]),
        "judging": seconds(lambda: coder.model.judge(readings, codes)),
    }


def digest(coding: Coding) -> str:
    """Return a short hash of everything that a coding says."""
    return hashlib.sha256(repr(coding).encode()).hexdigest()[:16]


def main() -> None:
    """Print reading, coding, their ratio, and where the time of coding goes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=700)
    parser.add_argument("--codings", type=Path)
    asked = parser.parse_args()
    coder = BundledCoder(load_framework("health_inequalities"))
    starting = seconds(lambda: coder.judge([Unit(text="acess to heaith care", damaged=True)]))
    read, reading = documents(asked.pages)
    codings: list[Coding] = []
    coding = seconds(lambda: codings.extend(c for d in read for c in coder.code(d)))
    pages = sum(len(d.pages) for d in read)
    size = sum(len(d.text) for d in read)
    print(f"{len(read)} documents, {pages} pages, {size / 1e6:.2f} M characters, {len(codings)} codings")
    for name, spent in (("reading", reading), ("coding", coding)):
        each = spent / pages
        print(f"{name:8} {spent:7.1f} CPU s  {1e3 * each:6.1f} ms a page  {each * PLANS:6.0f} s for {PLANS} pages")
    print(f"starting {starting:7.1f} CPU s, once a run")
    print(f"coding takes {coding / reading:.2f} of the time of reading")
    for name, spent in sorted(steps(read, coder).items(), key=lambda s: -s[1]):
        print(f"  {name:30} {spent:6.2f} s  {spent / coding:5.0%} of coding")
    if asked.codings:
        asked.codings.write_text("".join(f"{c.coding_id} {digest(c)}\n" for c in codings), encoding="utf-8")


if __name__ == "__main__":
    main()
