"""The command line: every command parses, calls one verb of the library, and prints what came of it."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from toolkit import __version__
from toolkit.errors import ToolkitError

# Command name -> module of this package that defines `command`; loaded when it is asked for.
COMMANDS: dict[str, str] = {
    "init": "init",
    "run": "run",
    "read": "read",
    "code": "code",
    "score": "score",
    "compare": "compare",
    "publish": "publish",
    "explain": "explain",
    "frameworks": "frameworks",
    "check": "check",
    "export": "export",
    "import": "import_",
    "doctor": "doctor",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the command names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"toolkit.cli.{COMMANDS[cmd_name]}").command
        assert isinstance(found, click.Command)
        return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ics-plans")
def group() -> None:
    """Read, code, score and compare the plans of NHS integrated care systems."""


def main() -> None:
    """Run the command line: exit status 0 all done, 1 some plans failed, 2 input refused."""
    try:
        group()
    except ToolkitError as error:
        click.echo(f"ics-plans: {error}", err=True)
        sys.exit(2)
