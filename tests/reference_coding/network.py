"""The encoder as it learns, in PyTorch: the same arithmetic as `toolkit.coding.encoder`, with slopes.

Only needed to learn it anew; users read with the NumPy one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from toolkit.coding.encoder import HEADS, OF_CONTEXT, OF_TEXT, Encoder, Layer
from toolkit.coding.word_pieces import BETWEEN, NOTHING, UNKNOWN, WordPieces

INNER, LAYERS = 256, 1
BATCH, RATE, WARM = 128, 2e-3, 0.08
PIECES_OUT, NUMBERS_OUT, LAST_OUT = 0.1, 0.1, 0.2  # shares left out while it learns
_BLOCK = 40  # batches: texts of like length are sought among so many
# Numbers of half the length are quick where the processor has products for them, and twenty times slower elsewhere.
HALVES = torch.backends.cpu.get_cpu_capability().startswith("AVX512")
_FASTER = 3  # times: how much faster the vectors and the last product learn than the layers


class _LayerNet(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.look, self.seen = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.think, self.thought = nn.Linear(width, INNER), nn.Linear(INNER, width)

    def forward(self, read: Tensor, there: Tensor) -> Tensor:
        n, length, width = read.shape
        parts = self.look(F.layer_norm(read, (width,)))
        asked, found, told = parts.view(n, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        learnt = F.scaled_dot_product_attention(asked, found, told, attn_mask=there[:, None, None, :])
        read = read + F.dropout(self.seen(learnt.transpose(1, 2).reshape(n, length, width)), NUMBERS_OUT, self.training)
        inner = torch.relu(self.think(F.layer_norm(read, (width,))))
        return read + F.dropout(self.thought(inner), NUMBERS_OUT, self.training)


class Network(nn.Module):
    """Begins with given vectors of the pieces (pieces x width) and ends with log-odds (passages x answers)."""

    def __init__(self, vectors: np.ndarray, answers: int) -> None:
        super().__init__()
        width = vectors.shape[1]
        self.vectors = nn.Embedding.from_pretrained(torch.from_numpy(vectors), freeze=False, padding_idx=NOTHING)
        self.places, self.sides = nn.Embedding(OF_CONTEXT + OF_TEXT + 2, width), nn.Embedding(2, width)
        nn.init.normal_(self.places.weight, 0, 0.02)
        self.layers = nn.ModuleList([_LayerNet(width) for _ in range(LAYERS)])
        self.out = nn.Linear(2 * width, answers)
        self.heed, self.worth = nn.Linear(width, answers, bias=False), nn.Linear(width, answers, bias=False)
        nn.init.normal_(self.worth.weight, 0, 0.02)

    def forward(self, numbers: Tensor) -> Tensor:
        """Return the log-odds of each answer; `numbers` (passages x pieces) are filled up with NOTHING."""
        there = numbers != NOTHING
        side = (numbers == BETWEEN).cumsum(1)
        if self.training:
            out = (torch.rand(numbers.shape) < PIECES_OUT) & (numbers > BETWEEN)
            numbers = numbers.masked_fill(out, UNKNOWN)
        read = self.vectors(numbers) + self.places.weight[: numbers.shape[1]] + self.sides(side)
        for layer in self.layers:
            read = layer(read, there)
        read = F.layer_norm(read, (read.shape[-1],)).float()
        each = there[..., None]
        mean = (read * each).sum(1) / each.sum(1)
        largest = read.masked_fill(~each, -9).max(1).values
        shares = self.heed(read).float().masked_fill(~each, -1e4).softmax(1)
        heeded = F.dropout(torch.einsum("npa,npw->naw", shares, read), LAST_OUT, self.training)
        whole = F.dropout(torch.cat([mean, largest], 1), LAST_OUT, self.training)
        return self.out(whole) + (heeded * self.worth.weight).sum(2)

    def encoder(self, pieces: WordPieces) -> Encoder:
        """Return what was learnt, for NumPy."""
        return Encoder(
            pieces=pieces,
            vectors=_centred(_array(self.vectors.weight)),
            places=_centred(_array(self.places.weight)),
            sides=_centred(_array(self.sides.weight)),
            layers=tuple(_layer(layer) for layer in self.layers),
            out=_array(self.out.weight.T),
            out_base=_array(self.out.bias),
            heed=_array(self.heed.weight.T),
            worth=_array(self.worth.weight.T),
        )


def _array(weights: Tensor) -> np.ndarray:
    return np.ascontiguousarray(weights.detach().float().numpy()).copy()  # never the network's own memory


def _centred(weights: np.ndarray) -> np.ndarray:
    """Return what is added to a piece with the mean 0: its mean is taken away before it is looked at, anyway."""
    return weights - weights.mean(axis=-1, keepdims=True)


def _layer(net: nn.Module) -> Layer:
    """Return a layer's weights; the scale of the attention is taken into what a piece asks."""
    look, base = _array(net.look.weight.T), _array(net.look.bias)
    width = look.shape[0]
    scale = np.float32((width // HEADS) ** -0.5)
    look[:, :width] *= scale
    base[:width] *= scale
    return Layer(
        look=look,
        look_base=base,
        seen=_centred(_array(net.seen.weight.T)),
        seen_base=_centred(_array(net.seen.bias)),
        think=_array(net.think.weight.T),
        think_base=_array(net.think.bias),
        thought=_centred(_array(net.thought.weight.T)),
        thought_base=_centred(_array(net.thought.bias)),
    )


def learnt(
    texts: Sequence[Sequence[int]],
    truth: np.ndarray,
    weights: np.ndarray,
    vectors: np.ndarray,
    *,
    epochs: int,
    seed: int,
) -> Network:
    """Return a network that answers `truth` (texts x answers, 0-1) for `texts`, the numbers of their pieces.

    `weights` (texts x answers) say how much each answer counts.
    """
    torch.manual_seed(seed)
    net = Network(vectors, truth.shape[1])
    fast = [net.vectors.weight, *net.out.parameters(), net.heed.weight, net.worth.weight]
    slow = [p for p in net.parameters() if not any(p is f for f in fast)]
    groups = [{"params": slow, "lr": RATE}, {"params": fast, "lr": _FASTER * RATE}]
    teach(net, groups, texts, truth, weights, epochs=epochs, batch=BATCH, seed=seed)
    return net


def teach(
    net: nn.Module,
    groups: list[dict[str, Any]],
    texts: Sequence[Sequence[int]],
    truth: np.ndarray,
    weights: np.ndarray,
    *,
    epochs: int,
    batch: int,
    seed: int = 0,
) -> None:
    """Teach a network the answers to texts; `groups` are its parameters with their rates.

    Steps are those of Adam (Kingma & Ba 2015), their rate grows for the first `WARM` of the time and falls after that.
    """
    rng = np.random.default_rng(seed)
    adam = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(texts) // batch + 2 + len(texts) // (_BLOCK * batch))
    pace = torch.optim.lr_scheduler.OneCycleLR(adam, [g["lr"] for g in groups], total_steps=steps, pct_start=WARM)
    answers, counts = torch.from_numpy(truth.astype(np.float32)), torch.from_numpy(weights.astype(np.float32))
    net.train()
    for _ in range(epochs):
        for rows in _batches(texts, batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALVES):
                found = net(filled([texts[i] for i in rows]))
            wrong = F.binary_cross_entropy_with_logits(found.float(), answers[rows], reduction="none")
            loss = (wrong * counts[rows]).sum() / len(rows)
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            pace.step()
    net.eval()


def _batches(texts: Sequence[Sequence[int]], size: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Yield the places of the texts in batches of like length, in random order."""
    order = rng.permutation(len(texts))
    lengths = np.array([len(t) for t in texts])
    blocks = [order[at : at + _BLOCK * size] for at in range(0, len(order), _BLOCK * size)]
    alike = [block[np.argsort(lengths[block], kind="stable")] for block in blocks]
    batches = [block[i : i + size] for block in alike for i in range(0, len(block), size)]
    for place in rng.permutation(len(batches)):
        yield batches[place].tolist()


def filled(texts: Sequence[Sequence[int]]) -> Tensor:
    """Return the texts as one table, short ones filled up with NOTHING."""
    longest = max(map(len, texts))
    return torch.tensor([[*text, *[NOTHING] * (longest - len(text))] for text in texts])
