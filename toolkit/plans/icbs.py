"""England's 42 integrated care boards, 2022 to 2026, and the names by which plans call them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from toolkit.plans.words import plain

if TYPE_CHECKING:
    import pandas as pd

# The first words of free text in which an alias of fewer letters is taken for chance ("SY", "GM").
SHORTEST_ALIAS = 3


class Alias(NamedTuple):
    """A name of an ICS in plain words. One that does not decide (ambiguous, or too short) is only understood."""

    ods_code: str
    name: str
    words: str
    decides: bool
    capitals: bool  # an abbreviation: in running text it must stand in capitals


def icbs() -> pd.DataFrame:
    """Return the 42 integrated care boards, one row each, sorted by `ods_code` (the key).

    Columns: ODS code, ONS codes of 2022-2024, official and short name, suggested label (not official), NHS region,
    STP of 2021, counts of LSOAs, ONS label point (WGS84), hexagon place, and what became of the board on 1 April 2026.
    Source: ONS look-ups, Open Government Licence v3.0; see `toolkit/plans/data/SOURCES.md`.
    """
    import pandas as pd

    frame = pd.DataFrame([dict(row) for row in icb_rows()]).astype("string")
    counts = dict.fromkeys(("n_lsoa11", "n_lsoa21", "hex_q", "hex_r"), "Int64")
    return frame.replace("", pd.NA).astype({**counts, "label_long": "Float64", "label_lat": "Float64"})


@cache
def icb_rows() -> tuple[dict[str, str], ...]:
    """Return the reference rows as read from the file, sorted by ODS code."""
    return tuple(sorted(_read("icb_reference.csv"), key=lambda row: row["ods_code"]))


@cache
def names() -> dict[str, str]:
    """Return the short name of every ICS by its ODS code."""
    return {row["ods_code"]: row["short_name"] for row in icb_rows()}


@cache
def codes() -> dict[str, str]:
    """Return the ODS code by every code that ODS or ONS has given to the ICS (upper case)."""
    columns = ("ods_code", "icb22_code", "icb23_code", "icb24_code")
    return {row[column].upper(): row["ods_code"] for row in icb_rows() for column in columns}


@cache
def aliases() -> tuple[Alias, ...]:
    """Return every verified alias in plain words, the longest first."""
    made = {(a.ods_code, a.words): a for a in map(_alias, reversed(_read("icb_aliases.csv")))}
    return tuple(sorted(made.values(), key=lambda a: (-len(a.words), a)))


@cache
def other_places() -> tuple[tuple[str, str], ...]:
    """Return (place, its plain words) for places that hold the name of another ICS ("North Somerset")."""
    return tuple((row["place"], plain(row["place"])) for row in _read("other_places.csv"))


def _alias(row: dict[str, str]) -> Alias:
    abbreviation = row["alias_type"] == "abbreviation"
    letters = sum(c.isalpha() for c in row["alias"])
    decides = row["ambiguous"] == "no" and letters >= SHORTEST_ALIAS
    return Alias(row["ods_code"], row["alias"], plain(row["alias"]), decides, abbreviation)


def _read(name: str) -> list[dict[str, str]]:
    text = files("toolkit.plans").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
