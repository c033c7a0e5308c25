"""The matcher finds the same spans, all of them, as one regular expression for each wording of each term."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.frameworks.inflection import family
from toolkit.frameworks.matching import compile_terms

Span = tuple[int, int]
Term = list[tuple[str, list[str]]]  # each place: how it is written, which forms it stands for

# Between two words of a phrase: blanks, hyphens, slashes and at most one line end that starts no bullet.
GAP = r"[’']?(?:[ /-]+(?:\n(?![ /-]*- )[ /-]*)?|\n(?![ /-]*- )[ /-]*)"
BREAK = r"-\n(?-i:(?=[a-z]))"
BROKEN = rf"(?:{BREAK})?[’']?"  # within a word
LEFT, RIGHT = r"(?<![\w&%+£])(?<!\w[’'])", r"(?![’']?[\w&%+£])"
WORDS = ["health", "care", "plan", "health", "care", "Plans", "healthy", "wellbeing", "hea-\nlth", "pl-\nan", "caring"]


def spelled(form: str) -> list[str]:
    """Return regular expressions for a form, letter by letter; `*` for any letters, broken or not."""
    pieces = [BROKEN.join(map(re.escape, piece)) for piece in form.split("*")]
    letters = r"(?:[’']?[\w&%+£])*"
    stars = product((letters, letters + BREAK + letters), repeat=len(pieces) - 1)
    return ["".join(a + b for a, b in zip(pieces, (*star, ""), strict=True)) for star in stars]


def wordings(term: Term, text: str) -> list[str]:
    """Return one regular expression per wording of a phrase that could stand in the text."""
    squashed = re.sub(r"\W", "", text.lower())
    slots = [[form for form in forms if "*" in form or form in squashed] for _, forms in term]
    rows = product(*([e for form in forms for e in spelled(form)] for forms in slots))
    return [LEFT + GAP.join(row) + RIGHT for row in rows]


def all_spans(expressions: list[str], text: str) -> set[Span]:
    """Return every match of every expression, at every start."""
    matches = (re.finditer(f"(?=({expression}))", text, re.IGNORECASE) for expression in expressions)
    return {match.span(1) for found in matches for match in found}


def disjoint(spans: set[Span]) -> list[Span]:
    """Return the longest spans, then the first, of which no two overlap."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(end <= s or start >= e for s, e in kept):
            kept.append((start, end))
    return sorted(kept)


def near(left: set[Span], right: set[Span], gap: int, text: str) -> set[Span]:
    """Return each left span with the nearest right span after it, in one sentence and near enough."""
    found = set()
    for start, end in left:
        after = sorted((s, -e) for s, e in right if s >= end)
        if after:
            s, e = after[0][0], -after[0][1]
            words = re.findall(r"[\w&%+£]+(?:[’'][\w&%+£]*)*", text[end:s].lstrip("’s"))
            if len(words) <= gap and not re.search(r"\.\s+[A-Z0-9]|\n[ /-]*\n|•|\n[ /-]*- ", text[start:e]):
                found.add((start, e))
    return found


plain = st.sampled_from(["health", "care", "plan"]).map(lambda word: (word, list(family(word))))
exact = st.sampled_from(["=health", "=care", "=plan"]).map(lambda word: (word, [word[1:]]))
wild = st.sampled_from(["c*", "*being", "h*y", "pl*", "*an*"]).map(lambda word: (word, [word]))
either = st.tuples(plain, plain).map(lambda p: (f"({p[0][0]}|{p[1][0]})", p[0][1] + p[1][1]))
places = st.lists(st.one_of(plain, exact, wild, either), min_size=1, max_size=3)
single = st.lists(st.one_of(plain, exact, either), min_size=1, max_size=1)
gaps = st.sampled_from(
    [*([" "] * 9), "-", "\n", "  ", ", ", ". ", "-\n", "\n\n", "\n- ", " - ", "/", "’s ", " • ", "’ "]
)
texts = st.lists(st.tuples(st.sampled_from([*WORDS, "The", "it"]), gaps), min_size=8, max_size=20).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
texts = texts.filter(lambda text: not re.search(r"-\n[\w’]*-\n", text))  # a word broken twice has four readings
calm = texts.map(lambda text: text.replace("-\n", ""))  # proximity counts words: a broken one makes one or two


