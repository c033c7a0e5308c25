"""The house keeps its plan: imports point one way, modules stay small, the front door stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "toolkit"
GROUND = ["errors", "records", "schema"]
ROOMS = ["plans", "reading", "frameworks", "coding", "scoring", "comparing", "publishing", "reviewing"]
FLOORS = {name: i for i, name in enumerate([*GROUND, *ROOMS, "run", "study", "doctor", "cli"])}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(parts: tuple[str, ...]) -> str | None:
    return parts[0].removesuffix(".py") if parts and parts[0] != "__init__.py" else None


def _imported_rooms(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module] if node.module != "toolkit" else [f"toolkit.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("toolkit.")}
    return found & FLOORS.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_from_rooms_before_it(path: Path) -> None:
    room = _room(path.relative_to(PACKAGE).parts)
    if room in FLOORS:
        later = {r for r in _imported_rooms(path) if FLOORS[r] > FLOORS[room]}
        assert not later, f"{room} imports from later rooms: {later}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_short_enough_to_read_at_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def _public(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of a module and their methods; functions inside functions are nobody's business."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            found.append(node)
            methods = node.body if isinstance(node, ast.ClassDef) else []
            found += [m for m in methods if isinstance(m, ast.FunctionDef) and not m.name.startswith("_")]
    return found


def test_every_public_function_says_what_comes_back() -> None:
    silent = [
        f"{path.relative_to(PACKAGE)}:{node.name}"
        for path in MODULES
        for node in _public(ast.parse(path.read_text(encoding="utf-8")))
        if ast.get_docstring(node) is None
    ]
    assert silent == []


def test_importing_the_toolkit_loads_no_heavy_library() -> None:
    heavy = "{'pandas', 'matplotlib', 'pypdfium2', 'pdfplumber', 'numpy', 'rich'}"
    probe = f"import sys, toolkit; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
