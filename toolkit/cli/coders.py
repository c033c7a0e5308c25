"""The options by which a command takes another coder than the bundled one: a person's table, or a model's address."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from toolkit.coding import Coder
    from toolkit.frameworks import Framework


def coder_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return the command with `--coder FILE`, `--endpoint URL` and `--model NAME`."""
    for option in (
        click.option("--model", metavar="NAME", help="Name of the model behind --endpoint."),
        click.option(
            "--endpoint",
            metavar="URL",
            help="Code with a language model at an OpenAI-compatible address (ends in /v1); key in OPENAI_API_KEY.",
        ),
        click.option("--coder", "table", metavar="FILE", help="Take a person's codings (CSV, XLSX) instead."),
    ):
        command = option(command)
    return command


def chosen_coder(framework: Framework, table: str | None, endpoint: str | None, model: str | None) -> Coder | None:
    """Return the coder that the options ask for; none when they ask for no other than the bundled one."""
    if table and endpoint:
        raise click.UsageError("give --coder FILE or --endpoint URL, one of the two")
    if bool(endpoint) != bool(model):
        raise click.UsageError("--endpoint URL and --model NAME go together")
    if table:
        from toolkit.coding.people import read_codings

        return read_codings(table, framework)
    if endpoint and model:
        from toolkit.coding.endpoint import EndpointCoder

        return EndpointCoder(framework=framework, url=endpoint.rstrip("/"), model=model)
    return None


def say_refused(coder: Coder | None) -> None:
    """Print, as errors, how many of a model's answers were left out, and the first reasons."""
    refused = getattr(coder, "refused", [])
    if refused:
        click.echo(f"{len(refused)} answers of the model were left out; the first:", err=True)
        for reason in refused[:5]:
            click.echo(f"  {reason}", err=True)
