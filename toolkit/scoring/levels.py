"""From the codings of one plan and one code to levels: the highest strength, plain and expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from toolkit.records import Coding

STRENGTHS = (1, 2, 3, 4)
Chances = tuple[float, float, float, float]
_LEFT_OUT: Chances = (1.0, 0.0, 0.0, 0.0)  # what a coding says whose coder gave no chances


def chances(coding: Coding) -> Chances:
    """Return P(the coding is right and its strength is k or more) for k = 1 to 4, never rising with k.

    A coder that gives no chances (a person) is taken at its word: certain of the strength that it gave.
    """
    if coding.at_least == _LEFT_OUT and coding.strength > 1:
        first, second, third, fourth = (coding.confidence if k <= coding.strength else 0.0 for k in STRENGTHS)
        return first, second, third, fourth
    return coding.at_least


def equity_chances(coding: Coding) -> Chances:
    """Return the same chances with the equity focus; all 0 for a coding without it."""
    share = coding.equity_confidence if coding.equity else 0.0
    first, second, third, fourth = (share * p for p in chances(coding))
    return first, second, third, fourth


def highest(strengths: Iterable[int]) -> int:
    """Return the highest strength (1-4), or 0 when there is none."""
    return max(strengths, default=0)


def expected_highest(all_chances: Sequence[Chances]) -> float:
    """Return E[max] = sum over k of P(at least one coding of strength >= k is right), 0-4; 0 for no codings.

    Codings are taken to be right or wrong independently of each other. Errors that come together (one term that is
    always misread) make the true value lower.
    """
    return sum(1.0 - prod(1.0 - c[k - 1] for c in all_chances) for k in STRENGTHS)
