"""What can be chosen about a comparison, with the defaults in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareSettings:
    """Return the choices of one comparison.

    `recall` gives, per code, the share (0-1] of true codings that the coder finds; codes left out have
    `default_recall`. Its default of 1 adds no misses: intervals then speak of what was found, and a problem row says
    so. `apart` is the probability from which one plan counts as above another.
    """

    seed: int = 1
    draws: int = 2000
    interval: float = 0.9
    recall: Mapping[str, float] = field(default_factory=dict)
    default_recall: float = 1.0
    resample_sections: bool = True
    apart: float = 0.95

    def __post_init__(self) -> None:
        faults = [
            f"recall of '{c}' is {r}; give a number above 0, up to 1" for c, r in self.recall.items() if not 0 < r <= 1
        ]
        if not 0 < self.default_recall <= 1:
            faults.append(f"default_recall is {self.default_recall}; give a number above 0, up to 1")
        if not 0 < self.interval < 1:
            faults.append(f"interval is {self.interval}; give a number between 0 and 1, such as 0.9")
        if not 0.5 <= self.apart < 1:
            faults.append(f"apart is {self.apart}; give a probability from 0.5, below 1")
        if self.draws < 1 or self.seed < 0:
            faults.append(f"draws is {self.draws} and seed {self.seed}; give at least 1 draw and a seed of 0 or more")
        if faults:
            raise InvalidInput("comparison settings", faults)

    def recall_of(self, code: str) -> float:
        """Return the recall of a code, 0-1."""
        return self.recall.get(code, self.default_recall)

    @property
    def ends(self) -> tuple[float, float]:
        """The two quantiles of the interval."""
        tail = (1 - self.interval) / 2
        return tail, 1 - tail
