"""Kinds of passages on 20 real pages judged by eye: `python tests/benchmarks/hand_kinds.py [--show]`.

`hand_kinds.csv` holds, for the parts of a page, what a person takes them for (heading, paragraph, list_item, caption,
footnote, furniture), and for an item what leads it in. "inside" are words at which a line begins but no passage: a
sentence goes on there. Parts are found by their first letters (letters and digits, small), lead-ins by their last ones:
the table holds how many, and a hash of them, never the text.

Half of the pages were drawn by chance, the others because an earlier reader had got them wrong: the share of right
parts says whether a change is one for the better, not how good a page is on average.

A part counts as right when a passage of its kind begins there, an item's lead-in when it is the one on paper, or when
there is none and none is given. `--show` lists what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus_files import CORPUS, plan_of

from toolkit.records import Passage

TABLE = Path(__file__).with_name("hand_kinds.csv")


class Part(NamedTuple):
    """A part of a page: where it is, what it is, and the keys of its beginning and of the end of its lead-in."""

    file: str
    page: int
    kind: str
    letters: int
    anchor: str
    lead_letters: int
    lead: str


def parts_by_hand() -> list[Part]:
    """Return the parts of all pages."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return [
            Part(
                r["file"], int(r["page"]), r["kind"], int(r["letters"]), r["anchor"], int(r["lead_letters"]), r["lead"]
            )
            for r in csv.DictReader(handle)
        ]


def bare(text: str) -> str:
    """Return the letters and digits of a text, small."""
    return re.sub(r"[\W_]+", "", text.casefold())


def key(letters: str) -> str:
    """Return the hash under which letters stand in the table."""
    return hashlib.sha1(letters.encode()).hexdigest()[:16]


def beginning(part: Part, passages: list[Passage]) -> Passage | None:
    """Return the passage that begins with the part, or None."""
    return next((p for p in passages if key(bare(p.text)[: part.letters]) == part.anchor), None)


def is_led_in(part: Part, passage: Passage) -> bool:
    """Return whether a passage has the lead-in of the part."""
    lead = bare(passage.lead_in)
    return not lead if not part.lead_letters else key(lead[-part.lead_letters :]) == part.lead


def main() -> int:
    """Print how many parts have their kind, and how many items their lead-in."""
    from toolkit.reading.assemble import read_document

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="list the parts that are taken for something else")
    show = parser.parse_args().show
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    parts = parts_by_hand()
    for file in dict.fromkeys(part.file for part in parts):
        document = read_document(plan_of(CORPUS / file))
        for place, part in enumerate(parts):
            if part.file != file:
                continue
            found = beginning(part, [p for p in document.passages if p.spans[0].page == part.page])
            kind = found.kind if found else "inside"
            asked[part.kind] += 1
            right[part.kind] += kind == part.kind
            if part.kind == "list_item":
                led_in = found is not None and is_led_in(part, found)
                asked["lead-ins"] += 1
                right["lead-ins"] += led_in
                kind += "" if led_in else " without its lead-in"
            if show and kind != part.kind:
                print(f"  row {place + 2}: {file} page {part.page}: {part.kind} is {kind}")
    kinds = sorted(set(asked) - {"lead-ins"})
    total, good = sum(asked[k] for k in kinds), sum(right[k] for k in kinds)
    print(
        f"{len({(p.file, p.page) for p in parts})} pages, {total} parts: right kind {good / total:.3f} ({good}/{total})"
    )
    for kind in [*kinds, "lead-ins"]:
        print(f"  {kind:10} {right[kind] / asked[kind]:.3f} ({right[kind]}/{asked[kind]})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
