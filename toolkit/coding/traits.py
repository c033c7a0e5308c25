"""Traits of a passage that do not depend on any topic: its length, shape and manner."""

from __future__ import annotations

import math
import re

from toolkit.coding.openers import OPENS_WITH_VERB

_NUMBERS = re.compile(r"\d+(?:\.\d+)?\s?%|\bper 1")
_BULLET = re.compile(r"\s*[•▪●✓✔\-–*o]\s")
_REFERENCE = re.compile(r"\s*\[?\d{1,3}\]?\s")
_FIGURE = re.compile(r"[^\W_A-Za-z]")  # any digit is among these, raised ones too
_QUOTATION = re.compile(r"\s*[“\"‘']")

NAMES = (
    "length short very_short full_stop colon question bullet numbers digits link reference capitals upper "
    "quotation lower_start commas opens_with_verb"
).split()


def traits(text: str) -> list[float]:
    """Return the traits named in `NAMES`, each about 0 to 1; all 0 for a text without words."""
    words = text.split()
    n = len(words)
    if not n:
        return [0.0] * len(NAMES)
    end = text.rstrip()[-1:]
    return [
        math.log1p(n) / 4,
        float(n <= 8),
        float(n <= 5),
        float(end in ".!"),
        float(end == ":"),
        float("?" in text[-3:]),
        float(bool(_BULLET.match(text))),
        min(3, len(_NUMBERS.findall(text))) / 3,
        5 * sum(map(str.isdigit, _FIGURE.findall(text))) / len(text),
        float("http" in text or "www." in text),
        float(bool(_REFERENCE.match(text))),
        sum([w[0].isupper() for w in words]) / n,
        sum([w.isupper() for w in words if len(w) > 2]) / n,
        float(bool(_QUOTATION.match(text))),
        float(text[:1].islower()),
        min(1.0, 4 * text.count(",") / max(4, n)),
        float(bool(OPENS_WITH_VERB.match(text))),
    ]
