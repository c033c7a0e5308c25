"""The coder's own word lists beside a codebook: hints per code, the equity lexicon, the cues of commitment."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml

from toolkit.frameworks.fuzzy import FuzzyMatcher
from toolkit.frameworks.matching import Matcher, compile_terms
from toolkit.frameworks.model import Framework

# Prefixes of the ids in the joint matcher: one pass over the text finds terms, hints, groups and cues together.
TERM, HINT, EQUITY, CUE = "term:", "hint:", "equity:", "cue:"


def word_list(name: str) -> dict[str, tuple[str, ...]]:
    """Return the groups of `data/{name}.yaml` with their terms, in file order.

    `hints` and `strength` have groups; in `equity` a group is parted by what its terms are worth ("gap.strong").
    """
    text = files("toolkit.coding").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for group, terms in yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items():
        parts = {f"{group}.{worth}": t for worth, t in terms.items()} if isinstance(terms, dict) else {group: terms}
        found |= {str(name): tuple(map(str, listed)) for name, listed in parts.items()}
    return found


@lru_cache(maxsize=8)
def joint_matcher(framework: Framework) -> Matcher:
    """Return one matcher for a framework's terms (with their excludes), its hints, the equity lexicon and the cues."""
    hints = word_list("hints")
    terms = {TERM + code.id: code.terms for code in framework.codes}
    excludes = {TERM + code.id: code.excludes for code in framework.codes}
    terms |= {HINT + code.id: hints.get(code.id, ()) for code in framework.codes}
    terms |= {EQUITY + group: found for group, found in word_list("equity").items()}
    terms |= {CUE + group: found for group, found in word_list("strength").items()}
    return compile_terms(terms, excludes)


@lru_cache(maxsize=8)
def damaged_matcher(framework: Framework) -> FuzzyMatcher:
    """Return the matcher for damaged text: a framework's own terms only, since hints and cues are too short to risk."""
    return FuzzyMatcher(
        compile_terms(
            {TERM + c.id: c.terms for c in framework.codes}, {TERM + c.id: c.excludes for c in framework.codes}
        )
    )
