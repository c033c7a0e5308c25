"""Learn an encoder: python tests/reference_coding/learn_encoder.py 1|2 [CORPUS] (PyTorch; 50 minutes on one core)

Each writes two files beside this one. `encoder1.npz` is the encoder that `build_model.py` puts into the model file: it
has learnt from all coded passages but those of adjudicated documents. `encoded1.npz` holds the log-odds that every
coded passage gets from an encoder that saw nothing of its document, and no adjudicated document at all: by them the
model is calibrated and measured.

What they learn is the coding of a passage and what a further reader makes of it (`further_readers.py`), mixed; the
first learns from the larger reader, also what that makes of made passages (`made.py`), the second from the smaller
one. Two that have learnt alike know less together than two that have not.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from answers import load_chances, save_logits
from build_model import CHANCES, ENCODED, ENCODERS, LARGER, ROOT, adjudicated_documents, training_passages
from calibrating import document_folds
from coded import Coded, lessons_of
from made import load_made
from network import learnt
from pieces import load_pieces

from toolkit.coding.encoder import Encoder, read_windows
from toolkit.coding.features import Array, Unit
from toolkit.coding.model_file import save_encoder
from toolkit.frameworks import load_framework

FOLDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an encoder learns: from whose chances, how much these count, from made passages or not, how often."""

    chances: Path
    of_reader: float
    made: bool
    epochs: int
    seed: int


MANNERS = (
    Manner(chances=LARGER, of_reader=0.8, made=True, epochs=3, seed=1),
    Manner(chances=CHANCES, of_reader=0.5, made=False, epochs=4, seed=0),
)


class Lessons:
    """All coded passages, and made ones, as an encoder learns them: pieces, answers, and how much each counts."""

    def __init__(self, rows: Sequence[Coded], manner: Manner) -> None:
        self.manner, self.rows = manner, rows
        chances = load_chances(manner.chances)
        self.pieces, self.vectors = load_pieces()
        made = load_made(rows) if manner.made else []
        self.documents = [frozenset({r.document}) for r in rows] + [m.documents for m in made]
        every = [*rows, *(m.passage for m in made)]
        self.texts = [read_windows(self.pieces, r.context, r.text)[0] for r in every]
        said = np.array([chances[r.id] for r in every])
        coded, weights = lessons_of(rows, [c.id for c in load_framework("health_inequalities").codes])
        self.weights = np.vstack((weights, np.ones((len(made), weights.shape[1]))))
        self.truth = said.copy()  # nobody has coded what is made
        self.truth[: len(rows)] = (1 - manner.of_reader) * coded + manner.of_reader * said[: len(rows)]

    def encoder(self, without: set[str]) -> Encoder:
        """Return an encoder that has learnt from nothing of the documents `without`."""
        which = [i for i, of in enumerate(self.documents) if without.isdisjoint(of)]
        texts, manner = [self.texts[i] for i in which], self.manner
        net = learnt(
            texts, self.truth[which], self.weights[which], self.vectors, epochs=manner.epochs, seed=manner.seed
        )
        print(f"learnt from {len(which)} passages", flush=True)
        return net.encoder(self.pieces)

    def answers(self, encoder: Encoder, which: Sequence[int]) -> Array:
        """Return the log-odds of the rows `which`."""
        held = [self.rows[i] for i in which]
        return encoder.logits([Unit(text=r.text, context=r.context, document=r.document) for r in held])


def main() -> None:
    """Learn the encoder that ships, those that answer for it, and write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, choices=range(1, len(MANNERS) + 1))
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpus")
    asked = parser.parse_args()
    rows, place = training_passages(asked.corpus), asked.number - 1
    lessons = Lessons(rows, MANNERS[place])
    adjudicated = adjudicated_documents(asked.corpus)
    documents = [r.document for r in rows]
    folds = np.array(document_folds(documents, FOLDS, 0))
    folds[[d in adjudicated for d in documents]] = FOLDS
    found = np.zeros((len(rows), lessons.truth.shape[1]))
    for fold in range(FOLDS + 1):
        held = np.flatnonzero(folds == fold)
        encoder = lessons.encoder(adjudicated | {documents[i] for i in held})
        found[held] = lessons.answers(encoder, held.tolist())
    save_logits(ENCODED[place], rows, found)
    ENCODERS[place].write_bytes(save_encoder(encoder))  # the last one: it was kept from adjudicated documents alone
    print(f"{ENCODED[place].stat().st_size:,} and {ENCODERS[place].stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
