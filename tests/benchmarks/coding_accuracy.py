"""How right the bundled coder is on documents that it never saw: python tests/benchmarks/coding_accuracy.py [--every]

Needs the folder of shared material beside the checkout. The passages of `gold/dev.csv` are judged document by document:
a model is learnt from the other documents (their gold passages, the reference coding of this repository without any
document that shares words with the one judged, and the written passages), then codes the ones left out. Two peers do
the same: the codebook's terms alone (any term gives the code; equity lexicon alone; strength 1), and TF-IDF with
logistic regression per code, learnt from the same passages. Intervals: 90 %, bootstrap over documents. `--every` judges
all coded passages of these documents, each once, in their order: seven times as many, most of them coded by one reader.

Gold and reference codings were made by language models that read the codebook, not by people: see
tests/reference_coding/README.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "reference_coding"))

from answers import Known, load_logits  # noqa: E402
from build_model import ENCODED, training_passages  # noqa: E402
from calibrating import document_folds  # noqa: E402
from coded import Coded  # noqa: E402
from find import gold_passages  # noqa: E402
from training import fit, readings_of  # noqa: E402

from toolkit.coding import BundledCoder  # noqa: E402
from toolkit.coding.features import Reading  # noqa: E402
from toolkit.frameworks import load_framework  # noqa: E402

FRAMEWORK = load_framework("health_inequalities")
CODES = [c.id for c in FRAMEWORK.codes]
THEMES = [t.id for t in FRAMEWORK.themes]
Answer = tuple[frozenset[str], bool, int]  # topics, equity, strength
Learner = Callable[[Sequence[Coded], Sequence[Reading], Sequence[Coded], Sequence[Reading]], list[Answer]]


def ours(
    train: Sequence[Coded], seen: Sequence[Reading], held: Sequence[Coded], unseen: Sequence[Reading]
) -> list[Answer]:
    """The bundled coder, its model learnt from `train` alone; its encoders have seen no adjudicated document at all."""
    known = [Known([*train, *held], load_logits(of)) for of in ENCODED]
    coder = BundledCoder(FRAMEWORK, fit(train, seen, FRAMEWORK, known))
    verdicts = [coder.verdict(j) for j in coder.model.judge(unseen, CODES)]
    return [(frozenset(v.codes), v.equity, v.strength) for v in verdicts]


def keywords(
    train: Sequence[Coded], seen: Sequence[Reading], held: Sequence[Coded], unseen: Sequence[Reading]
) -> list[Answer]:
    """The codebook's terms as a plain dictionary."""
    return [(frozenset(r.terms), _named(r), int(bool(r.terms))) for r in unseen]


def _named(reading: Reading) -> bool:
    """Whether a phrase of the equity lexicon stands in the passage that alone makes the focus likely."""
    return any(name.endswith((".strong", ".likely")) for name in reading.equity)


def tfidf(
    train: Sequence[Coded], seen: Sequence[Reading], held: Sequence[Coded], unseen: Sequence[Reading]
) -> list[Answer]:
    """TF-IDF of words and pairs with logistic regression, one per code, for equity, and for strength."""
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, stop_words="english")
    x, z = vectors.fit_transform([r.text for r in train]), vectors.transform([r.text for r in held])
    weights = [r.weight for r in train]

    def learn(y: Sequence[object]) -> LogisticRegression:
        return LogisticRegression(C=10, class_weight="balanced", max_iter=1000).fit(x, y, sample_weight=weights)

    topics = {c: learn([c in r.topics for r in train]).predict(z) for c in CODES}
    equity = learn([r.equity for r in train]).predict(z)
    strength = learn([r.strength for r in train]).predict(z)
    found = [frozenset(c for c in CODES if topics[c][i]) for i in range(len(held))]
    return [(f, bool(equity[i]), int(strength[i]) if f else 0) for i, f in enumerate(found)]


