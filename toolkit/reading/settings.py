"""What a user can choose about reading; part of the key under which a document is cached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How to read: `ocr` for pages without text (when it is installed), and only these `pages` (empty: all)."""

    ocr: bool = True
    pages: tuple[int, ...] = ()

    def wants(self, page: int) -> bool:
        """Return whether page `page`, counted from 1, is to be read."""
        return not self.pages or page in self.pages
