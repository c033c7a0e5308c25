"""Page templates of the sample plans: cover, chapter openings, running heads, columns, wide pages, slides."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from .design import Design

NOTICE = "Invented sample plan for testing software. No real system, place, body or person is described."


class Sheet(PageTemplate):  # type: ignore[misc]
    """A kind of page; `look` is cover, divider, opening (first page of a chapter or slide) or inner."""

    def __init__(
        self, name: str, look: str, design: Design, *, head: str, title: str, columns: int, lead: float
    ) -> None:
        """Return the template with its frames; `lead` is the height of a full-width frame above the columns."""
        self.look, self.design, self.running, self.title = look, design, head, title
        super().__init__(id=name, frames=_frames(design, look, columns, lead), pagesize=design.pagesize)

    def beforeDrawPage(self, canv: Any, doc: BaseDocTemplate) -> None:  # noqa: N802 - the name is ReportLab's
        """Draw what stands under and around the text."""
        {"cover": _cover, "divider": _divider}.get(self.look, _inner)(canv, self, doc)


def top_of(design: Design, look: str) -> float:
    """Return the room that a page keeps free above its text."""
    banded = look == "opening" and (design.chapters == "band" or design.sections == "page")
    return design.margin + (46 if banded else 26)


def frame_width(design: Design, columns: int) -> float:
    """Return the width of a column of text."""
    width = design.pagesize[0] - 2 * design.margin - (26 if design.head == "strip" else 0)
    return (width - design.gutter * (columns - 1)) / columns


def _frames(design: Design, look: str, columns: int, lead: float) -> list[Frame]:
    height = design.pagesize[1] - design.margin - top_of(design, look)
    wide = frame_width(design, columns)
    left = design.margin + (26 if design.head == "strip" else 0)
    top = (
        [Frame(left, design.margin + height - lead, frame_width(design, 1), lead, 0, 0, 0, 0, id="lead")]
        if lead
        else []
    )
    height -= lead + 10 if lead else 0
    return top + [
        Frame(left + i * (wide + design.gutter), design.margin, wide, height, 0, 0, 0, 0, id=f"column{i}")
        for i in range(columns)
    ]


def _cover(canv: Any, sheet: Sheet, doc: BaseDocTemplate) -> None:
    design, meta = sheet.design, doc.meta
    width, height = design.pagesize
    canv.setFillColor(design.main)
    canv.rect(0, 0, width, height, stroke=0, fill=1)
    canv.setFillColor(design.colour(1))
    near = min(width, height)
    canv.circle(width * 0.86, height * 0.8, near * 0.36, stroke=0, fill=1)
    canv.setFillColor(design.colour(3))
    canv.circle(width * 0.99, height * 0.56, near * 0.17, stroke=0, fill=1)
    canv.setFillColor(white)
    canv.rect(0, 0, width, 58, stroke=0, fill=1)
    at = height * 0.52
    at = _lines(canv, meta["title"], (design.fonts[1], 34), (design.margin, at, width * 0.66), white)
    _lines(canv, meta.get("subtitle", ""), (design.fonts[0], 17), (design.margin, at - 8, width * 0.62), white)
    _lines(canv, meta["ics_name"], (design.fonts[1], 13), (design.margin, height - 60, width * 0.42), white)
    _lines(canv, NOTICE, (design.fonts[0], 7.5), (design.margin, 26, width * 0.9), design.colour(4))


def _divider(canv: Any, sheet: Sheet, _: BaseDocTemplate) -> None:
    design = sheet.design
    width, height = design.pagesize
    canv.setFillColor(design.main)
    canv.rect(0, 0, width, height, stroke=0, fill=1)
    canv.setFillColor(design.colour(3))
    canv.rect(0, height * 0.36, width * 0.5, 6, stroke=0, fill=1)
    _lines(canv, sheet.title, (design.fonts[1], 36), (design.margin, height * 0.56, width * 0.7), white)


def _inner(canv: Any, sheet: Sheet, _: BaseDocTemplate) -> None:
    design = sheet.design
    width, height = design.pagesize
    left = design.margin + (26 if design.head == "strip" else 0)
    banded = sheet.look == "opening" and (design.chapters == "band" or design.sections == "page")
    _running_head(canv, sheet, left)
    if banded:
        canv.setFillColor(design.main)
        canv.rect(left - 10, height - design.margin - 34, width - left - design.margin + 20, 36, stroke=0, fill=1)
        canv.setFillColor(design.colour(3))
        canv.rect(left - 10, height - design.margin - 38, (width - left) * 0.3, 4, stroke=0, fill=1)
        size = 19 if len(sheet.title) < 60 else 14
        canv.setFont(design.fonts[1], size)
        canv.setFillColor(white)
        canv.drawString(left, height - design.margin - 22, sheet.title)


def _running_head(canv: Any, sheet: Sheet, left: float) -> None:
    design = sheet.design
    width, height = design.pagesize
    number = str(canv.getPageNumber())
    canv.setFillColor(design.main)
    if design.head == "strip":
        canv.rect(0, 0, 30, height, stroke=0, fill=1)
        canv.saveState()
        canv.rotate(90)
        canv.setFillColor(white)
        canv.setFont(design.fonts[0], 8)
        canv.drawString(60, -19, sheet.running)
        canv.restoreState()
        canv.setFillColor(design.main)
    elif design.head == "band":
        canv.rect(0, height - 22, width, 22, stroke=0, fill=1)
        canv.setFillColor(white)
        canv.setFont(design.fonts[0], 8)
        canv.drawString(left, height - 15, sheet.running)
        canv.setFillColor(design.main)
    else:
        canv.setFont(design.fonts[0], 8)
        canv.drawString(left, height - 26, sheet.running)
        canv.setStrokeColor(design.colour(1))
        canv.setLineWidth(1)
        canv.line(left, height - 31, width - design.margin, height - 31)
    canv.setFont(design.fonts[0], 8)
    canv.drawRightString(width - design.margin, 20, number)


def _lines(canv: Any, text: str, font: tuple[str, float], place: tuple[float, float, float], colour: Any) -> float:
    """Draw text from a place (x, y, width) downwards and return the height reached."""
    x, y, width = place
    canv.setFont(*font)
    canv.setFillColor(colour)
    for line in simpleSplit(text, *font, width):
        canv.drawString(x, y, line)
        y -= font[1] * 1.22
    return y
