"""Check a codebook: do its own examples come out right, which terms never match, are shared or easily confused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from toolkit.frameworks.matching import Hit, Matcher, compile_terms
from toolkit.frameworks.model import Code, Framework

if TYPE_CHECKING:
    import pandas as pd

FindingKind = Literal[
    "example missed", "example wrongly hit", "term shadowed", "term shared", "term confusable", "no terms"
]
WRONG: frozenset[str] = frozenset({"example missed", "example wrongly hit"})  # the others are advice


class Finding(NamedTuple):
    """Something about a code that its author should know; `wrong` findings are mistakes, the others advice."""

    kind: FindingKind
    code: str
    message: str

    @property
    def wrong(self) -> bool:
        """Whether this is a mistake."""
        return self.kind in WRONG


def framework_matcher(framework: Framework) -> Matcher:
    """Return the matcher of all terms and excludes of a framework, with the codes as ids."""
    return compile_terms({c.id: c.terms for c in framework.codes}, {c.id: c.excludes for c in framework.codes})


def check_framework(framework: Framework) -> list[Finding]:
    """Return what is wrong or doubtful in a codebook, in the order of its codes; empty when all is well."""
    matcher = framework_matcher(framework)
    findings = [f for code in framework.codes for f in (*_examples(code, matcher), *_shadowed(code))]
    order = {code.id: i for i, code in enumerate(framework.codes)}
    return sorted([*findings, *_shared(framework), *_confusable(framework)], key=lambda f: order[f.code])


def term_counts(framework: Framework, texts: Iterable[str]) -> pd.DataFrame:
    """Return how often each term fires in the texts: one row per term, also those that never do.

    Columns: code, term, hits (that count), excluded (hits that an excluding wording removed), texts (with such a hit),
    example (the commonest wording; missing when there is none).
    """
    import pandas as pd

    matcher = framework_matcher(framework)
    listed = list(texts)
    hits: dict[tuple[str, str], Counter[str]] = {}
    found_in: Counter[tuple[str, str]] = Counter()
    excluded: Counter[tuple[str, str]] = Counter()
    for text, found in zip(listed, matcher.find_each(listed), strict=True):
        for hit in found:
            hits.setdefault((hit.id, hit.term), Counter())[" ".join(text[hit.start : hit.end].split()).lower()] += 1
        found_in.update({(hit.id, hit.term) for hit in found})
        excluded.update((gone.hit.id, gone.hit.term) for gone in matcher.excluded(text))
    rows = []
    for code, term in ((c.id, t) for c in framework.codes for t in c.terms):
        counts = hits.get((code, term), Counter())
        example = counts.most_common(1)[0][0] if counts else None
        rows.append((code, term, counts.total(), excluded[code, term], found_in[code, term], example))
    return pd.DataFrame(rows, columns=["code", "term", "hits", "excluded", "texts", "example"])


def _examples(code: Code, matcher: Matcher) -> list[Finding]:
    findings = []
    if not code.terms:
        findings.append(
            Finding("no terms", code.id, "the code has no terms: only people or another coder can apply it")
        )
    for text in code.yes:
        if code.terms and not _own(matcher.find(text), code):
            gone = [g for g in matcher.excluded(text) if g.hit.id == code.id]
            why = f"; '{gone[0].hit.term}' was excluded by '{gone[0].by}'" if gone else ""
            findings.append(Finding("example missed", code.id, f"no term hits the yes-example '{text}'{why}"))
    for text in code.no:
        for hit in _own(matcher.find(text), code)[:1]:
            findings.append(Finding("example wrongly hit", code.id, f"term '{hit.term}' hits the no-example '{text}'"))
    return findings


def _own(hits: Iterable[Hit], code: Code) -> list[Hit]:
    return [hit for hit in hits if hit.id == code.id]


def _shadowed(code: Code) -> list[Finding]:
    """Find terms that can never count: every wording of theirs is taken out by an exclusion of the code."""
    findings = []
    for term, wordings in _wordings(code).items():
        matcher = compile_terms({code.id: [term]}, {code.id: code.excludes})
        if wordings and not any(matcher.find(wording) for wording in wordings):
            findings.append(
                Finding("term shadowed", code.id, f"term '{term}' never counts: the excludes remove it always")
            )
    return findings


def _wordings(code: Code) -> dict[str, list[str]]:
    """Return a few plain wordings of each term that stands for fixed words."""
    found: dict[str, list[str]] = {term: [] for term in code.terms}
    for _, term, row in compile_terms({code.id: code.terms}).phrases():
        if not any("*" in form for slot in row.slots for form in slot.forms):
            words = (slot.forms[0].upper() if slot.cased else slot.forms[0] for slot in row.slots)
            found[term].append(" ".join(words))
    return found


def _shared(framework: Framework) -> list[Finding]:
    """Find wordings that two codes look for."""
    owners: dict[str, list[str]] = {}
    for code in framework.codes:
        for wording in dict.fromkeys(w for wordings in _wordings(code).values() for w in wordings):
            owners.setdefault(wording, []).append(code.id)
    return [
        Finding("term shared", codes[0], f"'{wording}' is also a term of {', '.join(codes[1:])}")
        for wording, codes in owners.items()
        if len(codes) > 1
    ]


def _confusable(framework: Framework) -> list[Finding]:
    """Find wordings of two codes that are so alike that a damaged text may give one for the other."""
    from rapidfuzz.distance import Levenshtein

    from toolkit.frameworks.fuzzy import edits_allowed

    owned = [(w, c.id) for c in framework.codes for ws in _wordings(c).values() for w in ws if edits_allowed(len(w))]
    findings = []
    for i, (one, code) in enumerate(owned):
        for other, second in owned[i + 1 :]:
            allowed = min(edits_allowed(len(one)), edits_allowed(len(other)))
            if code != second and abs(len(one) - len(other)) <= allowed and one != other:
                distance = Levenshtein.distance(one, other, score_cutoff=allowed)
                if distance <= allowed:
                    message = (
                        f"'{one}' and '{other}' of {second} are {distance} letters apart: confusable in damaged text"
                    )
                    findings.append(Finding("term confusable", code, message))
    return findings
