"""Open hard files: encrypted, broken, empty, huge, or no PDF at all; each ends in a document or a clear error."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import ReadingError
from toolkit.records import Document, Problem

MAX_BYTES = 500 * 1024 * 1024
MAX_PAGES = 5_000
MAX_PAGE_CHARACTERS = 500_000  # a dense A4 page has 8,000; a page with more than this is no page for a reader

_HEAD = 64 * 1024  # web servers and mail programs put junk before a PDF
_TAIL = 4096
_METADATA = ("Title", "Subject", "Keywords", "Author", "Creator", "Producer", "CreationDate")
# First bytes (white space dropped, lower case) -> what the file really is.
_OTHER_FORMATS: Mapping[bytes, str] = {
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"<?xml": "an XML file",
    b"pk\x03\x04": "a Word, PowerPoint, Excel or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word, PowerPoint or Excel file",
    b"\x89png": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a rich-text file",
}
_DOWNLOAD = "Download it again, or print it to PDF from a viewer that shows it."


def open_pdf(path: str | Path, password: str | None = None, *, plan_id: str = "") -> Any:
    """Return an open `pypdfium2.PdfDocument` with at least one page; the caller closes it.

    A damaged file is re-saved by qpdf in memory and opened again. Raises ReadingError (kind `missing`, `empty`,
    `not_pdf`, `encrypted`, `broken` or `too_large`; `plan_id`, or the file's name when none is given) with a remedy.
    """
    return open_with_news(path, password, plan_id=plan_id)[0]


def open_with_news(path: str | Path, password: str | None = None, *, plan_id: str = "") -> tuple[Any, list[Problem]]:
    """Return what `open_pdf` returns, and problems that a person should know: damage that may have cost pages."""
    file, name = Path(path), plan_id or Path(path).stem
    _check_bytes(file, name)
    document, what = _with_pdfium(file, password, name), ""
    if document is None:
        document, what = _with_qpdf(file, password, name), "The PDF was damaged and had to be mended"
    elif _is_cut_off(file):
        what = "The file has no proper end, as if it were cut off"
    if document is None:
        raise ReadingError(name, "broken", "the PDF is damaged beyond repair.", _DOWNLOAD)
    pages = len(document)
    if not 1 <= pages <= MAX_PAGES:
        document.close()
        if pages:
            raise ReadingError(name, "too_large", f"{pages} pages; the limit is {MAX_PAGES}.", "Split the file.")
        raise ReadingError(name, "empty", "the PDF has no pages.", _DOWNLOAD)
    if not what:
        return document, []
    message = f"{what}: {pages} pages were found, and some may be missing."
    return document, [Problem(plan_id=name, stage="read", kind="damaged", message=message, remedy=_DOWNLOAD)]


def checked(document: Document) -> Document:
    """Return the document; ReadingError (`too_large`) when a page has more characters than any page of a plan."""
    for page in document.pages:
        if len(page.text) > MAX_PAGE_CHARACTERS:
            what = f"page {page.number} has {len(page.text)} characters; the limit is {MAX_PAGE_CHARACTERS}."
            raise ReadingError(document.plan.plan_id, "too_large", what, "Leave the page out of the file.")
    return document


def metadata_of(document: Any) -> dict[str, str]:
    """Return what an open document says about itself (Title, Subject, Keywords, ...); empty entries left out."""
    stated = document.get_metadata_dict()
    return {key: text for key in _METADATA if (text := str(stated.get(key) or "").strip())}


def _check_bytes(file: Path, name: str) -> None:
    if not file.is_file():
        raise ReadingError(name, "missing", f"the file {file} is gone.", "Put it back, or load the plans again.")
    size = file.stat().st_size
    if size == 0:
        raise ReadingError(name, "empty", "the file has no content (0 bytes).", _DOWNLOAD)
    if size > MAX_BYTES:
        limit = f"{size / 2**20:.0f} MB; the limit is {MAX_BYTES / 2**20:.0f} MB."
        raise ReadingError(name, "too_large", limit, "Split the file, or save it with smaller pictures.")
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if b"%PDF-" not in head:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").lower()
        other = next((what for first, what in _OTHER_FORMATS.items() if start.startswith(first)), None)
        if other:
            raise ReadingError(name, "not_pdf", f"the file is {other}, not a PDF.", "Get the PDF itself.")


def _is_cut_off(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(max(stream.seek(0, os.SEEK_END) - _TAIL, 0))
        return b"%%EOF" not in stream.read()


def _with_pdfium(source: Any, password: str | None, name: str) -> Any | None:
    """Return the document, or None when PDFium finds it damaged."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(source, password=password)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _locked(name, password) from error
        if "security" in str(error).lower():
            what = "the PDF is protected in a way that only its publisher's software opens."
            raise ReadingError(name, "encrypted", what, "Ask the publisher for an open copy.") from error
        return None


def _with_qpdf(file: Path, password: str | None, name: str) -> Any | None:
    """Return the document as re-saved by qpdf, which mends what it can; None when that fails too."""
    import pikepdf

    mended = io.BytesIO()
    try:
        with pikepdf.open(file, password=password or "") as pdf:
            pdf.save(mended)
    except pikepdf.PasswordError as error:
        raise _locked(name, password) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError):
        return None
    return _with_pdfium(mended.getvalue(), None, name)


def _locked(name: str, password: str | None) -> ReadingError:
    if password:
        return ReadingError(
            name, "encrypted", "the password does not open the PDF.", "Correct it in the manifest or in --password."
        )
    remedy = "Give it in the manifest (column password) or with --password."
    return ReadingError(name, "encrypted", "the PDF needs a password.", remedy)
