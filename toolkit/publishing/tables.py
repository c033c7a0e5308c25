"""The tables of a run as files: CSV for people, Parquet for programs, and a data dictionary beside each.

    write_tables(results, directory) -> paths       scores.csv, scores.parquet, scores.dictionary.csv, ...
    read_tables(directory) -> Results               from the CSV files alone

CSV files are UTF-8 without a byte-order mark, line feeds, a header row, full precision (what is read back equals what
was written), and an empty field for a missing value. Quotes stand in them verbatim, so that a spreadsheet program may
take one that begins with "=" for a formula: people who read in Excel should open the workbook.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import fields
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InvalidInput, MissingFile, TableError
from toolkit.publishing.files import write_bytes, write_text
from toolkit.records import Results
from toolkit.schema import TABLES, check, dictionary

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "run.json"
# The tables of Results, in the order of its fields.
RUN_TABLES: tuple[str, ...] = tuple(f.name for f in fields(Results) if f.name in TABLES)


def write_tables(results: Results, directory: str | Path) -> tuple[Path, ...]:
    """Return the paths written into `directory` (made when absent): every table three times over, and run.json.

    TableError names a table that breaks its schema, before anything is written. Same tables, same bytes.
    """
    folder = Path(directory)
    frames = {name: check(name, getattr(results, name)) for name in RUN_TABLES}
    written = []
    for name, frame in frames.items():
        written += [
            write_bytes(folder / f"{name}.csv", csv_bytes(frame)),
            write_bytes(folder / f"{name}.parquet", parquet_bytes(frame)),
            write_bytes(folder / f"{name}.dictionary.csv", csv_bytes(dictionary(name))),
        ]
    if results.manifest:
        text = json.dumps(results.manifest, indent=2, ensure_ascii=False)
        written.append(write_text(folder / MANIFEST, f"{text}\n"))
    return tuple(written)


def read_tables(directory: str | Path) -> Results:
    """Return the Results whose CSV files (and run.json, when there) stand in `directory`.

    MissingFile when there is no such folder; InvalidInput lists every table that is missing or does not keep its
    schema, and says so when the folder is not one of a run at all.
    """
    folder = Path(directory)
    if not folder.is_dir():
        raise MissingFile(folder, "the folder of a run (it holds plans.csv, scores.csv, evidence.csv)")
    absent = [name for name in RUN_TABLES if not (folder / f"{name}.csv").is_file()]
    if len(absent) == len(RUN_TABLES):
        wanted = ", ".join(f"{name}.csv" for name in RUN_TABLES)
        raise InvalidInput(folder, [f"this is not the folder of a run; one holds {wanted}"])
    faults = [f"{name}.csv is missing" for name in absent]
    frames: dict[str, pd.DataFrame] = {}
    for name in RUN_TABLES:
        if name not in absent:
            try:
                frames[name] = read_table(name, folder / f"{name}.csv")
            except TableError as error:
                faults.append(str(error))
    manifest: dict[str, Any] = {}
    try:
        manifest = _read_manifest(folder / MANIFEST)
    except TableError as error:
        faults.append(str(error))
    if faults:
        raise InvalidInput(folder, faults)
    return Results(**frames, manifest=manifest)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV: UTF-8, line feeds, text in quotes, shortest number text that reads back as the number."""
    text: str = frame.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode("utf-8")


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet (zstd), types as in its schema."""
    target = BytesIO()
    frame.to_parquet(target, index=False, compression="zstd")
    return target.getvalue()


def read_table(name: str, path: Path) -> pd.DataFrame:
    """Return table `name` from a CSV file, typed and checked; TableError says what is wrong with it."""
    import pandas as pd

    spec = TABLES[name]
    try:
        raw = pd.read_csv(path, dtype="string", keep_default_na=False, encoding="utf-8")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise TableError(f"{path.name}: not a CSV file that can be read ({error})") from error
    missing = [c for c in spec.names if c not in raw.columns]
    if missing:
        raise TableError(f"{path.name}: no column {', '.join(missing)}; found {', '.join(raw.columns)}")
    made = {}
    for column in spec.columns:
        try:
            made[column.name] = _typed(raw[column.name], column.dtype, column.nullable)
        except (ValueError, TypeError) as error:
            raise TableError(f"{path.name}: column '{column.name}' should be {column.dtype} ({error})") from error
    return check(name, pd.DataFrame(made, columns=spec.names))


def _typed(values: pd.Series, dtype: str, nullable: bool) -> pd.Series:
    import pandas as pd

    if dtype == "string":
        return values.replace("", pd.NA) if nullable else values
    read = _READERS[dtype]
    return pd.Series([read(v) if v else None for v in values], dtype=dtype)


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"'{text}' is neither True nor False")
    return text.lower() == "true"


_READERS: dict[str, Callable[[str], object]] = {"Float64": float, "Int64": int, "boolean": _truth}


def _read_manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{path.name}: not JSON ({error})") from error
    if not isinstance(found, dict):
        raise TableError(f"{path.name}: should hold a JSON object")
    return found
