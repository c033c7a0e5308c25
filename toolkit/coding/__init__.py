"""The room `coding`: from documents to codings, each with its address.

code(documents, framework, coder=None) -> tuple[Coding, ...]      by the bundled coder, or by another one
code_texts(table, framework) -> (codings, passages)               any table of texts
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.coding.bundled import BundledCoder
from toolkit.coding.coder import Coder
from toolkit.coding.texts import code_texts
from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document

__all__ = ["BundledCoder", "Coder", "code", "code_texts"]


def code(documents: Iterable[Document], framework: Framework, coder: Coder | None = None) -> tuple[Coding, ...]:
    """Return the codings of all documents, in their order; by the bundled coder unless another is given."""
    chosen = coder or BundledCoder(framework)
    return tuple(coding for document in documents for coding in chosen.code(document))
