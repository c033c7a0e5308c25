"""Read a codebook file into plain values, keeping the line of each and collecting every mistake."""

from __future__ import annotations

import math
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import yaml

from toolkit.frameworks.fields import ID, Field

LINE = "__line__"  # key under which a mapping keeps the number of its first line


class Mistakes:
    """The mistakes found in one file, each with its line and, when known, its code."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def add(self, line: int, message: str, code: str = "") -> None:
        """Return nothing; remember one mistake."""
        self.found.append((line, f"line {line}{f', code {code}' if code else ''}: {message}"))

    def __iter__(self) -> Iterator[str]:
        return (text for _, text in sorted(self.found, key=lambda item: item[0]))


def compose(text: str, mistakes: Mistakes) -> yaml.Node | None:
    """Return the YAML tree of a text, every scalar a string; None after a mistake in the YAML itself."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else text[: getattr(error, "position", 0)].count("\n") + 1
        mistakes.add(line, f"not valid YAML: {getattr(error, 'problem', None) or error}")
        return None
    if root is None:
        mistakes.add(1, "the file is empty")
    return root


def read_mapping(node: yaml.Node, fields: tuple[Field, ...], mistakes: Mistakes, code: str = "") -> dict[str, Any]:
    """Return the values of a mapping by field name, with its line under `LINE`; mistakes are collected."""
    line = node.start_mark.line + 1
    values: dict[str, Any] = {LINE: line}
    if not isinstance(node, yaml.MappingNode):
        mistakes.add(line, f"expected the keys {_listed([f.name for f in fields])}, found {_kind(node)}", code)
        return values
    code = _own_id(node) if any(f.name == "terms" for f in fields) else code
    by_name = {f.name: f for f in fields}
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, at = str(key_node.value), key_node.start_mark.line + 1
        if key in seen:
            mistakes.add(at, f"key '{key}' was already given in line {seen[key]}", code)
        elif key not in by_name:
            mistakes.add(at, _unknown("key", key, by_name), code)
        else:
            values[key] = _read_value(value_node, by_name[key], mistakes, code)
        seen[key] = at
    for field in fields:
        if field.required and field.name not in seen:
            mistakes.add(line, f"key '{field.name}' is missing ({field.meaning})", code)
    return values


def _read_value(node: yaml.Node, field: Field, mistakes: Mistakes, code: str) -> Any:
    if field.kind == "mapping":
        return read_mapping(node, field.fields, mistakes, code)
    if field.kind in ("list", "texts", "ids"):
        if isinstance(node, yaml.ScalarNode) and not node.value and field.kind != "list":
            return ()
        if not isinstance(node, yaml.SequenceNode):
            mistakes.add(node.start_mark.line + 1, f"'{field.name}' takes a list, found {_kind(node)}", code)
            return ()
        if field.kind == "list":
            if not node.value:
                mistakes.add(node.start_mark.line + 1, f"'{field.name}' is an empty list", code)
            return tuple(read_mapping(item, field.fields, mistakes, code) for item in node.value)
        return tuple(_read_scalar(item, field, mistakes, code) for item in node.value)
    return _read_scalar(node, field, mistakes, code)


def _read_scalar(node: yaml.Node, field: Field, mistakes: Mistakes, code: str) -> Any:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.ScalarNode):
        mistakes.add(line, f"'{field.name}' takes a text, found {_kind(node)}; put it in quotes", code)
        return 1.0 if field.kind == "number" else ""
    value = str(node.value).strip()
    if not value and (field.required or field.kind in ("texts", "ids", "choice")):
        mistakes.add(line, f"'{field.name}' is empty", code)
    elif field.kind in ("id", "ids") and not ID.match(value):
        mistakes.add(line, f"'{field.name}' is '{value}': use letters, digits, '.', '-', '_' without spaces", code)
    elif field.kind == "choice" and value not in field.choices:
        mistakes.add(line, _unknown(field.name, value, field.choices), code)
    if field.kind == "number":
        return _number(value, field, line, mistakes, code)
    return Located(value, line) if field.kind in ("texts", "ids", "id") else value


class Located(str):
    """A text that knows the line it was written in."""

    line: int

    def __new__(cls, text: str, line: int) -> Located:
        made = super().__new__(cls, text)
        made.line = line
        return made


def _number(value: str, field: Field, line: int, mistakes: Mistakes, code: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number < field.low or (field.high is not None and number > field.high):
        top = f" to {field.high:g}" if field.high is not None else " or more"
        mistakes.add(line, f"'{field.name}' is '{value}': give a number from {field.low:g}{top}", code)
        return 1.0
    return number


def _own_id(node: yaml.MappingNode) -> str:
    return next((str(v.value) for k, v in node.value if k.value == "id" and isinstance(v, yaml.ScalarNode)), "?")


def _unknown(kind: str, name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"unknown {kind} '{name}'.{hint} Choose one of: {_listed(list(known))}"


def _listed(names: list[str]) -> str:
    return ", ".join(names)


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "keys and values (does a text with a colon need quotes?)"
    return "a list" if isinstance(node, yaml.SequenceNode) else f"the text '{str(node.value)[:40]}'"
