"""The learnt model as a file: a NumPy archive without pickled objects, its words packed small."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from toolkit.coding.hidden import HiddenLayer
from toolkit.coding.model import Model

FILE = "data/model.npz"
_ARRAYS = (
    "idf pooled own_pooled own_traits own_base equity strength around equity_around strength_around calibration "
    "thresholds recall"
).split()
_HIDDEN = "seen_in base out past out_base".split()
_LARGEST = 127  # of a whole number in one byte


def save_model(model: Model) -> bytes:
    """Return the bytes of a model file.

    What words add to codes, equity and strength is kept in 16 bits, what they add to units in 8.
    """
    linear = len(model.codes) + 4
    units = model.words[:, linear:]
    scale = np.maximum(np.abs(units).max(axis=0, initial=0.0), 1e-9) / _LARGEST
    stream = BytesIO()
    np.savez_compressed(
        stream,
        allow_pickle=False,
        codes=np.array(model.codes),
        vocabulary=np.array(list(model.vocabulary)),
        term_codes=np.array([c for c, _ in model.term_logits]),
        terms=np.array([t for _, t in model.term_logits]),
        term_odds=np.array(list(model.term_logits.values())),
        equity_names=np.array(list(model.equity_terms)),
        equity_odds=np.array(list(model.equity_terms.values())),
        words=model.words[:, :linear].astype(np.float16),
        units=np.rint(units / scale).astype(np.int8),
        scale=scale,
        **{name: getattr(model, name) for name in _ARRAYS},
        **{f"hidden_{name}": getattr(model.hidden, name) for name in _HIDDEN},
    )
    return stream.getvalue()


def load_model(data: bytes) -> Model:
    """Return the model in the bytes of a model file."""
    with np.load(BytesIO(data), allow_pickle=False) as archive:
        get = {name: archive[name] for name in archive.files}
    return Model(
        codes=tuple(map(str, get["codes"])),
        vocabulary={str(g): i for i, g in enumerate(get["vocabulary"])},
        term_logits={
            (str(c), str(t)): float(z)
            for c, t, z in zip(get["term_codes"], get["terms"], get["term_odds"], strict=True)
        },
        equity_terms={str(t): float(z) for t, z in zip(get["equity_names"], get["equity_odds"], strict=True)},
        words=np.hstack((get["words"].astype(np.float64), get["units"] * get["scale"])),
        hidden=HiddenLayer(**{name: get[f"hidden_{name}"] for name in _HIDDEN}),
        **{name: get[name] for name in _ARRAYS},
    )


@lru_cache(maxsize=1)
def bundled_model() -> Model:
    """Return the model that ships with the package."""
    return load_model(files("toolkit.coding").joinpath(FILE).read_bytes())
