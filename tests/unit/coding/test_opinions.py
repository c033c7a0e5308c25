"""How words and encoders come to one judgement: who is asked about what, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from toolkit.coding.features import Array, Unit
from toolkit.coding.opinions import together

PLAIN_NO, OPEN, SURE = -6.0, -0.5, 4.0


@dataclass
class Says:
    """A reader that says the same of every answer of every passage, and remembers what it was asked."""

    odds: float
    asked: list[str] = field(default_factory=list)

    def logits(self, units: Sequence[Unit]) -> Array:
        self.asked += [u.text for u in units]
        return np.full((len(units), 6), self.odds)


def judged(words: dict[str, float], *readers: Says) -> dict[str, float]:
    """Two codes, the first as the words have it, neither equity nor strength."""
    odds = np.full((len(words), 6), PLAIN_NO)
    odds[:, 0] = list(words.values())
    found = together(odds, [Unit(text=name) for name in words], readers)
    return dict(zip(words, found[:, 0].tolist(), strict=True))


def test_no_encoder_reads_what_the_words_rule_out() -> None:
    first = Says(SURE)
    assert judged({"organogram": PLAIN_NO, "smoking": OPEN}, first)["organogram"] == PLAIN_NO
    assert first.asked == ["smoking"]


def test_what_is_sure_after_one_encoder_is_not_read_again() -> None:
    first, second = Says(-0.7), Says(SURE)
    judged({"vague": OPEN, "plain": SURE}, first, second)
    assert (first.asked, second.asked) == (["vague", "plain"], ["vague"])


def test_an_open_equity_focus_is_reason_enough_to_read() -> None:
    reader = Says(-6.0)
    odds = np.full((1, 6), PLAIN_NO)
    odds[0, -4] = 0.0
    together(odds, [Unit(text="gap")], [reader])
    assert reader.asked == ["gap"]


def test_the_judgement_is_the_mean_of_all_who_were_asked() -> None:
    assert judged({"vague": -0.6}, Says(0.0), Says(0.9))["vague"] == np.mean([-0.6, 0.0, 0.9])


def test_without_encoders_words_decide_and_nothing_is_nothing() -> None:
    assert judged({"a": 0.25}) == {"a": 0.25}
    assert together(np.zeros((0, 6)), [], [Says(1.0)]).shape == (0, 6)


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=12))
def test_no_passage_changes_what_is_made_of_another(odds: list[float]) -> None:
    def readers() -> tuple[Says, Says]:
        return Says(0.1), Says(-2.0)

    all_at_once = judged({str(i): z for i, z in enumerate(odds)}, *readers())
    assert list(all_at_once.values()) == [judged({"alone": z}, *readers())["alone"] for z in odds]
