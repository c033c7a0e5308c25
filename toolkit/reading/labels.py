"""Labels of charts: what stands on an axis, a bar or in a key is no passage of its own, and parts no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import median

from toolkit.reading.pieces import Piece

_WORD = re.compile(r"[^\W\d_]{3}")
_LEAST = 4  # labels one after another: fewer are the number and the words of a card; numbers alone may be one less
_FIGURES = 0.3  # of them at least are numbers: names alone are a diagram or a list
_LONGEST = 3  # words
_CARD = 1.2  # numbers larger than the words by this are those of cards: a chart has one size for both


def with_labels(pages: Iterable[Sequence[Piece]]) -> list[list[Piece]]:
    """Return the pieces of every page, each run of labels as one caption: their words stay together and are kept."""
    return [_gathered(pieces) for pieces in pages]


def _gathered(pieces: Sequence[Piece]) -> list[Piece]:
    result: list[Piece] = []
    run: list[Piece] = []
    for piece in pieces:
        if _is_label(piece):
            run.append(piece)
            continue
        if run:
            result += _closed(run)
            run = []
        result.append(piece)
    return result + _closed(run)


def _is_label(piece: Piece) -> bool:
    """Return whether a piece is a number, a few of them, or up to three words that end no sentence."""
    if piece.kind not in ("paragraph", "list_item") or len(piece.lines) > _LONGEST or piece.marker:
        return False
    if piece.role == "LI":
        return False
    text = piece.text
    # A small letter goes on from a number on a card: "45%", "of adults smoke".
    return not _WORD.search(text) or (text.count(" ") < _LONGEST and text[-1] != "." and not text[0].islower())


def _closed(run: list[Piece]) -> list[Piece]:
    """Return the run as one caption, or as it is when it is too short, has too few numbers, or large ones as cards."""
    sizes = [piece.size for piece in run if not _WORD.search(piece.text)]
    numbers = len(sizes)
    if len(run) < _LEAST - (numbers == len(run)) or numbers < _FIGURES * len(run):
        return run
    words = [piece.size for piece in run if _WORD.search(piece.text)]
    if 2 * len(words) >= numbers and words and median(sizes) > _CARD * median(words):
        return run
    return [Piece(page=run[0].page, kind="caption", lines=tuple([line for piece in run for line in piece.lines]))]
