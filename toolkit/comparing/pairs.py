"""Two plans side by side, quote beside quote: what was kept, dropped, added, hardened or softened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.errors import UnknownName
from toolkit.schema import table

if TYPE_CHECKING:
    import pandas as pd

_KNOWN = ("found", "absent")


def side_by_side(scores: pd.DataFrame, evidence: pd.DataFrame, plan_a: str, plan_b: str) -> pd.DataFrame:
    """Return the table `side_by_side`: a row per code, from plan a (the earlier, or the strategy) to plan b.

    `kept`: found in both at the same level; `hardened` / `softened`: found in both, level higher / lower in b;
    `dropped` / `added`: found in a only / in b only; `cannot be said`: one of the two could not be read, or the code
    does not apply to it. Quotes are those of the strongest coding (highest strength, then most certain, then first in
    the plan). Raises UnknownName for a plan without scores.
    """
    for plan in (plan_a, plan_b):
        if plan not in set(scores["plan_id"]):
            raise UnknownName("plan", plan, sorted(set(scores["plan_id"])))
    strongest = _strongest(evidence[evidence["plan_id"].isin([plan_a, plan_b])])
    by_plan = {p: scores[scores["plan_id"] == p].set_index(["framework", "code"]) for p in (plan_a, plan_b)}
    rows: list[dict[str, Any]] = []
    for framework, code in by_plan[plan_a].index:
        if (framework, code) not in by_plan[plan_b].index:
            continue
        a, b = (by_plan[p].loc[(framework, code)] for p in (plan_a, plan_b))
        row = {"framework": framework, "theme": a["theme"], "code": code, "plan_a": plan_a, "plan_b": plan_b}
        row["change"] = change(a["state"], a["level"], b["state"], b["level"])
        for side, score in (("a", a), ("b", b)):
            row |= {f"level_{side}": score["level"], f"equity_level_{side}": score["equity_level"]}
            quote = strongest.get((score["plan_id"], framework, code), {})
            row |= {f"{name}_{side}": value for name, value in quote.items()}
        rows.append(row)
    return table("side_by_side", rows)


def change(state_a: str, level_a: int, state_b: str, level_b: int) -> str:
    """Return what became of a code from one plan to another."""
    if state_a not in _KNOWN or state_b not in _KNOWN:
        return "cannot be said"
    if state_a == state_b == "absent":
        return "absent in both"
    if state_a == "absent":
        return "added"
    if state_b == "absent":
        return "dropped"
    if level_a == level_b:
        return "kept"
    return "hardened" if level_b > level_a else "softened"


def _strongest(evidence: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, Any]]:
    ordered = evidence.sort_values(
        ["strength", "confidence", "page", "start", "coding_id"], ascending=[False, False, True, True, True]
    ).drop_duplicates(["plan_id", "framework", "code"])
    return {
        (r["plan_id"], r["framework"], r["code"]): {"quote": r["quote"], "page": r["page"], "coding": r["coding_id"]}
        for r in ordered.to_dict("records")
    }
