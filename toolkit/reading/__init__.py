"""The room `reading`: from a plan's PDF to a document in right reading order."""

from __future__ import annotations

from toolkit.reading.assemble import read_document

__all__ = ["read_document"]
