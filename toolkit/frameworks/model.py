"""A framework as data: themes, codes, and everything a reader needs to apply them by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A group of codes that is scored together."""

    id: str
    title: str
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A topic: definition for people, terms for the machine, examples that run as tests."""

    id: str
    theme: str
    title: str
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    weight: float = 1.0
    source: str = ""
    status: Literal["verified", "unverified"] = "verified"
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    plan_kinds: tuple[str, ...] = ()  # kinds of plan that the code applies to; empty means all

    def applies_to(self, plan_kind: str | None) -> bool:
        """Return whether the code applies to a kind of plan; an unknown kind is given the benefit of the doubt."""
        return not self.plan_kinds or plan_kind is None or plan_kind in self.plan_kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A codebook: themes and codes in the order of its file; `hash` depends on its content alone."""

    id: str
    version: str
    title: str
    description: str
    source: str
    licence: str
    themes: tuple[Theme, ...]
    codes: tuple[Code, ...]
    equity_weight: float = 0.5  # share of a code's points that needs the equity focus
    hash: str = ""

    @property
    def signature(self) -> str:
        """Id, version and the beginning of the hash: how a coder's id names the framework that it applied."""
        return f"{self.id} {self.version} {self.hash[:8]}"

    def code(self, code_id: str) -> Code:
        """Return the code called `code_id`; UnknownName lists the choices when there is none."""
        from toolkit.errors import UnknownName

        for code in self.codes:
            if code.id == code_id:
                return code
        raise UnknownName("code", code_id, (c.id for c in self.codes))
