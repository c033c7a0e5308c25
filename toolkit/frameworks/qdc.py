"""REFI-QDA codebooks (.qdc): the exchange format of NVivo, ATLAS.ti, MAXQDA and others (standard 1.5).

Themes become codes that cannot be applied, with the codes nested in them. What the format has no place for (terms,
examples, weights) goes into the description as labelled lines, and is read back from there.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from toolkit.errors import InvalidInput
from toolkit.frameworks.model import Code, Framework, Theme

NAMESPACE = "urn:QDA-XML:codebook:1.0"
_LABELS = {
    "include": "Include",
    "exclude": "Exclude",
    "terms": "Term",
    "excludes": "Not in",
    "yes": "Example",
    "no": "Not an example",
    "plan_kinds": "Only for",
}
_SINGLE = {"id": "Code", "weight": "Weight", "source": "Source", "status": "Status"}


def code_guid(framework: str, name: str) -> UUID:
    """Return the GUID of a theme or code: it depends on the names of framework and code alone."""
    return uuid5(NAMESPACE_URL, f"ics-plan-toolkit/{framework}/{name}")


def write_qdc(framework: Framework, path: Path) -> None:
    """Return nothing; write a REFI-QDA codebook that keeps to the schema, byte for byte the same each time."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}CodeBook", origin="ICS plan toolkit")
    codes = ET.SubElement(root, f"{{{NAMESPACE}}}Codes")
    for theme in framework.themes:
        lines = [theme.definition, f"Theme: {theme.id}"]
        top = _element(codes, code_guid(framework.id, f"theme/{theme.id}"), theme.title, False, lines)
        for code in framework.codes:
            if code.theme == theme.id:
                _element(top, code_guid(framework.id, code.id), code.title, True, [code.definition, *_lines(code)])
    ET.indent(root)
    path.write_bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def read_qdc(path: Path) -> Framework:
    """Return the framework in a REFI-QDA codebook of any tool: top codes with children are themes.

    Raises InvalidInput when the file is not such a codebook.
    """
    text = path.read_bytes()
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise InvalidInput(path, ["holds a document type declaration, which a codebook never needs; it was not read"])
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise InvalidInput(path, [f"not XML: {error}"]) from error
    top = root.find(f"{{{NAMESPACE}}}Codes")
    if root.tag != f"{{{NAMESPACE}}}CodeBook" or top is None:
        raise InvalidInput(path, [f"not a REFI-QDA codebook: expected CodeBook in {NAMESPACE}, found {root.tag}"])
    themes, codes = _themes(list(top))
    return Framework(
        id=_name(path.stem, set()),
        version="1",
        title=path.stem,
        description=f"Imported from {path.name}" + (f", written by {root.get('origin')}" if root.get("origin") else ""),
        source=f"REFI-QDA codebook {path.name}",
        licence="not stated",
        themes=themes,
        codes=codes,
    )


def _element(parent: ET.Element, guid: UUID, name: str, codable: bool, lines: list[str]) -> ET.Element:
    made = ET.SubElement(
        parent, f"{{{NAMESPACE}}}Code", guid=str(guid).upper(), name=name, isCodable="true" if codable else "false"
    )
    ET.SubElement(made, f"{{{NAMESPACE}}}Description").text = "\n".join(line for line in lines if line)
    return made


def _lines(code: Code) -> Iterator[str]:
    yield f"Code: {code.id}"
    for field, label in _LABELS.items():
        yield from (f"{label}: {item}" for item in getattr(code, field))
    if code.weight != 1:
        yield f"Weight: {code.weight:g}"
    if code.source:
        yield f"Source: {code.source}"
    yield f"Status: {code.status}"


def _themes(top: list[ET.Element]) -> tuple[tuple[Theme, ...], tuple[Code, ...]]:
    themes: list[Theme] = []
    codes: list[Code] = []
    used: set[str] = set()
    loose = [e for e in top if e.find(f"{{{NAMESPACE}}}Code") is None]
    for element in top:
        if element in loose:
            continue
        words, marks = _description(element)
        theme = _name((marks.get("Theme") or [element.get("name", "")])[0], used)
        themes.append(Theme(id=theme, title=element.get("name", theme), definition=words))
        if element.get("isCodable") == "true":
            codes.append(_code(element, theme, used, ""))
        codes += [_code(e, theme, used, prefix) for e, prefix in _below(element, "")]
    if loose:
        theme = _name("codes", used)
        themes.append(Theme(id=theme, title="Codes", definition="Codes that stand under no other."))
        codes += [_code(element, theme, used, "") for element in loose]
    return tuple(themes), tuple(codes)


def _below(element: ET.Element, prefix: str) -> Iterator[tuple[ET.Element, str]]:
    """Return all codes under one, each with the names between, so that deeper nesting is not lost."""
    for child in element.findall(f"{{{NAMESPACE}}}Code"):
        if child.get("isCodable") == "true":
            yield child, prefix
        yield from _below(child, f"{prefix}{child.get('name', '')}: ")


def _code(element: ET.Element, theme: str, used: set[str], prefix: str) -> Code:
    words, marks = _description(element)
    title = prefix + element.get("name", "")
    weight = (marks.get("Weight") or ["1"])[0]
    return Code(
        id=_name((marks.get("Code") or [title])[0], used),
        theme=theme,
        title=title,
        definition=words or title,
        weight=float(weight) if re.fullmatch(r"\d+(\.\d+)?", weight) else 1.0,
        source=(marks.get("Source") or [""])[0],
        status="unverified" if marks.get("Status") == ["unverified"] else "verified",
        **{field: tuple(marks.get(label, ())) for field, label in _LABELS.items()},
    )


def _description(element: ET.Element) -> tuple[str, dict[str, list[str]]]:
    """Return the free words of a description and its labelled lines by label."""
    labels = {*_LABELS.values(), *_SINGLE.values(), "Theme"}
    words: list[str] = []
    marks: dict[str, list[str]] = {}
    for line in (element.findtext(f"{{{NAMESPACE}}}Description") or "").splitlines():
        label, _, rest = line.partition(": ")
        if label in labels and rest.strip():
            marks.setdefault(label, []).append(rest.strip())
        elif line.strip():
            words.append(line.strip())
    return " ".join(words), marks


def _name(text: str, used: set[str]) -> str:
    """Return a short name made of a title, unlike those in use."""
    base = re.sub(r"[^A-Za-z0-9_.+-]+", "_", text.strip()).strip("_.+-") or "code"
    name, number = base, 2
    while name in used:
        name, number = f"{base}_{number}", number + 1
    used.add(name)
    return name
