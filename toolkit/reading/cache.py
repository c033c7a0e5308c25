"""Documents that were read before, kept by content: a second run reads nothing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from shutil import which

from toolkit.reading.codec import FORMAT
from toolkit.reading.settings import ReadingSettings
from toolkit.records import Plan, content_id

VARIABLE = "ICS_PLANS_CACHE"
_OFF = frozenset({"off", "no", "none", "0", "false"})
_SOURCES = frozenset({".py", ".txt", ".csv", ".json", ".tsv", ".gz"})
_ENGINES = ("pypdfium2", "pdfplumber", "pikepdf", "pypdf")


class Cache:
    """A folder of documents; the name of a file says what it was made of, so a stale one is never asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def key(self, plan: Plan, settings: ReadingSettings) -> str:
        """Return the name under which the document of this content, id, reader and settings is kept."""
        return content_id(plan.sha256, plan.plan_id, plan.password, asdict(settings), reader_version())

    def get(self, key: str) -> bytes | None:
        """Return the bytes kept under `key`, or None."""
        try:
            return self._path(key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under `key`: whole or not at all. A folder that cannot be written costs time, not the run."""
        with contextlib.suppress(OSError):
            path = self._path(key)
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(draft).replace(path)
            finally:
                Path(draft).unlink(missing_ok=True)

    def drop(self, key: str) -> None:
        """Forget what is kept under `key` (it was damaged)."""
        with contextlib.suppress(OSError):
            self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.plan"


def default_cache(where: str | Path | None = None) -> Cache | None:
    """Return the cache in `where`, else where ICS_PLANS_CACHE says ("off": None), else in the user's cache folder."""
    place = str(where) if where is not None else os.environ.get(VARIABLE, "")
    if place.lower() in _OFF:
        return None
    return Cache(Path(place).expanduser() if place else _user_folder())


@cache
def reader_version() -> str:
    """Return what a document depends on beside its file: the reader's source, the engines, OCR or none, the format."""
    import toolkit

    room = Path(toolkit.__file__).parent
    sources = [room / "records.py", *sorted(p for p in (room / "reading").rglob("*") if p.suffix in _SOURCES)]
    source = hashlib.sha256(b"".join(p.read_bytes() for p in sources)).hexdigest()[:16]
    engines = [f"{name} {version(name)}" for name in _ENGINES]
    return "; ".join([f"reader {source}", *engines, f"tesseract {which('tesseract')}", FORMAT])


def _user_folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("ics-plan-toolkit", appauthor=False) / "documents"
