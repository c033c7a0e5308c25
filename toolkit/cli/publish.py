"""`ics-plans publish`: make what a team hands in from the folder of a run, without reading a plan again."""

from __future__ import annotations

import json
from pathlib import Path

import click

from toolkit.publishing.outputs import OUTPUTS


@click.command("publish")
@click.argument("run", metavar="RUN", type=click.Path())
@click.option("-o", "--output", metavar="DIR", help="Folder to write into; the folder of the run when left out.")
@click.option("--only", metavar="LIST", help=f"Only these, with commas between: {', '.join(OUTPUTS)}.")
@click.option("--page-images", is_flag=True, help="Add pictures of the quoted pages to the report (large).")
@click.option("--force", is_flag=True, help="Replace outputs that stand there already.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths written as JSON.")
def command(
    run: str, output: str | None, only: str | None, page_images: bool, force: bool, quiet: bool, as_json: bool
) -> None:
    """Make charts, workbook and the other outputs from the folder of a RUN (see: ics-plans run).

    Tables are written only into another folder, or when --only names them: those of RUN are what is read.
    """
    from toolkit.publishing import publish, read_tables
    from toolkit.publishing.progress import shown

    target = Path(output or run)
    in_place = target.resolve() == Path(run).resolve()
    chosen = only or ",".join(name for name in OUTPUTS if not (in_place and name == "tables"))
    results = read_tables(run)
    with shown(quiet or as_json) as progress:
        written = publish(results, target, only=chosen, force=force, page_images=page_images, progress=progress)
    if as_json:
        click.echo(json.dumps({"written": [path.as_posix() for path in written]}))
    elif not quiet:
        _summary(written, target)


def _summary(written: tuple[Path, ...], target: Path) -> None:
    """Print a line per output: where it stands, how many files, how large."""
    from rich.console import Console
    from rich.table import Table

    groups: dict[str, list[Path]] = {}
    for path in written:
        inside = path.relative_to(target)
        groups.setdefault(f"{inside.parts[0]}/" if len(inside.parts) > 1 else str(inside), []).append(path)
    shown = Table(title=f"{len(written)} files in {target}", title_justify="left")
    for name, right in (("output", False), ("files", True), ("size", True)):
        shown.add_column(name, justify="right" if right else "left", overflow="fold")
    for name, paths in groups.items():
        shown.add_row(name, str(len(paths)), f"{sum(p.stat().st_size for p in paths) / 1000:,.0f} kB")
    Console().print(shown)
