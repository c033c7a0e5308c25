"""The PDF that a plan was read from, or why it can not be used."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """Why a plan's PDF can not be used, and what a person can do."""

    plan_id: str
    kind: str
    message: str
    remedy: str


def original(plan: Mapping[str, Any]) -> bytes | Unusable:
    """Return the bytes of a plan's PDF (a row of `plans`): unchanged since it was read, and open to everybody."""
    path, name = Path(plan["path"]), plan["plan_id"]
    if not path.is_file():
        return Unusable(
            plan_id=name, kind="missing", message=f"{path} is not there.", remedy="Put the file back, or read it anew."
        )
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != plan["sha256"]:
        return Unusable(
            plan_id=name,
            kind="changed",
            message=f"{path} is not the file that was read: its content has changed.",
            remedy="Put back the file that was read, or run the analysis again.",
        )
    return data if _opens(data) else Unusable(
        plan_id=name,
        kind="closed",
        message=f"{path} does not open without a password.",
        remedy="Save a copy without a password and run the analysis on it.",
    )  # fmt: skip


def _opens(data: bytes) -> bool:
    import pypdfium2

    try:
        pypdfium2.PdfDocument(data).close()
    except pypdfium2.PdfiumError:
        return False
    return True
