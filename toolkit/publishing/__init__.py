"""The room `publishing`: a run's tables become files that people hand in, and every number opens.

publish(results, directory, only=None, force=False) -> paths     everything, or what `only` names (see OUTPUTS)
write_tables, write_charts, write_workbook, write_report,        one output alone: (results, directory) -> paths
write_evidence, write_briefings, write_methods
briefing_data(results, plan_id) -> Briefing                      what a plan's one-page briefing says
read_tables(directory) -> Results                                the tables of a folder that was written before
charts                                                           each chart's data and figure (see its own page)
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from toolkit.publishing.outputs import OUTPUTS, publish
from toolkit.publishing.tables import read_tables, write_tables

__all__ = [
    "OUTPUTS",
    "briefing_data",
    "charts",
    "publish",
    "read_tables",
    "write_briefings",
    "write_charts",
    "write_evidence",
    "write_methods",
    "write_report",
    "write_tables",
    "write_workbook",
]

# Loaded when they are asked for: what draws or writes workbooks is heavy.
_LATER = {
    "briefing_data": "toolkit.publishing.briefing",
    "write_briefings": "toolkit.publishing.briefing",
    "write_charts": "toolkit.publishing.charts",
    "write_workbook": "toolkit.publishing.workbook",
    "write_methods": "toolkit.publishing.methods",
    "write_evidence": "toolkit.publishing.evidence_pack",
    "write_report": "toolkit.publishing.report",
}


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("toolkit.publishing.charts")
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'toolkit.publishing' has no attribute '{name}'; it offers: {', '.join(__all__)}")
