"""Learn the encoder: python tests/reference_coding/learn_encoder.py [CORPUS] (PyTorch; an hour on two cores)

Writes two files beside this one. `encoder.npz` is the encoder that `build_model.py` puts into the model file: it has
learnt from all coded passages. `encoded.npz` holds the log-odds that every coded passage gets from an encoder that saw
nothing of its document, and no adjudicated document at all: by them the model is calibrated and measured.

What it learns is half the coding of a passage, half what a further reader makes of it: `chances.npz` has the chances
that a sentence transformer gives every answer (`second_reader.py`), as bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from answers import load_chances, save_logits
from build_model import ENCODED, ENCODER, HERE, ROOT, training_passages
from calibrating import document_folds
from coded import Coded, lessons_of
from find import gold_passages
from network import learnt
from pieces import load_pieces

from toolkit.coding.encoder import Encoder, read_pieces
from toolkit.coding.features import Array, Unit
from toolkit.coding.model_file import save_encoder
from toolkit.frameworks import load_framework

CHANCES = HERE / "chances.npz"
FOLDS = 3
OF_READER = 0.5  # how much the further reader counts beside the coding


class Lessons:
    """All coded passages as an encoder learns them: their pieces, what it should answer, how much that counts."""

    def __init__(self, rows: Sequence[Coded]) -> None:
        framework = load_framework("health_inequalities")
        chances = load_chances(CHANCES)
        self.pieces, self.vectors = load_pieces()
        self.rows = rows
        self.texts = [read_pieces(self.pieces, r.context, r.text) for r in rows]
        coded, self.weights = lessons_of(rows, [c.id for c in framework.codes])
        self.truth = (1 - OF_READER) * coded + OF_READER * np.array([chances[r.id] for r in rows])

    def encoder(self, which: Sequence[int]) -> Encoder:
        """Return an encoder that has learnt the rows `which`."""
        texts = [self.texts[i] for i in which]
        return learnt(texts, self.truth[which], self.weights[which], self.vectors).encoder(self.pieces)

    def answers(self, encoder: Encoder, which: Sequence[int]) -> Array:
        """Return the log-odds of the rows `which`."""
        held = [self.rows[i] for i in which]
        return encoder.logits([Unit(text=r.text, context=r.context, document=r.document) for r in held])


def left_out(lessons: Lessons, adjudicated: set[str]) -> Array:
    """Return the log-odds of every row by an encoder that saw neither its document nor an adjudicated one."""
    documents = [r.document for r in lessons.rows]
    folds = np.array(document_folds(documents, FOLDS, 0))
    folds[[d in adjudicated for d in documents]] = FOLDS
    found = np.zeros(lessons.truth.shape)
    for fold in range(FOLDS + 1):
        seen = np.flatnonzero((folds != fold) & (folds != FOLDS))
        held = np.flatnonzero(folds == fold)
        found[held] = lessons.answers(lessons.encoder(seen), held)
        print(f"fold {fold}: learnt from {len(seen)} codings, {len(held)} answered", flush=True)
    return found


def main() -> None:
    """Learn, and write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpus")
    corpus = parser.parse_args().corpus
    rows = training_passages(corpus)
    lessons = Lessons(rows)
    adjudicated = {r.document for r in gold_passages(corpus.parent / "gold" / "dev.csv")}
    save_logits(ENCODED, rows, left_out(lessons, adjudicated))
    ENCODER.write_bytes(save_encoder(lessons.encoder(range(len(rows)))))
    print(f"{ENCODED.stat().st_size:,} and {ENCODER.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
