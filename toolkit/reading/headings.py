"""Which pieces are headings: tags first, then bookmarks, numbering, size and weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

from toolkit.reading.heading_levels import NUMBERED, Bookmarks, key, size_of, with_levels
from toolkit.reading.lines import Line
from toolkit.reading.pieces import Piece

_ENUMERATED = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[A-Za-z][.):])\s*[A-Z]")
_FIRST = re.compile(r"\(?[1aA]\W")
_HEADING = re.compile(r"H\d?$|Title$")
_LEGEND = re.compile(r"(?:key|legend):?", re.IGNORECASE)
_UNDER = 2.7  # in sizes: a name stands no further below what was said
_ALIKE = 0.08  # sizes that differ by less are one
_TITLE = 3  # words: what is shorter may be a title over anything
_APART = 1e6  # points
_LONGEST = 160  # characters
_LARGER = 1.12
_FEWEST_OF_A_STYLE = 3  # headings
_RARELY = 0.1  # as often as for headings: a style that more is set in is none of theirs
_NAME_LINES, _NAME_WORDS = 2, 12
_STOPS = ".;,:…"  # no heading ends in one

_Style = tuple[str, float]  # the face of type and its size


def body_size(lines: Iterable[Line]) -> float:
    """Return the type size of most of the plan's text, in points, rounded to half a point; 10 when there is none."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return max(weights, key=lambda s: (weights[s], s)) if weights else 10.0


def with_headings(pages: Sequence[Sequence[Piece]], body: float, bookmarks: Bookmarks) -> list[list[Piece]]:
    """Return the pieces with headings marked and levelled; `bookmarks` are titles (see `key`) and their depths."""
    pages = [_numbered(pieces, body) for pieces in pages]
    marked = [[_marked(piece, body, bookmarks) for piece in pieces] for pieces in pages]
    marked = [_without_beginnings(_without_names(pieces, bookmarks)) for pieces in marked]
    styles = _heading_styles(marked)
    marked = [_in_heading_style(pieces, styles) for pieces in marked]
    return with_levels(marked, bookmarks)


def _numbered(pieces: Sequence[Piece], body: float) -> list[Piece]:
    """Return the pieces of a page, numbered items in bold before plain text as headings, but not those of a list.

    A list is led in by a colon and goes on past the text between its items, or stands without any text between them.
    """
    result = list(pieces)
    titled = [_is_numbered_title(piece, body) for piece in pieces]
    led_in = False
    for i, (piece, after) in enumerate(pairwise(pieces)):
        before_text = (after.kind == "paragraph" or bool(after.marker)) and not after.lines[0].bold
        if piece.kind == "heading":
            led_in = False
        elif titled[i]:
            led_in = led_in or (i > 0 and pieces[i - 1].text.endswith(":") and _FIRST.match(piece.text) is not None)
            if before_text and not led_in and not (i > 0 and titled[i - 1]):
                result[i] = piece._replace(kind="heading", level=0, role="")
    return result


def _is_numbered_title(piece: Piece, body: float) -> bool:
    if piece.kind != "list_item" or piece.marker or piece.size < 0.95 * body:
        return False
    text = piece.text
    titled = len(text) <= _LONGEST and text[-1] not in ".;," and _ENUMERATED.match(text) is not None
    return titled and all(line.bold for line in piece.lines)


def _without_names(pieces: Sequence[Piece], bookmarks: Bookmarks) -> list[Piece]:
    """Return the pieces of a page, the names under quotes as paragraphs: they close a text and open none."""
    result = list(pieces)
    for i, (above, piece) in enumerate(pairwise(pieces), start=1):
        if piece.kind != "heading" or _HEADING.match(piece.role) or above.kind != "paragraph" or not above.finished:
            continue
        below = pieces[i + 1] if i + 1 < len(pieces) else None
        if above.text[-1] == ":" or (below and below.kind == "table_row"):
            continue
        up, down = _below(above, piece), _below(piece, below) if below else _APART
        near = up < _UNDER * piece.size and piece.size < _LARGER * above.size
        if near and down > max(1.5 * up, _UNDER * piece.size) and key(piece.text) not in bookmarks:
            result[i] = piece._replace(kind="paragraph")
    return result


