"""From pieces of pages to drafts of passages: parts joined over columns and pages, list levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.reading.lines import is_marker
from toolkit.reading.pieces import Piece
from toolkit.records import Box, PassageKind

_BETWEEN = frozenset(
    ("footnote", "caption", "heading", "furniture")
)  # what may stand between the two parts of a paragraph
_ASIDE = frozenset(("footnote", "caption", "furniture"))
_FULL = 0.2  # of the width of a paragraph: what its last line may be short of
_SENTENCE = 6  # words: fewer at the top of a page are a label or a title
_FAR = 4  # pieces that are looked over for the rest of a paragraph
_STEP = 2.0  # in sizes: from the baseline of a heading to that of its text
_WORDS_A_LINE = 5  # lines of prose have more


class Draft(NamedTuple):
    """A passage whose words are not yet written to their pages."""

    kind: PassageKind
    parts: tuple[Piece, ...]
    level: int = 0


def drafts_of(pages: Iterable[Sequence[Piece]]) -> list[Draft]:
    """Return the drafts of a plan in reading order; what stands between the lines but is no text comes last."""
    joined = _joined([piece for pieces in pages for piece in pieces])
    return sorted(_with_levels(joined), key=lambda draft: draft.kind == "furniture")


def _joined(pieces: list[Piece]) -> list[list[Piece]]:
    """Return pieces that belong to one paragraph put together; what stood between its parts comes behind it."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        home = _home(groups, piece) if piece.goes_on or _opens_page_with_the_rest(groups, piece) else None
        if home is None:
            groups.append([piece])
            continue
        groups[home].append(piece)
        if home < len(groups) - 1 and groups[home][0].page == piece.page:
            groups.append(groups.pop(home))
            groups[-1], between = groups[-1], groups[home:-1]
            groups[home:] = [groups[-1], *between]
    return groups


def _opens_page_with_the_rest(groups: Sequence[list[Piece]], piece: Piece) -> bool:
    """Return whether the first piece of a page can only be the rest of the last one of the page before.

    Tagged items and capitals do not say so themselves: the page before ends within a full line or within an item.
    """
    if piece.kind not in ("paragraph", "list_item") or piece.marker or piece.lines[0].dotted:
        return False
    if not groups or groups[-1][-1].page < piece.page - 1:
        return False
    last = next((group[-1] for group in reversed(groups) if group[-1].kind not in _ASIDE), None)
    first = piece.lines[0]
    if last is None or last.page + 1 != piece.page or last.finished or not first.text[0].isalpha():
        return False
    if piece.kind == "list_item":
        return last.kind == "list_item" and first.text[0].islower() and not is_marker(first.words[0].text)
    if last.kind not in ("paragraph", "list_item") or len(last.lines) < 2:
        return False
    left, _, right, _ = _around(last)
    full = last.lines[-1].box.x1 > right - _FULL * (right - left)
    return full and len(piece.text.split()) >= _SENTENCE and last.lines[-1].bold == first.bold


def _home(groups: Sequence[list[Piece]], piece: Piece) -> int | None:
    """Return the group whose last part the piece carries on; None when there is none."""
    headed, page = False, piece.page
    if groups and _stands_over(groups[-1][-1], piece):
        return None
    for place in range(len(groups) - 1, max(len(groups) - 1 - _FAR, -1), -1):
        last = groups[place][-1]
        if page - last.page > 1:
            return None
        page = last.page  # a page of figures, of which only the captions are here, is passed over
        if piece.page == last.page and last.kind not in _BETWEEN and not _next_place(last, piece, headed):
            return None
        headed = headed or last.kind == "heading"
        is_note = last.kind == "footnote" and last.page == piece.page and _next_place(last, piece, headed)
        open_end = (is_note or last.kind in ("paragraph", "list_item")) and not last.finished
        if open_end and abs(last.size - piece.size) < 0.08 * last.size and _long_enough(last):
            return place
        if last.kind not in _BETWEEN and abs(last.size - piece.size) < 0.08 * last.size:
            return None
    return None


def _stands_over(last: Piece, piece: Piece) -> bool:
    """Return whether a heading stands straight over a piece: then the piece is its text, small letter or not."""
    if last.kind != "heading" or last.page != piece.page:
        return False
    above, first = last.lines[-1], piece.lines[0]
    under = 0 < first.baseline - above.baseline < _STEP * max(above.size, first.size)
    return under and min(above.box.x1, first.box.x1) > max(above.box.x0, first.box.x0)


def _next_place(last: Piece, piece: Piece, headed: bool) -> bool:
    """Return whether a piece stands where the last one can go on: up in a column to the right, or below it.

    When it is `headed`, a heading stands between them: then below is another text.
    """
    left, top, right, _ = _around(last)
    x0, above, x1, _ = _around(piece)
    if x0 >= right - 2 and (above < top - 1 or (_is_prose(last) and above < last.lines[-1].box.top)):
        return True
    return not headed and above > top and min(right, x1) - max(left, x0) > 2


def _is_prose(piece: Piece) -> bool:
    """Return whether a piece has the lines of a column; those of a card in a row of cards are few and short."""
    return len(piece.lines) > 2 and sum(len(line.words) for line in piece.lines) > _WORDS_A_LINE * len(piece.lines)


def _around(piece: Piece) -> Box:
    boxes = [line.box for line in piece.lines]
    return Box(min(b.x0 for b in boxes), boxes[0].top, max(b.x1 for b in boxes), boxes[-1].bottom)


def _long_enough(piece: Piece) -> bool:
    return len(piece.lines) > 1 or len(piece.lines[0].words) > 3


def _with_levels(groups: Iterable[list[Piece]]) -> list[Draft]:
    """Give list items without a tag their level, by how far they are set in within their list."""
    result: list[Draft] = []
    stops: list[float] = []
    for parts in groups:
        piece = parts[0]
        level = piece.level
        if piece.kind != "list_item":
            stops = stops if piece.kind in ("footnote", "caption") else []
        elif not level:
            x0 = piece.lines[0].box.x0
            if not stops or not _same_column(x0, stops):
                stops = [x0]
            stops = [s for s in stops if s < x0 - 4] + [x0]
            level = len(stops)
        result.append(Draft(kind=piece.kind, parts=tuple(parts), level=level))
    return result


def _same_column(x0: float, stops: Sequence[float]) -> bool:
    return stops[0] - 4 <= x0 <= stops[0] + 90
