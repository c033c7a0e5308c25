"""`ics-plans frameworks`: list the codebooks that ship."""

from __future__ import annotations

import click


@click.command("frameworks")
def command() -> None:
    """List the bundled frameworks: name, version, codes, themes, title."""
    from rich.console import Console
    from rich.table import Table

    from toolkit.frameworks import list_frameworks, load_framework

    table = Table(box=None, pad_edge=False)
    for heading, side in (
        ("name", "left"),
        ("version", "left"),
        ("codes", "right"),
        ("themes", "right"),
        ("title", "left"),
    ):
        table.add_column(heading, justify="right" if side == "right" else "left", no_wrap=heading == "name")
    for name in list_frameworks():
        framework = load_framework(name)
        table.add_row(name, framework.version, str(len(framework.codes)), str(len(framework.themes)), framework.title)
    Console().print(table)
