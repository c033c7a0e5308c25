"""How far publishing has come: one bar per output, in a terminal or a notebook."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

from toolkit.reading.progress import in_notebook

Progress = Callable[[str, int, int], None]  # which output, how much of it is done, of how much


class Bar:
    """Bars on standard error or in a notebook's cell; use it as a context and pass it as `progress`."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self._bars: Any = Bars(*columns, console=Console(stderr=not in_notebook()))
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Bar:
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bars.stop()

    def __call__(self, output: str, done: int, total: int) -> None:
        """Move the bar of `output`, which is made when it is first heard of."""
        if output not in self._tasks:
            self._tasks[output] = self._bars.add_task(output, total=total)
        self._bars.update(self._tasks[output], completed=done, total=total)


class Silent:
    """Progress that nobody watches: in a pipe, in a test, or when asked to be quiet."""

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        return None

    def __call__(self, output: str, done: int, total: int) -> None:
        """Say nothing."""


def shown(quiet: bool = False) -> Bar | Silent:
    """Return bars where somebody can see them (a terminal or a notebook, not `quiet`), else silence."""
    seen = sys.stderr.isatty() or in_notebook()
    return Bar() if seen and not quiet and os.environ.get("TERM") != "dumb" else Silent()
