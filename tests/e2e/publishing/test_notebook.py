"""A chart at the end of a notebook's cell is shown once, with its text alternative, with pyplot or without."""

from __future__ import annotations

from pathlib import Path

import pytest

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")


@pytest.mark.parametrize("before", ["", "import matplotlib.pyplot as plt\n%matplotlib inline\n"])
def test_a_chart_is_shown_once(tmp_path: Path, before: str) -> None:
    root = Path(__file__).parents[3]
    code = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom tests.made_results import made_results\n"
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(before + code + "import toolkit as tk\nrun = made_results(1)"),
            nbformat.v4.new_code_cell("tk.charts.saturation_chart(run)"),
            nbformat.v4.new_code_cell("figure = tk.charts.saturation_chart(run)"),
        ]
    )
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown, kept = notebook.cells[1].outputs, notebook.cells[2].outputs
    assert len(shown) == 1
    assert shown[0]["data"]["text/html"].startswith('<img alt="New codes as more plans are read. 1 plan, 24 codes')
    assert kept == []
