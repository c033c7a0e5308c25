"""Where a chart's data come from: a run, or a table that was made of one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit.publishing.labels import scope, source
from toolkit.publishing.quotes import rows_of
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd


def described(data: pd.DataFrame, run: Results, framework: str) -> pd.DataFrame:
    """Return `data` with scope, source and framework of a run in its `attrs`, for the heading of its figure."""
    data.attrs = {"scope": scope(run, framework), "source": source(run, framework), "framework": framework}
    return data


def extremes(data: pd.DataFrame, column: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the first rows with the lowest and with the highest value of a column that has values."""
    rows = [row for row in rows_of(data) if row[column] is not None]
    return min(rows, key=lambda row: row[column]), max(rows, key=lambda row: row[column])


def table_of(given: Results | pd.DataFrame, make: Callable[[Results], pd.DataFrame]) -> pd.DataFrame:
    """Return `given` when it is a chart's data already, else what `make` takes from a run."""
    import pandas as pd

    return given if isinstance(given, pd.DataFrame) else make(given)
