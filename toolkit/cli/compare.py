"""`ics-plans compare`: plans of a run side by side, as one of the tables of the comparing room."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.errors import InvalidInput, OutputExists

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.records import Results

VIEWS = (
    *("comparison", "groups", "pair", "sensitivity", "length", "rarefaction", "similarity", "clusters"),
    *("saturation", "gradient", "boilerplate"),
)


@click.command("compare")
@click.argument("run", metavar="RUN", type=click.Path())
@click.argument("plans", metavar="[PLAN PLAN]", nargs=-1)
@click.option("--view", type=click.Choice(VIEWS), default="comparison", show_default=True, help="Table to make.")
@click.option(
    "--by", default="region", show_default=True, help="Grouping: region, kind, year, deprivation, ics, a column."
)
@click.option("--theme", help="Only this theme ('overall' for whole plans).")
@click.option("-o", "--output", metavar="FILE", help="CSV file; without it the table is shown.")
@click.option("--force", is_flag=True, help="Replace the file when it stands already.")
def command(
    run: str, plans: tuple[str, ...], view: str, by: str, theme: str | None, output: str | None, force: bool
) -> None:
    """Compare the plans in the folder of a RUN; two PLANs are put side by side, quote beside quote."""
    from toolkit.publishing import read_tables
    from toolkit.publishing.tables import csv_bytes

    if output and Path(output).exists() and not force:
        raise OutputExists(output)
    made = _table(read_tables(run), "pair" if plans else view, plans, by)
    if theme is not None and "theme" in made.columns:
        made = made[made["theme"] == theme]
    if output:
        Path(output).write_bytes(csv_bytes(made))
        click.echo(output)
    else:
        click.echo(made.to_string(index=False))


def _table(run: Results, view: str, plans: tuple[str, ...], by: str) -> pd.DataFrame:
    """Return the table of a view."""
    from toolkit import comparing
    from toolkit.publishing.labels import plan_called
    from toolkit.schema.back import documents_of

    if view == "pair":
        if len(plans) != 2:
            raise InvalidInput("compare", [f"name two plans to put them side by side (named: {len(plans)})"])
        one, other = (plan_called(run.plans, plan) for plan in plans)
        return comparing.side_by_side(run.scores, run.evidence, one, other)
    made: pd.DataFrame = {
        "comparison": lambda: run.comparison,
        "groups": lambda: comparing.by_group(run.totals, run.plans, by),
        "sensitivity": lambda: _sensitivity(run),
        "length": lambda: comparing.length_fairness(run.totals, run.plans),
        "rarefaction": lambda: comparing.rarefaction(run.passages, run.evidence),
        "similarity": lambda: comparing.similarity(run.scores),
        "clusters": lambda: comparing.clusters(run.scores),
        "saturation": lambda: comparing.saturation(run.scores),
        "gradient": lambda: comparing.equity_gradient(run.totals, run.plans),
        "boilerplate": lambda: comparing.boilerplate(documents_of(run.plans, run.passages)),
    }[view]()
    return made


def _sensitivity(run: Results) -> pd.DataFrame:
    import pandas as pd

    from toolkit.comparing import sensitivity
    from toolkit.frameworks import load_framework

    return pd.concat([sensitivity(run.scores, load_framework(f)) for f in run.scores["framework"].unique()])
