"""Letters that a broken font table changed ("netŢork", "Ţith" for w), learnt from a document's own unknown words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase

from toolkit.reading.wordlist import WordList, core

_OPENING, _CLOSING, _SINGLE_OPENING, _SINGLE_CLOSING = "“", "”", "‘", "’"
_ENOUGH_FORMS, _AGREEMENT = 2, 0.8
_ROUNDS = 3
# Letters that real names and loan words have (é, ñ, ö ...) end here; the stand-ins of ligatures are not letters.
_LAST_LATIN_1 = "\u00ff"
_LIGATURE_STAND_INS = "ƟƩŌƫ"


def wrong_letters(forms: Sequence[str], listed: WordList) -> Mapping[str, str]:
    """Return odd letter → what the author wrote, for letters that two different unknown words at least agree on.

    An odd letter that only stands before (behind) whole words is an opening (closing) quotation mark.
    """
    sure: dict[str, str] = {}
    words = [form for form in forms if any(map(_is_odd, form))]
    by_letter: dict[str, set[str]] = {}
    for _ in range(_ROUNDS):  # a word with two odd letters is understood when the first of them is
        by_letter = _by_letter(put_right(word, sure) for word in words)
        new = {odd: letter for odd, found in sorted(by_letter.items()) if (letter := _meant(odd, found, listed))}
        if not new:
            break
        sure |= new
    # Once a font is known to be broken, one long word is enough.
    rest = {odd: _only_letter(odd, min(found), listed) for odd, found in by_letter.items()} if sure else {}
    return sure | {odd: letter for odd, letter in sorted(rest.items()) if letter}


def _by_letter(words: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word in words:
        odd = {c for c in word if _is_odd(c)}
        if len(odd) == 1:
            found.setdefault(odd.pop(), set()).add(word)
    return found


def put_right(text: str, letters: Mapping[str, str]) -> str:
    """Return the word with its changed letters put right, in the case of the letters around them."""
    if letters.keys().isdisjoint(text):
        return text
    rest = [c for c in text if c not in letters and c.isalpha()]
    capitals = bool(rest) and all(c.isupper() for c in rest)
    right = (letters.get(c, c) for c in text)
    return "".join(c.upper() for c in right) if capitals and len(rest) > 1 else "".join(right)


def _is_odd(character: str) -> bool:
    is_letter = character > _LAST_LATIN_1 and unicodedata.category(character)[0] == "L"
    return is_letter and character not in _LIGATURE_STAND_INS and unicodedata.normalize("NFKC", character) == character


def _meant(odd: str, drawn: set[str], listed: WordList) -> str:
    words = {core(word) for word in drawn}
    if len(words) < _ENOUGH_FORMS:
        return ""
    enough = max(_ENOUGH_FORMS, _AGREEMENT * len(words))
    if sum(word[0] == odd and len(word) > 2 and listed.knows(core(word[1:])) for word in words) >= enough:
        return _SINGLE_OPENING if any(word.endswith(_SINGLE_CLOSING) for word in drawn) else _OPENING
    if sum(word[-1] == odd and len(word) > 2 and listed.knows(core(word[:-1])) for word in words) >= enough:
        return _CLOSING
    agreed = {
        letter: sum(listed.band(word.replace(odd, letter)) >= 4 for word in words if len(word) >= 4)
        for letter in ascii_lowercase
    }
    best = max(agreed, key=lambda letter: agreed[letter])
    return best if agreed[best] >= enough else ""


def _only_letter(odd: str, word: str, listed: WordList) -> str:
    found = [letter for letter in ascii_lowercase if listed.band(word.replace(odd, letter)) >= 4]
    return found[0] if len(found) == 1 and len(word) >= 7 else ""
