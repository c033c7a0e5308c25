"""What is put in order on a page: a block, or a drawn box with the blocks in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.reading.blocks import Block
from toolkit.records import Box


class Unit(NamedTuple):
    """A block, or a box with the blocks in it: what a cut moves as one piece. `frame` is the drawn box."""

    box: Box
    blocks: tuple[Block, ...]
    frame: Box
    words: int

    @classmethod
    def of(cls, blocks: Sequence[Block], box: Box, frame: Box | None = None) -> Unit:
        """Return the unit of blocks with a box around them, and the frame that is drawn round it if there is one."""
        words = sum([len(line.words) for block in blocks for line in block.lines])
        return cls(box, tuple(blocks), frame or box, words)


Flow = list[Block]  # in reading order
Strip = list[Unit]  # between two white gaps across the page, or down it
