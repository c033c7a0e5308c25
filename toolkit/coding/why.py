"""Why a passage got a code, and why it did not."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from toolkit.coding.bundled import BundledCoder
from toolkit.coding.features import Reading, Unit
from toolkit.coding.lexicon import HINT, TERM, joint_matcher
from toolkit.coding.model import Judgement
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
    judged = _Judged.of(text, framework, context)
    return tuple(judged.reasons(code) for code in sorted(judged.standing, key=lambda c: -judged.standing[c]))


def why_not(text: str, framework: Framework, code: str, context: str = "") -> Reasons:
    """Return what speaks for and against one code in a text; UnknownName lists the codes when there is no such code."""
    framework.code(code)
    return _Judged.of(text, framework, context).reasons(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A text as the coder judges it, whole and with every word left out in turn."""

    coder: BundledCoder
    reading: Reading
    judgement: Judgement
    without: tuple[tuple[str, Judgement], ...]  # each word, and the judgement of the text without it

    @classmethod
    def of(cls, text: str, framework: Framework, context: str) -> _Judged:
        """Return the text, judged once for all codes."""
        coder = BundledCoder(framework)
        words = list(_WORD.finditer(text))[:_MOST_WORDS]
        texts = [text, *(text[: w.start()] + text[w.end() :] for w in words)]
        units = [Unit(text=t, context=context, document=str(i)) for i, t in enumerate(texts)]
        readings, judgements = coder.judge(units)
        without = zip((w.group() for w in words), judgements[1:], strict=True)
        return cls(coder=coder, reading=readings[0], judgement=judgements[0], without=tuple(without))

    @property
    def standing(self) -> dict[str, float]:
        """The codes that stand, each with its probability."""
        return self.coder.verdict(self.judgement).codes

    def reasons(self, code: str) -> Reasons:
        """Return what speaks for and against one code."""
        reading, framework, text = self.reading, self.coder.framework, self.reading.unit.text
        excluded = [e for e in joint_matcher(framework).excluded(text) if e.hit.id in (TERM + code, HINT + code)]
        found = bool(reading.coded(code) or excluded)
        return Reasons(
            code=code,
            stands=code in self.standing,
            probability=self.judgement.topics[code],
            threshold=float(self.coder.threshold(code)),
            terms=tuple(f"'{text[h.start : h.end]}' ({h.term})" for h in reading.terms.get(code, [])),
            hints=tuple(f"'{text[h.start : h.end]}' ({h.term})" for h in reading.hints.get(code, [])),
            excluded=tuple(
                f"'{text[e.hit.start : e.hit.end]}' by '{text[e.start : e.end]}' ({e.by})" for e in excluded
            ),
            nearest=() if found else tuple(_nearest(text, framework.code(code).terms)),
            speaking=self._speaking(code),
        )

    def _speaking(self, code: str) -> tuple[str, ...]:
        """Return the words without which the code would be least likely; none of a code that is out of the question."""
        probability = self.judgement.topics[code]
        if probability < _OUT_OF_QUESTION:
            return ()
        losses = [(_log_odds(probability) - _log_odds(j.topics[code]), word) for word, j in self.without]
        most = sorted((loss for loss in losses if loss[0] >= _MATTERS), key=lambda loss: -loss[0])[:NEAREST]
        return tuple(f"'{word}'" for _, word in most)


def _log_odds(chance: float) -> float:
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))


def _nearest(text: str, terms: tuple[str, ...]) -> list[str]:
    found = process.extract(text.lower(), [t.lower() for t in terms], scorer=fuzz.partial_ratio, limit=NEAREST)
    return [f"{term} ({score:.0f}% alike)" for term, score, _ in found]
