"""Charts, each as its data first: `x_data(run)` is a table, `x_chart(run or table)` a figure that is not shown.

    tk.charts.heatmap_data(run)       tidy table: count, filter, save
    tk.charts.heatmap_chart(run)      matplotlib Figure; as the last line of a notebook cell it shows once
    tk.charts.alt_text(figure)        its text alternative, made from the same table
    tk.charts.write_charts(run, dir)  all of them as SVG, PNG, CSV and text

heatmap, ranking, profile, breadth_depth, ladder, gradient, map (hexmap and boundary), similarity, length, saturation.
"""

from toolkit.publishing.charts.canvas import Chart, png_bytes, svg_bytes, theme
from toolkit.publishing.charts.catalogue import CHARTS, alt_text, write_charts
from toolkit.publishing.charts.geography import boundary_chart, hexmap_chart, map_data, map_text
from toolkit.publishing.charts.heatmap import heatmap_chart, heatmap_data, heatmap_text
from toolkit.publishing.charts.ladder import ladder_chart, ladder_data, ladder_text
from toolkit.publishing.charts.measures import (
    breadth_depth_chart,
    breadth_depth_data,
    breadth_depth_text,
    gradient_chart,
    gradient_data,
    gradient_text,
    length_chart,
    length_data,
    length_text,
)
from toolkit.publishing.charts.profile import profile_chart, profile_data, profile_text
from toolkit.publishing.charts.ranking import ranking_chart, ranking_data, ranking_text
from toolkit.publishing.charts.saturation import saturation_chart, saturation_data, saturation_text
from toolkit.publishing.charts.similarity import similarity_chart, similarity_data, similarity_text

__all__ = [
    "CHARTS",
    "Chart",
    "alt_text",
    "boundary_chart",
    "breadth_depth_chart",
    "breadth_depth_data",
    "breadth_depth_text",
    "gradient_chart",
    "gradient_data",
    "gradient_text",
    "heatmap_chart",
    "heatmap_data",
    "heatmap_text",
    "hexmap_chart",
    "ladder_chart",
    "ladder_data",
    "ladder_text",
    "length_chart",
    "length_data",
    "length_text",
    "map_data",
    "map_text",
    "png_bytes",
    "profile_chart",
    "profile_data",
    "profile_text",
    "ranking_chart",
    "ranking_data",
    "ranking_text",
    "saturation_chart",
    "saturation_data",
    "saturation_text",
    "similarity_chart",
    "similarity_data",
    "similarity_text",
    "svg_bytes",
    "theme",
    "write_charts",
]
