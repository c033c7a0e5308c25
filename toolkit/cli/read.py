"""`ics-plans read`: plans as text, Markdown, or passages with positions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.errors import OutputExists, ReadingError
from toolkit.plans import load_plans
from toolkit.reading.cache import default_cache
from toolkit.reading.export import FORMATS, export, format_of, page_numbers, written
from toolkit.reading.progress import shown
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.worker import read_plans
from toolkit.records import Document


@click.command("read")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True)
@click.option("-o", "--output", default="-", show_default=True, help="File to write; its suffix chooses the format.")
@click.option("--to", "kind", type=click.Choice(list(FORMATS)), help="Format for standard output (default: txt).")
@click.option("--pages", default="", help="Only passages that begin on these pages, e.g. 1-4,9.")
@click.option("--password", help="Password that opens encrypted files.")
@click.option("--no-ocr", is_flag=True, help="Leave pages without text unread.")
@click.option("--recursive", is_flag=True, help="Look for PDFs in subfolders, too.")
@click.option("--force", is_flag=True, help="Replace the output when it stands already.")
@click.option("--cache", "folder", metavar="DIR", help="Folder of documents read before (also: ICS_PLANS_CACHE).")
@click.option("--no-cache", is_flag=True, help="Read anew, and keep nothing.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes (default: one per core).")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
def command(
    ctx: click.Context,
    sources: tuple[str, ...],
    output: str,
    kind: str | None,
    pages: str,
    password: str | None,
    no_ocr: bool,
    recursive: bool,
    force: bool,
    folder: str | None,
    no_cache: bool,
    workers: int | None,
    quiet: bool,
) -> None:
    """Read plans (PDFs, a folder, or a manifest.csv) into txt, md, jsonl or parquet.

    Exit status: 0 all read, 1 some could not be read, 2 input refused.
    """
    chosen = page_numbers(pages)
    if output != "-":
        format_of(output)
        if Path(output).exists() and not force:
            raise OutputExists(output)
    plans = load_plans(sources[0] if len(sources) == 1 else sources, recursive=recursive, password=password)
    found = read_plans(
        plans,
        settings=ReadingSettings(ocr=not no_ocr),
        cache=None if no_cache else default_cache(folder),
        progress=shown(quiet),
        workers=workers,
    )
    outcomes = [outcome for _, outcome in found]
    documents = [o for o in outcomes if isinstance(o, Document)]
    failures = [o for o in outcomes if isinstance(o, ReadingError)]
    if documents and output == "-":
        sys.stdout.buffer.write(written(documents, kind or "txt", chosen))
    elif documents:
        export(documents, output, pages=chosen, force=force)
    _report(documents, failures)
    ctx.exit(1 if failures else 0)


def _report(documents: list[Document], failures: list[ReadingError]) -> None:
    for document in documents:
        unread = [str(page.number) for page in document.pages if page.source == "none"]
        if unread:
            plan, pages = document.plan.plan_id, ", ".join(unread)
            click.echo(f"{plan}: {len(unread)} of {len(document.pages)} pages could not be read: {pages}", err=True)
    for failure in failures:
        click.echo(str(failure), err=True)
