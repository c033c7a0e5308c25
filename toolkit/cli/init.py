"""`ics-plans init`: a study folder to start from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("-f", "--framework", default="health_inequalities", show_default=True, help="Bundled framework to copy.")
def command(directory: Path, framework: str) -> None:
    """Make a study folder: manifest, copy of a framework, notebook, README, .gitignore.

    The manifest gets a row for every PDF that is in DIR already, or two example rows. Nothing is overwritten: when one
    of the files is there, nothing is written.
    """
    from toolkit.study import make_study

    for path in make_study(directory, framework):
        click.echo(path.as_posix())
    click.echo(f"Next: put PDFs into {(directory / 'plans').as_posix()}, a row for each into manifest.csv, then read")
    click.echo((directory / "README.md").as_posix())
