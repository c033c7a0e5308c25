"""The bundled coder: terms in context, and a statistical layer that judges the whole passage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from toolkit import __version__
from toolkit.coding.coder import codable
from toolkit.coding.evidence import boxes_of, clause, quoted, spans_of, term_of
from toolkit.coding.features import Reading, Unit, read_units
from toolkit.coding.model import Judgement, Model
from toolkit.coding.model_file import bundled_model
from toolkit.frameworks.fuzzy import UNKNOWN_LIMIT
from toolkit.frameworks.model import Framework
from toolkit.records import Box, Coding, Document, Passage, Span, content_id, quote_of

HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The coder's answer for one passage, before it is turned into codings."""

    codes: dict[str, float]  # code -> confidence, codes that stand only
    equity: bool
    equity_confidence: float
    strength: int  # 0 when no code stands
    at_least: tuple[float, float, float]  # P(strength >= 2, 3, 4)


@dataclass(frozen=True, slots=True)
class BundledCoder:
    """Codes documents with one framework; the same document gives the same codings.

    Between kinds of processors chances may differ by about a millionth (encoders count in 32 bits).
    """

    framework: Framework
    model: Model = field(default_factory=bundled_model)

    @property
    def id(self) -> str:
        """Name, version and framework hash."""
        return f"bundled {__version__} / {self.framework.signature}"

    def code(self, document: Document) -> tuple[Coding, ...]:
        """Return the codings in reading order; headings, running heads and contents pages are not coded."""
        passages = codable(document)
        damaged = {page.number for page in document.pages if page.unknown_words > UNKNOWN_LIMIT}
        readings, judgements = self.judge([unit_of(p, damaged) for p in passages])
        return tuple(
            coding
            for passage, reading, judgement in zip(passages, readings, judgements, strict=True)
            for coding in self._codings(document, passage, reading, self.verdict(judgement, document.plan.kind))
        )

    def judge(self, units: Sequence[Unit]) -> tuple[list[Reading], list[Judgement]]:
        """Return, for each unit, what was found in it and what the statistical layer makes of it."""
        readings = read_units(units, self.framework)
        return readings, self.model.judge(readings, [c.id for c in self.framework.codes])

    def verdict(self, judgement: Judgement, plan_kind: str | None = None) -> Verdict:
        """Return the codes that stand, the equity focus and the strength that follow from a judgement."""
        lowest, equity = min(self.model.thresholds[:2]), self.model.thresholds[2]
        likely = {code: p for code, p in judgement.topics.items() if p >= lowest and p >= self.threshold(code)}
        codes = {code: p for code, p in likely.items() if self.framework.code(code).applies_to(plan_kind)}
        return Verdict(
            codes=codes,
            equity=bool(judgement.equity >= equity),
            equity_confidence=judgement.equity,
            strength=1 + sum(p >= HALF for p in judgement.at_least) if codes else 0,
            at_least=judgement.at_least,
        )

    def threshold(self, code: str) -> float:
        """Return the probability from which a code stands."""
        return float(self.model.thresholds[0 if code in self.model.codes else 1])

    @property
    def recall(self) -> dict[str, float]:
        """The share of true codings that is found, per code that the model was taught (0-1, on unseen documents)."""
        known = dict(zip(self.model.codes, self.model.recall.tolist(), strict=True))
        return {c.id: known[c.id] for c in self.framework.codes if c.id in known}

    def _codings(self, document: Document, passage: Passage, reading: Reading, verdict: Verdict) -> list[Coding]:
        if not verdict.codes:
            return []
        earned = clause(reading, verdict.strength)
        quotes = {code: spans_of(passage, *quoted(reading, code, earned)) for code in verdict.codes}
        boxes = {spans: boxes_of(document, spans) for spans in set(quotes.values())}
        words = reading.unit.text[slice(*earned)]
        return [
            self._coding(document, passage, verdict, code, term_of(reading, code), words, spans, boxes[spans])
            for code, spans in quotes.items()
        ]

    def _coding(
        self,
        document: Document,
        passage: Passage,
        verdict: Verdict,
        code: str,
        term: str,
        earned: str,
        spans: tuple[Span, ...],
        boxes: tuple[tuple[int, Box], ...],
    ) -> Coding:
        confidence = verdict.codes[code]
        two, three, four = (confidence * p for p in verdict.at_least)
        return Coding(
            coding_id=content_id(document.plan.plan_id, self.id, code, passage.passage_id, spans),
            plan_id=document.plan.plan_id,
            framework=self.framework.id,
            code=code,
            passage_id=passage.passage_id,
            quote=quote_of((document.page(s.page) for s in spans), spans),
            spans=spans,
            strength=verdict.strength,
            equity=verdict.equity,
            coder=self.id,
            term=term,
            clause=earned,
            confidence=confidence,
            equity_confidence=verdict.equity_confidence,
            at_least=(confidence, two, three, four),
            boxes=boxes,
            section=passage.section,
        )


def unit_of(passage: Passage, damaged: Collection[int] = ()) -> Unit:
    """Return the passage as the coder reads it: its text, with lead-in and nearest heading as context.

    `damaged` are numbers of pages with so many unknown words that letters must be wrong.
    """
    text, page = passage.text, passage.page
    return Unit(text=text, context=context_of(passage), document=passage.plan_id, damaged=page in damaged)


def context_of(passage: Passage) -> str:
    """Return the words that stand over a passage: its lead-in and its nearest heading."""
    return "\n".join(part for part in (passage.lead_in, *passage.section[-1:]) if part)
