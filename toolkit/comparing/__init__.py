"""The room `comparing`: totals side by side, with what can be said of their uncertainty.

    compare(documents, codings, totals, framework, settings=None) -> Comparison(table, p_above, problems, simulation)

`totals` is the table of `scoring.totals`; `settings` is a `CompareSettings`. METHOD.md has the formulas.
"""

from toolkit.comparing.comparison import Comparison, compare
from toolkit.comparing.settings import CompareSettings

__all__ = ["CompareSettings", "Comparison", "compare"]
