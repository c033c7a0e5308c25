"""Names and titles as plain words, so that "Kent & Medway", "kent_and_medway" and "Kent-and-Medway" are one."""

from __future__ import annotations

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^0-9A-Za-z]+")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")


def spaced(text: str) -> str:
    """Return the words of `text` joined by single spaces, capitals kept; "&" becomes "and", accents go."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(_NOT_A_WORD.sub(" ", folded.replace("'", "").replace("&", " and ")).split())


def plain(text: str) -> str:
    """Return the words of `text` in lower case, joined by single spaces."""
    return spaced(text).lower()


def parted(name: str) -> str:
    """Return a file name with the words of "JointForwardPlan" parted, after the name as it is."""
    apart = _JOINED.sub(" ", name)
    return name if apart == name else f"{name} {apart}"
