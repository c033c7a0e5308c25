"""The look of a sample plan: page, columns, colours, fonts and paragraph styles, read from the head of its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PAGES = {"landscape": (841.92, 595.32), "portrait": (595.32, 841.92), "slide": (960.0, 540.0)}
FACES = {
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "dejavu": ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique"),
}
# A letter that looks like an l and whose text is a space: right to the eye, lost to a reader of the text ("wil").
LOST = 0xE000


@dataclass(frozen=True, slots=True)
class Design:
    """Choices of a layout with their defaults; a plan's head names those that differ."""

    page: str = "landscape"
    columns: int = 2
    face: str = "helvetica"
    size: float = 9.5
    palette: tuple[str, ...] = ("#005EB8", "#41B6E6", "#E8EDEE", "#ED8B00", "#231F20")
    chapters: str = (
        "band"  # band: band on a new page; divider: a page of its own; page: a new page; inline: in the text
    )
    sections: str = "flow"  # flow: in the text; page: every section on a page of its own, as in a slide deck
    head: str = "line"  # line, band, strip (down the left side)
    cards: str = "filled"  # filled, outlined, topped
    numbered: bool = False
    justified: bool = False
    shuffled: bool = False  # cards drawn from the last to the first, as design software leaves them
    outline: bool = False
    lost: bool = False  # "ll" is printed right but reads "l ", as in PDFs whose fonts lost their ligatures
    margin: float = 42
    gutter: float = 22

    @property
    def pagesize(self) -> tuple[float, float]:
        """Return width and height of the page in points."""
        return PAGES[self.page]

    @property
    def fonts(self) -> tuple[str, str, str]:
        """Return the names of the plain, bold and italic font."""
        register(self.face)
        return FACES[self.face]

    @property
    def main(self) -> Color:
        """Return the first colour of the palette."""
        return self.colour(0)

    def colour(self, index: int) -> Color:
        """Return a colour of the palette: main, second, pale, accent, ink."""
        return HexColor(self.palette[index])

    def tint(self, index: int, share: float) -> Color:
        """Return a colour of the palette mixed with white, `share` 0 (white) to 1 (full)."""
        full = self.colour(index)
        return Color(*(1 - share * (1 - part) for part in (full.red, full.green, full.blue)))


def design_of(choices: dict[str, Any]) -> Design:
    """Return the design that the head of a source asks for."""
    return Design(**{k: tuple(v) if isinstance(v, list) else v for k, v in choices.items()})


def styles(design: Design) -> dict[str, ParagraphStyle]:
    """Return the paragraph styles of a design by the kind of block."""
    plain, bold, italic = design.fonts
    size, ink = design.size, design.colour(4)
    body = ParagraphStyle(
        "para", fontName=plain, fontSize=size, leading=size * 1.36, spaceAfter=size * 0.62, textColor=ink,
        alignment=TA_JUSTIFY if design.justified else 0, allowWidows=1, allowOrphans=1,
    )  # fmt: skip

    def like(name: str, parent: ParagraphStyle = body, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=parent, **changes)

    def heading(name: str, scale: float, colour: Color, before: float) -> ParagraphStyle:
        return like(
            name, fontName=bold, fontSize=size * scale, leading=size * scale * 1.22, textColor=colour, alignment=0,
            spaceBefore=before, spaceAfter=size * 0.5, keepWithNext=1,
        )  # fmt: skip

    small = like("small", fontSize=size * 0.92, leading=size * 1.2, spaceAfter=3, alignment=0)
    return {
        "para": body,
        "bullet": like("bullet", leftIndent=12, bulletIndent=2, spaceAfter=size * 0.38, alignment=0),
        "quote": like("quote", fontName=italic, fontSize=size * 1.18, leading=size * 1.6, textColor=design.main,
                      leftIndent=12, rightIndent=8, spaceBefore=6, spaceAfter=10, alignment=0),
        "note": like("note", fontSize=size * 0.76, leading=size * 0.98, spaceAfter=3, alignment=0),
        "caption": like("caption", fontName=italic, fontSize=size * 0.86, leading=size * 1.1, alignment=0),
        "chapter": heading("chapter", 2.1, design.main, 0),
        "section": heading("section", 1.38, design.main, size * 0.9),
        "sub": heading("sub", 1.12, design.colour(3), size * 0.6),
        "small": small,
        "cell": like("cell", small, spaceAfter=0),
        "head": like("head", small, fontName=bold, textColor=white, spaceAfter=0),
        "title": like("title", small, fontName=bold, spaceAfter=2, fontSize=size * 1.02),
        "figure": like("figure", small, fontName=bold, fontSize=size * 2.3, leading=size * 2.7, textColor=design.main,
                       alignment=TA_CENTER),
        "lesser": like("lesser", small, fontName=bold, fontSize=size * 1.5, leading=size * 1.9, textColor=design.main,
                       alignment=TA_CENTER),
        "label": like("label", small, alignment=TA_CENTER),
        "contents": like("contents", alignment=0, spaceAfter=2),
    }  # fmt: skip


def lose_letters(pdf: bytes) -> bytes:
    """Return a PDF whose fonts say that the look-alike l is a space; nothing moves, the codes are of one length."""
    return pdf.replace(f"<{LOST:04X}>".encode(), b"<0020>")


@cache
def register(face: str) -> None:
    """Make the fonts of a face known to ReportLab; those of matplotlib (DejaVu) may be embedded."""
    if face != "dejavu":
        return
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in FACES[face]:
        font = TTFont(name, folder / f"{name}.ttf")
        font.face.charToGlyph[LOST] = font.face.charToGlyph[ord("l")]
        font.face.charWidths[LOST] = font.face.charWidths[ord("l")]
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(FACES[face][0], *FACES[face], FACES[face][1])
