"""Set a source as a PDF and say on which pages each passage stands."""

from __future__ import annotations

import io
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    FrameBreak,
    NextPageTemplate,
    PageBreak,
    Spacer,
)

from .design import Design, design_of, lose_letters, styles
from .flow import Maker, Pages, Printed
from .groups import group
from .pages import NOTICE, Sheet, frame_width
from .source import Block, Source


class _Plan(BaseDocTemplate):  # type: ignore[misc]
    meta: dict[str, Any]


def set_plan(source: Source) -> tuple[bytes, Pages]:
    """Return the PDF and, by key of a passage, its pages. Set twice: the contents page needs the numbers."""
    pages: Pages = {}
    for _ in range(2):
        known, pages = pages, {}
        pdf = _Setting(source, known, pages).pdf()
    return pdf, pages


class _Setting:
    """One pass over a source; flowables and page templates are gathered block by block."""

    def __init__(self, source: Source, known: Pages, pages: Pages) -> None:
        self.source, self.known, self.pages = source, known, pages
        self.design: Design = design_of(source.meta["design"])
        self.maker = Maker(self.design, styles(self.design), pages)
        self.columns, self.title, self.count, self.leading = self.design.columns, "", [0, 0], False
        self.lead_from = 0
        self.story: list[Flowable] = []
        self.sheets: list[Sheet] = [self._sheet("cover", "cover")]

    def pdf(self) -> bytes:
        """Return the bytes of the PDF: no clock, no compression, so that they depend on ReportLab alone."""
        target = io.BytesIO()
        meta = self.source.meta
        for i, block in enumerate(self.source.blocks):
            self._add(block, f"b{i}")
        doc = _Plan(
            target, pagesize=self.design.pagesize, title=meta["title"], author=f"{meta['ics_name']} (invented)",
            subject=NOTICE, keywords="invented, sample, fictional", creator="plans/sample/make.py", invariant=1,
            pageCompression=0,
        )  # fmt: skip
        doc.meta = meta
        doc.addPageTemplates(self.sheets)
        doc.build(self.story)
        return lose_letters(target.getvalue()) if self.design.lost else target.getvalue()

    def _sheet(self, name: str, look: str, lead: float = 0) -> Sheet:
        meta = self.source.meta
        head = meta.get("running", meta["title"])
        return Sheet(name, look, self.design, head=head, title=self.title, columns=self.columns, lead=lead)

    def _turn(self, look: str, after: str = "inner", *, leading: bool = False) -> None:
        """Begin a page of a look, perhaps with a full-width part on top; the pages after it look like `after`."""
        for kind in dict.fromkeys((look, after)):
            self.sheets.append(self._sheet(f"{kind}{len(self.sheets)}", kind))
        if self.leading:
            raise ValueError(f"'{self.title}': the part on top is not ended by :break")
        self.leading = leading
        names = [sheet.id for sheet in self.sheets]
        first = names[-2] if look != after else names[-1]
        self.story += [NextPageTemplate(first), PageBreak(), NextPageTemplate(names[-1])]
        self.lead_from = len(self.story)

    def _end_lead(self) -> None:
        """Give the page that was begun last a full-width frame as high as what was put on it so far."""
        width = frame_width(self.design, 1)
        height = sum(f.getSpaceBefore() + f.wrap(width, 9999)[1] + f.getSpaceAfter() for f in self._lead())
        index = next(i for i in reversed(range(len(self.sheets))) if self.sheets[i].look == "opening")
        self.sheets[index] = self._sheet(self.sheets[index].id, "opening", height + 2)
        self.leading = False

    def _lead(self) -> list[Flowable]:
        return self.story[self.lead_from :]

    def _add(self, block: Block, key: str) -> None:
        text = block.passage.text if block.passage else ""
        if block.kind in {"chapter", "section", "sub"}:
            self._heading(block.kind, text, key)
        elif block.kind in {"para", "bullet", "quote", "note"}:
            extra = {"bulletText": "•"} if block.kind == "bullet" else {}
            self.story.append(self.maker.text(block.kind, text, key, **extra))
        elif block.kind in {"wide", "columns"}:
            if isinstance(self.story[-1], PageBreak):
                self.story.pop()
            self.columns = 1 if block.kind == "wide" else int(block.argument or self.design.columns)
            self._turn("inner")
        elif block.kind == "page":
            self.story.append(PageBreak())
        elif block.kind == "break":
            if self.leading:
                self._end_lead()
            self.story.append(FrameBreak())
        elif block.kind == "need":
            self.story.append(CondPageBreak(float(block.argument)))
        elif block.kind == "contents":
            self._contents()
        else:
            self.story += group(self.maker, block, key, self._width())

    def _width(self) -> float:
        return frame_width(self.design, 1 if self.leading else self.columns)

    def _heading(self, kind: str, text: str, key: str) -> None:
        shown = self._number(kind, block_title(text))
        choice = text.partition(" || ")[2]
        leading = choice.endswith("lead")
        if kind == "section" and self.design.sections == "page":
            columns = choice.removesuffix("lead").strip()
            self.columns, self.title = int(columns or self.design.columns), shown
            self._turn("opening", leading=leading)
            self.story.append(self._marker(key, shown))
        elif kind == "chapter":
            self._chapter(shown, key, leading=leading)
        else:
            self.story.append(self._title(kind, shown, key))

    def _chapter(self, shown: str, key: str, *, leading: bool) -> None:
        self.columns, self.title = self.design.columns, shown
        if self.design.chapters == "divider":
            self._turn("divider")
            ending = [] if self.design.sections == "page" else [PageBreak()]
            self.story += [self._marker(key, shown), Spacer(1, 1), *ending]
        elif self.design.chapters == "band":
            self._turn("opening", leading=leading)
            self.story.append(self._marker(key, shown))
        elif self.design.chapters == "page" or len(self.sheets) == 1:
            self._turn("opening", leading=leading)
            self.story.append(self._title("chapter", shown, key))
        else:
            self.story += [CondPageBreak(120), Spacer(1, 10), self._title("chapter", shown, key)]

    def _number(self, kind: str, text: str) -> str:
        if not self.design.numbered or kind == "sub" or text == "Contents":
            return text
        self.count = [self.count[0] + 1, 0] if kind == "chapter" else [self.count[0], self.count[1] + 1]
        return f"{self.count[0]} {text}" if kind == "chapter" else f"{self.count[0]}.{self.count[1]} {text}"

    def _title(self, kind: str, text: str, key: str) -> Printed:
        made = self.maker.text(kind, text, key)
        if self.design.outline:
            made.heading = ({"chapter": 0, "section": 1, "sub": 2}[kind], text)
        return made

    def _marker(self, key: str, text: str) -> Printed:
        """Return a paragraph with nothing in it that notes the page of a heading drawn by the page itself."""
        made = self.maker.text("note", "", key)
        made.style = _flat(made)
        if self.design.outline:
            made.heading = (0, text)
        return made

    def _contents(self) -> None:
        number = 0
        for i, block in enumerate(self.source.blocks):
            if block.kind == "chapter" and block.passage:
                page = min(self.known.get(f"b{i}", {0}))
                title = block_title(block.passage.text)
                if title != "Contents":
                    number += 1
                    title = f"{number} {title}" if self.design.numbered else title
                    self.story.append(self.maker.text("contents", self._dotted(title, page), f"c{i}"))

    def _dotted(self, title: str, page: int) -> str:
        """Return a line of the contents page, filled with dots to the width of its column."""
        style = self.maker.sheet["contents"]
        room = self._width() - stringWidth(f"{title}  {page}", style.fontName, style.fontSize)
        return f"{title} {'.' * int(room / stringWidth('.', style.fontName, style.fontSize) - 2)} {page}"


def block_title(text: str) -> str:
    """Return a heading without the choices that follow "||" in the source: columns, "lead" for a wide part on top."""
    return text.partition(" || ")[0]


def _flat(made: Printed) -> Any:
    style = made.style.clone("marker")
    style.leading = style.spaceAfter = style.spaceBefore = 0
    return style
