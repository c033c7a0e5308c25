"""The room `scoring`: codings become levels and points, points become totals.

    score(documents, codings, framework, settings=None, *, failed=()) -> tuple[Score, ...]     complete plan x code
    totals(scores, framework, codings, documents) -> pandas table `totals`                     per theme and overall
    score_problems(scores, framework) -> tuple[Problem, ...]                                   why a share is NA
    explain(run, plan_id, code, framework=None) -> Explanation(text, table)                    tables of a run in

`settings` is a `ScoreSettings`; `failed` are plans that could not be read at all. One call per framework; rows of
several frameworks are put under each other. METHOD.md has the formulas.
"""

from toolkit.scoring.checks import OVERALL
from toolkit.scoring.explain import Explanation, explain
from toolkit.scoring.scores import readable_share, score
from toolkit.scoring.sections import sections
from toolkit.scoring.settings import ScoreSettings
from toolkit.scoring.totals import score_problems, totals

__all__ = [
    "OVERALL",
    "Explanation",
    "ScoreSettings",
    "explain",
    "readable_share",
    "score",
    "score_problems",
    "sections",
    "totals",
]
