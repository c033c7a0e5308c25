"""Files that are whole or not there: written beside their place, then moved into it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from toolkit.errors import OutputExists


def write_bytes(path: Path, data: bytes) -> Path:
    """Return `path` after it holds `data`; a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        half.write_bytes(data)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def write_text(path: Path, text: str) -> Path:
    """Return `path` after it holds `text` as UTF-8, line ends as given."""
    return write_bytes(path, text.encode("utf-8"))


def refuse_to_replace(paths: Iterable[Path]) -> None:
    """Return nothing when none of the paths exists; OutputExists names the first that does."""
    for path in paths:
        if path.exists():
            raise OutputExists(path)
