"""`ics-plans export`: write a codebook in another form."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("framework")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help=".yaml, .csv, .xlsx or .qdc")
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
def command(framework: str, output: Path, force: bool) -> None:
    """Write a FRAMEWORK (bundled name or YAML file) as YAML, CSV, XLSX or REFI-QDA codebook."""
    from toolkit.frameworks import load_framework
    from toolkit.frameworks.convert import DROPPED, export_framework

    click.echo(export_framework(load_framework(framework), output, force=force))
    if output.suffix.lower() in DROPPED:
        click.echo(f"This form has no place for: {DROPPED[output.suffix.lower()]}.", err=True)
