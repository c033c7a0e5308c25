"""The verbs that open a bullet or a line of an action table, and whether they promise anything definite."""

from __future__ import annotations

import re

_VAGUE = (
    "improv increas support promot encourag enabl explor consider understand rais ensur continu maintain help monitor "
    "review link work strengthen enhanc champion influenc seek look address tackl identif develop focus share align "
    "build"
).replace(" ", "|")
_DEFINITE = (
    "implement redesign launch deliver commission recruit open publish refresh train set establish introduc create "
    "roll expand extend install appoint complet produc provid offer run pilot invest fund adopt refer"
).replace(" ", "|")
_OTHER = (
    "reduc prevent creat embed maximis giv mak us undertak engag agree target protect empower involv design plan test "
    "recogni"
).replace(" ", "|")
# What may stand before the verb: the name of the column or list, a number, "we will".
_LABEL = (
    r"\W*(?:(?:example\s+)?(?:actions?|what|recommendations?|objectives?|deliverables?|milestones?)\W+)*"
    r"(?:\d+(?:\.\d+)*\W+)?(?:we will |to )?"
)
OPENS_WITH_VERB = re.compile(rf"\W*(?:{_VAGUE}|{_DEFINITE}|{_OTHER})(?:e|es|ed|ing|s|y|ying)?\b", re.IGNORECASE)
OPENS_VAGUE = re.compile(rf"{_LABEL}(?:{_VAGUE})", re.IGNORECASE)
OPENS_DEFINITE = re.compile(rf"{_LABEL}(?:{_DEFINITE})", re.IGNORECASE)
