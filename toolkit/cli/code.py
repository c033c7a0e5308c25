"""`ics-plans code`: codings of plans, or of any table of texts."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.coders import chosen_coder, coder_options, say_refused


@click.command("code")
@click.argument("source", metavar="[FOLDER|MANIFEST|FILE]", required=False)
@click.option("--text", "texts", metavar="CSV", help="Code a table of texts instead: columns passage_id,text.")
@click.option("-f", "--framework", "name", default="health_inequalities", show_default=True, help="Name or file.")
@coder_options
@click.option("-o", "--output", metavar="CSV", required=True, help="File for the codings, a row each.")
@click.option("--passages-out", metavar="CSV", help="File for one coded row per text (with --text).")
@click.option("--force", is_flag=True, help="Replace files that stand already.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
def command(
    ctx: click.Context,
    source: str | None,
    texts: str | None,
    name: str,
    table: str | None,
    endpoint: str | None,
    model: str | None,
    output: str,
    passages_out: str | None,
    force: bool,
    quiet: bool,
) -> None:
    """Give codes, equity focus and strength to the passages of plans, or of a table of texts.

    With --text, CSV has the columns passage_id,text and optionally section, doc_id, page, its rows in reading order
    (rows with one doc_id are one document; without that column all are); --passages-out then holds
    passage_id,topics,equity,strength,confidence. Exit status: 0 all done, 1 some plans failed, 2 input refused.
    """
    from toolkit.errors import OutputExists
    from toolkit.frameworks import load_framework

    if (source is None) == (texts is None):
        raise click.UsageError("give plans (a folder, manifest or PDF) or --text CSV, one of the two")
    if passages_out and not texts:
        raise click.UsageError("--passages-out goes with --text")
    if texts and (table or endpoint):
        raise click.UsageError("--coder and --endpoint go with plans, not with --text")
    for path in filter(None, (output, passages_out)):
        if Path(path).exists() and not force:
            raise OutputExists(path)
    framework = load_framework(name)
    if texts:
        from toolkit.coding.texts import code_text_file

        found, coded = code_text_file(texts, framework, output, passages_out)
        some = int((coded["topics"] != "").sum())
        if not quiet:
            click.echo(f"{len(coded)} texts, {some} with a code, {len(found)} codings: {output}", err=True)
        return
    from toolkit.coding import code
    from toolkit.errors import ReadingError
    from toolkit.plans import load_plans
    from toolkit.publishing.tables import csv_bytes
    from toolkit.reading.cache import default_cache
    from toolkit.reading.progress import shown
    from toolkit.reading.worker import read_plans
    from toolkit.records import Document
    from toolkit.schema import evidence_row
    from toolkit.schema import table as table_of

    coder = chosen_coder(framework, table, endpoint, model)
    outcomes = [o for _, o in read_plans(load_plans(str(source)), cache=default_cache(None), progress=shown(quiet))]
    codings = code([o for o in outcomes if isinstance(o, Document)], framework, coder)
    say_refused(coder)
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    Path(output).write_bytes(csv_bytes(table_of("evidence", [evidence_row(c) for c in codings])))
    failures = [o for o in outcomes if isinstance(o, ReadingError)]
    for failure in failures:
        click.echo(f"{failure}", err=True)
    ctx.exit(1 if failures else 0)
