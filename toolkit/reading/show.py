"""A page as the reader understood it: its picture, and every passage on it with number, kind and order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from toolkit.records import Box, Document, Page, Passage

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class _Look(NamedTuple):
    """How a kind is drawn: its sign in the label, its colour (told apart by the colour-blind) and its line."""

    sign: str
    colour: str
    line: Literal["solid", "dashed", "dashdot", "dotted"]


_LOOKS: dict[str, _Look] = {
    "heading": _Look("H", "#d55e00", "solid"),
    "paragraph": _Look("P", "#0072b2", "solid"),
    "list_item": _Look("L", "#007d5a", "solid"),
    "table_row": _Look("T", "#a8448a", "solid"),
    "caption": _Look("C", "#8a6d00", "dashed"),
    "footnote": _Look("N", "#2a8fbd", "dashed"),
    "contents": _Look("M", "#555555", "dashdot"),
    "furniture": _Look("X", "#777777", "dotted"),
}
_WORDS = {"contents": "contents (menu)", "furniture": "furniture (not text)", "footnote": "footnote (note)"}
_DPI = 110
_INCHES = 9.0  # the longer side of the page picture
_SIDE = 2.1  # inches for the legend


class _Shown(NamedTuple):
    """A stretch of a passage on the page: its place in the reading order of this page, label, and a box per line."""

    order: int
    label: str
    passage: Passage
    lines: tuple[Box, ...]
    box: Box


def show_page_data(document: Document, number: int) -> pd.DataFrame:
    """Return what `show_page` draws: one row per stretch of a passage on page `number`, in reading order.

    Columns: order (from 1, on this page), label, kind, level, section (headings joined by " > "), lines (their
    number), x0, top, x1, bottom (points of the page as displayed, origin top-left), text (of the whole passage),
    passage_id. Raises IndexError when there is no such page.
    """
    import pandas as pd

    rows = [
        {
            "order": shown.order,
            "label": shown.label,
            "kind": shown.passage.kind,
            "level": shown.passage.level,
            "section": " > ".join(shown.passage.section),
            "lines": len(shown.lines),
            **shown.box._asdict(),
            "text": shown.passage.text,
            "passage_id": shown.passage.passage_id,
        }
        for shown in _shown(document, document.page(number))
    ]
    columns = ["order", "label", "kind", "level", "section", "lines", *Box._fields, "text", "passage_id"]
    return pd.DataFrame(rows, columns=columns)


def show_page(document: Document, number: int, *, arrows: bool = True) -> Figure:
    """Return a figure of page `number`: its picture, every passage outlined, numbered in reading order and labelled.

    The label is the number in reading order and the sign of the kind with its level (`3 H2`, `4 P`); the legend
    explains the signs. Arrows lead from each passage to the next one, furniture left out. The title says where the
    text comes from, who decided the order, and how sure that is. Raises IndexError when there is no such page.
    """
    from matplotlib.figure import Figure

    page = document.page(number)
    shown = _shown(document, page)
    scale = _INCHES / max(page.width, page.height, 1.0)
    wide, high = page.width * scale, page.height * scale
    figure = Figure(figsize=(wide + _SIDE, high + 0.5), dpi=_DPI)
    axes = figure.add_axes((0.0, 0.0, wide / (wide + _SIDE), high / (high + 0.5)))
    axes.imshow(_picture(document, number, scale * _DPI), extent=(0, page.width, page.height, 0), aspect="auto")
    axes.set_axis_off()
    for stretch in shown:
        _outline(axes, stretch)
    if arrows:
        _arrows(axes, [s for s in shown if s.passage.kind != "furniture"])
    _legend(figure, shown, wide / (wide + _SIDE))
    figure.text(0.01, 0.995, _title(document, page), va="top", fontsize=9)
    return figure


def _shown(document: Document, page: Page) -> list[_Shown]:
    found: list[_Shown] = []
    for passage in document.passages:
        for span in passage.spans:
            lines = page.boxes(span.start, span.end) if span.page == page.number else ()
            if lines:
                order = len(found) + 1
                found.append(_Shown(order, _label(order, passage), passage, lines, Box.around(lines)))
    return found


def _label(order: int, passage: Passage) -> str:
    level = str(passage.level) if passage.level else ""
    return f"{order} {_LOOKS[passage.kind].sign}{level}"


def _picture(document: Document, number: int, scale: float) -> Any:
    """Return the page as an array of pixels, `scale` pixels a point."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(document.plan.path, password=document.plan.password)
    try:
        return pdf[number - 1].render(scale=scale).to_numpy()[:, :, ::-1]
    finally:
        pdf.close()


