"""The format of a codebook file, written once: the loader checks by it, the JSON Schema is made from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

FieldKind = Literal["text", "id", "texts", "ids", "number", "choice", "mapping", "list"]

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*\Z")
LANGUAGE = "terms of the pattern language (docstring of toolkit.frameworks.patterns)"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a codebook file: what kind of value it takes and what it means."""

    name: str
    kind: FieldKind
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float | None = None
    fields: tuple[Field, ...] = ()


EXAMPLES = (
    Field("yes", "texts", "Passages that the code's terms must hit; tested by `ics-plans check`."),
    Field("no", "texts", "Near misses that the code's terms must leave alone; tested by `ics-plans check`."),
)
CODE = (
    Field("id", "id", "Short name, unique in the file: letters, digits, full stop, hyphen, underscore.", True),
    Field("title", "text", "Name for readers.", True),
    Field("definition", "text", "What the code is about, in a sentence or two.", True),
    Field("include", "texts", "What belongs to the code."),
    Field("exclude", "texts", "What does not belong, and where it goes instead."),
    Field("terms", "texts", f"What the machine looks for: {LANGUAGE}."),
    Field("excludes", "texts", f"Wordings in which a term does not count: {LANGUAGE}; `will not ~4` is a scope."),
    Field("weight", "number", "Weight of the code in totals; 1 when left out."),
    Field("source", "text", "Where the code comes from."),
    Field(
        "status",
        "choice",
        "Whether the wording was checked against its source; verified when left out.",
        choices=("verified", "unverified"),
    ),
    Field("plan_kinds", "ids", "Kinds of plan that the code applies to; all when left out."),
    Field("examples", "mapping", "Example passages.", fields=EXAMPLES),
)
THEME = (
    Field("id", "id", "Short name, unique in the file.", True),
    Field("title", "text", "Name for readers.", True),
    Field("definition", "text", "What the theme is about."),
    Field("codes", "list", "The codes of the theme, in order.", True, fields=CODE),
)
FRAMEWORK = (
    Field("id", "id", "Short name; the file is called after it.", True),
    Field("version", "text", "Version of the codebook: any text, `1.10` stays `1.10`.", True),
    Field("title", "text", "Name for readers.", True),
    Field("description", "text", "What the codebook is for, and what it leaves out."),
    Field("source", "text", "Where the framework comes from: author, year, link.", True),
    Field("licence", "text", "Licence of the wording in this file.", True),
    Field("equity_weight", "number", "Share of a code's points that needs the equity focus; 0.5 if absent.", high=1.0),
    Field("themes", "list", "The themes, in order.", True, fields=THEME),
)


def framework_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a codebook file, for editors and validators."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ICS plan toolkit codebook",
        **_object(FRAMEWORK),
    }


def _object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {f.name: {"description": f.meaning, **_value(f)} for f in fields},
        "required": [f.name for f in fields if f.required],
        "additionalProperties": False,
    }


def _value(field: Field) -> dict[str, Any]:
    text = {"type": ["string", "number", "boolean"]}  # YAML editors read 1.10 or no as such; we read the letters
    identifier = {"type": ["string", "number", "boolean"], "pattern": ID.pattern.replace(r"\Z", "$")}
    if field.kind == "number":
        limits = {"minimum": field.low} | ({"maximum": field.high} if field.high is not None else {})
        return {"type": "number", **limits}
    if field.kind == "choice":
        return {"enum": list(field.choices)}
    if field.kind in ("texts", "ids"):
        return {"type": "array", "items": text if field.kind == "texts" else identifier}
    if field.kind == "mapping":
        return _object(field.fields)
    if field.kind == "list":
        return {"type": "array", "minItems": 1, "items": _object(field.fields)}
    return identifier if field.kind == "id" else text
