"""The hidden layer: units that all codes share, so that what the words of one code teach helps to read the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from toolkit.coding.features import Array, Reading

_SURE = 6.0  # log-odds beyond which a judgement counts no more
_SCALE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenLayer:
    """Its learnt weights: `relu(words + seen @ seen_in + base) @ out + seen @ past + out_base`.

    What words add is kept with the model's other words. The last of the answers is the equity focus.
    """

    seen_in: Array  # seen x units
    base: Array  # units
    out: Array  # units x (codes + 1)
    past: Array  # seen x (codes + 1)
    out_base: Array  # codes + 1

    def logits(self, words: Array, seen: Array) -> Array:
        """Return the log-odds of each code and of the equity focus: readings x (codes + 1).

        `words` is what the words of each reading add to the units, `seen` what `seen` returns of them.
        """
        units = np.maximum(words + seen @ self.seen_in + self.base, 0)
        return np.asarray(units @ self.out + seen @ self.past + self.out_base)


def seen(readings: Sequence[Reading], codes: Sequence[str], manner: Array, pooled: Array) -> Array:
    """Return what the layer sees of each reading beside its words.

    That are `manner`, its signs of equity and of commitment, the codes that its heading names, and `pooled`, the
    log-odds of each code by the layer that works term by term (readings x codes).
    """
    named = [[float(c in r.context_terms) for c in codes] for r in readings]
    return np.hstack((manner, np.array(named), np.clip(pooled, -_SURE, _SURE) / _SCALE))
