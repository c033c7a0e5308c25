"""Pages of the site that are made of the code: a hook of mkdocs. Nothing generated is kept under version control."""

from __future__ import annotations

import inspect
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
# Page in the root of the repository -> page of the site.
ROOT_PAGES = {
    "README.md": "index.md",
    "METHOD.md": "method.md",
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def cli_page() -> str:
    """Return the help of every command, as it prints."""
    from toolkit.cli import group

    context = click.Context(group, info_name="ics-plans", terminal_width=90, max_content_width=90)
    parts = ["# Command line", "Every command calls one verb of the library.", _help(group, context)]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=90, max_content_width=90)
        parts += [f"## ics-plans {name}", _help(command, inner)]
    return "\n\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```"


def api_page() -> str:
    """Return directives for every public name, by the room it comes from."""
    import toolkit

    parts = ["# Python", "`import toolkit as tk` offers these names; each is loaded when it is first used."]
    for name in toolkit.__all__:
        found = getattr(toolkit, name)
        if inspect.ismodule(found):
            parts.append(f"## {name}\n\n```text\n{inspect.getdoc(found)}\n```")
        else:
            parts.append(f"::: {found.__module__}.{found.__name__}")
    return "\n\n".join(parts)


def dictionary_page() -> str:
    """Return the data dictionary: every table with its columns."""
    from toolkit.schema import TABLES

    parts = ["# Data dictionary", "*May be missing*: NA, when the value is not defined or not known; never 0."]
    for table in TABLES.values():
        parts.append(f"## {table.name}\n\nOne row per {table.row}. Key: {', '.join(f'`{k}`' for k in table.key)}.")
        rows = ["| column | type | meaning | unit | may be missing |", "|---|---|---|---|---|"]
        rows += [
            f"| `{c.name}` | {c.dtype} | {_cell(c.meaning)} | {_cell(c.unit)} | {'yes' if c.nullable else ''} |"
            for c in table.columns
        ]
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def pattern_page() -> str:
    """Return the pattern language, from the module that reads it."""
    from toolkit.frameworks import patterns

    return f"# Pattern language\n\n{inspect.getdoc(patterns)}"


def frameworks_page() -> str:
    """Return every bundled framework with its themes and codes."""
    from toolkit.frameworks import list_frameworks, load_framework

    parts = ["# Frameworks", "Each is a YAML file; `ics-plans export` writes it in other forms."]
    for name in list_frameworks():
        framework = load_framework(name)
        parts.append(f"## {framework.title}\n\n`{framework.id}` {framework.version}. {framework.description}")
        parts.append(f"Source: {framework.source}")
        rows = ["| theme | code | what it means |", "|---|---|---|"]
        titles = {theme.id: theme.title for theme in framework.themes}
        rows += [f"| {titles[c.theme]} | `{c.id}` {_cell(c.title)} | {_cell(c.definition)} |" for c in framework.codes]
        parts.append("\n".join(rows))
    return "\n\n".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


GENERATED: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
    "reference/api.md": api_page,
    "reference/data-dictionary.md": dictionary_page,
    "reference/pattern-language.md": pattern_page,
    "reference/frameworks.md": frameworks_page,
}


def with_site_links(markdown: str, source: str, uri: str) -> str:
    """Return a page whose links, right in the repository, are right on the site; files outside it become plain text.

    `source` is the page's path in the repository, `uri` its path on the site.
    """

    def put_right(found: re.Match[str]) -> str:
        mark, text, target = found.groups()
        path, _, anchor = target.partition("#")
        if not path or re.match(r"\w+:", path):
            return found[0]
        real = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        on_site = ROOT_PAGES.get(real) or (real.removeprefix("docs/") if real.startswith("docs/") else None)
        if on_site is None:
            return text
        link = posixpath.relpath(on_site, posixpath.dirname(uri) or ".")
        return f"{mark}[{text}]({link}{'#' + anchor if anchor else ''})"

    return _LINK.sub(put_right, markdown)


def with_formulas(markdown: str) -> str:
    """Return a page whose formulas ($...$) are MathML, which browsers show without help; code is left alone."""
    from latex2mathml.converter import convert

    parts = re.split(r"(```.*?```|`[^`\n]+`)", markdown, flags=re.DOTALL)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r"\$(?=\S)([^$]+?)(?<=\S)\$", lambda found: convert(" ".join(found[1].split())), parts[i])
    return "".join(parts)


def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages and those of the repository's root to the files of the site."""
    from mkdocs.structure.files import File

    for uri, made in GENERATED.items():
        files.append(File.generated(config, uri, content=made()))
    for name, uri in ROOT_PAGES.items():
        files.append(File.generated(config, uri, content=(ROOT / name).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Put the links of a page right for the site."""
    uri = page.file.src_uri
    source = next((name for name, made in ROOT_PAGES.items() if made == uri), f"docs/{uri}")
    return with_formulas(with_site_links(markdown, source, uri))
