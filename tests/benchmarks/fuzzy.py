"""Fuzzy matching under seeded OCR noise: recall, precision and false hits on clean text.

    python tests/benchmarks/fuzzy.py TEXT_FILE_OR_FOLDER [--characters 400000] [--show 20]

Noise at rate p per letter: a confusion (rn for m, l for i, c for e ...), a lost or a doubled letter, and at 0.2 p a
lost or an added space. Truth: the literal terms that the exact matcher finds in the clean text, carried to their places
in the damaged text. Recall: share of them found there, exactly or fuzzily (same code, more than half overlapping).
Precision is raw: a fuzzy hit that no clean hit explains counts as wrong, also when it is a real variant; --show prints
them, to be audited by eye. The switch (more than 5 % unknown words) is measured as well.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from pathlib import Path

from matching_speed import read

from toolkit.frameworks import list_frameworks, load_framework
from toolkit.frameworks.fuzzy import UNKNOWN_LIMIT, FuzzyMatcher, known_word
from toolkit.frameworks.matching import compile_terms
from toolkit.frameworks.patterns import Phrase, parse

CONFUSIONS = {
    **{
        "m": ["rn"],
        "w": ["vv"],
        "d": ["cl"],
        "i": ["l", "1", "j"],
        "l": ["i", "1", "I"],
        "e": ["c", "o"],
        "c": ["e", "o"],
    },
    **{"o": ["0", "c"], "a": ["o", "u"], "n": ["u", "ri"], "u": ["n", "ii"], "h": ["b", "li"], "b": ["h"], "s": ["5"]},
    **{"t": ["f", "l"], "f": ["t"], "g": ["q", "9"], "r": ["n"], "y": ["v"], "v": ["y"], "p": ["o"]},
}


def damage(text: str, rate: float, seed: int) -> tuple[str, list[int]]:
    """Return the damaged text and, for each place of the clean one, its place there (one more than its length)."""
    dice = random.Random(seed)
    out: list[str] = []
    places = []
    size = 0
    for char in text:
        places.append(size)
        made = char
        if char.isalpha() and dice.random() < rate:
            kind = dice.random()
            made = dice.choice(CONFUSIONS.get(char, [char])) if kind < 0.7 else "" if kind < 0.85 else char * 2
        elif char == " " and dice.random() < 0.2 * rate:
            made = ""
        if char.isalpha() and dice.random() < 0.2 * rate:
            made += " "
        out.append(made)
        size += len(made)
    return "".join(out), [*places, size]


def unknown_rate(text: str) -> float:
    """Return the share of words of three letters and more that the word list does not have."""
    words = [w.lower() for w in re.findall(r"[A-Za-z]{3,}", text)]
    return sum(not known_word(w) for w in words) / max(1, len(words))


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two spans share more than half of the longer."""
    return 2 * (min(one[1], other[1]) - max(one[0], other[0])) > max(one[1] - one[0], other[1] - other[0])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--characters", type=int, default=400_000)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    source = read(args.folder)
    step = max(1, len(source) // args.characters)
    pages = [source[i : i + 3000] for i in range(0, len(source) - 3000, 3000 * step)]
    pages = [page for page in pages if unknown_rate(page) <= UNKNOWN_LIMIT]
    terms = {
        f"{name}:{c.id}": [
            t for t in c.terms if isinstance(parse(t), Phrase) and "*" not in t and len(t) >= 6 and t == t.lower()
        ]
        for name in list_frameworks()
        for c in load_framework(name).codes
    }
    matcher = compile_terms(terms)
    fuzzy = FuzzyMatcher(matcher)
    clean = [matcher.find(page) for page in pages]
    print(f"{sum(map(len, terms.values()))} literal terms, {len(pages)} clean pages, {sum(map(len, pages))} characters")
    print(f"{sum(map(len, clean))} exact hits on clean text")
    for rate in (0.0, 0.01, 0.03, 0.05):
        truth, found, found_exact, fired, wrong, missed, over, seconds = 0, 0, 0, 0, [], [], 0, 0.0
        for number, (page, hits) in enumerate(zip(pages, clean, strict=True)):
            text, places = damage(page, rate, number)
            exact = matcher.find(text)
            started = time.process_time()
            more = fuzzy.find(text, exact)
            seconds += time.process_time() - started
            over += unknown_rate(text) > UNKNOWN_LIMIT
            spans = [(h.id, (places[h.start], places[h.end])) for h in hits]
            got_exact = [(h.id, (h.start, h.end)) for h in exact]
            got = got_exact + [(h.id, (h.start, h.end)) for h in more]
            truth += len(spans)
            found += sum(any(i == j and overlaps(s, g) for j, g in got) for i, s in spans)
            found_exact += sum(any(i == j and overlaps(s, g) for j, g in got_exact) for i, s in spans)
            fired += len(got)
            missed += [
                (page[h.start : h.end], text[places[h.start] : places[h.end]])
                for h, (i, s) in zip(hits, spans, strict=True)
                if not any(i == j and overlaps(s, g) for j, g in got)
            ]
            bad = [h for h in more if not any(h.id == i and overlaps(s, (h.start, h.end)) for i, s in spans)]
            wrong += [(h.term, text[h.start : h.end], h.distance) for h in bad]
        print(
            f"noise {rate:4.0%}: recall {found / truth:.3f} (exact only {found_exact / truth:.3f}), "
            f"raw precision {1 - len(wrong) / fired:.3f} ({len(wrong)} of {fired} unexplained), "
            f"pages over the switch {over / len(pages):.0%}, {sum(map(len, pages)) / seconds / 1e6:.2f} M chars/CPU-s"
        )
        for right, written in missed[: args.show]:
            print(f"    missed {right!r} written {written!r}")
        for term, written, distance in wrong[: args.show]:
            print(f"    {distance}  {term}  <-  {written!r}")


if __name__ == "__main__":
    main()
