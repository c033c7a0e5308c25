"""Tidy tables at the edges: what every column means, and the only conversions between records and tables."""

from toolkit.schema.catalogue import TABLES
from toolkit.schema.definitions import Column, Table
from toolkit.schema.rows import code_row, evidence_row, passage_row, plan_row, problem_row, score_row
from toolkit.schema.tables import check, dictionary, table

__all__ = [
    "TABLES",
    "Column",
    "Table",
    "check",
    "code_row",
    "dictionary",
    "evidence_row",
    "passage_row",
    "plan_row",
    "problem_row",
    "score_row",
    "table",
]
