"""Where a chart's data come from: a run, or a table that was made of one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from toolkit.publishing.labels import scope, source
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd


def described(data: pd.DataFrame, run: Results, framework: str) -> pd.DataFrame:
    """Return `data` with scope, source and framework of a run in its `attrs`, for the heading of its figure."""
    data.attrs = {"scope": scope(run, framework), "source": source(run, framework), "framework": framework}
    return data


def table_of(given: Results | pd.DataFrame, make: Callable[[Results], pd.DataFrame]) -> pd.DataFrame:
    """Return `given` when it is a chart's data already, else what `make` takes from a run."""
    import pandas as pd

    return given if isinstance(given, pd.DataFrame) else make(given)
