"""Read the text of a sample plan: a YAML head, then one block per line, each with its codes.

A line ends with its codes in braces: `{4e housing income_poverty !negation}` is strength 4, equity 1, two topics and
the trap "negation". No braces: no topic, equity 0, strength 0. A line that begins with ":" opens a group (cards, table,
box ...) whose items are the lines below it up to an empty line. `@name` stands for a line of boilerplate.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TOPICS = {
    topic.split(".")[1]: topic
    for facet, names in {
        "access": "primary_community planned_urgent prevention_services mental_health maternity_children digital "
        "barriers targeted_outreach",
        "behaviours": "tobacco alcohol_drugs diet_weight physical_activity sexual_health support",
        "wider": "housing income_poverty employment education_early_years environment_transport community_safety "
        "social_connection anchor_social_value discrimination general",
    }.items()
    for topic in (f"{facet}.{name}" for name in names.split())
}
_CODES = re.compile(r"\s*\{(\d)?(e)?((?:\s*!?[a-z_]+)*)\}\s*$")
_KINDS = {"# ": "chapter", "## ": "section", "### ": "sub", "- ": "bullet", "> ": "quote", "^ ": "note"}
_TABLES = {"table", "stats", "cards"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What a reader who knows the codebook gives a passage."""

    topics: tuple[str, ...] = ()
    equity: int = 0
    strength: int = 0
    traps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage as it is printed; `cells` are its parts where it stands in several (a table row, a card)."""

    cells: tuple[str, ...]
    codes: Codes

    @property
    def text(self) -> str:
        """Return the passage as the answer key has it: cells parted by " | "."""
        return " | ".join(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, bullet or group; `argument` is what stands after a group's name."""

    kind: str
    passage: Passage | None = None
    argument: str = ""
    items: tuple[tuple[str, Passage], ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sample plan before it is set: `meta` holds its facts and the choices of its layout."""

    meta: dict[str, Any]
    blocks: tuple[Block, ...]


def read_source(path: Path, boilerplate: Path) -> Source:
    """Return the plan in `path`; ValueError names the file and line of a code or group that is unknown."""
    head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
    shared = dict(line.split(": ", 1) for line in boilerplate.read_text(encoding="utf-8").splitlines() if line)
    lines = [shared[line[1:]] if line.startswith("@") else line for line in body.splitlines()]
    try:
        return Source(meta=yaml.safe_load(head), blocks=tuple(_blocks(lines)))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    waiting = [line.strip() for line in lines]
    while waiting:
        line = waiting.pop(0)
        if line.startswith(":"):
            items = []
            while waiting and waiting[0]:
                items.append(waiting.pop(0))
            blocks.append(_group(line[1:], items))
        elif line:
            kind = next((kind for mark, kind in _KINDS.items() if line.startswith(mark)), "para")
            text = line.split(" ", 1)[1] if kind != "para" else line
            blocks.append(Block(kind=kind, passage=_passage(text)))
    return blocks


def _group(opening: str, lines: list[str]) -> Block:
    kind, _, argument = opening.partition(" ")
    if kind in {"photo", "chart"}:
        values = tuple((line, Passage(cells=(line,), codes=Codes())) for line in lines)
        return Block(kind=kind, passage=_passage(argument), items=values)
    items = []
    for line in lines:
        mark, text = ("- ", line[2:]) if kind == "box" and line.startswith("- ") else ("", line)
        items.append((mark, _passage(text, parted=kind in _TABLES)))
    return Block(kind=kind, argument=argument, items=tuple(items))


def _passage(line: str, *, parted: bool = False) -> Passage:
    found = _CODES.search(line)
    text = line[: found.start()] if found else line
    if "{" in text or "}" in text:
        raise ValueError(f"codes not understood in: {line}")
    cells = tuple(part.strip() for part in text.split(" | ")) if parted else (text.strip(),)
    if not found:
        return Passage(cells=cells, codes=Codes())
    words = found[3].split()
    topics = tuple(sorted(_topic(word) for word in words if not word.startswith("!")))
    codes = Codes(
        topics=topics,
        equity=int(bool(found[2])),
        strength=int(found[1] or 0),
        traps=tuple(word[1:] for word in words if word.startswith("!")),
    )
    if bool(codes.topics) != (codes.strength > 0):
        raise ValueError(f"strength 1-4 goes with a topic, 0 with none: {line}")
    return Passage(cells=cells, codes=codes)


def _topic(word: str) -> str:
    if word not in TOPICS:
        raise ValueError(f"unknown topic '{word}'; choose one of: {', '.join(TOPICS)}")
    return TOPICS[word]
