"""Figures: nothing cut, nothing over anything else, nothing by colour alone, nothing left behind."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from tests.made_results import made_results
from toolkit.publishing import charts
from toolkit.publishing.charts.canvas import DARK_BLUE, LEVEL_COLOURS, LEVEL_INKS, ORANGE, PAPER, text_width, wrapped
from toolkit.publishing.charts.geography import _CLASSES, _INKS

NAMES = [*charts.CHARTS, "profile"]
pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # matplotlib says so when a layout does not fit


def drawn(name: str, plans: int) -> charts.Chart:
    run = made_results(plans)
    if name == "profile":
        return charts.profile_chart(run, run.plans["plan_id"].iloc[-1])
    data, draw = charts.CHARTS[name]
    return draw(data(run, "health_inequalities"))


def written(figure: Figure) -> Iterator[Text]:
    """Yield every text that is drawn: matplotlib keeps labels of ticks outside the axes, and does not draw them."""
    hidden = {
        label
        for axes in figure.axes
        for axis, (low, high) in ((axes.xaxis, sorted(axes.get_xlim())), (axes.yaxis, sorted(axes.get_ylim())))
        for tick in axis.get_major_ticks()
        for label in (tick.label1, tick.label2)
        if not low <= tick.get_loc() <= high
    }
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_visible() and text.get_text().strip() and text not in hidden:
            yield text


@pytest.mark.parametrize("plans", [1, 42])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_cut_or_lies_over_another(name: str, plans: int) -> None:
    figure = drawn(name, plans)
    figure.draw_without_rendering()
    boxes = [(t.get_text(), t.get_window_extent()) for t in written(figure)]
    wide, tall = figure.bbox.width, figure.bbox.height
    cut = [text for text, b in boxes if b.x0 < -1 or b.y0 < -1 or b.x1 > wide + 1 or b.y1 > tall + 1]
    over = [
        (text, other)
        for n, (text, a) in enumerate(boxes)
        for other, b in boxes[n + 1 :]
        if a.x0 + 1 < b.x1 - 1 and b.x0 + 1 < a.x1 - 1 and a.y0 + 1 < b.y1 - 1 and b.y0 + 1 < a.y1 - 1
    ]
    assert (cut, over) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_states_its_scope_its_source_and_its_finding(name: str) -> None:
    figure = drawn(name, 3)
    said = [t.get_text() for t in figure.texts]
    assert any("3 plans, 24 codes of Health inequalities (version 1.0)" in s for s in said)
    assert any(s.startswith("Source: ") for s in said)
    assert charts.alt_text(figure).count(". ") >= 2
    assert "3 plans, 24 codes" in charts.alt_text(figure)


def test_a_long_title_of_a_code_and_a_theme_of_one_code_still_fit() -> None:
    data = charts.heatmap_data(made_results(3))
    lone = data["code"] == "wider.housing"
    data.loc[lone, ["theme", "theme_title"]] = ["alone", "Accommodation and homelessness of every kind"]
    data.loc[lone, "code_title"] = "Homes: " + "quality, supply, tenure and cost of heating " * 4
    figure = charts.heatmap_chart(data)
    figure.draw_without_rendering()
    assert all(b.x0 >= -1 and b.x1 <= figure.bbox.width + 1 for b in (t.get_window_extent() for t in written(figure)))


def test_the_same_figure_has_the_same_bytes_and_no_date() -> None:
    data = charts.heatmap_data(made_results(3))
    first, again = (charts.svg_bytes(charts.heatmap_chart(data)) for _ in range(2))
    assert first == again
    assert b"<dc:date>" not in first
    assert b'role="img"' in first
    assert b"Evidence was found in" in first
    assert charts.png_bytes(charts.heatmap_chart(data)) == charts.png_bytes(charts.heatmap_chart(data))


def test_drawing_changes_no_setting_and_opens_no_window() -> None:
    before = dict(mpl.rcParams)
    charts.png_bytes(charts.saturation_chart(made_results(3)))
    assert dict(mpl.rcParams) == before
    probe = "import sys, toolkit; toolkit.charts; print('matplotlib.pyplot' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


def test_a_notebook_shows_a_chart_with_its_text_alternative() -> None:
    figure = charts.saturation_chart(made_results(3))
    figure.alt = 'codes "met" & counted'
    assert figure._repr_html_().startswith('<img alt="codes &quot;met&quot; &amp; counted"')


def test_a_chart_is_drawn_from_its_table_after_a_trip_through_a_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("chart") / "ranking.csv"
    charts.ranking_data(made_results(3)).to_csv(path, index=False)
    figure = charts.ranking_chart(pd.read_csv(path))
    assert "could not be scored" in " ".join(t.get_text() for t in figure.axes[0].texts)


def test_lines_are_wrapped_by_width_and_long_words_are_broken() -> None:
    lines = wrapped("Bath and North East Somerset Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", 120, 9)
    assert "".join(lines).replace(" ", "").endswith("gogogoch")
    assert all(text_width(line, 9) <= 120 for line in lines)
    assert lines[0] == "Bath and North East"


def test_numbers_can_be_read_on_every_colour() -> None:
    for ground, ink in [*zip(LEVEL_COLOURS, LEVEL_INKS, strict=True), *zip(_CLASSES, _INKS, strict=True)]:
        assert contrast(ground, ink) >= 4.5  # WCAG 2.2 AA for text
    for mark in (DARK_BLUE, ORANGE):
        assert contrast(mark, PAPER) >= 3.0  # and for graphics


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
