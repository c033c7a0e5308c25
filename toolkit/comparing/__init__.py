"""The room `comparing`: totals side by side, with what can be said of their uncertainty.

Inside the pipeline, from records:

    compare(documents, codings, totals, framework, settings=None) -> Comparison(table, p_above, problems, simulation)
    boilerplate(documents, guidance=None) -> table `boilerplate`; without_boilerplate(codings, marked) -> codings

From the tables of a run (`run.scores`, `run.totals`, `run.plans`, ...), each returning a documented table:

    sensitivity(scores, framework)            other weights, codes and themes left out
    length_fairness(totals, plans)            does rank follow length?
    rarefaction(passages, evidence)           codes expected in equal numbers of words
    by_group(totals, plans, by="region")      region, kind, year, deprivation, ics
    side_by_side(scores, evidence, a, b)      kept, dropped, added, hardened, softened, quote beside quote
    similarity(scores), clusters(scores)      which plans are alike
    saturation(scores)                        new codes as plans are added
    equity_gradient(totals, plans)            SII and RII over deprivation
    agreement(units, evidence_a, evidence_b, codes)
    context(boundaries="2024")                population and deprivation of the 42 boards

METHOD.md has the formulas and their sources.
"""

from toolkit.comparing.agreement_table import agreement
from toolkit.comparing.boilerplate import boilerplate, without_boilerplate
from toolkit.comparing.comparison import Comparison, compare
from toolkit.comparing.context import ATTRIBUTION, context
from toolkit.comparing.fairness import length_fairness, rarefaction
from toolkit.comparing.gradient import equity_gradient
from toolkit.comparing.groups import by_group
from toolkit.comparing.pairs import side_by_side
from toolkit.comparing.saturation import saturation
from toolkit.comparing.sensitivity import sensitivity
from toolkit.comparing.settings import CompareSettings
from toolkit.comparing.similarity import clusters, similarity

__all__ = [
    "ATTRIBUTION",
    "CompareSettings",
    "Comparison",
    "agreement",
    "boilerplate",
    "by_group",
    "clusters",
    "compare",
    "context",
    "equity_gradient",
    "length_fairness",
    "rarefaction",
    "saturation",
    "sensitivity",
    "side_by_side",
    "similarity",
    "without_boilerplate",
]