@settings(max_examples=100, deadline=None)
@given(term=places, text=texts)
def test_a_phrase_has_the_spans_of_its_regular_expressions(term: Term, text: str) -> None:
    matcher = compile_terms({"code": [" ".join(written for written, _ in term)]})
    expected = disjoint(all_spans(wordings(term, text), text))
    assert [(h.start, h.end) for h in matcher.find(text)] == expected


@settings(max_examples=100, deadline=None)
@given(one=places, two=places, gap=st.integers(0, 4), ordered=st.booleans(), text=calm)
def test_proximity_has_the_spans_of_its_definition(one: Term, two: Term, gap: int, ordered: bool, text: str) -> None:
    sides = [" ".join(written for written, _ in term) for term in (one, two)]
    matcher = compile_terms({"code": [f"{sides[0]} {'>' if ordered else '~'}{gap} {sides[1]}"]})
    left, right = (all_spans(wordings(term, text), text) for term in (one, two))
    expected = near(left, right, gap, text) | (set() if ordered else near(right, left, gap, text))
    assert [(h.start, h.end) for h in matcher.find(text)] == disjoint(expected)


@settings(max_examples=100, deadline=None)
@given(parts=st.tuples(single, single, single), gaps=st.tuples(st.integers(0, 3), st.integers(0, 4)), text=calm)
def test_a_chain_of_three_parts_has_the_spans_of_its_definition(
    parts: tuple[Term, Term, Term], gaps: tuple[int, int], text: str
) -> None:
    one, two, three = (" ".join(written for written, _ in part) for part in parts)
    matcher = compile_terms({"code": [f"{one} ~{gaps[0]} {two} >{gaps[1]} {three}"]})
    spans = [all_spans(wordings(part, text), text) for part in parts]
    pairs = near(spans[0], spans[1], gaps[0], text) | near(spans[1], spans[0], gaps[0], text)
    expected = near(pairs, spans[2], gaps[1], text)
    assert [(h.start, h.end) for h in matcher.find(text)] == disjoint(expected)


@settings(max_examples=50, deadline=None)
@given(terms=st.lists(places, min_size=1, max_size=4), text=texts)
def test_columns_say_the_same_as_hits(terms: list[Term], text: str) -> None:
    matcher = compile_terms({str(i): [" ".join(w for w, _ in term)] for i, term in enumerate(terms)})
    spans = matcher.spans(text)
    rows = zip(spans.what.tolist(), spans.starts.tolist(), spans.ends.tolist(), strict=True)
    assert [(*matcher.label(what), start, end) for what, start, end in rows] == [tuple(h) for h in matcher.find(text)]


@settings(max_examples=100, deadline=None)
@given(terms=st.lists(places, min_size=1, max_size=4), excludes=places, text=texts)
def test_exclusions_and_competing_terms_follow_the_rules(terms: list[Term], excludes: Term, text: str) -> None:
    written = [" ".join(w for w, _ in term) for term in terms]
    matcher = compile_terms({"code": written}, {"code": [" ".join(w for w, _ in excludes)]})
    gone = all_spans(wordings(excludes, text), text)
    spans = set().union(*(all_spans(wordings(term, text), text) for term in terms))
    left = {s for s in spans if not any(s[0] < e[1] and e[0] < s[1] and s[1] - s[0] <= e[1] - e[0] for e in gone)}
    hits = matcher.find(text)
    assert [(h.start, h.end) for h in hits] == disjoint(left)
    assert {(x.hit.start, x.hit.end) for x in matcher.excluded(text)} == spans - left


@settings(max_examples=60, deadline=None)
@given(terms=st.lists(places, min_size=1, max_size=4), passages=st.lists(texts, max_size=6))
def test_codes_do_not_touch_each_other_and_texts_do_not_either(terms: list[Term], passages: list[str]) -> None:
    written = {str(i): [" ".join(w for w, _ in term)] for i, term in enumerate(terms)}
    together = compile_terms(written)
    for code, listed in written.items():
        own = compile_terms({code: listed})
        for text, hits in zip(passages, together.find_each(passages), strict=True):
            assert [h for h in hits if h.id == code] == own.find(text)
            assert all(text[h.start : h.end].strip() == text[h.start : h.end] != "" for h in hits)


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_at_all_can_be_searched(text: str) -> None:
    matcher = compile_terms({"a": ["health", "*a*", "b* ~3 c*"], "b": ["COPD"]}, {"a": ["not ~2"]})
    for hit in matcher.find(text):
        assert 0 <= hit.start < hit.end <= len(text)
