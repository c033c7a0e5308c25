"""`ics-plans score`: score the evidence of a run again, with another framework file or other settings."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.errors import OutputExists


@click.command("score")
@click.argument("run", metavar="RUN", type=click.Path())
@click.option(
    "-f", "--framework", "name", metavar="NAME|FILE", required=True, help="Framework that the run was coded by."
)
@click.option("--readable-share", type=float, help="Share of pages that must be read before silence is absence.")
@click.option("--points-from", type=click.Choice(["level", "expected_level"]), help="Level that earns points.")
@click.option(
    "-o", "--output", metavar="DIR", help="Folder for scores.csv and totals.csv; without it totals are shown."
)
@click.option("--force", is_flag=True, help="Replace scores.csv and totals.csv when they stand already.")
def command(
    run: str, name: str, readable_share: float | None, points_from: str | None, output: str | None, force: bool
) -> None:
    """Score the evidence in the folder of a RUN again: other weights, another readable share, expected levels.

    Plans are neither read nor coded again. Codes that the framework no longer has must not be in the evidence.
    """
    from toolkit.frameworks import load_framework
    from toolkit.publishing import read_tables
    from toolkit.publishing.tables import csv_bytes
    from toolkit.schema import score_row, table
    from toolkit.schema.back import codings_of, documents_of, plans_of
    from toolkit.scoring import ScoreSettings, score, score_problems, totals

    targets = [Path(output) / f"{t}.csv" for t in ("scores", "totals")] if output else []
    for target in targets:
        if target.exists() and not force:
            raise OutputExists(target)
    chosen = {"readable_share": readable_share, "points_from": points_from}
    settings = ScoreSettings(**{k: v for k, v in chosen.items() if v is not None})  # type: ignore[arg-type]
    tables, framework = read_tables(run), load_framework(name)
    documents, codings = documents_of(tables.plans, tables.passages), codings_of(tables.evidence)
    read = {d.plan.plan_id for d in documents}
    failed = [p for p in plans_of(tables.plans) if p.plan_id not in read]
    scores = score(documents, codings, framework, settings, failed=failed)
    made = totals(scores, framework, codings, documents)
    for problem in score_problems(scores, framework):
        click.echo(f"{problem.plan_id or framework.id}: {problem.message} {problem.remedy}", err=True)
    if not targets:
        click.echo(made.to_string(index=False))
        return
    for target, frame in zip(targets, (table("scores", [score_row(s) for s in scores]), made), strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(csv_bytes(frame))
        click.echo(str(target))
