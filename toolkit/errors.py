"""Every error that a user can meet: what is wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class ToolkitError(Exception):
    """Base of all errors raised on purpose by the toolkit."""


class InvalidInput(ToolkitError):
    """A file or table that a person wrote has mistakes; all of them are listed at once."""

    def __init__(self, source: object, problems: Sequence[str]) -> None:
        self.source = str(source)
        self.problems = tuple(problems)
        count = f"{len(self.problems)} problem" + ("s" if len(self.problems) != 1 else "")
        super().__init__("\n".join([f"{self.source}: {count}", *(f"  - {p}" for p in self.problems)]))


class UnknownName(ToolkitError):
    """A name that is not among the known ones; the choices and the nearest one are listed."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        near = get_close_matches(name, self.known, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        super().__init__(f"Unknown {kind} '{name}'.{hint} Choose one of: {', '.join(self.known)}")


class MissingFile(ToolkitError):
    """A path that leads nowhere, with the nearest existing name beside it when there is one."""

    def __init__(self, path: object, wanted: str, near: str | None = None) -> None:
        self.path = str(path)
        hint = f" Did you mean '{near}'?" if near else ""
        super().__init__(f"{self.path}: not found.{hint} Give {wanted}.")


class TableError(ToolkitError):
    """A table that does not keep its schema: columns, types, missing values or repeated keys."""


class ReadingError(ToolkitError):
    """A plan whose text cannot be had at all (encrypted, broken, empty, too large, out of time)."""

    def __init__(self, plan_id: str, kind: str, message: str, remedy: str = "") -> None:
        self.plan_id, self.kind, self.message, self.remedy = plan_id, kind, message, remedy
        super().__init__(f"{plan_id}: {message}" + (f" {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[ReadingError], tuple[str, str, str, str]]:
        return type(self), (self.plan_id, self.kind, self.message, self.remedy)


class OutputExists(ToolkitError):
    """Results already stand where new ones would be written."""

    def __init__(self, path: object) -> None:
        self.path = str(path)
        super().__init__(f"{self.path}: results stand here already. Name another place, or pass --force to replace.")


class MissingExtra(ToolkitError):
    """An optional part that the asked-for work needs is not installed."""

    def __init__(self, what: str, how: str) -> None:
        super().__init__(f"{what} is not installed. {how}")
