"""Chances by further readers of other kinds: python tests/reference_coding/further_readers.py MODEL [CORPUS]

MODEL is the folder of all-MiniLM-L6-v2 (Wang et al. 2020) or of all-mpnet-base-v2 (Song et al. 2020), both Apache 2.0.
Its first layers learn the codings of all passages that are in no adjudicated document (PyTorch and transformers; half
an hour on two cores, the larger one forty minutes), then give every passage the chance of each answer, the larger one
also the made passages (`made.py`): `chances.npz` and `larger.npz`. They are too large and slow to ship, but encoders
learn from them. The files as they stand: the smaller one had learnt runs `h` to `l` (97,213 codings) and judged runs
`m` and `n` unseen; the larger one had learnt all but run `n` (118,454 codings).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from answers import save_chances
from build_model import CHANCES, LARGER, ROOT, adjudicated_documents, training_passages
from coded import Coded, lessons_of
from made import load_made
from network import HALVES, filled, teach
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from transformers import AutoConfig, AutoModel, AutoTokenizer

from toolkit.frameworks import load_framework

OF_CONTEXT, OF_TEXT = 20, 96  # pieces that are read
BATCH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a kind of model is taught, and the pieces that it wants around, between and behind what it reads."""

    file: Path
    layers: int
    epochs: int
    rate: float
    faster: int  # times: how much faster the last product learns
    begin: int
    between: tuple[int, ...]
    end: int
    filling: int
    judges_made: bool


KINDS = {
    "bert": Kind(
        file=CHANCES,
        layers=3,
        epochs=2,
        rate=3e-4,
        faster=5,
        begin=101,
        between=(102,),
        end=102,
        filling=0,
        judges_made=False,
    ),
    "mpnet": Kind(
        file=LARGER,
        layers=6,
        epochs=1,
        rate=1e-4,
        faster=10,
        begin=0,
        between=(2, 2),
        end=2,
        filling=1,
        judges_made=True,
    ),
}


class FurtherReader(nn.Module):
    """The lower layers of the model, and one product over the mean and the largest of their numbers."""

    def __init__(self, folder: Path, kind: Kind, answers: int) -> None:
        super().__init__()
        options = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "add_pooling_layer": False}
        self.model = AutoModel.from_pretrained(folder, **options)
        self.model.embeddings.requires_grad_(False)
        self.model.encoder.layer = self.model.encoder.layer[: kind.layers]
        self.out = nn.Linear(2 * self.model.config.hidden_size, answers)
        self.filling = kind.filling

    def forward(self, numbers: Tensor) -> Tensor:
        """Return the log-odds of each answer; `numbers` (passages x pieces) are one too high, and filled up with 0."""
        there = numbers != 0
        pieces = (numbers - 1).masked_fill(~there, self.filling)
        read = self.model(input_ids=pieces, attention_mask=there.long()).last_hidden_state.float()
        each = there[..., None]
        mean = (read * each).sum(1) / each.sum(1)
        whole = torch.cat([mean, read.masked_fill(~each, -9).max(1).values], 1)
        return self.out(F.dropout(whole, 0.1, self.training))


def chances(reader: FurtherReader, texts: Sequence[list[int]]) -> np.ndarray:
    """Return the chance of each answer: texts x answers."""
    reader.eval()
    found = np.zeros((len(texts), reader.out.out_features))
    order = np.argsort([len(t) for t in texts], kind="stable")
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
        for at in range(0, len(order), 256):
            rows = order[at : at + 256]
            found[rows] = reader(filled([texts[i] for i in rows])).float().sigmoid().numpy()
    return found


def _numbers(rows: Sequence[Coded], folder: Path, kind: Kind) -> list[list[int]]:
    """Return the pieces of each passage behind those of its context, one too high: 0 stands for none."""
    tokenizer = AutoTokenizer.from_pretrained(folder)

    def cut(text: str) -> list[int]:
        return [int(piece) for piece in tokenizer(text, add_special_tokens=False).input_ids]

    contexts = [cut(r.context.replace("\n", " > "))[-OF_CONTEXT:] for r in rows]
    texts = [cut(r.text)[:OF_TEXT] for r in rows]
    whole = ([kind.begin, *c, *kind.between, *t, kind.end] for c, t in zip(contexts, texts, strict=True))
    return [[number + 1 for number in numbers] for numbers in whole]


def main() -> None:
    """Learn, judge all passages, and write the file."""
    folder = Path(sys.argv[1])
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / "shared" / "corpus"
    kind = KINDS[AutoConfig.from_pretrained(folder).model_type]
    rows = training_passages(corpus)
    adjudicated = adjudicated_documents(corpus)
    truth, counts = lessons_of(rows, [c.id for c in load_framework("health_inequalities").codes])
    seen = [i for i, r in enumerate(rows) if r.document not in adjudicated]
    made = [m.passage for m in load_made(rows)] if kind.judges_made else []
    texts = _numbers([*rows, *made], folder, kind)
    torch.manual_seed(0)
    reader = FurtherReader(folder, kind, truth.shape[1])
    lower = [p for n, p in reader.named_parameters() if not n.startswith("out.") and p.requires_grad]
    groups = [
        {"params": lower, "lr": kind.rate},
        {"params": list(reader.out.parameters()), "lr": kind.faster * kind.rate},
    ]
    lessons = [texts[i] for i in seen], truth[seen], counts[seen]
    teach(reader, groups, *lessons, epochs=kind.epochs, batch=BATCH)
    save_chances(kind.file, [*rows, *made], chances(reader, texts))


if __name__ == "__main__":
    main()
