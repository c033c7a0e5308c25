"""A language model behind an OpenAI-compatible address as one more coder; what it can not quote verbatim is refused.

The model is asked, passage by passage in batches, for codes, equity focus, strength and a verbatim quote. Answers that
name an unknown code, or quote words that are not in the passage, are left out and counted in `refused`. Agreement with
people must be shown before such codings are used: nothing here makes them right.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.coding.coder import codable
from toolkit.coding.people import Decision, PersonCoder
from toolkit.errors import MissingExtra, ToolkitError
from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document, Passage

_FORM = (
    'Answer with JSON only: {"codings": [{"passage": <number>, "code": <code id>, "strength": <1-4>, '
    '"equity": <true|false>, "quote": <words copied exactly from the passage>}]}. Leave out passages without a code. '
    "Strength: 1 mention, 2 aim, 3 concrete action, 4 action or aim with target, date or money. Equity: the passage "
    "speaks of a difference between groups or places, or directs something to a disadvantaged one."
)


class EndpointError(ToolkitError):
    """The address did not answer, or not with what was asked for."""


@dataclass(slots=True, kw_only=True)
class EndpointCoder:
    """Codes with a third party's model. The key is read from the environment (`key_variable`), never stored."""

    framework: Framework
    url: str  # ends in /v1
    model: str
    key_variable: str = "OPENAI_API_KEY"
    batch: int = 20
    timeout: float = 120.0
    refused: list[str] = field(default_factory=list)  # why answers were left out, in order

    @property
    def id(self) -> str:
        """The model's name and the framework with its hash."""
        return f"model {self.model} / {self.framework.signature}"

    def code(self, document: Document) -> tuple[Coding, ...]:
        """Return the model's codings of a document whose quotes are verbatim; EndpointError when it does not answer."""
        passages = codable(document)
        decisions: list[Decision] = []
        for batch in _batches(passages, self.batch):
            for answer in self._ask(batch):
                decision = self._decision(answer, batch, len(decisions))
                if decision:
                    decisions.append(decision)
        person = PersonCoder(
            name=f"model {self.model}",
            framework=self.framework,
            decisions={document.plan.plan_id: tuple(decisions)},
        )
        return person.code(document)

    def _ask(self, batch: Sequence[Passage]) -> list[Any]:
        try:
            import httpx
        except ImportError:
            raise MissingExtra("httpx", 'Install it with: pip install "ics-plan-toolkit[model]"') from None
        numbered = "\n".join(f"[{n}] {p.text}" for n, p in enumerate(batch))
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": f"{_codebook(self.framework)}\n\n{_FORM}"},
                {"role": "user", "content": numbered},
            ],
        }
        key = os.environ.get(self.key_variable, "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            reply = httpx.post(f"{self.url}/chat/completions", json=body, headers=headers, timeout=self.timeout)
            reply.raise_for_status()
            content = reply.json()["choices"][0]["message"]["content"]
            return list(json.loads(content.strip().removeprefix("```json").removesuffix("```"))["codings"])
        except (httpx.HTTPError, KeyError, IndexError, TypeError, ValueError) as error:
            raise EndpointError(f"{self.url} did not answer as asked: {error!r}. Check address and model.") from error

    def _decision(self, answer: Any, batch: Sequence[Passage], number: int) -> Decision | None:
        try:
            passage = batch[int(answer["passage"])]
            code, quote = str(answer["code"]), str(answer["quote"])
            strength, equity = int(answer["strength"]), bool(answer["equity"])
        except (KeyError, IndexError, TypeError, ValueError):
            self.refused.append(f"not in the form asked for: {answer!r}")
            return None
        if code not in {c.id for c in self.framework.codes}:
            self.refused.append(f"unknown code '{code}' for passage {passage.passage_id}")
        elif not quote or quote not in passage.text:
            self.refused.append(f"quote not verbatim in passage {passage.passage_id}: '{quote[:80]}'")
        elif not 1 <= strength <= 4:
            self.refused.append(f"strength {strength} for passage {passage.passage_id}")
        else:
            return Decision(
                row=number,
                passage_id=passage.passage_id,
                code=code,
                strength=strength,
                equity=equity,
                quote=quote,
            )
        return None


def _codebook(framework: Framework) -> str:
    lines = [f"Code passages of English health plans with this codebook: {framework.title}."]
    for code in framework.codes:
        parts = [f"{code.id}: {code.title}. {code.definition}"]
        parts += [f"Include: {'; '.join(code.include)}."] if code.include else []
        parts += [f"Exclude: {'; '.join(code.exclude)}."] if code.exclude else []
        lines.append(" ".join(parts))
    return "\n".join(lines)


def _batches(passages: Sequence[Passage], size: int) -> Iterator[Sequence[Passage]]:
    for start in range(0, len(passages), size):
        yield passages[start : start + size]
