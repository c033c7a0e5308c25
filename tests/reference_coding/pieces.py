"""Make the list of word pieces and their first vectors: python tests/reference_coding/pieces.py MODEL [CORPUS]

MODEL is a folder with `vocab.txt` and `model.safetensors` of a public BERT-like model; `pieces.npz` was made from
all-MiniLM-L6-v2 (Wang et al. 2020; Apache 2.0). Kept are the pieces that the coded passages use most, and their
vectors turned to the `WIDTH` directions in which they differ most (principal components), in whole numbers of a byte.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from build_model import training_passages

from toolkit.coding.word_pieces import BETWEEN, WordPieces

FILE = Path(__file__).parent / "pieces.npz"
KEPT, WIDTH = 10000, 128
_VECTORS = "embeddings.word_embeddings.weight"
_LARGEST = 127


def most_used(texts: Iterable[str], whole: WordPieces) -> list[str]:
    """Return the pieces of the texts, the most frequent first, and behind them all letters and signs."""
    names = {number: piece for piece, number in whole.numbers.items()}
    counts = Counter(n for text in texts for n in whole.of(text) if n in names)
    used = [names[n] for n, _ in counts.most_common()]
    single = [piece for piece in whole.numbers if len(piece.removeprefix("##")) == 1 and piece.isascii()]
    return list(dict.fromkeys([*used[: KEPT - BETWEEN - 1 - len(single)], *single]))


def principal(vectors: np.ndarray) -> np.ndarray:
    """Return the vectors in the `WIDTH` directions of the largest variance, together with variance 1."""
    middle = vectors - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(middle, full_matrices=False)
    turned = middle @ directions[:WIDTH].T
    return turned / turned.std()


def load_pieces() -> tuple[WordPieces, np.ndarray]:
    """Return the pieces and their first vectors (the first four rows, for what is no piece, are 0)."""
    with np.load(FILE, allow_pickle=False) as archive:
        names, vectors = archive["pieces"].tolist(), archive["vectors"] * archive["scale"]
    return WordPieces.listed(names), np.vstack((np.zeros((BETWEEN + 1, WIDTH)), vectors)).astype(np.float32)


def main() -> None:
    """Write the file."""
    from safetensors.numpy import load_file

    model = Path(sys.argv[1])
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else FILE.parents[2].parent / "shared" / "corpus"
    lines = (model / "vocab.txt").read_text(encoding="utf-8").splitlines()
    rows = {piece: i for i, piece in enumerate(lines) if not piece.startswith("[")}
    whole = WordPieces({piece: i + BETWEEN + 1 for piece, i in rows.items()})
    passages = training_passages(corpus)
    kept = most_used([text for p in passages for text in (p.context, p.text)], whole)
    vectors = principal(load_file(model / "model.safetensors")[_VECTORS][[rows[piece] for piece in kept]])
    scale = np.abs(vectors).max(axis=0) / _LARGEST
    np.savez_compressed(
        FILE, pieces=np.array(kept), vectors=np.rint(vectors / scale).astype(np.int8), scale=scale.astype(np.float32)
    )
    print(f"{len(kept)} pieces, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
