"""Word families: the forms that a plain word of a term stands for.

A family is the words of the English word list with one Snowball stem, after UK and US spellings are folded together.
`families.txt` overrules the stemmer where it joins words of different meaning (university, universal) or parts words
of one (child, children). Words outside the list get regular endings. The text is never stemmed: terms are expanded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import Stemmer

from toolkit.reading.wordlist import english

_Change = str | Callable[[re.Match[str]], str]
_CHANGES: tuple[tuple[str, _Change], ...] = (
    (r"^licens", "licenc"),
    (r"^practis", "practic"),
    (r"(?<=[a-z]{3})is(e[dsr]?|ers|ing|ations?|able)$", r"iz\1"),
    (r"yse(d|s|r|rs)?$", r"yze\1"),
    (r"ysing$", "yzing"),
    (r"(behavi|fav|col|lab|hon|hum|neighb|harb|rum|tum|vap|vig|rig|endeav|flav|glam|savi|demean|od)our", r"\1or"),
    (r"(h|p|l|gyn|c|isch|arch|f)ae(?=[a-z]{2})", r"\1e"),
    (r"^(an|p|leuk|gynaec|glyc)ae", r"\1e"),
    (r"orrhoea", "orrhea"),
    (r"^(oe|foe)(?=[a-z])", lambda m: m[0].replace("oe", "e")),
    (r"manoeuv(re|er|r)", r"maneuver"),
    (r"(trave|counse|labe|mode|cance|fue|signa|channe|leve|tota|quarre|marve|enro|fulfi|insta|dia)ll", r"\1l"),
    (r"ski(ll)(?=ful)", "skil"),
    (r"(cent|met|lit|theat|fib|calib|spect)re(d|s)?$", r"\1er\2"),
    (r"^programme(s?)$", r"program\1"),
    (r"^(def|off|pret)ens(e|es)$", r"\1enc\2"),
    (r"^grey", "gray"),
    (r"^mould", "mold"),
    (r"^ageing", "aging"),
    (r"(judg|acknowledg)ement", r"\1ment"),
    (r"dietician", "dietitian"),
    (r"^sceptic", "skeptic"),
    (r"^tyre", "tire"),
    (r"^analogue", "analog"),
    (r"^(cata|dia)logue", r"\1log"),
    (r"^(cosy|cosi)", "cozy"),
    (r"^plough", "plow"),
    (r"^storey", "story"),
)
_FOLDS: tuple[tuple[re.Pattern[str], _Change], ...] = tuple((re.compile(pattern), to) for pattern, to in _CHANGES)

# Quick look: a word without any of these letter groups is the same in both spellings.
_MAYBE = re.compile(
    r"is[eia]|ys[ei]|our|ae|oe|ll|re[ds]?$|mme|ens|actis|^[gmtsacp][renyolk]|gement|ician|logue|^storey"
)
_COMMON = 5  # band from which a word of the list is a form to look for
# Verbs in -ize keep apart from the word that they are made from: organise from organ, localise from local.
_MADE_SO = re.compile(r"([a-z]{3,})iz(?:e[dsr]?|ers|ing|ations?|ational|ationally|able)\Z")
_NO_PLURAL = ("s", "ed", "ing", "ly", "able", "ible")


@cache
def _overrides() -> dict[str, str]:
    """Return word -> name of its family, for the words of `families.txt`; the first word of a line names the family."""
    lines = files("toolkit.frameworks").joinpath("families.txt").read_text(encoding="utf-8").splitlines()
    named: dict[str, str] = {}
    for words in (line.split() for line in lines if line.strip() and not line.startswith("#")):
        named |= {folded(word): f"={words[0]}" for word in words}
    return named


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def folded(word: str) -> str:
    """Return a lower-case word with UK spelling folded to US spelling: organisation and organization alike."""
    if _MAYBE.search(word):
        for pattern, to in _FOLDS:
            word = pattern.sub(to, word)
    return word


def family_name(word: str) -> str:
    """Return the name of the family of a lower-case word: two words of one family have the same name."""
    plain = folded(word)
    return _named(plain, str(_stemmer().stemWord(plain)))


def _named(plain: str, stem: str) -> str:
    """Return the family of a folded word: what `families.txt` says, else its verb in -ize, else its stem."""
    if plain in _overrides():
        return _overrides()[plain]
    verb = _MADE_SO.match(plain)
    return f"{verb[1]}ize" if verb else stem


@cache
def _families() -> dict[str, tuple[str, ...]]:
    common = {word for word, band in english().bands.items() if band >= _COMMON and word.isascii() and word.isalpha()}
    words = sorted(common | _overrides().keys())
    folds = [folded(word) for word in words]
    found: dict[str, list[str]] = {}
    for word, fold, stem in zip(words, folds, _stemmer().stemWords(folds), strict=True):
        found.setdefault(_named(fold, stem), []).append(word)
    return {name: tuple(members) for name, members in found.items()}


@cache
def family(word: str) -> tuple[str, ...]:
    """Return the forms that a lower-case word stands for, itself first, then by alphabet; possessives are among them.

    Forms are as in normalised text: no accents, no apostrophes ("children's" is `childrens`).
    """
    name = family_name(word)
    members = set(_families().get(name, ()))
    if word not in members:
        members |= {form for form in _regular(word) if family_name(form) == name}
    members |= {m + "s" for m in members & {word, *_overrides()} if not m.endswith(_NO_PLURAL)}  # also possessive
    return (word, *sorted(members - {word}))


def _regular(word: str) -> tuple[str, ...]:
    """Return the regular endings of a word that the list does not have."""
    stem = word[:-1] if word[-1] in "ey" else word
    return (
        *(word + end for end in ("s", "es", "ed", "ing")),
        *(stem + end for end in ("e", "es", "ed", "ing", "ies", "ied", "y")),
        *(stem + word[-1] + end for end in ("ed", "ing")),
    )
