"""What a coder is: anything that turns a document into codings."""

from __future__ import annotations

import re
from typing import Protocol

from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document, Passage

_WORD = re.compile(r"[^\W\d_]{3}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


class Coder(Protocol):
    """A coder of one framework: the bundled one, a person's file, or somebody else's model."""

    @property
    def id(self) -> str:
        """Who codes: name, version and framework hash, so that a coding says what made it."""

    @property
    def framework(self) -> Framework:
        """The framework that is applied."""

    def code(self, document: Document) -> tuple[Coding, ...]:
        """Return the codings of a document, in reading order; every quote is verbatim."""


def codable(document: Document) -> list[Passage]:
    """Return the passages that a coder judges, in reading order: content with words, headings left out.

    Bare figures and addresses of web pages say nothing that could be coded.
    """
    return [p for p in document.content if p.kind != "heading" and _WORD.search(_ADDRESS.sub("", p.text))]
