"""How well repair restores damaged words, and how rarely it touches good ones.

    python tests/benchmarks/repair.py [FOLDER]      # FOLDER: the folder of real documents (corpus)

Clean real text (four PDFs whose text layer is sound) is damaged as real files are: each way on its own, over a whole
document. A word counts as restored when it is again exactly the word of the clean text; a good word counts as changed
when it is not damaged and comes back otherwise. Then every real PDF as it is: what is changed, and the time it takes.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from toolkit.reading.engine import PageReader
from toolkit.reading.opening import open_pdf
from toolkit.reading.raw import RawPage, RawWord
from toolkit.reading.repair import before, mend, mended
from toolkit.reading.vocabulary import Vocabulary
from toolkit.records import Box

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
# Whole documents whose text layer is sound: a strategy in plain type, an annual report, a summary, a policy report.
CLEAN = (
    "plans/dementia_strategy_2020_plain.pdf",
    "plans/dph_annual_report_2018.pdf",
    "plans/coastal_inequalities_summary.pdf",
    "policy/data_driven_healthcare_2030.pdf",
)
Damage = Callable[[str], str]
LETTERS = re.compile(r"[A-Za-z]{5,}")


def _raw(text: str, x0: float, number: int, hyphen: bool = False) -> RawWord:
    box = Box(x0, 0, x0 + 5.0 * len(text), 10)
    return RawWord(text, box, 8, 10, False, False, "Body", number, hyphen=hyphen)


def _line(words: list[str], hyphen: bool = False, gaps: list[float] | None = None) -> list[RawWord]:
    line: list[RawWord] = []
    x = 0.0
    for i, word in enumerate(words):
        line.append(_raw(word, x, i, hyphen and i == len(words) - 1))
        x = line[-1].box.x1 + (gaps[i] if gaps else 3.0)
    return line


def lost_l(word: str) -> str:
    return re.sub(r"ll(?=\w)", "l ", word).replace("ll", "l")


def _drop_fi(mark: str, keep_f: bool = False) -> Damage:
    kept = "f" if keep_f else ""
    return lambda word: re.sub(r"ff[il]?|f[il]", kept, re.sub(r"(?:ff[il]?|f[il])(?=\w)", kept + mark, word)).strip()


def split_fi(word: str) -> str:
    return re.sub(r"(ff[il]?|f[il])(?=\w)", r"\1 ", word, count=1)


DAMAGES: dict[str, Damage] = {
    "l of ll lost, space after it": lost_l,
    "fi fl ff lost, space left": _drop_fi(" "),
    "fi fl ff lost, nothing left": _drop_fi(""),
    "only the f of fi fl ff left": _drop_fi("", keep_f=True),
    "space behind fi fl ff": split_fi,
    "ti tt ft lost": lambda w: re.sub(r"tti?|ti|ft", "", w),
    "ti as U+019F": lambda w: w.replace("tti", "ƫ").replace("ti", "Ɵ").replace("tt", "Ʃ"),
    "fi fl as replacement character": lambda w: re.sub(r"ff[il]?|f[il]", "\ufffd", w, count=1),
    "ligature code points": lambda w: w.replace("ffi", "ﬃ").replace("ff", "ﬀ").replace("fi", "ﬁ").replace("fl", "ﬂ"),
    "soft hyphens": lambda w: LETTERS.sub(lambda m: m.group()[:3] + "\u00ad" + m.group()[3:], w),
    "every glyph twice": lambda w: "".join(c + c for c in w) if LETTERS.fullmatch(w) and len(w) > 5 else w,
}


def raw_pages(path: Path) -> Iterator[RawPage]:
    """Yield the pages of a PDF as the engine sees them."""
    with open_pdf(path) as document:
        reader = PageReader(document)
        for number in range(1, len(document) + 1):
            yield reader.page(number)


def clean_text(path: Path) -> list[list[str]]:
    """Return the lines of a PDF whose fonts lose nothing, in the order of drawing; broken words are left out."""
    lines: dict[tuple[int, int], list[str]] = {}
    for page in raw_pages(path):
        for w in page.words:
            if not w.hyphen and re.fullmatch(r"[\x21-\x7e‘’“”–]*[^-]", w.text):
                lines.setdefault((page.number, round(w.baseline)), []).append(w.text)
    return list(lines.values())


def score_damage(paragraphs: list[list[str]], damage: Damage) -> tuple[int, int, int, int, list[str]]:
    """Return damaged words, restored, good words, changed, and examples of failures."""
    damaged = [(word, damage(word)) for p in paragraphs for word in p]
    vocabulary = Vocabulary.of(_raw(piece, 0, 0) for _, d in damaged for piece in d.split(" ") if piece)
    counts = [0, 0, 0, 0]
    failures: list[str] = []
    for paragraph in paragraphs:
        pieces: list[str] = []
        owner: list[int] = []
        for i, word in enumerate(paragraph):
            for piece in damage(word).split(" "):
                if piece:
                    pieces.append(piece)
                    owner.append(i)
        lines = [_line(pieces)]
        got: dict[int, list[str]] = {}
        for w in mended(lines, mend(lines, vocabulary)):
            owners = sorted({owner[p.word] for p in w.parts})
            got.setdefault(owners[0], []).append(w.text)
            for other in owners[1:]:
                got.setdefault(other, []).append("")
        for i, word in enumerate(paragraph):
            result = " ".join(got.get(i, []))
            bad = damage(word) != word
            counts[0 if bad else 2] += 1
            if bad:
                counts[1] += result == word
            else:
                counts[3] += result != word
            if result != word:
                failures.append(f"{word} → {damage(word)} → {result}")
    return (*counts, failures)


def hyphenated(paragraphs: list[list[str]], chance: random.Random) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Yield lines that end in half-words, and the words of the paragraph: about every eighth word is broken."""
    for paragraph in paragraphs:
        lines: list[list[str]] = [[]]
        for word in paragraph:
            inner = re.fullmatch(r"([A-Za-z]{2,})-([a-z]{3,}\W*)", word)
            cut = chance.randint(3, len(word) - 3) if re.fullmatch(r"[a-z]{7,}[,.;:]?", word) else 0
            if inner and chance.random() < 0.5:
                lines[-1].append(inner[1])
                lines.append([inner[2]])
            elif cut and chance.random() < 0.12:
                lines[-1].append(word[:cut])
                lines.append([word[cut:]])
            else:
                lines[-1].append(word)
        yield lines, paragraph


