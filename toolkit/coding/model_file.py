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
_LEAST, _UNIT = np.float32(1e-3), np.float32(2**-10)  # of the largest weight of a column; of a scale


def save_model(model: Model) -> bytes:
    """Return the bytes of a model file; what words add is kept in 16 bits, the weights of the encoder in 8."""
    if not isinstance(model.encoder, Encoder):
        raise TypeError("only a model with an encoder of its own can be kept")
    return _archive(
        codes=np.array(model.codes),
        vocabulary=np.array(list(model.vocabulary)),
        term_codes=np.array([c for c, _ in model.term_logits]),
        terms=np.array([t for _, t in model.term_logits]),
        term_odds=np.array(list(model.term_logits.values())),
        equity_names=np.array(list(model.equity_terms)),
        equity_odds=np.array(list(model.equity_terms.values())),
        words=model.words.astype(np.float16),
        **{name: getattr(model, name) for name in _ARRAYS},
        **_packed_encoder(model.encoder),
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
        encoder=_unpacked_encoder(get),
        **{name: get[name] for name in _ARRAYS},
    )


def save_encoder(encoder: Encoder) -> bytes:
    """Return the bytes of a file with the encoder alone."""
    return _archive(**_packed_encoder(encoder))


def load_encoder(data: bytes) -> Encoder:
    """Return the encoder in the bytes of its file."""
    return _unpacked_encoder(_opened(data))


def _packed_encoder(encoder: Encoder) -> dict[str, Any]:
    weights = {name: getattr(encoder, name) for name in _ENCODER}
    for place, layer in enumerate(encoder.layers):
        weights |= {f"{place}_{name}": getattr(layer, name) for name in _LAYER}
    packed = {key: part for name, weight in weights.items() for key, part in _packed(f"encoder_{name}", weight)}
    return packed | {"pieces": np.array(list(encoder.pieces.numbers)), "layers": np.array(len(encoder.layers))}


def _unpacked_encoder(get: Mapping[str, Any]) -> Encoder:
    layers = [{name: _unpacked(get, f"encoder_{i}_{name}") for name in _LAYER} for i in range(int(get["layers"]))]
    return Encoder(
        pieces=WordPieces.listed(get["pieces"]),
        layers=tuple(Layer(**weights) for weights in layers),
        **{name: _unpacked(get, f"encoder_{name}") for name in _ENCODER},
    )


def _packed(name: str, weights: Single) -> Iterator[tuple[str, Any]]:
    """Yield the parts of packed weights: whole numbers of one byte, and the scale of each column.

    A scale has 11 bits, so that what is unpacked packs into the same bytes.
    """
    if weights.ndim == 1:
        yield name, weights
        return
    scale = (np.abs(weights).max(axis=0, initial=_LEAST) / _LARGEST / _UNIT).astype(np.float16)
    steps = np.rint(weights / (_UNIT * scale.astype(np.float32)))
    yield name, np.clip(steps, -_LARGEST, _LARGEST).astype(np.int8)
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
