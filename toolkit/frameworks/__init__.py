"""The room `frameworks`: codebooks as data, and the terms of a codebook found in text."""

from __future__ import annotations

from toolkit.frameworks.load import list_frameworks, load_framework
from toolkit.frameworks.model import Code, Framework, Theme

__all__ = ["Code", "Framework", "Theme", "list_frameworks", "load_framework"]
