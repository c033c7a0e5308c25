"""How well passages are split into sentences: F1 of exact places, and speed, beside two peers.

    python tests/benchmarks/sentences.py [--wrong]

sentences.csv holds invented passages in the manner of plans, split by hand: ‖ stands where a sentence ends, \\n and \\t
are a line break and a border between cells. A sentence is found when both its ends are exact (white space left out).
Passages marked "before" were written before any result was seen, those marked "after" when the first rules were done:
F1 was 0.887 on them then, and the rules were mended with them in view. Those marked "last" were written after that, and
no rule was changed for them: theirs is the honest figure. Whoever changes a rule for them must write new ones.
Peers in the same run: sentencex alone, and a naive regular expression. `--wrong` prints the passages split wrongly.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from sentencex import segment

from toolkit.coding.sentences import sentences

PASSAGES = Path(__file__).with_name("sentences.csv")
BORDER = "‖"
Spans = tuple[tuple[int, int], ...]
Splitter = Callable[[str], Spans]


def read() -> list[tuple[str, str, str, Spans]]:
    """Return (written, manner, text, true spans) of every passage."""
    with PASSAGES.open(encoding="utf-8", newline="") as file:
        return [(row["written"], row["manner"], *unmarked(row["marked"])) for row in csv.DictReader(file)]


def unmarked(marked: str) -> tuple[str, Spans]:
    """Return the text without its marks, and the places of its sentences."""
    pieces = marked.replace("\\n", "\n").replace("\\t", "\t").split(BORDER)
    text = "".join(pieces)
    return text, placed(text, pieces)


def placed(text: str, pieces: Iterable[str]) -> Spans:
    """Return the places of pieces that follow each other in a text, white space at their ends left out."""
    spans, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        core = piece.strip()
        if core:
            begin = start + piece.index(core)
            spans.append((begin, begin + len(core)))
    return tuple(spans)


def toolkit(text: str) -> Spans:
    """Split as the coder does, without its memory of texts seen before."""
    return sentences.__wrapped__(text)


def plain_sentencex(text: str) -> Spans:
    """Split with sentencex alone."""
    return placed(text, (str(s) for s in segment("en", text)))


def naive(text: str) -> Spans:
    """Split after . ! or ? before white space."""
    return placed(text, re.split(r"(?<=[.!?])\s+", text))


SPLITTERS: dict[str, Splitter] = {
    "toolkit": toolkit,
    "sentencex alone": plain_sentencex,
    "naive expression": naive,
}


def figures(split: Splitter, passages: list[tuple[str, Spans]]) -> tuple[float, float, float, float]:
    """Return precision, recall and F1 of exact spans, and the share of passages without any mistake."""
    answers = [(set(split(text)), set(truth)) for text, truth in passages]
    right = sum(len(found & truth) for found, truth in answers)
    found, wanted = sum(len(f) for f, _ in answers), sum(len(t) for _, t in answers)
    whole = sum(f == t for f, t in answers) / len(answers)
    return right / found, right / wanted, 2 * right / (found + wanted), whole


def speed(split: Splitter, texts: list[str], seconds: float = 2.0) -> float:
    """Return megabytes (UTF-8) per CPU second, over at least `seconds` of work."""
    size, done, start = sum(len(t.encode()) for t in texts), 0, time.process_time()
    while (spent := time.process_time() - start) < seconds:
        for text in texts:
            split(text)
        done += size
    return done / spent / 1e6


def main() -> None:
    """Print the figures of every splitter, and what the toolkit's gets wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true")
    wrong = parser.parse_args().wrong
    rows = read()
    for when in ("before", "after", "last"):
        passages = [(text, truth) for written, _, text, truth in rows if written == when]
        if passages:
            print(f"{len(passages)} passages written {when} the rules, {sum(len(t) for _, t in passages)} sentences")
            for name, split in SPLITTERS.items():
                print(
                    "  {:18} P {:.3f}  R {:.3f}  F1 {:.3f}  passages right {:.2f}".format(
                        name, *figures(split, passages)
                    )
                )
    texts = [text for _, _, text, _ in rows]
    for name, split in SPLITTERS.items():
        print(f"{name:18} {speed(split, texts):5.1f} MB per CPU second")
    if wrong:
        for written, manner, text, truth in rows:
            if toolkit(text) != truth:
                print(written, manner, [text[s:e] for s, e in toolkit(text)])


if __name__ == "__main__":
    main()