def score_hyphens(paragraphs: list[list[str]]) -> tuple[int, int, int, int, list[str]]:
    """Return broken words, restored, whole words, changed, and examples of failures."""
    blocks = [
        ([_line(line, hyphen=i < len(lines) - 1) for i, line in enumerate(lines)], words)
        for lines, words in hyphenated(paragraphs, random.Random(7))
    ]
    vocabulary = Vocabulary.of(w for lines, _ in blocks for line in lines for w in line)
    broken = restored = good = changed = 0
    failures = []
    for lines, words in blocks:
        breaks = len(lines) - 1
        got = [w.text for w in mended(lines, mend(lines, vocabulary))]
        wrong = sum((Counter(words) - Counter(got)).values())
        broken, restored, good = broken + breaks, restored + max(breaks - wrong, 0), good + len(words) - breaks
        changed += max(wrong - breaks, 0)
        failures += [
            f"{w} → {g}"
            for w, g in zip(sorted(Counter(words) - Counter(got)), sorted(Counter(got) - Counter(words)), strict=False)
        ]
    return broken, restored, good, changed, failures


def clean_pdfs(folder: Path, show: int) -> None:
    """Print what repair changes in the real PDFs, page by page in the order of drawing, and how long it takes."""
    words = pages = 0
    seconds = 0.0
    kinds: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    for path in sorted([*(folder / "plans").glob("*.pdf"), *(folder / "policy").glob("*.pdf")]):
        raw = list(raw_pages(path))
        start = time.process_time()
        vocabulary = Vocabulary.of(w for page in raw for w in page.words)
        results = []
        for page in raw:
            lines: dict[int, list[RawWord]] = {}
            number, last = 0, 0.0
            for w in page.words:
                number, last = (number + (abs(w.baseline - last) > 2), w.baseline)
                lines.setdefault(number, []).append(w)
            results.append((list(lines.values()), mend(list(lines.values()), vocabulary)))
        seconds += time.process_time() - start
        pages, words = pages + len(raw), words + sum(len(p.words) for p in raw)
        if vocabulary.lost:
            print(f"  {path.name}: loses {sorted(vocabulary.lost)}")
        for block, changes in results:
            for change in changes:
                kinds[change.kind] += 1
                listed[f"{path.name[:24]:26}{change.kind:11} {before(block, change)!r} → {change.text!r}"] += 1
    print(f"real PDFs: {words} words on {pages} pages, {1000 * seconds / pages:.3f} ms a page; changes: {dict(kinds)}")
    for text, count in sorted(listed.items())[:show]:
        print(f"    {count:4} {text}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--show", type=int, default=6, help="how many failures to list for each kind of damage")
    arguments = parser.parse_args()
    texts = {name: clean_text(arguments.folder / name) for name in CLEAN}
    total = [0, 0, 0, 0]
    for name in [*DAMAGES, "line-end hyphens"]:
        row = [0, 0, 0, 0]
        failures: list[str] = []
        for paragraphs in texts.values():
            *counts, some = score_damage(paragraphs, DAMAGES[name]) if name in DAMAGES else score_hyphens(paragraphs)
            row = [a + b for a, b in zip(row, counts, strict=True)]
            failures += some
        total = [a + b for a, b in zip(total, row, strict=True)]
        _print_row(name, row)
        for text, count in Counter(failures).most_common(arguments.show):
            print(f"      {count:3} {text}")
    _print_row("all", total)
    clean_pdfs(arguments.folder, arguments.show * 20)
    return 0


def _print_row(name: str, row: list[int]) -> None:
    damaged, restored, good, changed = row
    print(f"{name:34} restored {restored:5}/{damaged:5} = {restored / max(damaged, 1):.3f}", end="   ")
    print(f"good words changed {changed}/{good} = {changed / max(good, 1):.5f}")


if __name__ == "__main__":
    sys.exit(main())
