"""Speed of term matching, raw text to original places, against peers in the same run: CPU seconds, one process.

    python tests/benchmarks/matching_speed.py FOLDER_OF_TEXT_OR_PDF [--megabytes 10] [--terms 2500]

The codebook is the default framework (--all: all frameworks at once, of which many look for the same words), filled up
with phrases of 2 to 4 content words mined from the text. Hits per million characters decide the speed.
Each engine gets plans of 240,000 characters. The peers look for the literal form of the same terms (a lighter task:
no families, no wildcards, no proximity, no exclusions), the slow ones on a share of the text; spaCy runs when it is
installed (`pip install spacy`), with its blank English tokenizer. The toolkit's figure is from raw text to term, start
and end in the original: in columns of numbers (what the rest is compared with), and as a list of `Hit` records.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import ahocorasick_rs

from toolkit.frameworks import list_frameworks, load_framework
from toolkit.frameworks.matching import compile_terms
from toolkit.frameworks.normalise import normalise
from toolkit.frameworks.patterns import PLAIN

PLAN = 240_000


def read(folder: Path) -> str:
    """Return all text of a folder: .txt and .md as they are, .pdf through pdftotext."""
    texts = [
        p.read_text(encoding="utf-8", errors="replace")
        for p in sorted(folder.rglob("*"))
        if p.suffix in (".txt", ".md")
    ]
    for pdf in sorted(folder.rglob("*.pdf")):
        made = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, timeout=120, check=False)
        texts.append(made.stdout.decode("utf-8", "replace"))
    return "\n\n".join(texts)


def plans(text: str, megabytes: float) -> list[str]:
    """Return plans of equal length, cycled out of the text in blocks of 12 lines, shifted each time round."""
    lines = text.split("\n")
    blocks = ["\n".join(lines[i : i + 12]) for i in range(0, len(lines), 12)]
    cycled: list[str] = []
    turn = 0
    while sum(map(len, cycled)) < megabytes * 1e6:
        cycled += blocks[turn % 7 :: 7] if turn else blocks
        turn += 1
    joined = "\n".join(cycled)[: int(megabytes * 1e6)]
    return [joined[i : i + PLAN] for i in range(0, len(joined), PLAN)]


def codebook(text: str, size: int, names: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return terms and excludes by code: the bundled frameworks, then mined phrases until there are `size` terms."""
    codes = [(f"{name}:{c.id}", c) for name in names for c in load_framework(name).codes]
    terms = {name: list(c.terms) for name, c in codes}
    runs = [run.split() for run in re.split(rf"[^a-z ]+|\\b(?:{'|'.join(sorted(PLAIN))})\\b", text.lower())]
    grams = Counter(" ".join(run[i : i + n]) for run in runs for n in (2, 3, 4) for i in range(len(run) - n + 1))
    have = sum(map(len, terms.values()))
    mined = [g for g, count in grams.most_common() if count <= 2][: max(0, size - have)]
    terms |= {f"mined:{i}": mined[i::200] for i in range(200)}
    return terms, {name: list(c.excludes) for name, c in codes}


def timed(work: Callable[[str], int], texts: list[str]) -> tuple[float, int]:
    """Return millions of characters per CPU second, and the hits."""
    work(texts[0][:2000])
    started = time.process_time()
    hits = sum(work(text) for text in texts)
    return sum(map(len, texts)) / (time.process_time() - started) / 1e6, hits


def literal(term: str) -> str:
    """Return a term as plain lower-case words, as a simple dictionary would hold it."""
    return " ".join(re.sub(r"\(([^|)]*)[^)]*\)\??|[~>]\d+|[=*]", r"\1 ", term.lower()).split())


def token_trie(terms: list[str]) -> Callable[[str], int]:
    """Return a search in the manner of quanteda: tokens, then a trie of tokens."""
    root: dict[str, dict] = {}
    for term in terms:
        node = root
        for word in term.split():
            node = node.setdefault(word, {})
        node[""] = {}

    def search(text: str) -> int:
        tokens = [(m[0].lower(), m.start(), m.end()) for m in re.finditer(r"\w+", text)]
        found = []
        for i in range(len(tokens)):
            node, j = root, i
            while j < len(tokens) and (node := node.get(tokens[j][0])) is not None:
                j += 1
                if "" in node:
                    found.append((tokens[i][1], tokens[j - 1][2]))
        return len(found)

    return search


def peers(terms: list[str]) -> dict[str, tuple[Callable[[str], int], float]]:
    """Return the peers by name, each with the share of the text that it gets."""
    alternation = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(terms, key=len, reverse=True))) + r")\b", re.I)
    automaton = ahocorasick_rs.AhoCorasick(terms)
    found: dict[str, tuple[Callable[[str], int], float]] = {
        "bare ahocorasick_rs, no word bounds": (
            lambda t: len(automaton.find_matches_as_indexes(t.lower(), overlapping=True)),
            1.0,
        ),
        "token trie (quanteda-like)": (token_trie(terms), 0.2),
        "re alternation": (lambda t: sum(1 for _ in alternation.finditer(t)), 0.02),
    }
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        return found
    nlp = spacy.blank("en")
    nlp.max_length = 10**8
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("t", [nlp.make_doc(term) for term in terms])
    found["spaCy PhraseMatcher"] = (lambda t: len(matcher(nlp.make_doc(t))), 0.1)
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=float, default=10.0)
    parser.add_argument("--terms", type=int, default=2500)
    parser.add_argument("--all", action="store_true", help="all bundled frameworks at once, not the default one")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    source = read(args.folder)
    texts = plans(source, args.megabytes)
    names = list_frameworks() if args.all else list_frameworks()[:1]
    terms, excludes = codebook(source, args.terms, names)
    started = time.process_time()
    matcher = compile_terms(terms, excludes)
    seconds = time.process_time() - started
    print(f"{sum(map(len, terms.values()))} terms in {len(terms)} codes, compiled in {seconds:.2f} CPU-s")
    print(f"{sum(map(len, texts)) / 1e6:.1f} M characters in {len(texts)} plans; source {len(source) / 1e6:.1f} M")
    flat = sorted({literal(t) for ts in terms.values() for t in ts if literal(t)})
    engines = {
        "toolkit, spans in columns": (lambda t: len(matcher.spans(t)), 1.0),
        "toolkit, list of hits": (lambda t: len(matcher.find(t)), 1.0),
        "toolkit, normalisation alone": (lambda t: len(normalise(t).walls), 1.0),
        **peers(flat),
    }
    results: dict[str, list[float]] = {name: [] for name in engines}
    hits = dict.fromkeys(engines, 0)
    for _ in range(args.rounds):
        for name, (work, share) in engines.items():
            speed, hits[name] = timed(work, texts[: max(1, int(len(texts) * share))])
            results[name].append(speed)
    print(f"{hits['toolkit, list of hits'] / sum(map(len, texts)) * 1e6:.0f} hits per million characters")
    own = sorted(results["toolkit, spans in columns"])[args.rounds // 2]
    for name, speeds in results.items():
        median = sorted(speeds)[args.rounds // 2]
        rounds = ", ".join(f"{s:.2f}" for s in speeds)
        print(f"{name:36} {median:7.2f} M chars/CPU-s  toolkit {own / median:6.2f} x  {hits[name]} hits  [{rounds}]")


if __name__ == "__main__":
    main()
