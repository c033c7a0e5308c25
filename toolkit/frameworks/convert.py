"""Codebooks in other forms: YAML, CSV and XLSX, REFI-QDA codebook (.qdc), LIWC and quanteda dictionaries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from toolkit.errors import InvalidInput, MissingFile, OutputExists
from toolkit.frameworks.load import load_framework, parse_framework
from toolkit.frameworks.model import Framework
from toolkit.frameworks.qdc import read_qdc, write_qdc
from toolkit.frameworks.table import read_table, write_table
from toolkit.frameworks.word_lists import read_liwc, read_quanteda
from toolkit.frameworks.yaml_text import to_yaml


def _write_yaml(framework: Framework, path: Path) -> None:
    path.write_bytes(to_yaml(framework).encode())


_WRITERS: dict[str, Callable[[Framework, Path], None]] = {
    ".yaml": _write_yaml,
    ".yml": _write_yaml,
    ".csv": write_table,
    ".xlsx": write_table,
    ".qdc": write_qdc,
}
_READERS: dict[str, Callable[[Path], Framework]] = {
    ".csv": read_table,
    ".xlsx": read_table,
    ".qdc": read_qdc,
    ".dic": read_liwc,
    ".yaml": load_framework,
    ".yml": load_framework,
}
# What a form has no place for, so that a person who exports or imports is told.
DROPPED = {".qdc": "id, version, licence, description, source and equity weight of the framework"}
FORMS = ("yaml", "csv", "xlsx", "qdc", "dic", "quanteda")


def export_framework(framework: Framework, path: str | Path, *, force: bool = False) -> Path:
    """Return the path of a codebook written as .yaml, .csv, .xlsx or .qdc, by the ending of the name.

    YAML, CSV and XLSX hold everything; a .qdc file holds names, nesting and descriptions, and the rest inside the
    descriptions. Raises OutputExists unless `force`, InvalidInput for another ending.
    """
    path = Path(path)
    if path.suffix.lower() not in _WRITERS:
        raise InvalidInput(path, [f"cannot write '{path.suffix}'; choose one of: {', '.join(_WRITERS)}"])
    if path.exists() and not force:
        raise OutputExists(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    _WRITERS[path.suffix.lower()](framework, path)
    return path


def import_framework(path: str | Path, form: str | None = None) -> Framework:
    """Return the framework in a .yaml, .csv, .xlsx, .qdc or LIWC .dic file, or a quanteda dictionary in YAML.

    `form` is one of `FORMS` and is guessed from the ending when left out ("quanteda" has to be said).
    Raises MissingFile, or InvalidInput with every mistake.
    """
    path = Path(path)
    if not path.is_file():
        raise MissingFile(path, f"a codebook ({', '.join(_READERS)})")
    if form == "quanteda":
        return read_quanteda(path)
    reader = _READERS.get(f".{form}" if form else path.suffix.lower())
    if reader is None:
        raise InvalidInput(path, [f"cannot read '{form or path.suffix}'; choose one of: {', '.join(FORMS)}"])
    # What another form gave is held to the rules of the YAML form: names, terms, weights, repeated codes.
    return parse_framework(to_yaml(reader(path)), source=str(path))
