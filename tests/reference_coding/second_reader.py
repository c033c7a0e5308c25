"""Chances by a second reader of another kind: python tests/reference_coding/second_reader.py MODEL [CORPUS]

MODEL is the folder of all-MiniLM-L6-v2 (Wang et al. 2020; Apache 2.0). Its first three layers learn the codings of all
passages that are in no adjudicated document (PyTorch and transformers; half an hour on two cores), then give every
passage the chance of each answer: `chances.npz`. It is too large and slow to ship, but the encoder learns from it.
The file as it stands comes from a reader that had learnt runs `h` to `l` (97,213 codings), and judged runs `m` and
`n` unseen.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from answers import save_chances
from build_model import HERE, ROOT, training_passages
from coded import Coded, lessons_of
from find import gold_passages
from network import filled, teach
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from transformers import AutoModel, AutoTokenizer

from toolkit.frameworks import load_framework

FILE = HERE / "chances.npz"
LAYERS, EPOCHS, BATCH, RATE = 3, 2, 64, 3e-4
OF_CONTEXT, OF_TEXT = 20, 96  # pieces that are read
_FASTER = 5  # times: how much faster the last product learns
_BEGIN, _END = 101, 102  # pieces of the model before, and between and behind, what it reads


class SecondReader(nn.Module):
    """The lower layers of the model, and one product over the mean and the largest of their numbers."""

    def __init__(self, folder: Path, answers: int) -> None:
        super().__init__()
        self.model = AutoModel.from_pretrained(folder, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
        self.model.embeddings.requires_grad_(False)
        self.model.encoder.layer = self.model.encoder.layer[:LAYERS]
        self.out = nn.Linear(2 * self.model.config.hidden_size, answers)

    def forward(self, numbers: Tensor) -> Tensor:
        """Return the log-odds of each answer; `numbers` (passages x pieces) are filled up with 0."""
        there = numbers != 0
        read = self.model(input_ids=numbers, attention_mask=there.long()).last_hidden_state.float()
        each = there[..., None]
        mean = (read * each).sum(1) / each.sum(1)
        whole = torch.cat([mean, read.masked_fill(~each, -9).max(1).values], 1)
        return self.out(F.dropout(whole, 0.1, self.training))


def chances(reader: SecondReader, texts: Sequence[list[int]]) -> np.ndarray:
    """Return the chance of each answer: texts x answers."""
    reader.eval()
    found = np.zeros((len(texts), reader.out.out_features))
    order = np.argsort([len(t) for t in texts], kind="stable")
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), 256):
            rows = order[at : at + 256]
            found[rows] = reader(filled([texts[i] for i in rows])).float().sigmoid().numpy()
    return found


def _numbers(rows: Sequence[Coded], folder: Path) -> list[list[int]]:
    cut = AutoTokenizer.from_pretrained(folder)
    both = (
        (cut(r.context.replace("\n", " > "), add_special_tokens=False), cut(r.text, add_special_tokens=False))
        for r in rows
    )
    return [[_BEGIN, *c.input_ids[-OF_CONTEXT:], _END, *t.input_ids[:OF_TEXT], _END] for c, t in both]


def main() -> None:
    """Learn, judge all passages, and write the file."""
    folder = Path(sys.argv[1])
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / "shared" / "corpus"
    rows = training_passages(corpus)
    adjudicated = {r.document for r in gold_passages(corpus.parent / "gold" / "dev.csv")}
    codes = [c.id for c in load_framework("health_inequalities").codes]
    truth, counts = lessons_of(rows, codes)
    seen = [i for i, r in enumerate(rows) if r.document not in adjudicated]
    texts = _numbers(rows, folder)
    torch.manual_seed(0)
    reader = SecondReader(folder, truth.shape[1])
    lower = [p for n, p in reader.named_parameters() if not n.startswith("out.") and p.requires_grad]
    groups = [{"params": lower, "lr": RATE}, {"params": list(reader.out.parameters()), "lr": _FASTER * RATE}]
    lessons = [texts[i] for i in seen], truth[seen], counts[seen]
    teach(reader, groups, *lessons, epochs=EPOCHS, batch=BATCH)
    save_chances(FILE, rows, chances(reader, texts))


if __name__ == "__main__":
    main()
