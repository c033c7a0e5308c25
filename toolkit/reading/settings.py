"""What a user can choose about reading; part of the key under which a document is cached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How to read: `ocr` says whether pages without text go to Tesseract, when it is installed."""

    ocr: bool = True
