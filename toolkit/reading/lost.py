"""Words that lost a glyph on the way into the PDF ("wil", "col eagues", "of ce", "informaon"), by what is missing.

Fonts lose glyphs by family: "ll" (one l gone), "fi" (the ligatures fi fl ff ffi ffl, or all of them but the f), "ti"
(ti tt ft tti), "split" (the ligature is there, with a space beside it). A family is only mended in a document that
shows it often, and only into a listed word that has no rival as common as itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from toolkit.reading.glyphs import plain
from toolkit.reading.raw import RawWord
from toolkit.reading.wordlist import WordList, core

Family = Literal["ll", "fi", "ti", "split"]
Families = frozenset[Family] | tuple[Family, ...]

_GLYPHS: dict[Family, tuple[str, ...]] = {
    "ll": ("l",),
    "fi": ("fi", "fl", "ff", "ffi", "ffl"),
    "ti": ("ti", "tt", "ft", "tti"),
    "split": (),
}
_AFTER_F = ("i", "l", "f")
_LIGATURE_ENDS, _LIGATURE_STARTS = re.compile("(?:ff[il]?|f[il]|ti)$"), re.compile("ff[il]?|f[il]")
_LETTERS = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:[-‐/][^\W\d_]+)*(?:['’]s)?")
_LAST_LETTERS, _FIRST_LETTERS = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
# A stub of two or three letters says little: these alone are completed, and no others ("mal" and "tal" stay).
_SHORT_WORDS = (
    "all ill will well full fill fell fall call sell cell pill bill hill hall wall ball bell poll pull roll kill"
    " find five film fish flow first field final staff stuff"
    " offer often after effort fixed flows files fields finds"
)
_SHORT = frozenset(_SHORT_WORDS.split())
_CAPITAL_WORDS = "all full will well call ill first final field staff find five"
_SHORT_WITH_CAPITAL = frozenset(_CAPITAL_WORDS.split())
# Characters that stand where a font's ligature was: Carlito and Calibri (Ɵ Ʃ Ō ƫ), Mac Roman (Þ ß), replacement.
_USUAL = str.maketrans({"Ɵ": "ti", "Ʃ": "tt", "Ō": "ft", "ƫ": "tti", "Þ": "fi", "ß": "fl"})
_STAND_INS = re.compile("[ƟƩŌƫÞß\ufffd\ue000-\uf8ff]")
_ENOUGH_FORMS, _ENOUGH_SHARE = 3, 1 / 3000


class Gap(NamedTuple):
    """A word, where in its damaged form the glyph is missing, and the glyph."""

    word: str
    at: int
    glyph: str


def _gaps(form: str, at: int, families: Iterable[Family], listed: WordList) -> Iterator[Gap]:
    """Yield the listed words that `form` makes with a glyph put in at `at`; names count in a form with a capital."""
    lower = form.lower()
    head, tail = lower[:at], lower[at:]
    names = listed.names if form[0].isupper() else frozenset()
    for family in families:
        glyphs = _GLYPHS[family]
        if family == "ll" and not (head.endswith("l") or tail.startswith("l")):
            continue
        if family == "fi" and head.endswith("f"):
            glyphs += _AFTER_F
        for glyph in glyphs:
            word = head + glyph + tail
            if word in listed.bands or (names and word.capitalize() in names):
                yield Gap(word, at, glyph)


@lru_cache(maxsize=1 << 14)  # a document asks for the same names and abbreviations again and again
def completed(text: str, families: Families, listed: WordList, *, twice: bool = True) -> str:
    """Return an unknown word with its lost glyph (or two, when `twice`); '' unless exactly one listed word would do."""
    if _COMPOUND.fullmatch(core(text)) is None or (core(text).isupper() and len(core(text)) < 7):
        return ""
    runs = [m for m in _LETTERS.finditer(text) if len(m.group()) > 1 and not listed.band(m.group())]
    if len(runs) != 1:
        return ""
    run = runs[0]
    form = run.group()
    gap = _best([g for at in range(len(form) + 1) for g in _gaps(form, at, families, listed)], listed)
    if twice and gap is None and len(form) >= 5:
        return _twice(text, run, families, listed)
    if gap is None or not _is_common_enough(gap.word, form, listed):
        return ""
    at = run.start() + gap.at
    return text[:at] + _in_case(gap.glyph, form) + text[at:]


def _twice(text: str, run: re.Match[str], families: Families, listed: WordList) -> str:
    """Return a word that lost two ligatures ("acvies" → "activities"), or ''."""
    form = run.group()
    wholes = {
        form[:at] + _in_case(glyph, form) + gap.word[at + len(glyph) :]
        for family in ("ti", "fi")
        if family in families
        for glyph in _GLYPHS[family]
        for at in range(len(form))
        for second in range(at + len(glyph), len(form) + len(glyph) + 1)
        for gap in _gaps(form[:at] + glyph + form[at:], second, (family,), listed)
    }
    common = {whole for whole in wholes if listed.band(whole) >= 5}
    return text[: run.start()] + common.pop() + text[run.end() :] if len(common) == 1 else ""


def refilled(text: str, listed: WordList) -> str:
    """Return a word in which a wrong character stands for a ligature ("informaƟon", "beneÞt"), put right; else ''."""
    if not _STAND_INS.search(text):
        return ""
    usual = text.translate(_USUAL)
    wholes = [usual, *(_STAND_INS.sub(glyph, usual) for glyph in (*_GLYPHS["fi"], *_GLYPHS["ti"]))]
    return next((whole for whole in wholes if not _STAND_INS.search(whole) and listed.knows(core(whole))), "")


def bridged(left: str, right: str, families: Families, listed: WordList) -> tuple[str, int]:
    """Return the word that two pieces make with the glyph lost between them, and where the right piece begins in it.

    ('', 0) when they make none. One of the pieces must be no word of its own.
    """
    tail, head = _LAST_LETTERS.search(left), _FIRST_LETTERS.match(right)
    if tail is None:
        return "", 0
    if head is None:
        return _with_hyphen(left, right, families, listed)
    a, b = tail.group(), head.group()
    if (b[0].isupper() and not (a + b).isupper()) or (listed.band(a) and listed.band(b)):
        return "", 0
    gaps = list(_gaps(a + b, len(a), families, listed))
    if "split" in families and _is_split(a, b, listed):
        gaps = [Gap((a + b).lower(), len(a), "")]
    gap = _best(gaps, listed)
    if gap is None or len(gap.word) < 4 or _is_two_words(a, b, gap.word, listed):
        return "", 0
    glyph = _in_case(gap.glyph, a + b)
    return left + glyph + right, len(left) + len(glyph)


def _with_hyphen(left: str, right: str, families: Families, listed: WordList) -> tuple[str, int]:
    """ "il -health": the glyph was lost before a hyphen."""
    whole = completed(left, families, listed, twice=False)
    if right[0] in "-‐" and right[1:2].isalpha() and whole and whole.startswith(left):
        return whole + right, len(whole)
    return "", 0


def _is_split(a: str, b: str, listed: WordList) -> bool:
    whole = (a + b).lower()
    beside = _LIGATURE_ENDS.search(a.lower()) or _LIGATURE_STARTS.match(b.lower())
    return bool(beside) and listed.bands.get(whole, 0) >= (4 if len(whole) > 4 else 6)


def _is_two_words(a: str, b: str, whole: str, listed: WordList) -> bool:
    """Whether "al over" is rather "all over": the right piece is a common word and the whole is rare."""
    return listed.bands.get(b.lower(), 0) >= 6 and listed.bands.get(whole, 0) < 5


def _is_common_enough(word: str, drawn: str, listed: WordList) -> bool:
    band = listed.bands.get(word, 0)
    if len(word) <= 5:
        lower = drawn[0].islower()
        return word in (_SHORT if lower else _SHORT_WITH_CAPITAL) or (len(drawn) >= 4 and lower and band >= 6)
    return band >= (4 if drawn[0].islower() else 5)


def _best(gaps: Sequence[Gap], listed: WordList) -> Gap | None:
    """Return the gap of the most common word; None when there is none or two words are equally common."""
    ranked = sorted(set(gaps), key=lambda g: (-listed.band(g.word), -len(g.glyph), g))
    others = [g for g in ranked if g.word != ranked[0].word]
    if not ranked or (others and listed.band(others[0].word) >= listed.band(ranked[0].word)):
        return None
    return ranked[0]


def _in_case(glyph: str, drawn: str) -> str:
    return glyph.upper() if drawn.isupper() and len(drawn) > 1 else glyph


def families_of(drawn: Sequence[RawWord], fine: Collection[str], listed: WordList) -> frozenset[Family]:
    """Return the families that this document loses: three different long words at least, and one word in 3,000."""
    forms: dict[Family, set[str]] = {"ll": set(), "fi": set(), "ti": set(), "split": set()}
    tokens: Counter[Family] = Counter()
    for i in [i for i, word in enumerate(drawn) if word[0] not in fine]:  # the text
        word = drawn[i]
        if not word.text[0].islower() or word.hyphen or not plain(word.text):
            continue
        around = (drawn[i - 1].text if i else "", drawn[i + 1].text if i + 1 < len(drawn) else "")
        for family, wholes in forms.items():
            whole = _certain(word.text, around, family, listed)
            if whole:
                wholes.add(whole)
                tokens[family] += 1
    # What is lost shows in many words; a rare other reading of the same stubs ("sta ng": stating, staffing) is none.
    floor = max(len(drawn) * _ENOUGH_SHARE, max(tokens.values(), default=0) / 10)
    return frozenset(f for f, words in forms.items() if len(words) >= _ENOUGH_FORMS and tokens[f] >= floor)


def _certain(text: str, around: tuple[str, str], family: Family, listed: WordList) -> str:
    """Return the long lower-case word that this piece is certainly a part of, or ''."""
    for left, right in ((around[0], text), (text, around[1])):
        whole = bridged(left, right, (family,), listed)[0] if left and right else ""
        if len(whole) > 5 and core(whole).islower():
            return core(whole).lower()
    whole = completed(text, (family,), listed, twice=False)
    return core(whole) if len(whole) > 6 and whole.islower() else ""