def _without_beginnings(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a page, headings whose sentence goes on below in type of their size as paragraphs."""
    result = list(pieces)
    for i, (piece, after) in enumerate(pairwise(pieces)):
        if piece.kind != "heading" or _HEADING.match(piece.role) or piece.finished or not after.goes_on:
            continue
        alike = abs(piece.size - after.size) < _ALIKE * piece.size and len(piece.text.split()) > _TITLE
        is_address = not {"@", "/"}.isdisjoint(after.lines[0].words[0].text)
        if alike and not is_address and _below(piece, after) < _UNDER * piece.size:
            result[i] = piece._replace(kind="paragraph")
    return result


def _heading_styles(pages: Sequence[Sequence[Piece]]) -> set[_Style]:
    """Return the light faces of type, with their sizes, that are used for headings and hardly for anything else."""
    headings = Counter(_style(p) for p in chain.from_iterable(pages) if p.kind == "heading")
    often = {style: n for style, n in headings.items() if style and n >= _FEWEST_OF_A_STYLE}
    sizes = {size for _, size in often}  # what is of another size, nearly all of a plan, need not be looked through
    others = Counter(_style(p) for p in chain.from_iterable(pages) if _is_text(p) and size_of(p) in sizes)
    return {style for style, n in often.items() if others[style] <= _RARELY * n}


def _is_text(piece: Piece) -> bool:
    """Return whether a piece is neither a heading nor a paragraph that could be one by its length."""
    named = piece.kind == "paragraph" and not piece.finished and len(piece.lines) <= _NAME_LINES
    return piece.kind != "heading" and not named


def _style(piece: Piece) -> _Style | None:
    """Return the face that all words of a piece are set in, and its size; None when it is bold, or they are several.

    What is bold has been looked at by itself.
    """
    words = [word for line in piece.lines for word in line.words if any(map(str.isalpha, word.text))]
    faces = {word.font for word in words}
    return (faces.pop(), size_of(piece)) if len(faces) == 1 and not any(word.bold for word in words) else None


def _in_heading_style(pieces: Sequence[Piece], styles: set[_Style]) -> list[Piece]:
    """Return the pieces of a page, names in a style of headings before text as headings."""
    result = list(pieces)
    for i, (piece, after) in enumerate(pairwise(pieces)):
        if piece.kind != "paragraph" or len(piece.lines) > _NAME_LINES or after.kind not in ("paragraph", "list_item"):
            continue
        text = piece.text
        named = text[0].isupper() and text[-1] not in _STOPS and len(text.split()) <= _NAME_WORDS
        if named and _style(piece) in styles and sum(map(str.isalpha, text)) > 2 * sum(map(str.isdigit, text)):
            result[i] = piece._replace(kind="heading", level=0)
    return result


def _below(above: Piece, piece: Piece) -> float:
    """Return how far below another a piece stands, from baseline to baseline; very far when it stands elsewhere."""
    step = piece.lines[0].baseline - above.lines[-1].baseline
    a, b = above.lines[-1].box, piece.lines[0].box
    return step if step > 0 and min(a.x1, b.x1) > max(a.x0, b.x0) else _APART


def _marked(piece: Piece, body: float, bookmarks: Bookmarks) -> Piece:
    if len(piece.lines) == 1 and piece.kind in ("heading", "paragraph") and _LEGEND.fullmatch(piece.text):
        return piece._replace(kind="caption", level=0)  # over the signs of a chart or map, not over text
    if piece.kind == "heading":
        sound = len(piece.text) <= 2 * _LONGEST and any(map(str.isalpha, piece.text))
        return piece if sound else piece._replace(kind="paragraph")
    if piece.kind not in ("paragraph", "list_item") or piece.marker:
        return piece
    if _looks_like_heading(piece, body, bookmarks):
        return piece._replace(kind="heading", level=0)
    return piece


def _looks_like_heading(piece: Piece, body: float, bookmarks: Bookmarks) -> bool:
    if len(piece.lines) > 4:
        return False
    text = piece.text
    if len(text) > _LONGEST or text[0].islower():
        return False
    if not (bookmarks and key(text) in bookmarks) and not _is_set_as_heading(piece, text, body):
        return False
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    return letters >= 3 and letters >= 2 * digits


def _is_set_as_heading(piece: Piece, text: str, body: float) -> bool:
    """Return whether the piece is short, no sentence, and in type that stands out."""
    if text[-1] in _STOPS and not NUMBERED.match(text):
        return False
    if piece.size >= _LARGER * body:
        return len(text.split()) <= 25
    if piece.kind == "list_item" or not piece.alone or not all(line.bold for line in piece.lines):
        return False
    return piece.size >= 0.95 * body and len(text.split()) <= 16
