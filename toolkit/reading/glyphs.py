"""Single words that were drawn oddly: ligatures, bullets of private fonts, invisible characters, doubled letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

BULLET = "•"

# Characters that are drawn as nothing: soft hyphen, zero-width spaces and joiners, byte-order mark, direction marks.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")
# Private use (symbol fonts), dingbats, geometric shapes and arrows that plans use as list marks.
_BULLETS = re.compile("[\ue000-\uf8ff\u2022\u2023\u2043\u204c\u204d\u2219\u25a0-\u25ff\u2700-\u27bf\u2b00-\u2bff·]+")
_SYMBOL_FONT = re.compile(r"wingdings|webdings|dingbat|symbol(?!a)|marlett", re.IGNORECASE)
_DINGBATS = re.compile(r"wingdings|webdings|dingbat", re.IGNORECASE)
_PLAIN = re.compile(r"[\x21-\x7e\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a3]+")


def plain(text: str) -> bool:
    """Return whether a word holds nothing that needs cleaning: ASCII, typographic quotes and dashes, pound sign."""
    return _PLAIN.fullmatch(text) is not None


@cache
def is_dingbats(font: str) -> bool:
    """Return whether a font has pictures for letters: its "n" is a square."""
    return _DINGBATS.search(font) is not None


def cleaned(text: str, font: str = "") -> tuple[str, str]:
    """Return the word with its characters put right, and the kind of the change ('' when there is none).

    Kinds: "bullet" (a lone mark of a symbol font or a mark stuck to its word), "ligature", "invisible" (soft hyphens,
    zero-width characters), "space" (odd spaces inside a word become one plain space).
    """
    if len(text) == 1 and text != BULLET and (_BULLETS.match(text) or _SYMBOL_FONT.search(font)):
        return BULLET, "bullet"
    if plain(text):
        return text, ""
    mark = _BULLETS.match(text)
    if mark and text != BULLET:
        rest = text[mark.end() :]
        return (f"{BULLET} {rest}" if rest else BULLET), "bullet"
    steps: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("ligature", lambda t: _LIGATURE.sub(lambda m: _LIGATURES[m.group()], t)),
        ("invisible", lambda t: _INVISIBLE.sub("", t) or t),
        ("space", lambda t: _ODD_SPACE.sub(" ", t).strip() or t),
    )
    kind, result = "", text
    for name, step in steps:
        changed = step(result)
        kind, result = (kind or name, changed) if changed != result else (kind, result)
    return result, kind


def halved(text: str) -> str:
    """Return the word of which every character was drawn twice ("HHeeaalltthh" → "Health"), or '' when it is not so."""
    if len(text) < 6 or len(text) % 2 or text[::2] != text[1::2] or len(set(text)) < 3:
        return ""
    return text[::2]
