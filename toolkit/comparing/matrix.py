"""Scores of one framework as a matrix, plans x codes, for everything that looks at profiles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from toolkit.errors import InvalidInput, UnknownName
from toolkit.frameworks.model import Framework

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Plans x codes: mixed levels 0-4 (NaN where nothing can be said), and whether a code applies to a plan."""

    plan_ids: tuple[str, ...]
    codes: tuple[str, ...]
    themes: tuple[str, ...]  # of each code
    mixed: Floats
    found: NDArray[np.bool_]
    applies: NDArray[np.bool_]

    @property
    def whole(self) -> Matrix:
        """The plans of which every code that applies is known, and at least one applies."""
        unknown = (np.isnan(self.mixed) & self.applies).any(axis=1)
        kept = np.asarray(~unknown & self.applies.any(axis=1))
        return replace(
            self,
            plan_ids=tuple(p for p, k in zip(self.plan_ids, kept, strict=True) if k),
            mixed=self.mixed[kept],
            found=self.found[kept],
            applies=self.applies[kept],
        )


def score_matrix(scores: pd.DataFrame, framework_id: str, equity_weight: float = 0.5) -> Matrix:
    """Return the table `scores` of one framework as a matrix: levels mixed by `equity_weight`, plans in table order.

    A code counts as applying where its state is not `not_applicable`. Raises UnknownName when the table holds no such
    framework, InvalidInput when the table is not complete (a row for every plan and code).
    """
    own = scores[scores["framework"] == framework_id]
    if own.empty:
        raise UnknownName("framework", framework_id, sorted(set(scores["framework"])))
    plan_ids, codes = tuple(own["plan_id"].unique()), own.drop_duplicates("code").set_index("code")["theme"]
    if len(own) != len(plan_ids) * len(codes) or own.duplicated(["plan_id", "code"]).any():
        raise InvalidInput(f"scores of {framework_id}", [f"{len(own)} rows; give one for every plan and code"])

    def _spread(column: str) -> pd.DataFrame:
        return own.pivot(index="plan_id", columns="code", values=column).reindex(index=plan_ids, columns=codes.index)

    level = _spread("level").to_numpy(dtype=np.float64, na_value=np.nan)
    equity = _spread("equity_level").to_numpy(dtype=np.float64, na_value=np.nan)
    state = _spread("state").to_numpy()
    return Matrix(
        plan_ids=plan_ids,
        codes=tuple(codes.index),
        themes=tuple(codes),
        mixed=(1 - equity_weight) * level + equity_weight * equity,
        found=state == "found",
        applies=state != "not_applicable",
    )


def weights_of(framework: Framework, codes: tuple[str, ...]) -> Floats:
    """Return the weights of codes; UnknownName for a code that the framework does not have."""
    return np.array([framework.code(c).weight for c in codes], dtype=np.float64)
