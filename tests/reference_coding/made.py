"""Passages made of invented ones: python tests/reference_coding/made.py

Parts of passages, two in one, passages under the heading of another, and halves of two sentences put together: nobody
coded them, a larger reader judges them (`further_readers.py`), and an encoder learns from what it says. `made.npz` has
each as a recipe: which passages, from which letter to which, joined by what, under whose heading.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from coded import Coded

FILE = Path(__file__).parent / "made.npz"
JOINS = (". ", "; ", " ", " – ")
_SPACE = JOINS.index(" ")
CUT, JOINED, MOVED, SPLICED = 40_000, 40_000, 30_000, 20_000  # how many of each are tried
_KEEPS_HEADING = 0.7  # share of those that stand under a heading
_FEWEST, _MOST = 4, 95  # words
_NONE = -1
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;:!?])\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Places in the list of passages, and letters: `other` is -1 when there is one part, `under` when no heading."""

    under: int
    one: int
    start: int
    end: int
    other: int = _NONE
    other_start: int = 0
    other_end: int = 0
    join: int = 0

    def text(self, rows: Sequence[Coded]) -> str:
        """Return the passage that is made of the parts."""
        text = rows[self.one].text[self.start : self.end]
        if self.other == _NONE:
            return text
        return text + JOINS[self.join] + rows[self.other].text[self.other_start : self.other_end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made passage, and the documents whose words it holds."""

    passage: Coded
    documents: frozenset[str]


def recipes(rows: Sequence[Coded], seed: int = 7) -> Iterator[Recipe]:
    """Yield recipes for made passages of all four kinds."""
    rng = random.Random(seed)
    for _ in range(CUT):
        one = rng.randrange(len(rows))
        start, end = _some_sentences(rows[one].text, rng)
        yield Recipe(under=one if rng.random() < _KEEPS_HEADING else _NONE, one=one, start=start, end=end)
    for _ in range(JOINED):
        one = rng.randrange(len(rows) - 1)
        other = one + 1 if rng.random() < 0.5 else rng.randrange(len(rows))
        first, second = rows[one].text.rstrip(), rows[other].text
        join = _SPACE if first[-1:] in ".;:!?" else rng.randrange(len(JOINS))
        yield Recipe(under=one, one=one, start=0, end=len(first), other=other, other_end=len(second), join=join)
    for _ in range(MOVED):
        one, under = rng.randrange(len(rows)), rng.randrange(len(rows))
        yield Recipe(under=under if rng.random() < _KEEPS_HEADING else _NONE, one=one, start=0, end=len(rows[one].text))
    for _ in range(SPLICED):
        one, other, under = (rng.randrange(len(rows)) for _ in range(3))
        end = _between_words(rows[one].text, rng, 1 / 3, 1)
        start = _between_words(rows[other].text, rng, 0, 2 / 3)
        last = len(rows[other].text)
        halves = {"other": other, "other_start": start, "other_end": last, "join": _SPACE}
        yield Recipe(under=under if rng.random() < _KEEPS_HEADING else _NONE, one=one, start=0, end=end, **halves)


def _some_sentences(text: str, rng: random.Random) -> tuple[int, int]:
    """Return where a run of sentences of a text begins and ends; all of a text of one sentence."""
    breaks = list(_BETWEEN_SENTENCES.finditer(text))
    starts, ends = [0, *(b.end() for b in breaks)], [*(b.start() for b in breaks), len(text)]
    many = rng.randint(1, max(1, len(starts) - 1))
    first = rng.randint(0, len(starts) - many)
    return starts[first], ends[first + many - 1]


def _between_words(text: str, rng: random.Random, low: float, high: float) -> int:
    """Return a place behind a word, between two shares of the text."""
    ends = [w.end() for w in re.finditer(r"\S+", text)]
    return ends[rng.randint(int(low * (len(ends) - 1)), int(high * (len(ends) - 1)))]


def load_made(rows: Sequence[Coded]) -> list[Made]:
    """Return the made passages; those of which a part is not among `rows` are left out."""
    with np.load(FILE, allow_pickle=False) as archive:
        names, table = archive["ids"].tolist(), archive["recipes"].tolist()
    places = {row.id: i for i, row in enumerate(rows)}
    here = {i: places[name] for i, name in enumerate(names) if name in places} | {_NONE: _NONE}
    found = []
    for number, values in enumerate(table):
        kept = Recipe(**dict(zip(Recipe.__slots__, values, strict=True)))
        if {kept.under, kept.one, kept.other} <= here.keys():
            recipe = replace(kept, under=here[kept.under], one=here[kept.one], other=here[kept.other])
            found.append(_made(recipe, rows, f"made/{number}"))
    return found


def _made(recipe: Recipe, rows: Sequence[Coded], name: str) -> Made:
    under, one, other = (rows[i] if i != _NONE else None for i in (recipe.under, recipe.one, recipe.other))
    passage = Coded(
        id=name,
        document=name,
        text=recipe.text(rows),
        context=under.context if under else "",
        topics=frozenset(),
        equity=False,
        strength=0,
        real=False,
    )
    return Made(passage=passage, documents=frozenset(row.document for row in (under, one, other) if row))


def save_made(rows: Sequence[Coded], made: Sequence[Recipe]) -> None:
    """Write the recipes."""
    table = np.array([[getattr(r, name) for name in Recipe.__slots__] for r in made], np.int32)
    np.savez_compressed(FILE, ids=np.array([r.id for r in rows]), recipes=table)


def main() -> None:
    """Make passages of all invented ones, and write their recipes."""
    from find import written_passages

    rows = written_passages()
    made = [r for r in recipes(rows) if _FEWEST <= len(r.text(rows).split()) <= _MOST]
    save_made(rows, made)
    print(f"{len(made)} made of {len(rows)}, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
