"""Tables made, checked and explained by their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.errors import TableError, UnknownName
from toolkit.schema.catalogue import TABLES
from toolkit.schema.definitions import Table

if TYPE_CHECKING:
    import pandas as pd


def table(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a typed table `name` made of rows, columns in schema order; TableError when it breaks its schema."""
    import pandas as pd

    spec = _spec(name)
    frame = pd.DataFrame(list(rows), columns=spec.names)
    return check(name, frame.astype({c.name: c.dtype for c in spec.columns}))


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` unchanged when it keeps the schema of `name`; TableError lists everything that is wrong."""
    spec = _spec(name)
    missing = [c for c in spec.names if c not in frame.columns]
    faults = [f"column '{c}' is missing" for c in missing]
    for column in spec.columns:
        if column.name not in missing and not column.nullable and frame[column.name].isna().any():
            faults.append(f"column '{column.name}' has missing values")
    if spec.key and not missing and frame.duplicated(list(spec.key)).any():
        example = frame.loc[frame.duplicated(list(spec.key)), list(spec.key)].iloc[0].to_dict()
        faults.append(f"key {spec.key} is repeated, first at {example}")
    if faults:
        raise TableError(f"table '{name}': " + "; ".join(faults))
    return frame


def dictionary(name: str) -> pd.DataFrame:
    """Return the data dictionary of table `name`: one row per column (column, dtype, unit, meaning, nullable, key)."""
    import pandas as pd

    spec = _spec(name)
    return pd.DataFrame(
        [
            {
                "column": c.name,
                "dtype": c.dtype,
                "unit": c.unit,
                "meaning": c.meaning,
                "nullable": c.nullable,
                "key": c.name in spec.key,
            }
            for c in spec.columns
        ]
    )


def _spec(name: str) -> Table:
    if name not in TABLES:
        raise UnknownName("table", name, TABLES)
    return TABLES[name]
