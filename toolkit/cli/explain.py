"""`ics-plans explain`: how a number came about."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("run", metavar="[RUN", type=click.Path(), required=False)
@click.argument("plan", metavar="PLAN", required=False)
@click.argument("code", metavar="CODE]", required=False)
@click.option("--text", help="Explain how this text is coded instead.")
@click.option("--why-not", metavar="CODE", help="With --text: what speaks for and against this code.")
@click.option("--framework", metavar="ID", help="Framework, when the run has several (with --text: name or file).")
@click.option("--csv", "as_csv", is_flag=True, help="Print the codings as CSV.")
def command(
    run: str | None,
    plan: str | None,
    code: str | None,
    text: str | None,
    why_not: str | None,
    framework: str | None,
    as_csv: bool,
) -> None:
    """Show the chain from CODE to codings, quotes, level and points of PLAN, in the folder of a RUN.

    PLAN is a plan's id, or its label in charts and reports.

    With --text, show why a text by itself gets its codes, or why it does not get one of them; in a plan, the passages
    around it may speak for a topic, too.
    """
    if text is not None:
        _explain_text(text, why_not, framework or "health_inequalities")
        return
    if run is None or plan is None or code is None:
        raise click.UsageError("give RUN PLAN CODE, or --text")
    from toolkit.publishing import read_tables
    from toolkit.publishing.labels import plan_called
    from toolkit.scoring import explain

    results = read_tables(run)
    found = explain(results, plan_called(results.plans, plan), code, framework)
    click.echo(found.table.to_csv(index=False).rstrip("\n") if as_csv else found.text)


def _explain_text(text: str, code: str | None, framework: str) -> None:
    from toolkit.coding.why import why, why_not
    from toolkit.frameworks import load_framework

    loaded = load_framework(framework)
    reasons = (why_not(text, loaded, code),) if code else why(text, loaded)
    click.echo("\n".join(r.text for r in reasons) or "no code stands; ask for one with --why-not CODE")
