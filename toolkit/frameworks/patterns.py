"""The pattern language in which a codebook says what to look for.

| write | to find |
|---|---|
| `fuel poverty` | these words in this order; spaces may be hyphens, slashes or line breaks in the text |
| `screening` | the word and its family: screen, screens, screened, screening; UK and US spelling alike |
| `=housing` | this word alone, without its family; `=(housing the team)` does so for several words |
| `inequalit*` | any ending; `*` stands for any letters inside a word, and alone for any one word |
| `COPD`, `A&E` | an acronym, written in capitals, is found in capitals only (and as COPDs, COPD's, LGBTQ+) |
| `long-term` | long-term, long term and longterm |
| `(damp|mould*) home` | either word; `health (and care)? plan` finds both with and without |
| `Gypsy, Roma and Traveller` | with or without the comma; a term without a comma never runs over one |
| `reduc* ~5 inequalit*` | both within a sentence with at most five words between, in either order |
| `reduc* >5 inequalit*` | the same, but only in this order |
| `will not ~4` | in `excludes` only: these words and the four after them; `~4 was closed` the four before |

Case does not matter outside acronyms. Accents do not matter. No phrase and no `~` runs over the end of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.frameworks.normalise import fold

MAX_ALTERNATIVES = 400
MAX_GAP = 30
# Words that are found as written: grammar words have no family worth finding.
_PLAIN = """a an the and or of to in on for by at as with from into within without not no nor be is are was were am
been being has have had do does did will would shall should can could may might must it its this that
these those their our we us you your they them he she his her who whom whose which what when where how
than then so but if all any each more most less least very own per via up out off over under between among
before after during against about"""
PLAIN = frozenset(_PLAIN.split())
_TOKEN = re.compile(r"\s*(?:(?P<op>[~>]\d+)|(?P<mark>[()|?,=])|(?P<word>(?:[^\s()|?,=~>]|(?<=\d),(?=\d))+)|(?P<bad>.))")
_WORD = re.compile(r"[\w*&%£+.,'’/‐‑–-]+\Z")


class PatternError(ValueError):
    """A term that is not in the pattern language; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a phrase, folded to lower case; `joined` when it may be written in one with the word before."""

    text: str
    exact: bool = False
    cased: bool = False
    joined: bool = False

    @property
    def wild(self) -> bool:
        """Whether the word holds a `*`."""
        return "*" in self.text


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of which one must stand here, or none when `optional`."""

    options: tuple[tuple[Item, ...], ...]
    optional: bool = False


