"""What a passage stands under: the headings above it, and the line that leads in its list."""

from __future__ import annotations

import re

from toolkit.reading.passages import Draft
from toolkit.reading.pieces import Piece
from toolkit.records import NOT_CONTENT

_ANNOUNCES = 20  # words: a paragraph so short before a numbered list says what the list is
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"
_NUMBER = re.compile(r"\(?(\d{1,2})[.)]")

_Path = list[tuple[int, str]]  # headings with their levels, the highest first


class Context:
    """The headings above the next passage, the highest first, and the line that leads in a list, if there is one."""

    def __init__(self) -> None:
        self._path: _Path = []
        self._leads: list[tuple[int, str]] = []  # of the lists that are open, the outer first, and their levels
        self._before = ""  # a short paragraph straight before the next passage
        self._counted = 0, ""  # the number of the last item that was led in, and by what
        self._panel = 0, 0  # the page, and the box on it, that the passage before stands in
        self._outside: _Path = []  # the headings before that box
        self._aside = self._told = False  # whether the box stands among other text, and whether it has text itself

    def of(self, draft: Draft, text: str) -> tuple[tuple[str, ...], str]:
        """Return the section and the lead-in of the passage that comes next; navigation has neither."""
        kind, level = draft.kind, draft.level
        if kind not in NOT_CONTENT:
            self._enter(draft.parts[0])
        lead_in = self._lead_in(level, text) if kind == "list_item" else ""
        if kind in ("paragraph", "heading"):
            self._leads = [(-1, text)] if _leads_in(text) else []
            announces = kind == "paragraph" and text[-1:] == "." and text.count(" ") < _ANNOUNCES
            self._before = text if announces else ""
        elif kind == "table_row":
            self._leads = []
        if kind in NOT_CONTENT:
            return (), ""
        if kind != "heading":
            return tuple([heading for _, heading in self._path]), lead_in
        self._counted = 0, ""
        self._path = [(above, heading) for above, heading in self._path if above < level]
        section = tuple([heading for _, heading in self._path])
        self._path.append((level, text))
        return section, ""

    def _enter(self, first: Piece) -> None:
        """Leave the headings of a drawn box behind when the next piece stands outside it.

        They are headings of that box alone when they are lower than those before it, and have text in it. A box that
        opens its page may be the banner of all that follows.
        """
        panel = first.page, first.panel
        if panel != self._panel:
            if self._told and self._path[: len(self._outside)] == self._outside:
                self._path = self._outside
            self._aside = first.panel > 0 and first.page == self._panel[0]
            self._panel, self._outside, self._told = panel, list(self._path), False
        self._told = self._told or (self._aside and first.kind != "heading")

    def _lead_in(self, level: int, text: str) -> str:
        """Return what leads in an item: the item above its own list, or the line above them all.

        A numbered list goes on past the text that explains an item, as long as its numbers count on.
        """
        self._leads = [(above, lead) for above, lead in self._leads if above < level]
        lead_in = self._leads[-1][1] if self._leads else ""
        if numbered := _NUMBER.match(text):
            number, (last, outer) = int(numbered[1]), self._counted
            if not lead_in and number == 1:
                lead_in = self._before
            elif not lead_in and number == last + 1:
                lead_in = outer
            self._counted = number, lead_in
        self._before = ""
        if _leads_in(text):
            self._leads.append((level, text))
        return lead_in


def _leads_in(text: str) -> bool:
    """Return whether a text ends in dots, or in a colon behind which a dash may stand."""
    end = text[:-1] if text[-1:] in _DASHES else text
    return end.rstrip().endswith(":") or text.endswith(("…", "..."))
