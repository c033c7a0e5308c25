"""Every table there is: those of the pipeline, then those of the comparing room."""

from __future__ import annotations

from toolkit.schema import definitions
from toolkit.schema.comparing import COMPARING_TABLES
from toolkit.schema.definitions import Table

TABLES: dict[str, Table] = {**definitions.TABLES, **{t.name: t for t in COMPARING_TABLES}}
