"""The room `plans`: from a folder or a manifest to plans, with what was guessed about them."""

from toolkit.plans.guessing import with_guesses
from toolkit.plans.icbs import icbs
from toolkit.plans.kinds import kinds
from toolkit.plans.load import load_plans

__all__ = ["icbs", "kinds", "load_plans", "with_guesses"]
