"""The room `reading`: from a plan's PDF to a document in right reading order.

Names are looked up when they are first used: the process that asks workers to read loads no engine itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.reading.assemble import read_document
    from toolkit.reading.worker import read_plan, read_plans

_WHERE = {"read_document": "assemble", "read_plan": "worker", "read_plans": "worker"}
__all__ = ["read_document", "read_plan", "read_plans"]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"toolkit.reading.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'toolkit.reading' has no attribute '{name}'")
