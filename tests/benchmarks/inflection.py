"""How well a plain word of a term finds its family: precision, recall and F1 on hand-written pairs.

    python tests/benchmarks/inflection.py

The pairs (inflection_pairs.csv) say whether a policy researcher who writes `term` wants `word` found. Peers in the same
run: the word alone, plural only, and plain Snowball. `families.txt` was written with the pairs marked "before" in view:
their figure is hopeful. Those marked "after" were written when the file was done; only one mistake in the spelling
rules that they showed (practise, practicing) was mended.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import Stemmer

from toolkit.frameworks import inflection
from toolkit.frameworks.normalise import fold

PAIRS = Path(__file__).with_name("inflection_pairs.csv")


def figures(finds: Callable[[str, str], bool], pairs: list[tuple[str, str, bool]]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    right = sum(same and finds(term, word) for term, word, same in pairs)
    found = sum(finds(term, word) for term, word, _ in pairs)
    wanted = sum(same for _, _, same in pairs)
    return right / found if found else 0.0, right / wanted, 2 * right / (found + wanted)


def plural(term: str, word: str) -> bool:
    """Return whether a word is the term or its regular plural."""
    return word in (term, term + "s", term + "es", term[:-1] + "ies" if term.endswith("y") else term)


def main() -> None:
    """Print the figures and the pairs that come out wrong."""
    with PAIRS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    stem = Stemmer.Stemmer("english").stemWord
    engines: dict[str, Callable[[str, str], bool]] = {
        "word alone": lambda term, word: term == word,
        "plural only": plural,
        "plain Snowball": lambda term, word: stem(term) == stem(word),
        "toolkit": lambda term, word: word in inflection.family(term),
    }
    for when in ("before", "after"):
        pairs = [(fold(r["term"]), fold(r["word"]), r["same"] == "1") for r in rows if r["written"] == when]
        print(f"{len(pairs)} pairs written {when} families.txt, {sum(same for _, _, same in pairs)} of one family")
        for name, finds in engines.items():
            print("  {:16} P {:.2f}  R {:.2f}  F1 {:.3f}".format(name, *figures(finds, pairs)))
        wrong = [(t, w, same) for t, w, same in pairs if engines["toolkit"](t, w) != same]
        print("  wrong:", ", ".join(f"{t}~{w}" + (" missed" if same else " found") for t, w, same in wrong) or "none")


if __name__ == "__main__":
    main()
