"""Why a passage got a code, and why it did not."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from toolkit.coding.bundled import BundledCoder
from toolkit.coding.features import Unit
from toolkit.coding.lexicon import HINT, TERM, joint_matcher
from toolkit.frameworks.model import Framework

NEAREST = 3
_WORD = re.compile(r"\w[\w'’-]*")
_MOST_WORDS = 150  # of a text: so many are tried
_OUT_OF_QUESTION = 0.05  # a smaller chance
_MATTERS = 0.25  # of log-odds: a word without which the code is less likely by this speaks for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What the bundled coder found for one code in one text."""

    code: str
    stands: bool
    probability: float
    threshold: float
    terms: tuple[str, ...]  # "words in the text (term of the codebook)"
    hints: tuple[str, ...]
    excluded: tuple[str, ...]  # "words, excluded by wording"
    nearest: tuple[str, ...]  # terms of the codebook most like words of the text; only when nothing was found
    speaking: tuple[str, ...] = ()  # words of the text without which the code would be least likely

    @property
    def text(self) -> str:
        """The reasons as lines for a reader."""
        verdict = "stands" if self.stands else "does not stand"
        lines = [f"{self.code} {verdict}: probability {self.probability:.2f}, needed {self.threshold:.2f}"]
        for label, found in (
            ("terms found", self.terms),
            ("hints found", self.hints),
            ("found but excluded", self.excluded),
            ("nearest terms", self.nearest),
            ("words that speak most for it", self.speaking),
        ):
            if found:
                lines.append(f"  {label}: {'; '.join(found)}")
        if not (self.terms or self.hints or self.excluded):
            lines.append("  no term or hint of the code stands in the text")
        elif not self.stands and self.terms:
            lines.append("  the passage as a whole does not read as being about it: see its definition and excludes")
        return "\n".join(lines)


def why(text: str, framework: Framework, context: str = "") -> tuple[Reasons, ...]:
    """Return the reasons for every code that stands in a text, most probable first.

    The text is judged by itself; in a document the passages around it may speak for a topic, too.
    """
    coder = BundledCoder(framework)
    _, judgements = coder.judge([Unit(text=text, context=context)])
    standing = coder.verdict(judgements[0]).codes
    return tuple(why_not(text, framework, code, context) for code in sorted(standing, key=lambda c: -standing[c]))


def why_not(text: str, framework: Framework, code: str, context: str = "") -> Reasons:
    """Return what speaks for and against one code in a text; UnknownName lists the codes when there is no such code."""
    wanted = framework.code(code)
    coder = BundledCoder(framework)
    readings, judgements = coder.judge([Unit(text=text, context=context)])
    reading, probability = readings[0], judgements[0].topics[code]
    excluded = [e for e in joint_matcher(framework).excluded(text) if e.hit.id in (TERM + code, HINT + code)]
    found = bool(reading.coded(code) or excluded)
    return Reasons(
        code=code,
        stands=code in coder.verdict(judgements[0]).codes,
        probability=probability,
        threshold=float(coder.threshold(code)),
        terms=tuple(f"'{text[h.start : h.end]}' ({h.term})" for h in reading.terms.get(code, [])),
        hints=tuple(f"'{text[h.start : h.end]}' ({h.term})" for h in reading.hints.get(code, [])),
        excluded=tuple(f"'{text[e.hit.start : e.hit.end]}' by '{text[e.start : e.end]}' ({e.by})" for e in excluded),
        nearest=() if found else tuple(_nearest(text, wanted.terms)),
        speaking=_speaking(coder, Unit(text=text, context=context), code, probability),
    )


def _speaking(coder: BundledCoder, unit: Unit, code: str, probability: float) -> tuple[str, ...]:
    """Return the words without which the code would be least likely: each is left out in turn.

    None of a code that is out of the question.
    """
    if probability < _OUT_OF_QUESTION:
        return ()
    words = list(_WORD.finditer(unit.text))[:_MOST_WORDS]
    without = [
        Unit(text=unit.text[: w.start()] + unit.text[w.end() :], context=unit.context, document=str(i))
        for i, w in enumerate(words)
    ]
    _, judgements = coder.judge(without)
    loss = [_log_odds(probability) - _log_odds(judgement.topics[code]) for judgement in judgements]
    most = sorted((i for i, lost in enumerate(loss) if lost >= _MATTERS), key=lambda i: -loss[i])[:NEAREST]
    return tuple(f"'{words[i].group()}'" for i in most)


def _log_odds(chance: float) -> float:
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def _nearest(text: str, terms: tuple[str, ...]) -> list[str]:
    found = process.extract(text.lower(), [t.lower() for t in terms], scorer=fuzz.partial_ratio, limit=NEAREST)
    return [f"{term} ({score:.0f}% alike)" for term, score, _ in found]
