"""Which pieces are headings, and of which level: tags first, then bookmarks, numbering, size and weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from toolkit.reading.lines import Line
from toolkit.reading.pieces import Piece

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-Z]")
_LONGEST = 160  # characters
_COVER_WORDS = 60  # fewer words on a page than this, in large type: a cover or a divider
_LARGER = 1.12
_DEEPEST = 6


def body_size(lines: Iterable[Line]) -> float:
    """Return the type size of most of the plan's text, in points, rounded to half a point; 10 when there is none."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[round(line.size * 2) / 2] += len(line.text)
    return max(weights, key=lambda s: (weights[s], s)) if weights else 10.0


def with_headings(pages: Sequence[Sequence[Piece]], body: float, bookmarks: Mapping[str, int]) -> list[list[Piece]]:
    """Return the pieces with headings marked and levelled; `bookmarks` are titles (see `key`) and their depths."""
    marked = [[_marked(piece, body, bookmarks) for piece in pieces] for pieces in pages]
    levels = _levels(marked)
    return [[_levelled(piece, levels, bookmarks) for piece in pieces] for pieces in marked]


def key(title: str) -> str:
    """Return a title as letters and digits only, to compare bookmarks with headings."""
    return re.sub(r"[\W_]+", "", title.casefold())


def _marked(piece: Piece, body: float, bookmarks: Mapping[str, int]) -> Piece:
    if piece.kind == "heading":
        sound = len(piece.text) <= 2 * _LONGEST and any(c.isalpha() for c in piece.text)
        return piece if sound else replace(piece, kind="paragraph")
    if piece.kind not in ("paragraph", "list_item") or piece.marker:
        return piece
    if _looks_like_heading(piece, body, bookmarks):
        return replace(piece, kind="heading", level=0)
    return piece


def _looks_like_heading(piece: Piece, body: float, bookmarks: Mapping[str, int]) -> bool:
    text = piece.text
    if len(text) > _LONGEST or len(piece.lines) > 4 or sum(c.isalpha() for c in text) < 3 or text[0].islower():
        return False
    if key(text) in bookmarks:
        return True
    if text[-1] in ".;,:" and not _NUMBERED.match(text):
        return False
    if piece.size >= _LARGER * body:
        return len(text.split()) <= 25
    if piece.kind == "list_item":
        return False
    bold = all(line.bold for line in piece.lines)
    return bold and piece.alone and piece.size >= 0.95 * body and len(text.split()) <= 16


def _style(piece: Piece) -> tuple[float, bool]:
    return round(piece.size * 2) / 2, all(line.bold for line in piece.lines)


def _levels(pages: Sequence[Sequence[Piece]]) -> dict[tuple[float, bool], int]:
    """Return the level of every heading style: larger first, bold before light; covers are left out of the ranking."""
    styles: Counter[tuple[float, bool]] = Counter()
    for pieces in pages:
        if sum(len(line.words) for p in pieces for line in p.lines) < _COVER_WORDS:
            continue
        styles.update(_style(p) for p in pieces if p.kind == "heading")
    ranked = sorted(styles, reverse=True)
    levels: dict[tuple[float, bool], int] = {}
    level, before = 0, None
    for style in ranked:
        if before is None or before[0] - style[0] > 0.06 * before[0] or before[1] != style[1]:
            level += 1
        levels[style] = min(level, _DEEPEST)
        before = style
    return levels


def _levelled(piece: Piece, levels: Mapping[tuple[float, bool], int], bookmarks: Mapping[str, int]) -> Piece:
    if piece.kind != "heading":
        return piece
    if piece.role[:1] == "H" and piece.role[1:].isdigit():
        return replace(piece, level=int(piece.role[1:]))
    if piece.role == "Title":
        return replace(piece, level=1)
    if (depth := bookmarks.get(key(piece.text))) is not None:
        return replace(piece, level=min(depth + 1, _DEEPEST))
    if (numbered := _NUMBERED.match(piece.text)) and "." in numbered[1]:
        return replace(piece, level=min(numbered[1].count(".") + 1, _DEEPEST))
    return replace(piece, level=levels.get(_style(piece), 1))
