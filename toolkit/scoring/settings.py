"""What can be chosen about scoring, with the defaults in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from toolkit.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSettings:
    """Return the choices of one scoring.

    `readable_share` (0-1) is the share of pages that must carry text, or have been read by OCR, before silence counts
    as absence. `points_from` says which level earns points: the highest strength found (`level`), or the expected
    one that allows for the coder's doubt (`expected_level`).
    """

    readable_share: float = 0.9
    points_from: Literal["level", "expected_level"] = "level"

    def __post_init__(self) -> None:
        faults = []
        if not 0 <= self.readable_share <= 1:
            faults.append(f"readable_share is {self.readable_share}; give a number from 0 to 1")
        if self.points_from not in ("level", "expected_level"):
            faults.append(f"points_from is '{self.points_from}'; choose one of: level, expected_level")
        if faults:
            raise InvalidInput("score settings", faults)
