"""Write a framework as the YAML that people edit."""

from __future__ import annotations

from typing import Any

import yaml

from toolkit.frameworks.model import Code, Framework

_HEAD = "# yaml-language-server: $schema=framework.schema.json\n"


class _Quoting(yaml.SafeDumper):
    """Keeps texts texts: what YAML would read as a number, a date or a truth value is put in quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def to_yaml(framework: Framework) -> str:
    """Return the codebook as YAML; loading it gives the same framework with the same hash."""
    themes = []
    for theme in framework.themes:
        codes = [_code(code) for code in framework.codes if code.theme == theme.id]
        themes.append(_filled(id=theme.id, title=theme.title, definition=theme.definition) | {"codes": codes})
    parts = ("id", "version", "title", "description", "source", "licence")
    top: dict[str, Any] = _filled(**{name: getattr(framework, name) for name in parts})
    whole = {**top, "equity_weight": framework.equity_weight, "themes": themes}
    body: str = yaml.dump(whole, Dumper=_Quoting, allow_unicode=True, sort_keys=False, width=110)
    return _HEAD + body


def _code(code: Code) -> dict[str, Any]:
    texts = _filled(id=code.id, title=code.title, definition=code.definition)
    lists = {name: list(getattr(code, name)) for name in ("include", "exclude", "terms", "excludes")}
    rest = {"weight": code.weight} if code.weight != 1 else {}
    rest |= _filled(source=code.source, status=code.status) | _filled(plan_kinds=list(code.plan_kinds))
    examples = _filled(yes=list(code.yes), no=list(code.no))
    return texts | _filled(**lists) | rest | _filled(examples=examples)


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