def measures(truth: Sequence[Coded], answers: Sequence[Answer]) -> dict[str, float]:
    """Return every figure; NaN where it is undefined."""
    pairs = [(t.topics, a[0]) for t, a in zip(truth, answers, strict=True)]
    per_code = {
        c: _f1(sum(c in t and c in a for t, a in pairs), sum(c in t for t, _ in pairs), sum(c in a for _, a in pairs))
        for c in CODES
    }
    found = {
        "micro F1": _f1(
            sum(len(t & a) for t, a in pairs), sum(len(t) for t, _ in pairs), sum(len(a) for _, a in pairs)
        ),
        "macro F1": float(np.nanmean([f for c, f in per_code.items() if any(c in t for t, _ in pairs)])),
    }
    for theme in THEMES:
        of = [(any(c.startswith(theme) for c in t), any(c.startswith(theme) for c in a)) for t, a in pairs]
        found[f"{theme} F1"] = _f1(sum(t and a for t, a in of), sum(t for t, _ in of), sum(a for _, a in of))
        found[f"{theme} kappa"] = _kappa([t for t, _ in of], [a for _, a in of])
    equity = [(t.equity, a[1]) for t, a in zip(truth, answers, strict=True)]
    found["equity F1"] = _f1(sum(t and a for t, a in equity), sum(t for t, _ in equity), sum(a for _, a in equity))
    found["strength weighted kappa"] = _kappa([t.strength for t in truth], [a[2] for a in answers], "quadratic")
    return found


def _f1(both: int, truth: int, given: int) -> float:
    return 2 * both / (truth + given) if truth + given else float("nan")


def _kappa(a: Sequence[int], b: Sequence[int], weights: str | None = None) -> float:
    return float(cohen_kappa_score(a, b, weights=weights)) if len({*a, *b}) > 1 else float("nan")


def bootstrap(truth: Sequence[Coded], answers: Sequence[Answer], draws: int = 500) -> dict[str, tuple[float, float]]:
    """Return 90 % intervals over resampled documents."""
    rng = np.random.default_rng(1)
    names = sorted({t.document for t in truth})
    rows = {n: [i for i, t in enumerate(truth) if t.document == n] for n in names}
    drawn: dict[str, list[float]] = {}
    for _ in range(draws):
        index = [i for n in rng.choice(names, len(names)) for i in rows[n]]
        for name, value in measures([truth[i] for i in index], [answers[i] for i in index]).items():
            drawn.setdefault(name, []).append(value)
    return {n: (float(np.nanquantile(v, 0.05)), float(np.nanquantile(v, 0.95))) for n, v in drawn.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=9)
    parser.add_argument("--every", action="store_true", help="not the adjudicated passages alone")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    arguments = parser.parse_args()
    gold = gold_passages(arguments.shared / "gold" / "dev.csv")
    ids = {g.id for g in gold}
    pool = training_passages(arguments.shared / "corpus")
    readings = readings_of(pool, FRAMEWORK)
    judged = [i for i in {r.id: i for i, r in enumerate(pool)}.values() if arguments.every or pool[i].id in ids]
    documents = sorted({g.document for g in gold})
    folds = dict(zip(documents, document_folds(documents, arguments.folds, 0), strict=True))
    learners: dict[str, Learner] = {"toolkit": ours, "keywords": keywords, "TF-IDF + logistic": tfidf}
    truth: list[Coded] = []
    answers: dict[str, list[Answer]] = {name: [] for name in learners}
    for fold in sorted(set(folds.values())):
        out = {d for d, f in folds.items() if f == fold}
        held = [i for i in judged if pool[i].document in out]
        kept = [i for i, r in enumerate(pool) if r.document not in out]
        truth += [pool[i] for i in held]
        for name, learner in learners.items():
            parts = (
                [pool[i] for i in kept],
                [readings[i] for i in kept],
                [pool[i] for i in held],
                [readings[i] for i in held],
            )
            answers[name] += learner(*parts)
    print(f"{len(truth)} passages of {len(documents)} documents, each judged by a model that saw none of its document")
    for name in learners:
        intervals = bootstrap(truth, answers[name])
        print(f"\n{name}")
        for measure, value in measures(truth, answers[name]).items():
            print(f"  {measure:26} {value:.3f}  [{intervals[measure][0]:.3f}, {intervals[measure][1]:.3f}]")


if __name__ == "__main__":
    main()
