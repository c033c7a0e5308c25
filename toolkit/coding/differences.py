"""Signs of a difference between places or groups that no phrase of the lexicon names: "in Adur the ratio was over 14".

A difference within the area is an equity focus, the whole area against England is not (the codebook's first rule). So
what is compared is looked at beside the comparison: named places, parts of the area, people set apart, or the country.
"""

from __future__ import annotations

import re
from typing import Final

_COMPARED: Final = frozenset(
    "higher highest lower lowest worse worst better best more most fewer fewest less least greater greatest poorer "
    "poorest larger largest smaller twice double triple times above below exceed exceeds range ranges ranged ranging "
    "rises falls varies vary variation differ differs difference differences compared whereas while against only "
    "notably particularly".split()
)
_COUNTRIES: Final = (
    "england|english|uk|national|nationally|regional|regionally|south east|south west|north east|north west"
    "|statistical neighbour|statistical neighbours|comparator|comparators|cipfa|peer|peers|other areas"
    "|other authorities|other systems|other icbs"
)
_PLACES: Final = (
    "area|areas|ward|wards|neighbourhood|neighbourhoods|town|towns|district|districts|borough|boroughs|locality"
    "|localities|village|villages|estate|estates|community|communities|place|places|practice|practices|pcn|pcns|lsoa"
    "|lsoas|msoa|msoas|parishes|postcode|postcodes|part of the county|part of the city|part of the borough"
)
_PEOPLE: Final = "people|adults|children|men|women|residents|households|pupils|patients|families|group|groups|those"
_COUNTRY: Final = re.compile(rf"\b(?:{_COUNTRIES})\b", re.IGNORECASE)
_PARTS: Final = re.compile(
    r"\b(?:some|certain|other|all|several|many|these|those|our|coastal|rural|urban|inner|central|northern|southern|eastern"
    r"|western|between|across|by|each|which|one|two|three|four|five)\s+(?:of\s+(?:the|our)\s+)?(?:\w+\s+)?"
    rf"(?:{_PLACES})\b",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"\b(?:in|for|of|at|is|are|as|and|from|to|than|with|note) [A-Z][a-z]")
_LISTED: Final = re.compile(r"[A-Z][a-z]+ (?:and|or) [A-Z][a-z]")  # capitalised words joined: "Exford and Whyford"
_SET_APART: Final = re.compile(
    rf"\b(?:among|amongst|for|of|in|than|by)\s+(?:\w+\s+){{0,2}}(?:{_PEOPLE})\s+(?:with|who|from|living|aged|in|of)\b",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\w+")
# Words without one of which a pattern cannot match: looking them up takes a tenth of asking the pattern.
_COUNTRY_WORDS, _PLACE_WORDS, _PEOPLE_WORDS = (
    frozenset(phrase.split()[0] for phrase in listed.split("|")) for listed in (_COUNTRIES, _PLACES, _PEOPLE)
)
NAMES: Final = (
    "compared country parts named listed apart compared_parts compared_named compared_listed compared_apart "
    "compared_country named_only parts_only figures_parts figures_listed"
).split()


def differences(text: str) -> list[float]:
    """Return the signs `NAMES`, each 0 or 1."""
    words = frozenset(_WORD.findall(text.lower()))
    compared = not _COMPARED.isdisjoint(words)
    country = not _COUNTRY_WORDS.isdisjoint(words) and bool(_COUNTRY.search(text))
    parts = not _PLACE_WORDS.isdisjoint(words) and bool(_PARTS.search(text))
    apart = not _PEOPLE_WORDS.isdisjoint(words) and bool(_SET_APART.search(text))
    named, listed, figure = (bool(pattern.search(text)) for pattern in (_NAMED, _LISTED, _FIGURE))
    signs = (
        compared,
        country,
        parts,
        named,
        listed,
        apart,
        compared and parts,
        compared and named,
        compared and listed,
        compared and apart,
        compared and country,
        compared and named and not country,
        compared and parts and not country,
        figure and parts,
        figure and listed,
    )
    return [float(sign) for sign in signs]
