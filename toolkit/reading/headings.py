"""Which pieces are headings, and of which level: tags first, then bookmarks, numbering, size and weight."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from toolkit.reading.lines import Line
from toolkit.reading.pieces import Piece

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-Z]")
_ENUMERATED = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[A-Za-z][.):])\s*[A-Z]")
_FIRST = re.compile(r"\(?[1aA]\W")
_HEADING = re.compile(r"H\d?$|Title$")
_UNDER = 2.7  # in sizes: a name stands no further below what was said
_ALIKE = 0.08  # sizes that differ by less are one
_TITLE = 3  # words: what is shorter may be a title over anything
_APART = 1e6  # points
_LONGEST = 160  # characters
_COVER_WORDS = 60  # fewer words on a page than this, in large type: a cover or a divider
_LARGER = 1.12
_ONE_LEVEL = 0.92  # sizes closer than this are one level
_MOST_LEVELS = 4
_RARE = 0.03  # of the headings: a size used less often has no level of its own
_CROWDED = 2  # headings a page: chapters do not begin so often
_SPREAD = 4
_DEEPEST = 6


def body_size(lines: Iterable[Line]) -> float:
    """Return the type size of most of the plan's text, in points, rounded to half a point; 10 when there is none."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return max(weights, key=lambda s: (weights[s], s)) if weights else 10.0


def with_headings(pages: Sequence[Sequence[Piece]], body: float, bookmarks: Mapping[str, int]) -> list[list[Piece]]:
    """Return the pieces with headings marked and levelled; `bookmarks` are titles (see `key`) and their depths."""
    pages = [_numbered(pieces, body) for pieces in pages]
    marked = [[_marked(piece, body, bookmarks) for piece in pieces] for pieces in pages]
    marked = [_without_beginnings(_without_names(pieces, bookmarks)) for pieces in marked]
    levels = _levels(marked)
    return [[_levelled(piece, levels, bookmarks) for piece in pieces] for pieces in marked]


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


def _without_names(pieces: Sequence[Piece], bookmarks: Mapping[str, int]) -> list[Piece]:
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


def _below(above: Piece, piece: Piece) -> float:
    """Return how far below another a piece stands, from baseline to baseline; very far when it stands elsewhere."""
    step = piece.lines[0].baseline - above.lines[-1].baseline
    a, b = above.lines[-1].box, piece.lines[0].box
    return step if step > 0 and min(a.x1, b.x1) > max(a.x0, b.x0) else _APART


def key(title: str) -> str:
    """Return a title as letters and digits only, to compare bookmarks with headings."""
    return re.sub(r"[\W_]+", "", title.casefold())


def _marked(piece: Piece, body: float, bookmarks: Mapping[str, int]) -> Piece:
    if piece.kind == "heading":
        sound = len(piece.text) <= 2 * _LONGEST and any(map(str.isalpha, piece.text))
        return piece if sound else piece._replace(kind="paragraph")
    if piece.kind not in ("paragraph", "list_item") or piece.marker:
        return piece
    if _looks_like_heading(piece, body, bookmarks):
        return piece._replace(kind="heading", level=0)
    return piece


def _looks_like_heading(piece: Piece, body: float, bookmarks: Mapping[str, int]) -> bool:
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
    if text[-1] in ".;,:…" and not _NUMBERED.match(text):
        return False
    if piece.size >= _LARGER * body:
        return len(text.split()) <= 25
    if piece.kind == "list_item" or not piece.alone or not all(line.bold for line in piece.lines):
        return False
    return piece.size >= 0.95 * body and len(text.split()) <= 16


def _size(piece: Piece) -> float:
    return round(piece.size * 2) / 2


def _levels(pages: Sequence[Sequence[Piece]]) -> dict[float, int]:
    """Return the level of every heading size, the largest first.

    Covers are left out of the ranking, sizes that differ by less than a tenth are one level, and a size that is hardly
    used gets the level below it: a single huge number must not push all headings of a plan down, and neither must the
    many large titles of a poster among its pages.
    """
    found: dict[float, list[int]] = defaultdict(list)
    for page, pieces in enumerate(pages):
        headings = [p for p in pieces if p.kind == "heading"]
        if headings and sum([len(line.words) for p in pieces for line in p.lines]) >= _COVER_WORDS:
            for heading in headings:
                found[_size(heading)].append(page)
    groups = _groups(Counter({size: len(on) for size, on in found.items()}))
    posters = _of_posters(groups, found)
    if posters:  # what stands on a poster is no part of what comes after it: the lowest level
        groups = _groups(Counter({size: len(on) for size, on in found.items() if size not in posters}))
        groups[-1].extend(posters)
    return {size: min(level, _DEEPEST) for level, group in enumerate(groups, start=1) for size in group}


def _of_posters(groups: Sequence[Sequence[float]], found: Mapping[float, Sequence[int]]) -> set[float]:
    """Return the sizes that crowd a few of the pages, while headings of a smaller size stand on many times as many."""
    posters: set[float] = set()
    widest = 0
    for group in reversed(groups):
        headings = [page for size in group for page in found[size]]
        pages = len(set(headings))
        if len(headings) >= _CROWDED * pages and widest > _SPREAD * pages:
            posters.update(group)
        widest = max(widest, pages)
    return posters


def _groups(sizes: Counter[float]) -> list[list[float]]:
    """Return the sizes in groups, the largest first: one group a level, and no more levels than a reader can tell."""
    groups = [[size] for size in sorted(sizes, reverse=True)]
    least = max(2, _RARE * sizes.total())
    while len(groups) > 1:
        steps = [_middle(b, sizes) / _middle(a, sizes) for a, b in pairwise(groups)]
        rare = [i for i, group in enumerate(groups) if sum(sizes[s] for s in group) < least]
        if rare:
            i = rare[0]
            at = i - 1 if i == len(groups) - 1 or (i and steps[i - 1] > steps[i]) else i
        else:
            at = max(range(len(steps)), key=lambda i: steps[i])
            if steps[at] < _ONE_LEVEL and len(groups) <= _MOST_LEVELS:
                break
        groups[at : at + 2] = [groups[at] + groups[at + 1]]
    return groups


def _middle(group: Sequence[float], sizes: Counter[float]) -> float:
    return sum(s * sizes[s] for s in group) / sum(sizes[s] for s in group)


def _levelled(piece: Piece, levels: Mapping[float, int], bookmarks: Mapping[str, int]) -> Piece:
    if piece.kind != "heading":
        return piece
    if piece.role[:1] == "H" and piece.role[1:].isdigit():
        return piece._replace(level=int(piece.role[1:]))
    if piece.role == "Title":
        return piece._replace(level=1)
    if (depth := bookmarks.get(key(piece.text))) is not None:
        return piece._replace(level=min(depth + 1, _DEEPEST))
    if (numbered := _NUMBERED.match(piece.text)) and "." in numbered[1]:
        return piece._replace(level=min(numbered[1].count(".") + 1, _DEEPEST))
    size = _size(piece)
    if levels and size not in levels:  # only seen on covers and dividers
        size = min(levels, key=lambda known: (abs(known - size), known))
    return piece._replace(level=levels.get(size, 1))
