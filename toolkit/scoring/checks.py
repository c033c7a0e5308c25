"""What must hold before anything is scored; every fault is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, isnan

from toolkit.errors import InvalidInput
from toolkit.frameworks.model import Framework
from toolkit.records import Coding, Document, Plan

OVERALL = "overall"
_SHOWN = 20  # faults listed by name; the rest are counted


def check_framework(framework: Framework) -> None:
    """Return nothing when weights and themes can be scored; InvalidInput lists all that cannot."""
    themes = [t.id for t in framework.themes]
    faults = [
        f"code '{c.id}' is in theme '{c.theme}', which is not listed" for c in framework.codes if c.theme not in themes
    ]
    for code in framework.codes:
        if not isfinite(code.weight) or code.weight < 0:
            faults.append(f"code '{code.id}' has weight {code.weight}; give a number of 0 or more")
    if OVERALL in themes:
        faults.append(f"theme id '{OVERALL}' is kept for the whole plan; choose another")
    if len({c.id for c in framework.codes}) < len(framework.codes):
        faults.append("a code id is used twice")
    if not 0 <= framework.equity_weight <= 1:
        faults.append(f"equity_weight is {framework.equity_weight}; give a number from 0 to 1")
    if not faults and not sum(c.weight for c in framework.codes) > 0:
        faults.append("the weights of all codes sum to 0, so that no share can be computed; give one code a weight")
    if faults:
        raise InvalidInput(f"framework {framework.id}", faults)


def check_plans(documents: Sequence[Document], failed: Sequence[Plan]) -> None:
    """Return nothing when every plan has its own id; InvalidInput names the ids that are used twice."""
    ids = [d.plan.plan_id for d in documents] + [p.plan_id for p in failed]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise InvalidInput("plans", [f"plan id '{i}' is used twice" for i in twice])


def check_codings(codings: Sequence[Coding], documents: Sequence[Document], framework: Framework) -> None:
    """Return nothing when every coding points at a plan, passage and code, and its chances are chances."""
    passages = {d.plan.plan_id: {p.passage_id for p in d.passages} for d in documents}
    codes = {c.id for c in framework.codes}
    seen: set[str] = set()
    faults = [fault for coding in codings for fault in _coding_faults(coding, passages, codes, seen)]
    if faults:
        rest = [f"and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise InvalidInput(f"codings of {framework.id}", [*faults[:_SHOWN], *rest])


def _coding_faults(coding: Coding, passages: Mapping[str, set[str]], codes: set[str], seen: set[str]) -> Iterator[str]:
    name = f"coding {coding.coding_id}"
    if coding.coding_id in seen:
        yield f"{name} is given twice"
    seen.add(coding.coding_id)
    if coding.plan_id not in passages:
        yield f"{name}: plan '{coding.plan_id}' was not read"
    elif coding.passage_id not in passages[coding.plan_id]:
        yield f"{name}: plan '{coding.plan_id}' has no passage '{coding.passage_id}'"
    if coding.code not in codes:
        yield f"{name}: code '{coding.code}' is not in the framework"
    if coding.strength not in (1, 2, 3, 4):
        yield f"{name}: strength is {coding.strength}; give 1, 2, 3 or 4"
    numbers = (*coding.at_least, coding.equity_confidence, coding.confidence)
    if any(isnan(p) or not 0 <= p <= 1 for p in numbers):
        yield f"{name}: chances {numbers} are not all between 0 and 1"
    elif list(coding.at_least) != sorted(coding.at_least, reverse=True):
        yield f"{name}: at_least {coding.at_least} rises with strength; a higher strength is never likelier"
