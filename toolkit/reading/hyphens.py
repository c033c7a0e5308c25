"""Whether a hyphen at a line end belongs to the word ("health-related") or only to the line ("inequal-ities")."""

from __future__ import annotations

import re

from toolkit.reading.vocabulary import Vocabulary
from toolkit.reading.wordlist import core

_LETTERS = re.compile(r"[^\W\d_]+")
# "pre- and post-natal": the first hyphen is no line break.
_SUSPENDED = frozenset({"and", "or", "to", "and/or", "&", "but", "nor", "versus", "rather"})

# Before a whole word ("co-produce", "non-medical") the hyphen of these is as a rule the author's.
_KEPT_PREFIXES = frozenset({"co", "non", "multi", "self", "socio", "anti", "ex", "semi"})
_PREFIXES = frozenset({"pre", "post", "inter", "intra", "sub", "re", "bi", "micro", "neuro", "bio", "psycho"})


def joined(left: str, right: str, vocabulary: Vocabulary) -> str:
    """Return the word that `left` (hyphen taken off) and `right` make: with or without the hyphen; '' if two words.

    The document decides where it uses either form elsewhere; then the word list; two whole words keep their hyphen.
    """
    if core(right).lower() in _SUSPENDED or not right[:1].isalnum():
        return ""
    closed, hyphened = left + right, f"{left}-{right}"
    tail, head = _tail(left), _head(right)
    if not tail or not head or head[0].isupper() != tail.isupper():
        return hyphened  # figures, "North-East", "COVID-19"
    return closed if _is_one_word(tail, head, core(closed), core(hyphened), vocabulary) else hyphened


def _is_one_word(tail: str, head: str, closed: str, hyphened: str, vocabulary: Vocabulary) -> bool:
    as_one, as_two = (vocabulary.counts.get(form.lower(), 0) for form in (closed, hyphened))
    if as_one != as_two:
        return as_one > as_two
    words = vocabulary.words
    if tail.lower() == "co" and head[0] == "o":
        return False  # "co-ordinate", "co-operate"
    if not words.band(head):
        return True
    if tail.lower() in _KEPT_PREFIXES:
        return False
    if words.knows(closed) and words.band(tail + head):
        return True
    return not (words.band(tail) or tail.lower() in _PREFIXES)


def _tail(left: str) -> str:
    found = _LETTERS.findall(left)
    return found[-1] if found and left.endswith(found[-1]) else ""


def _head(right: str) -> str:
    found = _LETTERS.match(right)
    return found.group() if found else ""
