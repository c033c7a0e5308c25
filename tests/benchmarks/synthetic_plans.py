"""Synthetic plans with exact truth: `python tests/benchmarks/synthetic_plans.py FOLDER` writes them as PDF.

The truth is the list of blocks that the setting script placed: kind, level, text and order. Layouts are those that real
plans have and readers fail on: justified and hyphenated columns, frames drawn in shuffled order, boxes and side bars,
facing pages on one sheet, slides with card grids, tables with and without rules.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reportlab.lib.pagesizes import A4
from synthetic_setting import BODY, BOLD, Block, Flow, Frame, Sheet, broken_into_lines
from synthetic_text import Writer

WIDTH, HEIGHT = A4
HEAD = "Northmere Integrated Care System joint forward plan"
FOOT = "Northmere and Saltholm, working together"


def _columns(pages: range, count: int, *, top: float = 50, gutter: float = 22, left: float = 48) -> list[Frame]:
    width = (WIDTH - 2 * left - gutter * (count - 1)) / count
    return [
        Frame(page=page, x=left + i * (width + gutter), top=top, width=width, height=HEIGHT - top - 75)
        for page in pages
        for i in range(count)
    ]


def _cover(sheet: Sheet, title: str) -> None:
    steps = sheet.group(1)
    for i, line in enumerate(broken_into_lines(title, sheet.size[0] - 120, BOLD, 46, False)):
        sheet.text(steps, 60, 190 + 54 * i, line[0], BOLD, 46)
    sheet.text(steps, 60, 460, "2025 to 2030", BODY, 24)


def _contents(sheet: Sheet, page: int, titles: list[str]) -> None:
    steps = sheet.group(page)
    sheet.text(steps, 48, 80, "Contents", BOLD, 20)
    for i, title in enumerate(titles):
        dots = "." * (80 - len(title))
        sheet.text(steps, 48, 115 + 18 * i, f"{title} {dots} {3 + i}", BODY, 10)


def _section(flow: Flow, write: Writer, number: int, title: str, subsections: int = 2) -> None:
    flow.heading(f"{number} {title}", 1)
    flow.paragraph(write.paragraph(4))
    for sub in range(1, subsections + 1):
        flow.heading(f"{number}.{sub} {write.title()}", 2)
        flow.paragraph(write.paragraph(3))
        flow.paragraph(write.paragraph(2))
        flow.heading(write.title(), 3)
        flow.paragraph(write.paragraph(2) + " To achieve this, we will:")
        for _ in range(4):
            flow.paragraph(write.item() + ".", "list_item")
        flow.paragraph(write.paragraph(3))


def _footnotes(sheet: Sheet, write: Writer, pages: range) -> None:
    for number, page in enumerate(pages, 1):
        sheet.rule(page, 48, HEIGHT - 62, 150, HEIGHT - 62)
        text = f"{number} Source: {write.item()[0].lower()}{write.item()[1:]}, local data."
        sheet.text(sheet.group(page), 48, HEIGHT - 50, text, BODY, 7)
        sheet.blocks.append(Block(kind="footnote", text=text, page=page, loose=True))


def two_columns(path: Path) -> Sheet:
    """Return a report of two justified, hyphenated columns with cover, contents, footnotes and captions."""
    sheet = Sheet(path=path, size=A4, title="Two columns")
    write = Writer(1)
    titles = [write.title() for _ in range(5)]
    _cover(sheet, "Northmere joint forward plan")
    _contents(sheet, 2, titles)
    flow = Flow(sheet=sheet, frames=_columns(range(3, 14), 2))
    for number, title in enumerate(titles, 1):
        _section(flow, write, number, title)
        y = flow.gap(80)
        sheet.fill(flow.frame.page, flow.frame.x, y, flow.frame.width, 70, "#c9dde8")
        flow.paragraph(f"Figure {number}: {write.item()}", "caption", size=8)
    last = flow.frame.page
    _footnotes(sheet, write, range(3, last + 1))
    sheet.run_lines(last, HEAD, FOOT)
    sheet.save()
    return sheet


def three_columns(path: Path) -> Sheet:
    """Return three columns whose frames are drawn in shuffled order."""
    sheet = Sheet(path=path, size=A4, title="Three columns", shuffle=3)
    write = Writer(2)
    flow = Flow(sheet=sheet, frames=_columns(range(2, 12), 3, gutter=16), size=9)
    _cover(sheet, "Saltholm health and wellbeing strategy")
    for number in range(1, 14):
        flow.heading(write.title(), 1 if number % 3 == 1 else 2)
        flow.paragraph(write.paragraph(5))
        flow.heading(write.title(), 3)
        flow.paragraph(write.paragraph(4) + " Our priorities are:")
        for _ in range(5):
            flow.paragraph(write.item() + ".", "list_item")
        flow.paragraph(write.paragraph(3 + number % 2))
    sheet.run_lines(flow.frame.page, HEAD, FOOT)
    sheet.save()
    return sheet


def side_bars(path: Path) -> Sheet:
    """Return pages of text with a filled side bar on the right and a filled box across the foot, drawn in any order."""
    sheet = Sheet(path=path, size=A4, title="Side bars", shuffle=5)
    write = Writer(3)
    _cover(sheet, "A plan with boxes")
    pages = 5
    for page in range(2, pages + 1):
        main = Flow(
            sheet=sheet, frames=[Frame(page=page, x=48, top=50, width=320, height=470)], hyphenate=page % 2 == 0
        )
        main.heading(f"{page - 1} {write.title()}", 1)
        main.paragraph(write.paragraph(4))
        main.heading(f"{page - 1}.1 {write.title()}", 2)
        main.paragraph(write.paragraph(4))
        main.paragraph(write.paragraph(3))
        sheet.fill(page, 392, 46, 160, 470, "#e6efda")
        bar = Flow(sheet=sheet, frames=[Frame(page=page, x=402, top=58, width=140, height=450)], justify=False, size=9)
        bar.heading(write.title(), 3)
        bar.paragraph(write.paragraph(3))
        bar.paragraph(write.paragraph(2))
        sheet.fill(page, 48, 560, 504, 180, "#2f5d76")
        box = Flow(
            sheet=sheet, frames=[Frame(page=page, x=62, top=572, width=476, height=160)], white=True, justify=False
        )
        box.heading(write.title(), 3)
        box.paragraph(write.paragraph(4))
        box.paragraph(write.paragraph(2))
    sheet.run_lines(pages, HEAD, FOOT)
    sheet.save()
    return sheet


def spreads(path: Path) -> Sheet:
    """Return facing pages set on one sheet, two columns each, the right page drawn before the left."""
    size = (2 * WIDTH, HEIGHT)
    sheet = Sheet(path=path, size=size, title="Spreads", shuffle=8)
    write = Writer(4)
    _cover(sheet, "Spreads of the Northmere strategy")
    frames = [
        Frame(page=page, x=left + i * (230 + 24), top=60, width=230, height=HEIGHT - 140)
        for page in range(2, 9)
        for left in (56, WIDTH + 56)
        for i in range(2)
    ]
    flow = Flow(sheet=sheet, frames=frames)
    for number in range(1, 7):
        _section(flow, write, number, write.title())
    pages = flow.frame.page
    for page in range(2, pages + 1):
        for x, number in ((56.0, 2 * page - 2), (2 * WIDTH - 80, 2 * page - 1)):
            sheet.text(sheet.group(page), x, HEIGHT - 24, str(number), size=9)
        for x in (56.0, WIDTH + 56):
            sheet.text(sheet.group(page), x, 30, HEAD, size=8)
            sheet.running.append(HEAD)
    sheet.save()
    return sheet


def slides(path: Path) -> Sheet:
    """Return slides: card grids of two rows and three columns, and slides of two text columns, shapes in any order."""
    size = (960.0, 540.0)
    sheet = Sheet(path=path, size=size, title="Slides", shuffle=13)
    write = Writer(5)
    for page in range(1, 9):
        top = Flow(sheet=sheet, frames=[Frame(page=page, x=40, top=28, width=880, height=80)], justify=False)
        top.heading(write.title(), 1)
        places = [(40 + 300 * c, 100 + 205 * r, 280, 185) for r in range(2) for c in range(3)]
        if page % 3 == 0:
            places = [(40, 100, 420, 390), (500, 100, 420, 390)]
        for x, y, width, height in places:
            sheet.fill(page, x, y, width, height, "#dbe7f3")
            frame = Frame(page=page, x=x + 14, top=y + 10, width=width - 28, height=height - 14)
            card = Flow(sheet=sheet, frames=[frame], justify=False, hyphenate=False, size=12)
            card.heading(write.title(), 2)
            card.paragraph(write.paragraph(1 if page % 3 else 3))
            if page % 3 == 0:
                for _ in range(3):
                    card.paragraph(write.item() + ".", "list_item")
        steps = sheet.group(page)
        sheet.text(steps, 40, 524, FOOT, size=9)
        sheet.text(steps, 910, 524, str(page), size=9)
        sheet.running.append(FOOT)
    sheet.save()
    return sheet


def tables(path: Path) -> Sheet:
    """Return pages of text with a What, Who, When table between: fully ruled, ruled between rows only, or banded."""
    sheet = Sheet(path=path, size=A4, title="Tables")
    write = Writer(6)
    _cover(sheet, "Delivery plan of actions")
    pages = 7
    for page in range(2, pages + 1):
        flow = Flow(sheet=sheet, frames=[Frame(page=page, x=48, top=55, width=500, height=700)], hyphenate=False)
        flow.heading(f"{page - 1} {write.title()}", 1)
        flow.paragraph(write.paragraph(3))
        flow.y = _table(sheet, write, page, flow.y + 60, ("ruled", "rows", "banded")[page % 3]) - 55 + 14
        flow.paragraph(write.paragraph(3))
        flow.heading(f"{page - 1}.1 {write.title()}", 2)
        flow.paragraph(write.paragraph(4))
    sheet.run_lines(pages, HEAD, FOOT)
    sheet.save()
    return sheet


def _table(sheet: Sheet, write: Writer, page: int, y: float, style: str) -> float:
    """Set a table of six rows from `y` on and return where it ends; each row is one block of the truth."""
    edges = (48.0, 300.0, 440.0, 548.0)
    rows = [("What", "Who", "When"), *((write.item(), write.owner(), write.date()) for _ in range(6))]
    start = y
    steps = sheet.group(page)
    for number, row in enumerate(rows):
        font = BOLD if number == 0 else BODY
        widths = [edges[i + 1] - edges[i] - 12 for i in range(3)]
        cells = [broken_into_lines(text, w, font, 9, False) for text, w in zip(row, widths, strict=True)]
        height = 10 + 12 * max(map(len, cells))
        if style == "banded" and number % 2 == 0:
            sheet.fill(page, edges[0], y, edges[-1] - edges[0], height, "#e8eef4")
        if style != "banded":
            sheet.rule(page, edges[0], y, edges[-1], y)
        for x, lines in zip(edges, cells, strict=False):
            for i, line in enumerate(lines):
                sheet.text(steps, x + 6, y + 14 + 12 * i, line[0], font, 9)
        sheet.blocks.append(Block(kind="table_row", text="\n".join(row), page=page))
        y += height
    if style != "banded":
        sheet.rule(page, edges[0], y, edges[-1], y)
    for x in edges if style == "ruled" else ():
        sheet.rule(page, x, start, x, y)
    return y


PLANS: dict[str, Callable[[Path], Sheet]] = {
    "two_columns": two_columns,
    "three_columns": three_columns,
    "side_bars": side_bars,
    "spreads": spreads,
    "slides": slides,
    "tables": tables,
}


def make_all(folder: Path) -> dict[str, Sheet]:
    """Return every synthetic plan by name, its PDF written to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return {name: make(folder / f"{name}.pdf") for name, make in PLANS.items()}


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
