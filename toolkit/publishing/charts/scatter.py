"""Numbered points with a list of names beside them, and labels that keep clear of each other."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING

from toolkit.publishing.charts.canvas import DARK_BLUE, DARK_GREY, POINTS, text_width, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_Place = tuple[float, float, float, float]
_ANGLES, _RADII = 16, (9, 13, 18, 24, 31, 39, 48, 60, 75, 95)  # points


def name_list(labels: Sequence[str]) -> list[str]:
    """Return the lines of a numbered list of plans; a long name runs on under itself."""
    lines = []
    for n, label in enumerate(labels, start=1):
        first, *rest = wrapped(label, 2.6 * POINTS, 8.5)
        lines += [f"{n}  {first}", *(f"      {more}" for more in rest)]
    return lines


def list_height(lines: Sequence[str]) -> float:
    """Return how many inches a list of names needs."""
    return len(lines) * 8.5 * 1.4 / POINTS + 0.1


def numbered_points(ax: Axes, x: Sequence[float], y: Sequence[float], numbers: Sequence[int]) -> None:
    """Return nothing after points and their numbers were drawn, no number on another or on a point."""
    ax.scatter(x, y, s=34, color=DARK_BLUE, edgecolor="white", linewidth=0.6, zorder=3, clip_on=False)
    place_labels(ax, x, y, [str(n) for n in numbers])


def place_labels(
    ax: Axes, x: Sequence[float], y: Sequence[float], texts: Sequence[str], *, size: float = 8, plate: bool = False
) -> None:
    """Return nothing after each text was written beside its point, with a line to it when it had to go far.

    Limits of the axes must be set: places are found in the finished layout, nearest first, in the order given. With
    `plate` a text stands on white, over its point when there is room, and no point need be kept clear.
    """
    figure = ax.get_figure()
    assert figure is not None
    figure.draw_without_rendering()  # type: ignore[union-attr]
    scale = POINTS / figure.dpi
    points = [(float(a) * scale, float(b) * scale) for a, b in ax.transData.transform(list(zip(x, y, strict=True)))]
    taken: list[_Place] = [] if plate else [(a - 4, b - 4, a + 4, b + 4) for a, b in points]
    radii = (0, *_RADII) if plate else _RADII
    for (a, b), px, py, text in zip(points, x, y, texts, strict=True):
        wide, tall = text_width(text, size) + 2, size + 1
        dx, dy, radius = _free((a, b), (wide, tall), taken, radii)
        taken.append((a + dx - wide / 2, b + dy - tall / 2, a + dx + wide / 2, b + dy + tall / 2))
        arrow = {"arrowstyle": "-", "linewidth": 0.6, "color": DARK_GREY, "shrinkA": 0, "shrinkB": 2}
        note = ax.annotate(
            text,
            (px, py),
            (dx, dy),
            textcoords="offset points",
            size=size,
            ha="center",
            va="center_baseline",
            annotation_clip=False,
            arrowprops=arrow if radius > _RADII[1] else None,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6, "alpha": 0.85} if plate else None,
        )
        note.set_in_layout(False)


def _free(
    point: tuple[float, float], size: tuple[float, float], taken: Sequence[_Place], radii: Sequence[float]
) -> tuple[float, float, float]:
    """Return the nearest offset at which a text meets nothing; the last one tried when all are taken."""
    (a, b), (wide, tall), (dx, dy, radius) = point, size, (0.0, 0.0, 0.0)
    for radius in radii:
        for step in range(_ANGLES if radius else 1):
            angle = 2 * pi * step / _ANGLES
            dx, dy = ((radius + wide / 2 - 4) * cos(angle), radius * sin(angle)) if radius else (0.0, 0.0)
            box = (a + dx - wide / 2, b + dy - tall / 2, a + dx + wide / 2, b + dy + tall / 2)
            if not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
                return dx, dy, radius
    return dx, dy, radius
