"""`ics-plans check`: check codebooks against their own examples, and show which terms fire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from toolkit.frameworks.model import Framework


@click.command("check")
@click.argument("codebooks", nargs=-1, metavar="[CODEBOOK]...")
@click.option(
    "--on",
    "sample",
    type=click.Path(exists=True, path_type=Path),
    help="Show which term fires how often on a folder or file of text (.txt, .md, .csv).",
)
@click.option("--sample", "key", is_flag=True, help="Code the sample plans and compare with their answer key.")
@click.option("--plans", default="plans/sample", show_default=True, help="Folder of the sample plans (with --sample).")
@click.option("--advice/--no-advice", default=True, help="Also show shared and confusable terms.")
def command(codebooks: tuple[str, ...], sample: Path | None, key: bool, plans: str, advice: bool) -> None:
    """Check codebooks (bundled names or YAML files; all bundled ones when none is given).

    Exit status 0: every example comes out right; 1: some do not; 2: a file could not be read as a codebook.
    """
    from toolkit.errors import ToolkitError
    from toolkit.frameworks import list_frameworks, load_framework

    if key:
        _check_sample(plans, codebooks[0] if codebooks else "health_inequalities")
        return

    wrong, unreadable = 0, 0
    for name in codebooks or list_frameworks():
        try:
            framework = load_framework(name)
        except ToolkitError as error:
            unreadable += 1
            click.echo(f"{error}", err=True)
            continue
        wrong += _report(framework, advice)
        if sample:
            _show_counts(framework, sample)
    if unreadable or wrong:
        raise SystemExit(2 if unreadable else 1)


def _report(framework: Framework, advice: bool) -> int:
    from toolkit.frameworks.checking import check_framework

    findings = check_framework(framework)
    wrong = [f for f in findings if f.wrong]
    examples = sum(len(c.yes) + len(c.no) for c in framework.codes)
    terms = sum(len(c.terms) for c in framework.codes)
    counts = f"{len(framework.codes)} codes, {terms} terms, {examples} examples"
    click.echo(
        f"{framework.id} {framework.version}: {counts}, {len(wrong)} wrong, {len(findings) - len(wrong)} to consider"
    )
    for finding in findings if advice else wrong:
        click.echo(f"  {finding.kind}: {finding.code}: {finding.message}")
    return len(wrong)


def _show_counts(framework: Framework, sample: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    from toolkit.frameworks.checking import term_counts
    from toolkit.frameworks.samples import read_texts

    texts = read_texts(sample)
    counts = term_counts(framework, texts).sort_values(["hits", "code", "term"], ascending=[False, True, True])
    table = Table(title=f"{framework.id}: terms in {len(texts)} texts of {sample}", box=None, title_justify="left")
    for name in counts.columns:
        table.add_column(name, justify="right" if name in ("hits", "excluded", "texts") else "left")
    for row in counts.astype(object).where(counts.notna(), "").itertuples(index=False):
        table.add_row(*(str(value) for value in row))
    Console().print(table)


def _check_sample(folder: str, framework: str) -> None:
    from toolkit.coding.key import against_key, read_key
    from toolkit.plans import load_plans
    from toolkit.reading.cache import default_cache
    from toolkit.reading.progress import shown
    from toolkit.run import analyse

    answers = read_key(Path(folder) / "answers.csv")
    run = analyse(load_plans(folder), framework, cache=default_cache(None), progress=shown())
    click.echo(against_key(run.documents, run.codings, answers).text)
