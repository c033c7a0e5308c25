"""The learnt model as a file: a NumPy archive without pickled objects, its words and weights packed small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np

from toolkit.coding.encoder import Encoder, Layer, Single
from toolkit.coding.model import Model
from toolkit.coding.word_pieces import WordPieces

FILE = "data/model.npz"
_ARRAYS = (
    "idf pooled own_pooled own_traits own_base equity strength around equity_around strength_around calibration "
    "thresholds recall"
).split()
_ENCODER = "vectors places sides out out_base heed worth".split()
_LAYER = [field.name for field in fields(Layer)]
_LARGEST = 127  # of a whole number in one byte
_LARGEST_VECTOR = 31  # of one in six bits: as right, and a quarter smaller when compressed
_LEAST, _UNIT = np.float32(1e-3), np.float32(2**-10)  # of the largest weight of a column; of a scale


def save_model(model: Model) -> bytes:
    """Return the bytes of a model file: what words add is kept in 16 bits, weights of encoders in 8 and less."""
    encoders = [encoder for encoder in model.encoders if isinstance(encoder, Encoder)]
    if len(encoders) < len(model.encoders):
        raise TypeError("only a model with encoders of its own can be kept")
    packed = {key: part for n, of in enumerate(encoders) for key, part in _packed_encoder(of, n).items()}
    return _archive(
        encoders=np.array(len(encoders)),
        codes=np.array(model.codes),
        vocabulary=np.array(list(model.vocabulary)),
        term_codes=np.array([c for c, _ in model.term_logits]),
        terms=np.array([t for _, t in model.term_logits]),
        term_odds=np.array(list(model.term_logits.values())),
        equity_names=np.array(list(model.equity_terms)),
        equity_odds=np.array(list(model.equity_terms.values())),
        words=model.words.astype(np.float16),
        **{name: getattr(model, name) for name in _ARRAYS},
        **packed,
    )


def load_model(data: bytes) -> Model:
    """Return the model in the bytes of a model file."""
    get = _opened(data)
    return Model(
        codes=tuple(map(str, get["codes"])),
        vocabulary={str(g): i for i, g in enumerate(get["vocabulary"])},
        term_logits={
            (str(c), str(t)): float(z)
            for c, t, z in zip(get["term_codes"], get["terms"], get["term_odds"], strict=True)
        },
        equity_terms={str(t): float(z) for t, z in zip(get["equity_names"], get["equity_odds"], strict=True)},
        words=get["words"].astype(np.float64),
        encoders=tuple(_unpacked_encoder(get, n) for n in range(int(get["encoders"]))),
        **{name: get[name] for name in _ARRAYS},
    )


def save_encoder(encoder: Encoder) -> bytes:
    """Return the bytes of a file with the encoder alone."""
    return _archive(**_packed_encoder(encoder, 0))


def load_encoder(data: bytes) -> Encoder:
    """Return the encoder in the bytes of its file."""
    return _unpacked_encoder(_opened(data), 0)


def _packed_encoder(encoder: Encoder, number: int) -> dict[str, Any]:
    """Return the parts of an encoder; all encoders of a model cut words into the same pieces, so these stand once."""
    weights = {name: getattr(encoder, name) for name in _ENCODER}
    for place, layer in enumerate(encoder.layers):
        weights |= {f"{place}_{name}": getattr(layer, name) for name in _LAYER}
    packed = {
        f"encoder{number}_{key}": part
        for name, weight in weights.items()
        for key, part in _packed(name, weight, _LARGEST_VECTOR if name == "vectors" else _LARGEST)
    }
    layers = {f"encoder{number}_layers": np.array(len(encoder.layers))}
    return packed | layers | {"pieces": np.array(list(encoder.pieces.numbers))}


def _unpacked_encoder(get: Mapping[str, Any], number: int) -> Encoder:
    own = f"encoder{number}_"
    layers = [
        {name: _unpacked(get, f"{own}{place}_{name}") for name in _LAYER} for place in range(int(get[f"{own}layers"]))
    ]
    return Encoder(
        pieces=WordPieces.listed(get["pieces"]),
        layers=tuple(Layer(**weights) for weights in layers),
        **{name: _unpacked(get, f"{own}{name}") for name in _ENCODER},
    )


def _packed(name: str, weights: Single, largest: int) -> Iterator[tuple[str, Any]]:
    """Yield the parts of packed weights: whole numbers up to `largest`, and the scale of each column.

    A scale has 11 bits, so that what is unpacked packs into the same bytes.
    """
    if weights.ndim == 1:
        yield name, weights
        return
    scale = (np.abs(weights).max(axis=0, initial=_LEAST) / largest / _UNIT).astype(np.float16)
    steps = np.rint(weights / (_UNIT * scale.astype(np.float32)))
    yield name, np.clip(steps, -largest, largest).astype(np.int8)
    yield f"{name}_scale", scale


def _unpacked(get: Mapping[str, Any], name: str) -> Single:
    weights = get[name]
    if weights.ndim == 1:
        return np.asarray(weights, np.float32)
    return np.asarray(weights * (_UNIT * get[f"{name}_scale"].astype(np.float32)), np.float32)


def _archive(**arrays: Any) -> bytes:
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def _opened(data: bytes) -> dict[str, Any]:
    with np.load(BytesIO(data), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


@lru_cache(maxsize=1)
def bundled_model() -> Model:
    """Return the model that ships with the package."""
    return load_model(files("toolkit.coding").joinpath(FILE).read_bytes())
