"""Synthetic pages with tables of many kinds and their exact truth, and pages that look like tables and are none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

Truth = list[tuple[int, int, str]]

NEGATIVE = frozenset({"none: two columns of prose", "none: card grid", "none: framed boxes", "none: bar chart"})
EACH = 10

_WORDS = (
    "reduce waiting times by improving access to primary care for people in deprived areas through outreach clinics "
    "and community diagnostic hubs with partners in housing education and employment across every neighbourhood team"
).split()
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11)
_HEAD = ParagraphStyle("head", parent=_BODY, fontName="Helvetica-Bold")
_WHITE = ParagraphStyle("white", parent=_HEAD, textColor=colors.white)
_GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)


def synthetic_pages(folder: Path) -> Iterator[tuple[str, Path, list[Truth]]]:
    """Yield kind, file and the true tables of EACH one-page PDFs per kind; the same files at every call."""
    for kind, draw in _KINDS.items():
        for i in range(EACH):
            dice = random.Random(f"{kind} {i}")
            path = folder / f"{len(list(folder.iterdir())):03}.pdf"
            canvas = Canvas(str(path), pagesize=A4, invariant=1)
            truths = draw(canvas, dice)
            canvas.save()
            yield kind, path, truths


def _text(dice: random.Random, fewest: int, most: int) -> str:
    return " ".join(dice.choice(_WORDS) for _ in range(dice.randint(fewest, most)))


def _figure(dice: random.Random) -> str:
    return dice.choice([f"{dice.randint(1, 99)}%", f"{dice.randint(1000, 99999):,}", f"{dice.uniform(0, 90):.1f}"])


def _rows(dice: random.Random, *, wordy: bool) -> list[list[str]]:
    rows, columns = dice.randint(4, 9), dice.randint(3, 6)
    head = [f"{dice.choice(_WORDS).title()} {c}" for c in range(columns)]
    cell = (lambda: _text(dice, 3, 14)) if wordy else (lambda: _figure(dice))
    return [head, *([_text(dice, 1, 4), *(cell() for _ in range(columns - 1))] for _ in range(rows - 1))]


def _place(canvas: Canvas, rows: list[list[str]], style: list[tuple[object, ...]], top: float, head: object) -> float:
    data = [[Paragraph(t, head if r == 0 else _BODY) if t else "" for t in row] for r, row in enumerate(rows)]
    table = Table(data, colWidths=[480 / len(rows[0])] * len(rows[0]), style=TableStyle(style))
    _, height = table.wrapOn(canvas, 480, 700)
    table.drawOn(canvas, 55, 800 - top - height)
    return top + height


def _truth(rows: list[list[str]]) -> Truth:
    return [(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


def _prose(canvas: Canvas, dice: random.Random, x: float, top: float, width: float, words: int) -> float:
    text = Paragraph(_text(dice, words, words).capitalize() + ".", _BODY)
    _, height = text.wrapOn(canvas, width, 700)
    text.drawOn(canvas, x, 800 - top - height)
    return top + height


def _ruled(canvas: Canvas, dice: random.Random, *, wordy: bool = False) -> list[Truth]:
    rows = _rows(dice, wordy=wordy)
    top = _prose(canvas, dice, 55, 20, 480, 60)
    _place(canvas, rows, [_GRID], top + 14, _HEAD)
    return [_truth(rows)]


def _wordy(canvas: Canvas, dice: random.Random) -> list[Truth]:
    return _ruled(canvas, dice, wordy=True)


def _spanned(canvas: Canvas, dice: random.Random) -> list[Truth]:
    rows = _rows(dice, wordy=False)
    rows[0][2] = ""  # a heading over columns 1 and 2, and a label over rows 1 and 2
    rows[2][0] = ""
    spans: list[tuple[object, ...]] = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 1), (0, 2))]
    _place(canvas, rows, [_GRID, *spans], 30, _HEAD)
    return [_truth(rows)]


def _open_sides(canvas: Canvas, dice: random.Random) -> list[Truth]:
    rows = _rows(dice, wordy=False)
    lines = [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.grey), ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)]
    _place(canvas, rows, lines, 40, _HEAD)
    return [_truth(rows)]


def _two(canvas: Canvas, dice: random.Random) -> list[Truth]:
    first, second = _rows(dice, wordy=False), _rows(dice, wordy=False)
    top = _place(canvas, first, [_GRID, ("BACKGROUND", (0, 0), (-1, 0), colors.darkblue)], 20, _WHITE)
    top = _prose(canvas, dice, 55, top + 12, 480, 40)
    _place(canvas, second, [("BOX", (0, 0), (-1, -1), 1.5, colors.black), _GRID], top + 12, _HEAD)
    return [_truth(first), _truth(second)]


def _filled_cells(canvas: Canvas, dice: random.Random) -> list[Truth]:
    rows = _rows(dice, wordy=bool(dice.getrandbits(1)))
    style: list[tuple[object, ...]] = [
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.Color(0.85, 0.9, 0.97), colors.Color(0.93, 0.95, 0.99)]),
        ("BACKGROUND", (0, 0), (-1, 0), colors.darkgreen),
        ("GRID", (0, 0), (-1, -1), 1, colors.white),
    ]
    _place(canvas, rows, style, 40, _WHITE)
    return [_truth(rows)]


def _bands(canvas: Canvas, dice: random.Random) -> list[Truth]:
    rows = _rows(dice, wordy=False)
    style: list[tuple[object, ...]] = [
        ("ROWBACKGROUNDS", (0, 0), (-1, -1), [colors.lightgrey, None]),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, colors.grey),
    ]
    _place(canvas, rows, style, 40, _HEAD)
    return [_truth(rows)]


def _rules_across(canvas: Canvas, dice: random.Random) -> list[Truth]:
    rows = _rows(dice, wordy=False)
    _place(
        canvas,
        rows,
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)],
        40,
        _HEAD,
    )
    return [_truth(rows)]


def _three_rules(canvas: Canvas, dice: random.Random) -> list[Truth]:
    rows = [[dice.choice(_WORDS), *row[1:]] for row in _rows(dice, wordy=False)]
    rule = ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black)
    style = [rule, ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)]
    _place(canvas, rows, style, 40, _HEAD)
    return [_truth(rows)]


def _figures_only(canvas: Canvas, dice: random.Random) -> list[Truth]:
    rows = [[dice.choice(_WORDS), *row[1:]] for row in _rows(dice, wordy=False)]
    top = _prose(canvas, dice, 55, 20, 480, 60)
    _place(canvas, rows, [], top + 14, _HEAD)
    return [_truth(rows)]


def _two_columns(canvas: Canvas, dice: random.Random) -> list[Truth]:
    canvas.line(55, 770, 535, 770)
    for x in (55, 305):
        top = 40.0
        for _ in range(6):
            top = _prose(canvas, dice, x, top, 230, 45) + 8
    canvas.line(297, 760, 297, 300)
    canvas.line(55, 300, 535, 300)
    return []


def _cards(canvas: Canvas, dice: random.Random) -> list[Truth]:
    for r in range(3):
        for c in range(3):
            canvas.setFillColor(dice.choice([colors.lightblue, colors.pink, colors.lightgreen]))
            canvas.rect(55 + 165 * c, 600 - 120 * r, 150, 108, fill=1, stroke=0)
            canvas.setFillColor(colors.black)
            _prose(canvas, dice, 62 + 165 * c, 105 + 120 * r, 136, dice.randint(6, 18))
    return []


def _framed(canvas: Canvas, dice: random.Random) -> list[Truth]:
    canvas.rect(55, 420, 480, 360)
    canvas.setFillColor(colors.lightgrey)
    canvas.rect(55, 755, 480, 25, fill=1)
    canvas.setFillColor(colors.black)
    canvas.drawString(62, 763, "What we will do")
    top = 55.0
    for _ in range(4):
        top = _prose(canvas, dice, 65, top, 460, 50) + 8
    return []


def _chart(canvas: Canvas, dice: random.Random) -> list[Truth]:
    canvas.rect(55, 500, 480, 260)
    for i in range(8):
        y = 720 - 26 * i
        canvas.line(150, y, 520, y)
        canvas.setFillColor(colors.darkblue)
        width = dice.randint(30, 300)
        canvas.rect(150, y - 6, width, 12, fill=1, stroke=0)
        canvas.setFillColor(colors.black)
        canvas.setFont("Helvetica", 8)
        canvas.drawRightString(145, y - 3, dice.choice(_WORDS))
        canvas.drawString(155 + width, y - 3, f"{width // 4}%")
    return []


_KINDS = {
    "ruled, figures": _ruled,
    "ruled, sentences": _wordy,
    "ruled, merged cells": _spanned,
    "ruled, two on a page": _two,
    "ruled inside, open sides": _open_sides,
    "filled cells, white lines": _filled_cells,
    "bands only": _bands,
    "rules across only": _rules_across,
    "three rules": _three_rules,
    "no lines, figures": _figures_only,
    "none: two columns of prose": _two_columns,
    "none: card grid": _cards,
    "none: framed boxes": _framed,
    "none: bar chart": _chart,
}
