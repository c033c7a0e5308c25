"""Charts, each as its data first: `x_data(run)` is a table, `x_chart(run or table)` a figure that is not shown.

tk.charts.heatmap_data(run)       # tidy table: count, filter, save
tk.charts.heatmap_chart(run)      # matplotlib Figure; in a notebook the last line shows it once
figure.alt                        # its text alternative, made from the same table
"""

from toolkit.publishing.charts.canvas import Chart, png_bytes, svg_bytes, theme
from toolkit.publishing.charts.heatmap import heatmap_chart, heatmap_data, heatmap_text

__all__ = ["Chart", "heatmap_chart", "heatmap_data", "heatmap_text", "png_bytes", "svg_bytes", "theme"]
