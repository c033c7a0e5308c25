"""Copied text: passages that plans share with each other, or with a guidance text, found, marked, and left out.

Passages are cut into shingles (runs of five words). Passages that share enough shingles are candidates; a candidate
counts when the likeness of the two texts (share of characters that stay, by insertions and deletions) is high enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.errors import InvalidInput
from toolkit.records import Coding, Document
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd

_SHINGLE = 5
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCES = re.compile(r"\n\s*\n|\n(?=\s*[•\-–*\d])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    source: str  # plan id or name of the guidance
    home: str  # texts of one home are not compared: the plan, its system, or the guidance
    guidance: bool
    text: str
    plain: str
    shingles: frozenset[str]
    words: int
    passage_id: str = ""
    page: int = 0


def boilerplate(
    documents: Sequence[Document],
    guidance: Mapping[str, str] | None = None,
    *,
    likeness: float = 0.85,
    least_words: int = 12,
    between_systems: bool = False,
) -> pd.DataFrame:
    """Return the table `boilerplate`: a row per passage that another plan or a guidance text holds too.

    `guidance` maps names to texts; it is cut at blank lines and list items. Passages shorter than `least_words` and
    headings are not looked at. `likeness` (0-1) is what two passages need; a passage that another one holds whole is
    copied, a longer one around it is not. Passages of one plan are not compared with each other; with
    `between_systems` nor are those of two plans of one system (same `ics_code`), which may well repeat themselves.
    Raises InvalidInput for numbers outside their range.
    """
    if not 0.5 <= likeness <= 1 or least_words < _SHINGLE:
        fault = f"likeness {likeness}, least_words {least_words}: give 0.5 to 1, and {_SHINGLE} or more"
        raise InvalidInput("boilerplate", [fault])
    homes = {d.plan.plan_id: (between_systems and d.plan.ics_code) or d.plan.plan_id for d in documents}
    texts = [t for t in _texts(documents, guidance or {}, homes) if t.words >= least_words]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for shingle in text.shingles:
            holders[shingle].append(number)
    rows = [_row(i, texts, holders, likeness) for i, t in enumerate(texts) if not t.guidance]
    return table("boilerplate", [r for r in rows if r])


def without_boilerplate(
    codings: Iterable[Coding], marked: pd.DataFrame, *, only_guidance: bool = False
) -> tuple[Coding, ...]:
    """Return the codings whose passage is not marked in the table `boilerplate`, to be scored without copied text.

    With `only_guidance`, only passages that a guidance text holds are left out.
    """
    rows = marked[marked["guidance"]] if only_guidance else marked
    copied = set(zip(rows["plan_id"], rows["passage_id"], strict=True))
    return tuple(c for c in codings if (c.plan_id, c.passage_id) not in copied)


def _texts(documents: Sequence[Document], guidance: Mapping[str, str], homes: Mapping[str, str]) -> Iterable[_Text]:
    for document in documents:
        for passage in document.content:
            if passage.kind != "heading":
                place = {"passage_id": passage.passage_id, "page": passage.page, "home": homes[passage.plan_id]}
                yield _text(document.plan.plan_id, passage.text, guidance=False, **place)
    for name, whole in guidance.items():
        for part in _SENTENCES.split(whole):
            yield _text(name, " ".join(part.split()), guidance=True, home=f"guidance {name}")


def _text(source: str, text: str, *, guidance: bool, **place: Any) -> _Text:
    words = [w.lower().replace("’", "'") for w in _WORD.findall(text)]
    runs = frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(max(len(words) - _SHINGLE + 1, 0)))
    return _Text(
        source=source, guidance=guidance, text=text, plain=" ".join(words), shingles=runs, words=len(words), **place
    )


def _row(i: int, texts: Sequence[_Text], holders: Mapping[str, list[int]], likeness: float) -> dict[str, Any] | None:
    own = texts[i]
    shared: dict[int, int] = defaultdict(int)
    for shingle in own.shingles:
        for other in holders[shingle]:
            if texts[other].home != own.home:
                shared[other] += 1
    alike = {
        o: _likeness(own, texts[o])
        for o, n in shared.items()
        if 4 * n >= min(len(own.shingles), len(texts[o].shingles))
    }
    alike = {o: value for o, value in alike.items() if value >= likeness}
    if not alike:
        return None
    nearest = min(alike, key=lambda o: (-alike[o], texts[o].source, o))
    sources = sorted({texts[o].source for o in alike})
    return {
        "plan_id": own.source,
        "passage_id": own.passage_id,
        "page": own.page,
        "text": own.text,
        "words": own.words,
        "shared_with": ";".join(sources),
        "plans_sharing": len({texts[o].source for o in alike if not texts[o].guidance}),
        "guidance": any(texts[o].guidance for o in alike),
        "likeness": alike[nearest],
        "nearest_text": texts[nearest].text,
    }


def _likeness(a: _Text, b: _Text) -> float:
    """Return how much of `a` is copied, 0-1: 1 when `b` holds it whole, else the likeness of the two."""
    from rapidfuzz.distance import Indel

    if f" {a.plain} " in f" {b.plain} ":
        return 1.0
    return float(Indel.normalized_similarity(a.plain, b.plain))
