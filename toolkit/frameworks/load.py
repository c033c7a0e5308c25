"""Load codebooks: by name from those that ship with the toolkit, or from a file of one's own."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from toolkit.errors import InvalidInput, MissingFile, UnknownName
from toolkit.frameworks.fields import FRAMEWORK
from toolkit.frameworks.model import Code, Framework, Theme
from toolkit.frameworks.source import LINE, Located, Mistakes, compose, read_mapping
from toolkit.records import content_id

DEFAULT = "health_inequalities"


def frameworks_folder() -> Path:
    """Return the folder of the codebooks that ship: beside the package in a checkout, inside it when installed."""
    checkout = Path(__file__).parents[2] / "frameworks"
    return checkout if (checkout / f"{DEFAULT}.yaml").is_file() else Path(__file__).parent / "bundled"


def list_frameworks() -> tuple[str, ...]:
    """Return the names of the bundled frameworks: the default first, the others by alphabet."""
    names = sorted(p.stem for p in frameworks_folder().glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT))


def load_framework(name_or_path: str | Path = DEFAULT) -> Framework:
    """Return a framework by bundled name or path of a YAML codebook.

    Raises UnknownName or MissingFile when there is none, InvalidInput with every mistake in the file, each with its
    line, code and the valid choices.
    """
    path = _find(name_or_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(path, [f"byte {error.start}: not UTF-8; save the file as UTF-8"]) from error
    return parse_framework(text, source=str(path))


def parse_framework(text: str, source: str = "codebook") -> Framework:
    """Return the framework written in a YAML text; InvalidInput lists every mistake, named after `source`."""
    mistakes = Mistakes()
    root = compose(text, mistakes)
    values = read_mapping(root, FRAMEWORK, mistakes) if root is not None else {}
    _check_ids(values, mistakes)
    _check_terms(values, mistakes)
    if mistakes.found:
        raise InvalidInput(source, list(mistakes))
    return with_hash(_framework(values))


def with_hash(framework: Framework) -> Framework:
    """Return the framework with the hash of its content: the same words, weights and order, the same hash."""
    return replace(framework, hash=content_id(asdict(replace(framework, hash=""))))


def _find(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.is_file():
        return path
    name = str(name_or_path)
    if path.suffix.lower() in (".yaml", ".yml") or len(path.parts) > 1:
        beside = sorted(p.name for p in path.parent.glob("*.y*ml")) if path.parent.is_dir() else []
        raise MissingFile(
            path, "a YAML codebook or one of: " + ", ".join(list_frameworks()), beside[0] if beside else None
        )
    if name not in list_frameworks():
        raise UnknownName("framework", name, list_frameworks())
    return frameworks_folder() / f"{name}.yaml"


def _codes(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [code for theme in values.get("themes", ()) for code in theme.get("codes", ())]


def _check_ids(values: dict[str, Any], mistakes: Mistakes) -> None:
    for kind, holders in (("theme", values.get("themes", ())), ("code", _codes(values))):
        seen: dict[str, int] = {}
        for holder in holders:
            name = str(holder.get("id", ""))
            if name and name in seen:
                mistakes.add(holder[LINE], f"{kind} '{name}' was already given in line {seen[name]}")
            seen.setdefault(name, holder[LINE])


def _check_terms(values: dict[str, Any], mistakes: Mistakes) -> None:
    from toolkit.frameworks.patterns import PatternError, parse

    for code in _codes(values):
        for field in ("terms", "excludes"):
            seen: dict[str, int] = {}
            for term in code.get(field, ()):
                line = term.line if isinstance(term, Located) else code[LINE]
                if term in seen:
                    mistakes.add(line, f"'{term}' is already in line {seen[term]}", str(code.get("id", "?")))
                seen[term] = line
                try:
                    parse(term, scope_allowed=field == "excludes")
                except PatternError as error:
                    mistakes.add(line, f"{field}: {error}", str(code.get("id", "?")))


def _framework(values: dict[str, Any]) -> Framework:
    themes = values["themes"]
    return Framework(
        **{k: str(values.get(k, "")) for k in ("id", "version", "title", "description", "source", "licence")},
        equity_weight=values.get("equity_weight", 0.5),
        themes=tuple(Theme(id=str(t["id"]), title=t["title"], definition=t.get("definition", "")) for t in themes),
        codes=tuple(_code(c, str(t["id"])) for t in themes for c in t["codes"]),
    )


def _code(values: dict[str, Any], theme: str) -> Code:
    examples = values.get("examples", {})
    lists = {k: tuple(map(str, values.get(k, ()))) for k in ("include", "exclude", "terms", "excludes", "plan_kinds")}
    return Code(
        id=str(values["id"]),
        theme=theme,
        title=values["title"],
        definition=values["definition"],
        weight=values.get("weight", 1.0),
        source=values.get("source", ""),
        status=values.get("status", "verified"),
        yes=tuple(map(str, examples.get("yes", ()))),
        no=tuple(map(str, examples.get("no", ()))),
        **lists,
    )