def _outline(axes: Axes, shown: _Shown) -> None:
    from matplotlib.patches import Rectangle

    look = _LOOKS[shown.passage.kind]
    for x0, top, x1, bottom in shown.lines:
        axes.add_patch(Rectangle((x0, top), x1 - x0, bottom - top, facecolor=look.colour, alpha=0.12, linewidth=0))
    x0, top, x1, bottom = shown.box
    frame = Rectangle((x0 - 1, top - 1), x1 - x0 + 2, bottom - top + 2, fill=False, edgecolor=look.colour)
    frame.set_linestyle(look.line)
    frame.set_linewidth(1.0)
    axes.add_patch(frame)
    box = {"facecolor": "white", "edgecolor": look.colour, "linewidth": 0.6, "pad": 1.0, "alpha": 0.9}
    axes.text(x0 - 2, top, shown.label, color=look.colour, fontsize=6, ha="right", va="center", bbox=box, clip_on=False)


def _arrows(axes: Axes, shown: Sequence[_Shown]) -> None:
    """Draw the way from passage to passage; a step to the one right below needs no arrow."""
    style = {"arrowstyle": "-|>", "color": "#cc0000", "linewidth": 0.8, "alpha": 0.7, "mutation_scale": 8}
    for here, there in pairwise(shown):
        if _leaps(here.box, there.box):
            start, end = (here.box.x1 - 2, here.box.bottom), (there.box.x0, there.box.top + 3)
            axes.annotate("", xy=end, xytext=start, arrowprops=style)


def _leaps(here: Box, there: Box) -> bool:
    """Return whether the eye has to leave the column to get from one box to the next."""
    apart = there.x0 > here.x1 or there.x1 < here.x0
    return apart or there.top < here.top - 2 or there.top - here.bottom > 80


def _legend(figure: Figure, shown: Sequence[_Shown], left: float) -> None:
    from matplotlib.lines import Line2D

    kinds = [kind for kind in _LOOKS if any(s.passage.kind == kind for s in shown)]
    lines = [Line2D([], [], color=_LOOKS[k].colour, linestyle=_LOOKS[k].line, linewidth=2) for k in kinds]
    counts = {k: sum(s.passage.kind == k for s in shown) for k in kinds}
    names = [f"{_LOOKS[k].sign}  {_WORDS.get(k, k.replace('_', ' '))}: {counts[k]}" for k in kinds]
    if not kinds:
        lines, names = [Line2D([], [], linewidth=0)], ["no passage on this page"]
    title = "Number = reading order\nSign = kind and level"
    figure.legend(
        lines, names, loc="upper left", bbox_to_anchor=(left, 0.94), frameon=False, fontsize=8, title=title,
        title_fontsize=8, alignment="left",
    )  # fmt: skip


def _title(document: Document, page: Page) -> str:
    name = document.plan.title or document.plan.plan_id
    name = name if len(name) <= 60 else name[:59] + "…"
    source = {"text": "text of the file", "ocr": "OCR", "none": "nothing could be read"}[page.source]
    if page.source == "none":
        return f"{name}, page {page.number} of {len(document.pages)}: {source}"
    return (
        f"{name}, page {page.number} of {len(document.pages)}\n"
        f"Text: {source}, confidence {page.confidence:.2f}. "
        f"Order: {page.order}, confidence {page.order_confidence:.2f}."
    )
