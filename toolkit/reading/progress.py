"""How far reading has come: a bar with pages per second and time left, in a terminal or a notebook."""

from __future__ import annotations

import os
import sys
from typing import Any, Protocol


class Progress(Protocol):
    """What `read_plans` reports to."""

    def begin(self, plans: int, size: int) -> None:
        """Hear how many plans and how many bytes there are to read."""

    def pages(self, pages: int) -> None:
        """Hear that so many more pages were read."""

    def plan(self, name: str, size: int) -> None:
        """Hear that a plan of `size` bytes is done."""

    def end(self) -> None:
        """Hear that reading is over."""


class Silent:
    """Progress that nobody watches: in a pipe, in a test, or when asked to be quiet."""

    def begin(self, plans: int, size: int) -> None:
        """Say nothing."""

    def pages(self, pages: int) -> None:
        """Say nothing."""

    def plan(self, name: str, size: int) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


class Bar:
    """A bar on standard error, or in the cell of a notebook; time left goes by bytes, which are known beforehand."""

    def __init__(self, label: str = "Reading") -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar: Any = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[plans]}/{task.fields[all_plans]} plans"),
            TextColumn("{task.fields[pages]} pages"),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(),
            console=Console(stderr=not in_notebook()),
            transient=False,
        )
        self._label = label
        self._plans = self._pages = 0

    def begin(self, plans: int, size: int) -> None:
        """Show the bar."""
        self._task = self._bar.add_task(self._label, total=max(size, 1), plans=0, all_plans=plans, pages=0, speed="")
        self._bar.start()

    def pages(self, pages: int) -> None:
        """Count pages; the speed is that since the beginning."""
        self._pages += pages
        elapsed = self._bar.tasks[0].elapsed or 0.0
        speed = f"{self._pages / elapsed:,.0f} pages/s" if elapsed > 0.5 else ""
        self._bar.update(self._task, pages=f"{self._pages:,}", speed=speed)

    def plan(self, name: str, size: int) -> None:
        """Move the bar on by a plan."""
        self._plans += 1
        self._bar.update(self._task, advance=size, plans=self._plans)

    def end(self) -> None:
        """Leave the bar as it stands."""
        self._bar.stop()


def shown(quiet: bool = False) -> Progress:
    """Return a bar where somebody can see it (a terminal or a notebook, not `quiet`), else silence."""
    seen = sys.stderr.isatty() or in_notebook()
    return Bar() if seen and not quiet and os.environ.get("TERM") != "dumb" else Silent()


def in_notebook() -> bool:
    """Return whether this runs in a Jupyter kernel."""
    shell = sys.modules.get("IPython")
    return bool(shell and type(shell.get_ipython()).__name__ == "ZMQInteractiveShell")
