"""What all charts share: palette, fonts, a figure with title, scope and source, and text that is wrapped by its width.

Colours are those of the UK Analysis Function (afcharts, MIT). Neighbouring steps of its sequential palette differ by
less than 3:1, so that no chart tells anything by colour alone: cells carry numbers, series carry marks or hatches.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE = (
    *("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"),
)
GREY, INK, PAPER = "#BFBFBF", "#0B0C0C", "#FFFFFF"
# Strength 0 to 4, light to dark; and the colour in which a number is written on each.
LEVEL_COLOURS = (PAPER, "#ADD1F1", "#6BACE6", "#2073BC", "#12436D")
LEVEL_INKS = (INK, INK, INK, PAPER, PAPER)

FONT = "DejaVu Sans"  # comes with matplotlib: the same figure on every machine
POINTS = 72.0
MARGIN = 0.2  # inches
_SETTINGS: Any = {
    "font.family": [FONT],
    "font.size": 10,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "grid.color": "#D9D9D9",
    "grid.linewidth": 0.8,
    "hatch.linewidth": 0.6,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "svg.hashsalt": "ics-plan-toolkit",
}


@contextmanager
def theme() -> Iterator[None]:
    """Return a context in which figures are drawn and saved in the house style; nothing outside it changes."""
    with rc_context(_SETTINGS):
        yield


class Chart(Figure):
    """A matplotlib figure that carries its data and its text alternative, and shows itself once in a notebook."""

    data: pd.DataFrame
    alt: str = ""

    def _repr_html_(self) -> str:
        from html import escape

        picture = base64.b64encode(png_bytes(self)).decode("ascii")
        return f'<img alt="{escape(self.alt)}" style="max-width:100%" src="data:image/png;base64,{picture}">'


def png_bytes(figure: Figure, dpi: int = 144) -> bytes:
    """Return a figure as PNG without date or software in it; a Chart's text alternative is its Description."""
    target = io.BytesIO()
    with theme():
        figure.savefig(
            target, format="png", dpi=dpi, metadata={"Software": None, "Description": getattr(figure, "alt", "")}
        )
    return target.getvalue()


def svg_bytes(figure: Figure) -> bytes:
    """Return a figure as SVG without a date, its words as text, its text alternative as <title>."""
    target = io.BytesIO()
    with theme():
        figure.savefig(target, format="svg", metadata={"Date": None, "Title": getattr(figure, "alt", "") or None})
    return target.getvalue().replace(b"<svg ", b'<svg role="img" ', 1)


def canvas(
    data: pd.DataFrame,
    title: str,
    says: str,
    *,
    size: tuple[float, float],
    key: Sequence[tuple[Artist, str]] = (),
    names: Sequence[str] = (),
    pads: tuple[float, float, float, float] | None = None,
) -> tuple[Chart, Axes]:
    """Return a figure and its axes: `size` is its width and the height of the drawing, title and source come on top.

    `data` carries "scope" and "source" in its `attrs`; a table that came from a file has none, and its figure says
    less. What a reader sees in the heading is what the text alternative says. `key` pairs marks with their meaning;
    `names` are lines of a list to the right of the drawing; `pads` (left, top, right, bottom, in inches) place the
    axes exactly, where the drawing knows what its labels need.
    """
    width, height = size
    scope, source = data.attrs.get("scope", ""), data.attrs.get("source", "")
    room = (width - 2 * MARGIN) * POINTS * 0.97  # renderers round the width of letters
    blocks = [
        (wrapped(title, room, 14, bold=True), 14, "bold"),
        (wrapped(scope, room, 10), 10, "normal"),
        (wrapped(says, room, 10), 10, "normal"),
    ]
    blocks = [b for b in blocks if b[0]]
    foot = wrapped(source, room, 8)
    columns, deep = _key_shape(key, room)
    top = MARGIN + sum(_tall(lines, size) + 0.06 for lines, size, _ in blocks) + deep
    bottom = MARGIN + _tall(foot, 8)
    figure = Chart(figsize=(width, top + height + bottom))
    whole = top + height + bottom
    down = MARGIN
    for lines, points, weight in blocks:
        _write(figure, MARGIN / width, 1 - down / whole, lines, size=points, weight=weight)
        down += _tall(lines, points) + 0.06
    _write_key(figure, MARGIN / width, 1 - down / whole, key, columns)
    _write(figure, MARGIN / width, (MARGIN * 0.6 + _tall(foot, 8)) / whole, foot, size=8)
    edge, list_width = MARGIN / width / 2, 0.0
    if names:
        list_width = (max(text_width(name, 8.5) for name in names) / POINTS + 2 * MARGIN) / width
        _write(figure, 1 - list_width + MARGIN / width, (bottom + height) / whole, names, size=8.5)
    if pads is None:
        figure.set_layout_engine("constrained", rect=(edge, bottom / whole, 1 - 2 * edge - list_width, height / whole))
    figure.data = data
    figure.alt = " ".join(f"{t.rstrip('.')}." for t in (title, scope, says) if t)
    if pads is None:
        return figure, figure.add_subplot()
    left, above, right, below = pads
    place = (left / width, (bottom + below) / whole, (width - left - right) / width, (height - above - below) / whole)
    return figure, figure.add_axes(place)


def _write(figure: Figure, x: float, y: float, lines: Sequence[str], **style: Any) -> None:
    text = figure.text(x, y, "\n".join(lines), ha="left", va="top", linespacing=1.25, **style)
    text.set_in_layout(False)


def _key_shape(key: Sequence[tuple[Artist, str]], room: float) -> tuple[int, float]:
    if not key:
        return 0, 0.0
    widest = max(text_width(text, 9) for _, text in key) + 48
    columns = max(1, min(len(key), int(room // widest)))
    return columns, -(-len(key) // columns) * 0.19 + 0.1


def _write_key(figure: Figure, x: float, y: float, key: Sequence[tuple[Artist, str]], columns: int) -> None:
    if key:
        # Legends are filled column by column, people read row by row.
        across = [key[i] for column in range(columns) for i in range(column, len(key), columns)]
        legend = figure.legend(
            [mark for mark, _ in across],
            [text for _, text in across],
            loc="upper left",
            bbox_to_anchor=(x, y),
            ncols=columns,
            borderaxespad=0,
            borderpad=0,
            columnspacing=1.6,
        )
        legend.set_in_layout(False)


def _tall(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * 1.4 / POINTS


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return `text` as lines that fit into `room` points at a font size; a word that is wider is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
            continue
        rest = word
        while text_width(rest, size, bold) > room and len(rest) > 1:
            cut = next((n for n in range(len(rest) - 1, 1, -1) if text_width(rest[:n], size, bold) <= room), 1)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a line of text in points: the sum of its letters' advances."""
    return size * sum(_advance(letter, bold) for letter in text)


@lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    """Return how far a letter moves the pen, in ems."""
    font = get_font(findfont(FontProperties(family=FONT, weight="bold" if bold else "normal")))
    font.set_size(100, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100
