"""Build the model file that ships with the package: python tests/reference_coding/build_model.py CORPUS

CORPUS is the folder of real documents; `../shared/corpus` when it is not given. Without it the model is built from the
written passages alone. The adjudicated passages of `gold/dev.csv` beside the corpus are used when they are there.
Leave a document out of the build with --without NAME (repeatable), as the accuracy benchmark does. The encoders are
taken as `learn_encoder.py` has left them; that must run first when coded passages were added.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from answers import Known, load_logits
from coded import Coded
from find import gold_passages, reference_passages, written_passages
from training import fit, readings_of

from toolkit.coding.model_file import FILE, load_encoder, save_model
from toolkit.frameworks import load_framework

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ENCODERS = [HERE / f"encoder{number}.npz" for number in (1, 2)]  # in the order in which they are asked
ENCODED = [HERE / f"encoded{number}.npz" for number in (1, 2)]
CHANCES, LARGER = HERE / "chances.npz", HERE / "larger.npz"  # by the smaller and by the larger further reader


def training_passages(corpus: Path) -> list[Coded]:
    """Return every coded passage that can be had, each once; what was not found again is said."""
    rows: list[Coded] = []
    if corpus.is_dir():
        found, lost = reference_passages(corpus)
        rows += found
        print(f"{len({r.id for r in found})} coded passages found again, {lost} not")
        gold = corpus.parent / "gold" / "dev.csv"
        rows += gold_passages(gold) if gold.is_file() else []
    return rows + written_passages()


def adjudicated_documents(corpus: Path) -> set[str]:
    """Return the documents that encoders and further readers must not have seen where they are measured."""
    return {r.document for r in gold_passages(corpus.parent / "gold" / "dev.csv")}


def main() -> None:
    """Build, and write the file into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--without", action="append", default=[], metavar="DOCUMENT")
    arguments = parser.parse_args()
    framework = load_framework("health_inequalities")
    rows = [r for r in training_passages(arguments.corpus) if r.document not in arguments.without]
    model = fit(rows, readings_of(rows, framework), framework, [Known(rows, load_logits(of)) for of in ENCODED])
    encoders = tuple(load_encoder(of.read_bytes()) for of in ENCODERS)
    data = save_model(replace(model, encoders=encoders))
    (ROOT / "toolkit" / "coding" / FILE).write_bytes(data)
    print(f"{len(rows)} codings of {len({r.document for r in rows})} documents; {len(data):,} bytes")
    print(f"thresholds {model.thresholds.tolist()}")


if __name__ == "__main__":
    main()
