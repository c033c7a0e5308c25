"""Dictionaries of other tools: LIWC (.dic) and quanteda (YAML), read as frameworks without definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from toolkit.errors import InvalidInput
from toolkit.frameworks.model import Code, Framework, Theme
from toolkit.frameworks.patterns import PatternError, parse


def read_liwc(path: Path) -> Framework:
    """Return the framework in a LIWC dictionary: categories between two `%` lines, then words with their categories.

    Words are found as written (LIWC does not inflect), `*` at the end is kept. Raises InvalidInput with all mistakes.
    """
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    bars = [i for i, line in enumerate(lines) if line.strip() == "%"]
    if len(bars) < 2:
        raise InvalidInput(path, ["not a LIWC dictionary: the categories stand between two lines with '%'"])
    categories: dict[str, str] = {}
    terms: dict[str, list[str]] = {}
    problems: list[str] = []
    for number, line in enumerate(lines[bars[0] + 1 : bars[1]], bars[0] + 2):
        if line.strip():
            key, _, name = line.strip().partition("\t") if "\t" in line.strip() else line.strip().partition(" ")
            categories[key.strip()] = name.strip() or key.strip()
            if not name.strip():
                problems.append(f"line {number}: category '{key}' has no name")
    for number, line in enumerate(lines[bars[1] + 1 :], bars[1] + 2):
        word, *keys = re.split(r"\t+", line.strip()) if "\t" in line else line.split()
        for key in keys:
            if key.strip() not in categories:
                problems.append(f"line {number}: '{word}' has category '{key}'; choose one of: {', '.join(categories)}")
            else:
                terms.setdefault(key.strip(), []).append(word)
    if problems:
        raise InvalidInput(path, problems)
    return _framework(path, "LIWC", [((name,), terms.get(key, [])) for key, name in categories.items()])


def read_quanteda(path: Path) -> Framework:
    """Return the framework in a quanteda dictionary in YAML: nested keys, at the ends lists of words.

    The first level are the themes; deeper levels are joined with a full stop. Raises InvalidInput with all mistakes.
    """
    try:
        tree = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)  # texts only, nothing is run
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(path, [f"not valid YAML: {error}"]) from error
    if not isinstance(tree, dict):
        raise InvalidInput(path, ["a quanteda dictionary holds keys with lists of words"])
    return _framework(path, "quanteda", list(_leaves(tree, ())))


def _leaves(node: Any, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*names, str(key)))
    elif isinstance(node, list):
        words = [str(item) for item in node if isinstance(item, str)]
        if words:
            yield names, words
        for item in node:
            if isinstance(item, dict):
                yield from _leaves(item, names)
    else:
        yield names, [str(node)]


def _framework(path: Path, tool: str, lists: list[tuple[tuple[str, ...], list[str]]]) -> Framework:
    problems: list[str] = []
    codes: dict[str, tuple[str, str, list[str]]] = {}
    for names, words in lists:
        theme = _id(names[0]) if len(names) > 1 else "dictionary"
        code = codes.setdefault(".".join(map(_id, names)), (theme, " / ".join(names), []))
        for word in words:
            code[2].extend(_term(word, problems))
    if problems or not codes:
        raise InvalidInput(path, problems or ["the dictionary holds no words"])
    themes = dict.fromkeys(theme for theme, _, _ in codes.values())
    return Framework(
        id=_id(path.stem),
        version="1",
        title=path.stem,
        description=f"Imported from a {tool} dictionary; definitions are still to be written.",
        source=f"{tool} dictionary {path.name}",
        licence="not stated",
        themes=tuple(Theme(id=theme, title=theme) for theme in themes),
        codes=tuple(
            Code(
                id=name,
                theme=theme,
                title=title,
                definition=f"Words of {title} in {path.name}",
                terms=tuple(dict.fromkeys(words)),
                status="unverified",
            )
            for wanted in themes
            for name, (theme, title, words) in codes.items()
            if theme == wanted
        ),
    )


def _term(word: str, problems: list[str]) -> list[str]:
    """Return a dictionary word as a term: found as written, in any case."""
    plain = " ".join(re.sub(r"[()|?=~>\"“”,;:!]", " ", word.lower().replace("_", " ")).split())
    if not re.search(r"\w", plain):
        return []  # emoticons and bare punctuation have no place in plans
    term = f"=({plain})" if " " in plain else f"={plain}"
    try:
        parse(term, scope_allowed=False)
    except PatternError as error:
        problems.append(str(error))
    return [term]


def _id(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_+-]+", "_", text.strip()).strip("_+-") or "words"
