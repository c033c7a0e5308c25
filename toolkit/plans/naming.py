"""Find what a short text (a file name, a title, a cover) names: an ICS, a kind of plan, years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.plans.icbs import Alias, aliases, other_places
from toolkit.plans.kinds import KINDS
from toolkit.plans.words import plain, spaced

# Misspelt names are looked for only when they are long, nearly right, and point the same way ("East" is not "West").
_FUZZY_LETTERS = 12
_FUZZY_RATIO = 93.0
_COMPASS = frozenset({"north", "south", "east", "west", "central", "mid"})
_RANGE = re.compile(r"(?<!\d)(20\d\d)\s*(?:-|–|—|/|_|\bto\b)\s*(20\d\d|\d\d)(?![\d])(?!\s*[-/–_.]\s*\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LONGEST_PLAN = 30


class Named(NamedTuple):
    """Something that a text names: the value, the words that name it, and how sure that is (0-1)."""

    value: str
    words: str
    score: float


def named_ics(text: str, *, running: bool) -> tuple[Named, ...]:
    """Return the ICSs that a text names, best first, one entry each; empty when none is.

    In `running` text abbreviations must stand in capitals. Ambiguous and very short aliases never decide: they
    are left out, unless they settle which of several named ICSs is meant. "North Somerset" does not name Somerset.
    """
    hits = list(_exact(text, running)) or list(_nearly(plain(text)))
    deciding = [(alias, score) for alias, score in hits if alias.decides]
    best: dict[str, Named] = {}
    for alias, score in deciding:
        if alias.ods_code not in best or best[alias.ods_code].score < score:
            best[alias.ods_code] = Named(alias.ods_code, alias.name, score)
    hinted = {alias.ods_code for alias, _ in hits if not alias.decides} & best.keys()
    kept = [n for n in best.values() if n.value in hinted] if len(hinted) == 1 else list(best.values())
    return tuple(sorted(kept, key=lambda n: (-n.score, n.value)))


def named_kinds(text: str) -> tuple[Named, ...]:
    """Return the kinds of plan that a text names, in the order of the text."""
    words, found = f" {plain(text)} ", []
    phrases = [(p, kind) for kind, (_, known) in KINDS.items() for p in known]
    for phrase, kind in sorted(phrases, key=lambda item: (-len(item[0]), item)):
        places, words = _take(words, phrase)
        found += [(place, kind, phrase) for place in places]
    first = {kind: (place, phrase) for place, kind, phrase in sorted(found, reverse=True)}
    return tuple(Named(kind, phrase, 0.95) for kind, (_, phrase) in sorted(first.items(), key=lambda item: item[1]))


def named_years(text: str) -> tuple[int, int | None, str] | None:
    """Return (first year, last year or None, words) of a text; None when it names no year, or several single ones."""
    for match in _RANGE.finditer(text.replace("_", " - ")):
        start, tail = int(match[1]), match[2]
        end = int(tail) if len(tail) == 4 else start // 100 * 100 + int(tail)
        if start < end <= start + _LONGEST_PLAN:
            return start, end, " ".join(match[0].split())
    single = set(_YEAR.findall(text))
    return (int(min(single)), None, min(single)) if len(single) == 1 else None


def _exact(text: str, running: bool) -> Iterator[tuple[Alias, float]]:
    """Yield the aliases that stand in the text as whole words, longer ones first; their words are then used up."""
    lower, capitals = f" {plain(text)} ", f" {spaced(text)} "
    known: Iterable[tuple[str, Alias | None]] = [
        *((words, None) for _, words in other_places()),
        *((alias.words, alias) for alias in aliases()),
    ]
    for words, alias in sorted(known, key=lambda item: -len(item[0])):
        places, left = _take(lower, words)
        if alias is None or not places:
            lower = left
        elif not (alias.capitals and running) or any(_stands_out(capitals, p, alias.name) for p in places):
            lower = left
            yield alias, 0.85 if alias.capitals else 0.95


def _stands_out(text: str, place: int, name: str) -> bool:
    """Tell whether an abbreviation stands at a place of the padded text as it is written, or in capitals."""
    wanted = spaced(name)
    here = text[place + 1 : place + 1 + len(wanted)]
    return here == wanted or here.isupper()


def _nearly(words: str) -> Iterator[tuple[Alias, float]]:
    """Yield the aliases of one ICS whose words stand in the text with a slip of the pen."""
    from rapidfuzz import fuzz

    for _, place_words in other_places():
        words = _take(f" {words} ", place_words)[1].strip()
    near: dict[str, tuple[float, Alias]] = {}
    for alias in aliases():
        if not alias.decides or len(alias.words) < _FUZZY_LETTERS:
            continue
        place = fuzz.partial_ratio_alignment(alias.words, words, score_cutoff=_FUZZY_RATIO - 5)
        if place is None or len(words) < len(alias.words) - 2:
            continue
        start = words.rfind(" ", 0, place.dest_start + 1) + 1
        stop = words.find(" ", max(place.dest_end - 1, 0))
        window = words[start : stop if stop >= 0 else len(words)]
        ratio = fuzz.ratio(alias.words, window)
        same_way = _COMPASS & set(window.split()) == _COMPASS & set(alias.words.split())
        if ratio >= _FUZZY_RATIO and same_way and ratio > near.get(alias.ods_code, (0.0, alias))[0]:
            near[alias.ods_code] = ratio, alias
    for ratio, alias in near.values():
        yield alias, round(0.9 * ratio / 100, 3)


def _take(words: str, phrase: str) -> tuple[list[int], str]:
    """Return where ` phrase ` stands in the padded words, and the words with those places struck out."""
    wanted, places = f" {phrase} ", []
    at = words.find(wanted)
    while at >= 0:
        places.append(at)
        words = words[: at + 1] + "#" * len(phrase) + words[at + 1 + len(phrase) :]
        at = words.find(wanted)
    return places, words
