"""`ics-plans run`: read, code, score, compare and publish a folder of plans in one go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.coders import chosen_coder, coder_options, say_refused

if TYPE_CHECKING:
    from toolkit.coding import Coder
    from toolkit.frameworks import Framework
    from toolkit.run import Run


@click.command("run")
@click.argument("source", metavar="FOLDER|MANIFEST")
@click.option("-o", "--output", metavar="DIR", required=True, help="Folder for the results; made when absent.")
@click.option(
    "-f", "--framework", "names", metavar="NAME|FILE", multiple=True, help="Framework; may be given several times."
)
@coder_options
@click.option(
    "--without-boilerplate", is_flag=True, help="Passages that plans share (or take from --guidance) do not count."
)
@click.option(
    "--guidance",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="Text file of guidance; passages taken from it do not count. May be given several times.",
)
@click.option("--only", metavar="LIST", help="Publish only these, e.g. tables,charts (see: ics-plans publish).")
@click.option("--password", help="Password that opens encrypted files.")
@click.option("--no-ocr", is_flag=True, help="Leave pages without text unread.")
@click.option("--recursive", is_flag=True, help="Look for PDFs in subfolders, too.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the simulation.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read (default: one per core).")
@click.option("--cache", "folder", metavar="DIR", help="Folder of documents read before (also: ICS_PLANS_CACHE).")
@click.option("--no-cache", is_flag=True, help="Read anew, and keep nothing.")
@click.option("--force", is_flag=True, help="Replace results that stand in DIR already.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    output: str,
    names: tuple[str, ...],
    table: str | None,
    endpoint: str | None,
    model: str | None,
    without_boilerplate: bool,
    guidance: tuple[str, ...],
    only: str | None,
    password: str | None,
    no_ocr: bool,
    recursive: bool,
    seed: int | None,
    workers: int | None,
    folder: str | None,
    no_cache: bool,
    force: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read, code, score and compare the plans of a folder or manifest.csv; write what a team hands in.

    Exit status: 0 all done, 1 some plans failed (they are listed), 2 input refused.
    """
    from toolkit.comparing import CompareSettings
    from toolkit.errors import OutputExists
    from toolkit.frameworks import load_framework
    from toolkit.plans import load_plans
    from toolkit.reading.cache import default_cache
    from toolkit.reading.progress import shown
    from toolkit.reading.settings import ReadingSettings
    from toolkit.run import Boilerplate, analyse

    target = Path(output)
    if not force and target.is_dir() and any(target.iterdir()):
        raise OutputExists(target)
    frameworks = [load_framework(n) for n in names or ("health_inequalities",)]
    coder = _other_coder(frameworks, table, endpoint, model)
    run = analyse(
        load_plans(source, recursive=recursive, password=password),
        frameworks,
        coders={coder.framework.id: coder} if coder else None,
        reading=ReadingSettings(ocr=not no_ocr),
        comparing=None if seed is None else CompareSettings(seed=seed),
        cache=None if no_cache else default_cache(folder),
        boilerplate=Boilerplate(
            guidance={Path(g).name: Path(g).read_text(encoding="utf-8") for g in guidance},
            only_guidance=not without_boilerplate,
        )
        if without_boilerplate or guidance
        else None,
        progress=shown(quiet or as_json),
        workers=workers,
    )
    say_refused(coder)
    written = run.save(target, force=True, only=only.split(",") if only else None)
    failed = run.plans.loc[run.plans["status"] == "failed", "plan_id"].tolist()
    if as_json:
        click.echo(json.dumps({**run.manifest["counts"], "failed_plans": failed, "written": [str(p) for p in written]}))
    elif not quiet:
        _summary(run, target, written)
    for row in run.problems[run.problems["plan_id"].isin(failed)].itertuples():
        click.echo(f"{row.plan_id}: {row.message} {row.remedy}".rstrip(), err=True)
    ctx.exit(1 if failed else 0)


def _other_coder(
    frameworks: list[Framework], table: str | None, endpoint: str | None, model: str | None
) -> Coder | None:
    """Return the coder that was asked for in place of the bundled one; it is about one framework."""
    if (table or endpoint) and len(frameworks) > 1:
        raise click.UsageError("--coder and --endpoint go with one framework")
    return chosen_coder(frameworks[0], table, endpoint, model)


def _summary(run: Run, target: Path, written: tuple[Path, ...]) -> None:
    """Print one line a plan: what was read, its overall score, and what a person should look at."""
    from rich.box import HEAVY_HEAD
    from rich.console import Console
    from rich.table import Table

    from toolkit.publishing.labels import count
    from toolkit.records import share_text

    console = Console()
    seen = console.is_terminal  # plain columns in a pipe
    shown = Table(
        box=HEAVY_HEAD if seen else None,
        pad_edge=seen,
        title=f"{count(len(run.plans), 'plan')}, {count(len(run.evidence), 'coding')}",
        title_justify="left",
    )
    for name, right in (("plan", False), ("pages", True), ("unread", True), ("codings", True), ("overall", True)):
        shown.add_column(name, justify="right" if right else "left")
    shown.add_column("problems", justify="right")
    overall = run.totals[run.totals["theme"] == "overall"].drop_duplicates("plan_id").set_index("plan_id")
    codings, problems = run.evidence["plan_id"].value_counts(), run.problems["plan_id"].value_counts()
    for plan in run.plans.itertuples():
        name = str(plan.plan_id)
        total = overall.loc[name].dropna().to_dict() if name in overall.index else {}
        shown.add_row(
            name if plan.status == "read" else f"{name} (failed)",
            str(plan.pages),
            str(plan.pages_none),
            str(codings.get(name, 0)),
            share_text(total.get("points"), total.get("available")),
            str(problems.get(name, 0)),
        )
    console.print(shown)
    made = {p.name: p for p in written}
    first = next((made[n] for n in ("report.html", "workbook.xlsx", "scores.csv") if n in made), target)
    click.echo(f"{len(written)} files in {target}; start with {first}")
