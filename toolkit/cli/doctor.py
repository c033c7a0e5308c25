"""`ics-plans doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import json
from dataclasses import asdict

import click


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Say what is installed, what is missing, what for, and how to get it.

    Exit status: 0 all core parts work (others may be missing), 1 a core part does not.
    """
    from toolkit.doctor import examine, healthy

    findings = examine()
    if as_json:
        click.echo(json.dumps([asdict(f) for f in findings], indent=1))
        ctx.exit(0 if healthy(findings) else 1)
    for finding in findings:
        click.echo(f"{finding.state:<8}{finding.part:<18}{finding.found}".rstrip())
        if finding.state != "ok" or not finding.core:
            for text in filter(None, (finding.needed and f"for {finding.needed}", finding.remedy)):
                click.echo(f"{'':<26}{text}")
    lacking = [f.part for f in findings if f.state != "ok"]
    click.echo(
        f"{len(lacking)} of {len(findings)} parts need attention" + (f": {', '.join(lacking)}" if lacking else "")
    )
    ctx.exit(0 if healthy(findings) else 1)
