"""Every chart by name, and all of them as files: figure (SVG, PNG), data (CSV) and text alternative beside each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.publishing.charts.canvas import Chart, png_bytes, svg_bytes
from toolkit.publishing.charts.geography import boundary_chart, hexmap_chart, map_data
from toolkit.publishing.charts.heatmap import heatmap_chart, heatmap_data
from toolkit.publishing.charts.ladder import ladder_chart, ladder_data
from toolkit.publishing.charts.measures import (
    breadth_depth_chart,
    breadth_depth_data,
    gradient_chart,
    gradient_data,
    length_chart,
    length_data,
)
from toolkit.publishing.charts.profile import profile_chart, profile_data
from toolkit.publishing.charts.ranking import ranking_chart, ranking_data
from toolkit.publishing.charts.saturation import saturation_chart, saturation_data
from toolkit.publishing.charts.similarity import similarity_chart, similarity_data
from toolkit.publishing.files import write_bytes, write_text
from toolkit.publishing.labels import frameworks, themes
from toolkit.publishing.progress import Progress
from toolkit.publishing.tables import csv_bytes
from toolkit.records import Results

if TYPE_CHECKING:
    import pandas as pd


# Name -> (data of a run and a framework, figure of the data).
CHARTS: dict[str, tuple[Callable[[Results, str], pd.DataFrame], Callable[[pd.DataFrame], Chart]]] = {
    "heatmap": (lambda run, f: heatmap_data(run, framework=f), heatmap_chart),
    "heatmap_equity": (lambda run, f: heatmap_data(run, framework=f, measure="equity_level"), heatmap_chart),
    "ranking": (lambda run, f: ranking_data(run, framework=f), ranking_chart),
    "breadth_depth": (lambda run, f: breadth_depth_data(run, framework=f), breadth_depth_chart),
    "ladder": (lambda run, f: ladder_data(run, framework=f), ladder_chart),
    "ladder_plans": (lambda run, f: ladder_data(run, framework=f, by="plan"), ladder_chart),
    "gradient": (lambda run, f: gradient_data(run, framework=f), gradient_chart),
    "hexmap": (lambda run, f: map_data(run, framework=f), hexmap_chart),
    "boundaries": (lambda run, f: map_data(run, framework=f), boundary_chart),
    "similarity": (lambda run, f: similarity_data(run, framework=f), similarity_chart),
    "length": (lambda run, f: length_data(run, framework=f), length_chart),
    "saturation": (lambda run, f: saturation_data(run, framework=f), saturation_chart),
}


def write_charts(results: Results, directory: str | Path, *, progress: Progress | None = None) -> tuple[Path, ...]:
    """Return the paths written into `directory`/charts: name.svg, name.png, name.csv and name.txt of every chart.

    Charts of a second framework stand in a folder of its name, profiles (one per plan) in `profile`. Same run, same
    bytes, as long as the same release of matplotlib draws them.
    """
    several = len(frameworks(results)) > 1
    written: list[Path] = []
    for framework in frameworks(results):
        folder = Path(directory) / "charts" / (file_name(framework) if several else "")
        total = len(CHARTS) + len(themes(results, framework)) + len(results.plans)
        for n, (name, data, draw) in enumerate(_all(results, framework), start=1):
            written += _write(folder / name, data, draw)
            if progress:
                progress("charts", n, total)
    return tuple(written)


def _all(results: Results, framework: str) -> Iterator[tuple[str, pd.DataFrame, Callable[[pd.DataFrame], Chart]]]:
    for name, (make, draw) in CHARTS.items():
        yield name, make(results, framework), draw
    for theme in themes(results, framework):
        data = ranking_data(results, theme=theme, framework=framework)
        yield f"ranking_{file_name(theme)}", data, ranking_chart
    for plan in results.plans["plan_id"]:
        yield f"profile/{file_name(plan)}", profile_data(results, plan, framework=framework), profile_chart


def _write(path: Path, data: pd.DataFrame, draw: Callable[[pd.DataFrame], Chart]) -> list[Path]:
    figure = draw(data)
    return [
        write_bytes(path.with_name(f"{path.name}.svg"), svg_bytes(figure)),
        write_bytes(path.with_name(f"{path.name}.png"), png_bytes(figure)),
        write_bytes(path.with_name(f"{path.name}.csv"), csv_bytes(data)),
        write_text(path.with_name(f"{path.name}.txt"), f"{figure.alt}\n"),
    ]


def file_name(name: str) -> str:
    """Return a name that is safe as a file name everywhere; letters, digits, "-", "_" and "." stay as they are."""
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "plan"


def alt_text(figure: Chart) -> str:
    """Return the text alternative of a chart: its title, scope and finding, made from its data."""
    return figure.alt
