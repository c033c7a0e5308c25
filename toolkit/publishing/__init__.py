"""The room `publishing`: a run's tables become files that people hand in, and every number opens.

write_tables(results, directory) -> paths        CSV, Parquet and data dictionary of every table
read_tables(directory) -> Results                the tables of a folder that was written before
charts                                           each chart's data and figure (see its own page)
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from toolkit.publishing.tables import read_tables, write_tables

__all__ = ["charts", "read_tables", "write_tables"]


def __getattr__(name: str) -> ModuleType:
    if name == "charts":  # matplotlib is loaded by those who draw
        return import_module("toolkit.publishing.charts")
    raise AttributeError(f"module 'toolkit.publishing' has no attribute '{name}'; it offers: {', '.join(__all__)}")
