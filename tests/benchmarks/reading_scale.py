"""How reading scales: one and two processes, a second run from the cache, and the memory of a worker.

    python tests/benchmarks/reading_scale.py [FOLDER ...] [--repeat N]

Prints pages per second with one and two workers and their ratio (the best of N interleaved runs, after one that warms
the disk), CPU seconds of parent and workers, the time of a run from the cache, and the peak resident memory of a worker
on the longest document.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from toolkit.plans import load_plans
from toolkit.reading.cache import Cache
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.worker import cores, read_plans
from toolkit.records import Document, Plan

Run = tuple[int, float, tuple[float, float]]
ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
SETTINGS = ReadingSettings(ocr=False)
MEMORY_PROBE = """
import json, sys
from toolkit.records import Plan
from toolkit.reading.assemble import read_document
from toolkit.reading.codec import encode
from toolkit.reading.settings import ReadingSettings
peak_so_far = lambda: int(next(r for r in open("/proc/self/status") if r.startswith("VmHWM")).split()[1]) / 1024
start = peak_so_far()
document = read_document(Plan(**json.loads(sys.argv[1])), ReadingSettings(ocr=False))
read = peak_so_far()
data = encode(document, {})
print(json.dumps([len(document.pages), start, read, peak_so_far(), len(data) / 2**20]))
"""


def main() -> None:
    """Run all measurements and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[CORPUS / "plans", CORPUS / "policy"])
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    plans = [plan for folder in options.folders for plan in load_plans(folder)]
    print(f"{len(plans)} documents, {cores()} cores")
    timed(plans, 1)
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for _ in range(options.repeat):
        for workers, found in runs.items():
            found.append(timed(plans, workers))
    speeds = {n: max(pages / seconds for pages, seconds, _ in found) for n, found in runs.items()}
    for workers, speed in speeds.items():
        print(f"{workers} worker(s): {runs[workers][0][0]} pages, {speed:.0f} pages/s")
    parent, children = (statistics.median(run[2][i] for run in runs[2]) for i in (0, 1))
    print(f"two workers against one: x {speeds[2] / speeds[1]:.2f}")
    print(f"CPU seconds with two: {parent:.2f} in the parent, {children:.2f} in the workers")
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        first, again = timed(plans, 2, cache), timed(plans, 2, cache)
        size = sum(p.stat().st_size for p in Path(folder).rglob("*.plan"))
        print(f"first run with cache {first[1]:.2f} s, second {again[1]:.2f} s; cache {size / 2**20:.1f} MB")
        print(f"CPU seconds of the second: {again[2][0]:.2f} in the parent, {again[2][1]:.2f} in workers")
    memory(plans)


def timed(plans: Sequence[Plan], workers: int, cache: Cache | None = None) -> Run:
    """Return (pages, seconds, CPU seconds of parent and workers) of one run, the start of the workers included."""
    begun, used = time.perf_counter(), os.times()
    outcomes = [o for _, o in read_plans(plans, workers=workers, cache=cache, settings=SETTINGS)]
    seconds, now = time.perf_counter() - begun, os.times()
    parent = now.user + now.system - used.user - used.system
    children = now.children_user + now.children_system - used.children_user - used.children_system
    return sum(len(o.pages) for o in outcomes if isinstance(o, Document)), seconds, (parent, children)


def memory(plans: Sequence[Plan]) -> None:
    """Print the peak resident memory of a process that reads the largest of the documents, by pages."""
    import pypdfium2

    longest = max(plans, key=lambda plan: len(pypdfium2.PdfDocument(plan.path)))
    facts = json.dumps({"plan_id": longest.plan_id, "path": longest.path, "sha256": longest.sha256, "title": ""})
    done = subprocess.run([sys.executable, "-c", MEMORY_PROBE, facts], capture_output=True, text=True, check=True)
    pages, start, read, peak, size = json.loads(done.stdout)
    print(
        f"{longest.plan_id}: {pages} pages; resident {start:.0f} MB after import, {read:.0f} MB read, "
        f"{peak:.0f} MB at the peak; {size:.1f} MB as bytes"
    )


if __name__ == "__main__":
    main()
