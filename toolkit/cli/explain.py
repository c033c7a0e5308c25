"""`ics-plans explain`: how a number came about."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("run", metavar="RUN", type=click.Path())
@click.argument("plan", metavar="PLAN")
@click.argument("code", metavar="CODE")
@click.option("--framework", metavar="ID", help="Needed when several frameworks of the run have a code of that name.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the codings as CSV.")
def command(run: str, plan: str, code: str, framework: str | None, as_csv: bool) -> None:
    """Show the chain from CODE to codings, quotes, level and points of PLAN, in the folder of a RUN."""
    from toolkit.publishing import read_tables
    from toolkit.scoring import explain

    found = explain(read_tables(run), plan, code, framework)
    click.echo(found.table.to_csv(index=False).rstrip("\n") if as_csv else found.text)
