"""Invented text for synthetic plans: sentences of the field, no two alike, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

_WHO = (
    "The Northmere partnership",
    "Our community providers",
    "Every neighbourhood team",
    "The Saltholm district council",
    "Our primary care networks",
    "The voluntary sector alliance",
    "The Northmere mental health trust",
    "Our acute hospitals",
    "The joint commissioning committee",
    "Each of our five places",
    "The maternity and neonatal network",
    "Our public health teams",
    "The workforce board",
    "The population health group",
)
_DOES = (
    "will reorganise",
    "is working to strengthen",
    "has agreed to expand",
    "will co-produce with residents",
    "is reviewing",
    "plans to redesign",
    "will invest in",
    "has begun to simplify",
    "intends to bring together",
    "will evaluate",
    "is committed to improving",
)
_WHAT = (
    "health-related support for unpaid carers",
    "access to early cancer diagnosis",
    "stop smoking services for expectant parents",
    "the multidisciplinary frailty pathway",
    "long-term condition management in general practice",
    "culturally appropriate talking therapies",
    "drop-in vaccination clinics",
    "supported housing for people leaving hospital",
    "digital inclusion classes in libraries",
    "physical activity programmes in coastal wards",
    "school-based emotional wellbeing teams",
    "the interpretation and translation offer",
    "annual health checks for people with a learning disability",
    "employment advice within rehabilitation services",
    "affordable warmth referrals",
    "the cardiovascular prevention programme",
)
_FOR = (
    "so that inequalities in life expectancy are reduced",
    "because outcomes remain considerably worse in the most deprived neighbourhoods",
    "in order to reach communities that services have overlooked",
    "so that people receive personalised care closer to home",
    "with particular responsibility for inclusion health groups",
    "following recommendations made by residents and professionals",
    "where preventable admissions are disproportionately high",
    "and will publish its performance transparently",
    "to address the underlying determinants of poor health",
    "and thereby relieve unsustainable pressure on emergency departments",
)
_WHEN = (
    "by March 2026",
    "over the coming eighteen months",
    "before the winter of 2025",
    "from the second year of this plan",
    "by the end of 2027-28",
    "during each quarter",
    "within available resources",
    "in all localities",
)
_TITLES = (
    "Starting well in every neighbourhood",
    "Prevention and early intervention",
    "Tackling unequal access",
    "A confident and compassionate workforce",
    "Digital and data foundations",
    "Mental health and emotional wellbeing",
    "Ageing well with independence",
    "Housing and the wider determinants",
    "Urgent and emergency care recovery",
    "Making the best use of resources",
    "Listening to our residents",
    "Children and young people",
    "Healthy places and green space",
    "Learning from evaluation",
    "Governance and accountability",
    "Reducing avoidable harm",
    "Care closer to home",
    "Work and skills",
    "Maternity and the first thousand days",
    "Living with more than one condition",
    "Research and innovation",
    "Our estate and the climate",
    "Partnership with the voluntary sector",
    "Planned care and diagnostics",
)


class Writer:
    """Writes sentences, paragraphs and titles that it has not written before."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._seen: set[str] = set()
        self._titles = self._shuffled_titles()

    def sentence(self) -> str:
        """Return a sentence of 12 to 35 words."""
        while True:
            pick = self._chance.choice
            parts = [pick(_WHO), pick(_DOES), pick(_WHAT), pick(_FOR)]
            if self._chance.random() < 0.5:
                parts.append(pick(_WHEN))
            text = " ".join(parts) + "."
            if text not in self._seen:
                self._seen.add(text)
                return text

    def paragraph(self, sentences: int) -> str:
        """Return a paragraph of so many sentences."""
        return " ".join(self.sentence() for _ in range(sentences))

    def item(self) -> str:
        """Return a list item or table cell: what is done, and when."""
        while True:
            text = f"{self._chance.choice(_WHAT)} {self._chance.choice(_WHEN)}"
            text = text[0].upper() + text[1:]
            if text not in self._seen:
                self._seen.add(text)
                return text

    def owner(self) -> str:
        """Return who is responsible."""
        return self._chance.choice(_WHO)

    def date(self) -> str:
        """Return when something is due."""
        return self._chance.choice(_WHEN).capitalize()

    def title(self) -> str:
        """Return a heading."""
        return next(self._titles)

    def _shuffled_titles(self) -> Iterator[str]:
        for turn in range(1, 9):
            titles = list(_TITLES)
            self._chance.shuffle(titles)
            yield from (title if turn == 1 else f"{title}, part {turn}" for title in titles)
