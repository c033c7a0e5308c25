"""Pages set with reportlab: a font that knows more than Latin-1, house styles, the same bytes for the same words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

FONT, BOLD = "DejaVuSans", "DejaVuSans-Bold"
INK, QUIET, BLUE, RULE = "#0B0C0C", "#505A5F", "#005EB8", "#B1B4B6"


@cache
def styles() -> dict[str, Any]:
    """Return paragraph styles by name: title, heading, text, small, cell. Fonts are registered on the way."""
    from matplotlib import get_data_path
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name in (FONT, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{get_data_path()}/fonts/ttf/{name}.ttf"))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)
    looks = {
        "title": (BOLD, 14, 17, INK, 2),
        "heading": (BOLD, 9.5, 12, BLUE, 2),
        "text": (FONT, 8.5, 11, INK, 3),
        "small": (FONT, 7, 9, QUIET, 2),
        "cell": (FONT, 7.5, 9.2, INK, 0),
    }
    return {
        name: ParagraphStyle(
            name, fontName=font, fontSize=size, leading=lead, textColor=HexColor(ink), spaceAfter=after
        )
        for name, (font, size, lead, ink, after) in looks.items()
    }


def paragraph(text: str, style: str = "text", *, bold: bool = False) -> Any:
    """Return a paragraph of plain words: nothing in them is taken for markup."""
    from reportlab.platypus import Paragraph

    words = escape(text)
    return Paragraph(f"<b>{words}</b>" if bold else words, styles()[style])


def paper(story: Sequence[Any], *, title: str, author: str = "ICS plan toolkit") -> bytes:
    """Return A4 pages of a story as PDF, without a date, with fixed ids."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    target = io.BytesIO()
    made = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=40, rightMargin=40, topMargin=34, bottomMargin=34,
        title=title, author=author, invariant=1, lang="en-GB",
    )  # fmt: skip
    made.build(list(story))
    return target.getvalue()
