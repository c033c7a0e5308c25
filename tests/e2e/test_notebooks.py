"""The notebooks run from a clean checkout, by the public names alone, and are kept without outputs."""

from __future__ import annotations

import ast
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LIBRARIES = {"toolkit", "pandas", "pathlib", "tempfile"}


def _notebook(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _source(path: Path) -> str:
    return "\n".join("".join(c["source"]) for c in _notebook(path)["cells"] if c["cell_type"] == "code")


def test_there_are_six_notebooks_and_the_list_names_them_all() -> None:
    listed = re.findall(r"\]\((\S+\.ipynb)\)", (NOTEBOOKS[0].parent / "README.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in NOTEBOOKS]
    assert len(listed) == 6


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_without_outputs_and_defines_no_function(path: Path) -> None:
    cells = [c for c in _notebook(path)["cells"] if c["cell_type"] == "code"]
    assert [c["outputs"] for c in cells] == [[]] * len(cells)
    assert [c["execution_count"] for c in cells] == [None] * len(cells)
    nodes = list(ast.walk(ast.parse(_source(path))))
    assert not [n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.Lambda)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_uses_public_names_only(path: Path) -> None:
    import toolkit

    nodes = list(ast.walk(ast.parse(_source(path))))
    imported = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    imported |= {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom)}
    assert imported <= LIBRARIES
    used = {
        n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "tk"
    }
    assert used <= set(toolkit.__all__)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    monkeypatch.setitem(os.environ, "MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}})
    client.execute()
    code = [c for c in notebook.cells if c.cell_type == "code"]
    shown = [c for c in code if any(o.output_type in ("execute_result", "display_data", "stream") for o in c.outputs)]
    assert len(shown) >= len(code) - 2  # all but the first cells show something
