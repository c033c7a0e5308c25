"""Groups of a sample plan as flowables: cards, figures, tables, boxes, steps, photos, charts, contents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import Color, white
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from .flow import Chart, Icon, Maker, Photo
from .source import Block

Flow = list[Flowable]
_PAD = [("LEFTPADDING", (0, 0), (-1, -1), 7), ("RIGHTPADDING", (0, 0), (-1, -1), 7),
        ("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ("VALIGN", (0, 0), (-1, -1), "TOP")]  # fmt: skip
_GAP = 8.0


class DrawnBackwards(Table):  # type: ignore[misc]
    """A table whose cells are drawn from the last to the first, as in files of design software."""

    def _drawCell(self, *cell: Any) -> None:  # noqa: N802 - the name is ReportLab's
        self._waiting = [*getattr(self, "_waiting", []), cell]
        if len(self._waiting) == self._nrows * self._ncols:
            for kept in reversed(self._waiting):
                super()._drawCell(*kept)
            self._waiting = []


class _Gap(Spacer):  # type: ignore[misc]
    """Room after a group that gives way at the foot of a column and never begins a page."""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.width, min(self.height, height)


def group(maker: Maker, block: Block, key: str, width: float) -> Flow:
    """Return the flowables of a group that is `width` points wide; item i has the key `<key>.<i>`."""
    made = _MAKERS[block.kind](maker, block, key, width)
    return [*made, _Gap(1, maker.design.size * 0.8)]


def _grid(maker: Maker, cells: list[Flow], columns: int, width: float, look: Callable[[int], list[Any]]) -> Flow:
    """Return cells in a grid with gutters; `look(i)` gives the style commands of cell i, placed by the caller."""
    wide = (width - _GAP * (columns - 1)) / columns
    widths = [wide if i % 2 == 0 else _GAP for i in range(2 * columns - 1)]
    kind = DrawnBackwards if maker.design.shuffled else Table
    made: Flow = []
    for start in range(0, len(cells), columns):
        row: list[Any] = []
        commands = list(_PAD)
        for i, cell in enumerate(cells[start : start + columns]):
            row += [cell, ""]
            commands += [(name, (2 * i, 0), (2 * i, 0), *rest) for name, *rest in look(start + i)]
        row += [""] * (len(widths) - len(row))
        made += [kind([row[: len(widths)]], colWidths=widths, style=commands), Spacer(1, _GAP)]
    return made[:-1]


def _cards(maker: Maker, block: Block, key: str, width: float) -> Flow:
    design = maker.design
    cells: list[Flow] = []
    for i, (_, passage) in enumerate(block.items):
        *title, text = passage.cells
        head: Flow = [maker.text("title", title[0], f"{key}.{i}")] if title else []
        icon: Flow = [Icon(design, i)] if design.cards != "outlined" else []
        cells.append([*icon, *head, maker.text("small", text, f"{key}.{i}")])

    def look(i: int) -> list[Any]:
        if design.cards == "outlined":
            return [("BOX", 0.9, design.colour(3 if i % 2 else 0))]
        if design.cards == "topped":
            return [("BACKGROUND", design.tint(2, 1)), ("LINEABOVE", 4, design.colour(i % 2))]
        return [("BACKGROUND", design.tint((0, 1, 3)[i % 3], 0.14))]

    return _grid(maker, cells, int(block.argument or 2), width, look)


def _stats(maker: Maker, block: Block, key: str, width: float) -> Flow:
    columns = int(block.argument or 3)
    style = _fitting(maker, [p.cells[0] for _, p in block.items], width / columns - 24)
    cells = [
        [maker.text(style, passage.cells[0], f"{key}.{i}"), maker.text("label", passage.cells[1], f"{key}.{i}")]
        for i, (_, passage) in enumerate(block.items)
    ]
    return _grid(maker, cells, columns, width, lambda _: [("BACKGROUND", maker.design.colour(2))])


def _fitting(maker: Maker, figures: list[str], room: float) -> str:
    """Return the larger style of figures if the longest of them fits on a line."""
    style = maker.sheet["figure"]
    widest = max(stringWidth(figure, style.fontName, style.fontSize) for figure in figures)
    return "figure" if widest <= room else "lesser"


def _table(maker: Maker, block: Block, key: str, width: float) -> Flow:
    shares, _, names = block.argument.partition(" ")
    parts = [float(share) for share in shares.split(",")]
    rows = [[maker.text("head", name.strip()) for name in names.split("|")]]
    for i, (_, passage) in enumerate(block.items):
        rows.append([maker.text("cell", cell, f"{key}.{i}") for cell in passage.cells])
    design = maker.design
    commands = [
        *_PAD,
        ("BACKGROUND", (0, 0), (-1, 0), design.main),
        ("GRID", (0, 0), (-1, -1), 0.5, design.tint(0, 0.45)),
        ("NOSPLIT", (0, 0), (0, min(2, len(rows) - 1))),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, design.tint(0, 0.07)]),
    ]
    return [Table(rows, colWidths=[width * p / sum(parts) for p in parts], style=commands, repeatRows=1)]


def _box(maker: Maker, block: Block, key: str, width: float) -> Flow:
    design = maker.design
    rows: list[list[Flow]] = [[[maker.text("title", block.argument)]]] if block.argument else []
    for i, (mark, passage) in enumerate(block.items):
        kind, extra = ("bullet", {"bulletText": "•"}) if mark else ("small", {})
        rows.append([[maker.text(kind, passage.text, f"{key}.{i}", **extra)]])
    commands = [*_PAD, ("BACKGROUND", (0, 0), (-1, -1), design.tint(1, 0.16)), ("BOTTOMPADDING", (0, 0), (-1, -2), 1)]
    commands += [("TOPPADDING", (0, 1), (-1, -1), 1), ("LINEBEFORE", (0, 0), (0, -1), 4, design.colour(3))]
    commands += [("NOSPLIT", (0, 0), (0, min(1, len(rows) - 1)))]
    return [Table(rows, colWidths=[width], style=commands)]


def _steps(maker: Maker, block: Block, key: str, width: float) -> Flow:
    design = maker.design
    cells: list[Flow] = [[maker.text("head", p.text, f"{key}.{i}")] for i, (_, p) in enumerate(block.items)]

    def look(i: int) -> list[Any]:
        return [("BACKGROUND", _darker(design.colour((0, 3)[i % 2]))), ("VALIGN", "MIDDLE")]

    return _grid(maker, cells, int(block.argument or 1), width, look)


def _darker(colour: Color) -> Color:
    return Color(colour.red * 0.85, colour.green * 0.85, colour.blue * 0.85)


def _photo(maker: Maker, block: Block, key: str, width: float) -> Flow:
    return [KeepTogether([Photo(maker.design, width, min(width * 0.45, 150)), _caption(maker, block, key)])]


def _chart(maker: Maker, block: Block, key: str, width: float) -> Flow:
    values = [tuple(part.strip() for part in line.split("=")) for line, _ in block.items]
    return [KeepTogether([_caption(maker, block, key), Chart(maker.design, width, values)])]  # type: ignore[arg-type]


def _caption(maker: Maker, block: Block, key: str) -> Flowable:
    return maker.text("caption", block.passage.text if block.passage else "", key)


_MAKERS: dict[str, Callable[[Maker, Block, str, float], Flow]] = {
    "cards": _cards, "stats": _stats, "table": _table, "box": _box, "steps": _steps, "photo": _photo, "chart": _chart,
}  # fmt: skip
