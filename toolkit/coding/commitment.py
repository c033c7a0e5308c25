"""What the strength of commitment is judged by: cues, deadlines, amounts, and which of them stand together.

A date alone is history as often as a deadline, and a verb of action alone is a service as often as a promise; it is
together ("will" with "by March 2026", "to 75%" after "increase") that they tell a measurable commitment from the rest.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from toolkit.coding.openers import OPENS_DEFINITE, OPENS_VAGUE
from toolkit.coding.traits import NAMES

if TYPE_CHECKING:
    from toolkit.coding.features import Reading

CUE_GROUPS = ("will", "should", "verb_aim", "verb_action", "noun_action", "date", "target", "who", "past")
_YEAR = r"20[1-4]\d"
_MONTHS = "january february march april may june july august september october november december"
_SEASONS = f"{_MONTHS} spring summer autumn winter q1 q2 q3 q4".replace(" ", "|")
_DEADLINE = re.compile(
    r"\b(?:by|from|before|during|in|until|end of|target(?:ed)?(?: of)?)\s+(?:the\s+end\s+of\s+)?(?:\d{1,2}\s+)?"
    rf"(?:(?:{_SEASONS})\s+)?{_YEAR}",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\bto\s+(?:at least\s+)?£?\d|\bat least\s+\d|£\s?\d|\bincreas\w*\s+(?:\w+\s+){0,4}by\s+\d"
    r"|\breduc\w*\s+(?:\w+\s+){0,5}(?:by|to)\s+\d|\bhalve\b|\bzero\b|\btarget",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d|hal|zer|tar", re.IGNORECASE)  # without one of these there is no amount
_ANY_YEAR = re.compile(rf"\b{_YEAR}(?:[/–-]\d\d)?\b")
_SPEAKER = re.compile(r"\W*(?:we|our|the council|partners|the board|the icb|systems|icbs)\b", re.IGNORECASE)
# Signs that mean more together than apart.
_TOGETHER = (
    ("deadline", "amount"),
    ("deadline", "will"),
    ("deadline", "opens_with_verb"),
    ("amount", "will"),
    ("date", "will"),
    ("date", "verb_action"),
    ("date", "target"),
    ("date", "opens_with_verb"),
    ("target", "will"),
    ("will", "verb_action"),
    ("will", "verb_aim"),
    ("will", "numbers"),
    ("should", "verb_action"),
    ("past", "verb_action"),
    ("past", "will"),
    ("past", "year"),
    ("opens_with_verb", "verb_action"),
    ("opens_with_verb", "short"),
    # A vague intention with a date is no measurable commitment (rule 8 of the codebook).
    ("opens_vague", "deadline"),
    ("opens_definite", "deadline"),
    ("opens_vague", "deadline_alone"),
    ("only_aims", "deadline"),
    ("only_aims", "deadline_alone"),
    ("verb_action", "deadline_alone"),
)


def strength_features(reading: Reading) -> npt.NDArray[np.float64]:
    """Return the features of the strength of commitment; cues of the lead-in count as the passage's own."""
    text, cues = reading.unit.text, reading.cues
    dated = "20" in text  # the first half of a year: without it no pattern of one need be asked
    signs = dict(zip(NAMES, reading.traits.tolist(), strict=True))
    for group in CUE_GROUPS:
        signs[group] = float(bool(cues.get(group)) or group in reading.context_cues)
    signs["deadline"] = float(dated and bool(_DEADLINE.search(text)))
    signs["amount"] = float(bool(_COUNTED.search(text)) and bool(_AMOUNT.search(text)))
    signs["year"] = float(dated and bool(_ANY_YEAR.search(text)))
    signs["speaker"] = float(bool(_SPEAKER.match(text)))
    signs["money"] = float("£" in text)
    signs["opens_vague"] = float(bool(OPENS_VAGUE.match(text)))
    signs["opens_definite"] = float(bool(OPENS_DEFINITE.match(text)))
    signs["only_aims"] = signs["verb_aim"] * (1 - signs["verb_action"])
    signs["deadline_alone"] = signs["deadline"] * (1 - signs["amount"]) * (not signs["numbers"])
    many = [math.log1p(len(cues.get(group, ()))) for group in CUE_GROUPS]
    return np.array([*signs.values(), *many, *[signs[a] * signs[b] for a, b in _TOGETHER]])
