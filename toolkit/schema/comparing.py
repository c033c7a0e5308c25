"""The tables of the comparing room: what a row is, its key, and what each column means."""

from __future__ import annotations

from toolkit.schema.definitions import Table, _table

_THEME = (
    ("framework", "string", "framework id"),
    ("theme", "string", "theme id, or 'overall'"),
)

COMPARING_TABLES: tuple[Table, ...] = (
    _table(
        "p_above",
        "ordered pair of plans x framework x theme",
        "framework theme plan_a plan_b",
        *_THEME,
        ("plan_a", "string", "plan"),
        ("plan_b", "string", "the plan that it is set against"),
        ("p_above", "Float64", "share of draws in which a is above b, half of the ties added", "0-1"),
    ),
)
