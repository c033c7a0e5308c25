"""`ics-plans import`: make a codebook of a table, a REFI-QDA codebook or another tool's dictionary."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="YAML codebook to write.")
@click.option(
    "--form", type=click.Choice(["yaml", "csv", "xlsx", "qdc", "dic", "quanteda"]), help="By the ending if left out."
)
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
def command(source: Path, output: Path, form: str | None, force: bool) -> None:
    """Read a codebook from SOURCE (CSV, XLSX, .qdc, LIWC .dic, quanteda YAML) and write it as YAML."""
    from toolkit.frameworks.convert import export_framework, import_framework

    framework = import_framework(source, form)
    click.echo(f"{export_framework(framework, output, force=force)}: {len(framework.codes)} codes")
