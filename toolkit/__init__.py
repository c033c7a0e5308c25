"""Read, code, score and compare the plans of NHS integrated care systems; every number opens.

The front door: names are looked up when they are first used, so that `import toolkit` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_FRONT_DOOR: dict[str, str] = {
    "load_framework": "toolkit.frameworks",
    "list_frameworks": "toolkit.frameworks",
    "check_framework": "toolkit.frameworks.checking",
    "term_counts": "toolkit.frameworks.checking",
    "load_plans": "toolkit.plans",
    "icbs": "toolkit.plans",
    "read_plan": "toolkit.reading",
    "read_plans": "toolkit.reading",
    "show_page": "toolkit.reading.show",
    "show_page_data": "toolkit.reading.show",
    "code": "toolkit.coding",
    "code_texts": "toolkit.coding",
    "why": "toolkit.coding.why",
    "why_not": "toolkit.coding.why",
    "analyse": "toolkit.run",
    "load_run": "toolkit.run",
    "Run": "toolkit.run",
    "Boilerplate": "toolkit.run",
    "charts": "toolkit.publishing",
    "publish": "toolkit.publishing",
    "explain": "toolkit.scoring",
    "context": "toolkit.comparing",
    "by_group": "toolkit.comparing",
    "side_by_side": "toolkit.comparing",
    "sensitivity": "toolkit.comparing",
    "equity_gradient": "toolkit.comparing",
    "length_fairness": "toolkit.comparing",
    "boilerplate": "toolkit.comparing",
    "similarity": "toolkit.comparing",
    "agreement": "toolkit.comparing",
    "CompareSettings": "toolkit.comparing",
    "ScoreSettings": "toolkit.scoring",
    "make_study": "toolkit.study",
}
__all__ = list(_FRONT_DOOR)


def __getattr__(name: str) -> Any:
    if name in _FRONT_DOOR:
        return getattr(import_module(_FRONT_DOOR[name]), name)
    raise AttributeError(f"module 'toolkit' has no attribute '{name}'; it offers: {', '.join(sorted(__all__))}")


def __dir__() -> list[str]:
    return sorted(__all__)