Item = Word | Choice


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; with `loose`, commas and the like may stand between them."""

    items: tuple[Item, ...]
    loose: bool = False

    def readings(self) -> tuple[tuple[Word, ...], ...]:
        """Return every plain row of words that the phrase stands for, in the order in which they are written."""
        return tuple(row for row in _rows(self.items) if row)


@dataclass(frozen=True, slots=True)
class Near:
    """Two parts in one sentence with at most `gap` words between; `ordered` when the left one comes first."""

    left: Pattern
    right: Phrase
    gap: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """A phrase and up to `words` words after it (or before it) in its sentence: a stretch that does not count."""

    phrase: Phrase
    words: int
    before: bool


Pattern = Phrase | Near | Scope


def parse(term: str, *, scope_allowed: bool = True) -> Pattern:
    """Return the pattern that a term stands for; PatternError says what is wrong and what would be right."""
    parts, gaps = _split(_tokens(term), term)
    if not gaps:
        return _phrase(parts[0], term)
    if len(gaps) == 1 and (not parts[0] or not parts[1]) and (parts[0] or parts[1]):
        if not scope_allowed:
            raise PatternError(f"'{term}': '{gaps[0]}' needs words on both sides (a scope belongs in excludes)")
        return Scope(_phrase(parts[0] or parts[1], term), _gap(gaps[0], term), before=not parts[0])
    if not all(parts):
        raise PatternError(f"'{term}': '~' and '>' need words on both sides, as in 'reduc* ~5 inequalit*'")
    pattern: Pattern = _phrase(parts[0], term)
    for gap, part in zip(gaps, parts[1:], strict=True):
        pattern = Near(pattern, _phrase(part, term), _gap(gap, term), gap[0] == ">")
    return pattern


def _tokens(term: str) -> list[str]:
    found = []
    for match in _TOKEN.finditer(term.strip()):
        if match["bad"]:
            raise PatternError(f"'{term}': '{match['bad']}' needs a number of words, as in 'reduc* ~5 inequalit*'")
        found.append(match[match.lastgroup or 0])
    if not found:
        raise PatternError("the term is empty")
    return found


def _split(tokens: list[str], term: str) -> tuple[list[list[str]], list[str]]:
    parts: list[list[str]] = [[]]
    gaps: list[str] = []
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if token[0] in "~>" and len(token) > 1:
            if depth:
                raise PatternError(f"'{term}': '{token}' stands inside brackets; put it outside")
            gaps.append(token)
            parts.append([])
        else:
            parts[-1].append(token)
    return parts, gaps


def _gap(token: str, term: str) -> int:
    gap = int(token[1:])
    if gap > MAX_GAP:
        raise PatternError(f"'{term}': at most {MAX_GAP} words apart, not {gap}")
    return gap


def _phrase(tokens: list[str], term: str) -> Phrase:
    items, rest = _items([t for t in tokens if t != ","], term, exact=False)
    if rest:
        raise PatternError(f"'{term}': '{rest[0]}' stands outside brackets; alternatives are written (a|b)")
    phrase = Phrase(items, loose="," in tokens)
    if _count(items) > MAX_ALTERNATIVES:
        raise PatternError(f"'{term}': more than {MAX_ALTERNATIVES} alternatives; write several terms")
    if any(all(word.text == "*" for word in row) for row in _rows(items)):
        raise PatternError(f"'{term}': needs at least one word that is not '*' or optional")
    return phrase


def _items(tokens: list[str], term: str, exact: bool) -> tuple[tuple[Item, ...], list[str]]:
    """Read items until a `|`, a `)` or the end; return them and what is left."""
    items: list[Item] = []
    alone = False
    while tokens and tokens[0] not in ")|":
        token, tokens = tokens[0], tokens[1:]
        if token == "=":
            if not tokens or tokens[0] in "=?)|":
                raise PatternError(f"'{term}': '=' stands before a word or a bracket, as in '=housing'")
            alone = True
            continue
        if token == "(":
            choice, tokens = _choice(tokens, term, exact or alone)
            items.append(choice)
        elif token == "?":
            raise PatternError(f"'{term}': '?' stands after a bracket, as in 'health (and care)? plan'")
        else:
            items += _words(token, term, exact or alone)
        alone = False
    return tuple(items), tokens


def _choice(tokens: list[str], term: str, exact: bool) -> tuple[Choice, list[str]]:
    options = []
    while True:
        option, tokens = _items(tokens, term, exact)
        if not option:
            raise PatternError(f"'{term}': an alternative is empty; an optional part is written (words)?")
        options.append(option)
        if not tokens:
            raise PatternError(f"'{term}': a bracket is not closed")
        mark, tokens = tokens[0], tokens[1:]
        if mark == ")":
            optional = tokens[:1] == ["?"]
            return Choice(tuple(options), optional), tokens[1:] if optional else tokens


def _words(token: str, term: str, exact: bool) -> list[Word]:
    if not _WORD.match(token):
        bad = next(c for c in token if not _WORD.match(c))
        raise PatternError(
            f"'{term}': '{bad}' has no meaning here; use letters, digits, & % £ + and the signs * = ~ ( | )"
        )
    cased = sum(c.isupper() for c in token) >= 2 and not any(c.islower() for c in token)
    words: list[Word] = []
    for open_part in token.replace("/", " ").split():
        for number, part in enumerate(re.split(r"[‐‑–-]|(?<=[^&])(?=&)|(?<=&)(?=[^&])", open_part)):
            text = fold(part)
            if text:
                plain = exact or cased or text in PLAIN or not text.isalpha() or len(text) < 3
                words.append(Word(text, plain, cased and text.upper() != text, joined=number > 0))
    if not words:
        raise PatternError(f"'{term}': '{token}' holds no letter or digit")
    return words


def _rows(items: tuple[Item, ...]) -> list[tuple[Word, ...]]:
    rows: list[tuple[Word, ...]] = [()]
    for item in items:
        if isinstance(item, Word):
            rows = [(*row, item) for row in rows]
        else:
            ends = [end for option in item.options for end in _rows(option)] + ([()] if item.optional else [])
            rows = [row + end for row in rows for end in ends]
    return list(dict.fromkeys(rows))


def _count(items: tuple[Item, ...]) -> int:
    total = 1
    for item in items:
        if isinstance(item, Choice):
            total *= sum(_count(option) for option in item.options) + item.optional
    return total
