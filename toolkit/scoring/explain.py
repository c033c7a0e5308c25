"""How a number came about: code, codings, quotes, level, points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.errors import UnknownName
from toolkit.records import share_text

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.records import Results

_STRENGTHS = {1: "mention", 2: "aim", 3: "action", 4: "measurable"}
_SAID = {
    "absent": "The plan was searched and nothing was found.",
    "not_applicable": "The code does not apply to this kind of plan; it counts neither for nor against it.",
    "unreadable": "Too many pages could not be read to say that the plan is silent; no points, none available.",
}
_COLUMNS = ("coding_id", "page", "strength", "equity", "confidence", "quote", "clause", "section", "coder")


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """The chain behind one score: `text` to read, `table` of its codings, strongest first."""

    plan_id: str
    framework: str
    code: str
    text: str
    table: pd.DataFrame

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def explain(run: Results, plan_id: str, code: str, framework: str | None = None) -> Explanation:
    """Return the chain code -> codings -> quotes -> level -> points of one score, as text and as a small table.

    `framework` is needed only when several frameworks of the run have a code of that name. Raises UnknownName, with
    the choices, for a plan, code or framework that the run does not hold.
    """
    scores = run.scores
    if plan_id not in set(scores["plan_id"]):
        raise UnknownName("plan", plan_id, scores["plan_id"].unique())
    own = scores[(scores["plan_id"] == plan_id) & (scores["code"] == code)]
    if own.empty:
        raise UnknownName("code", code, scores["code"].unique())
    if framework is not None:
        own = own[own["framework"] == framework]
    if len(own) != 1:
        known = scores.loc[scores["code"] == code, "framework"].unique()
        raise UnknownName("framework", framework or "(none given)", known)
    score = {str(name): value for name, value in own.iloc[0].items()}
    evidence = _evidence(run.evidence, score)
    return Explanation(
        plan_id=plan_id,
        framework=score["framework"],
        code=code,
        text="\n".join([*_heading(run, score), *_quotes(evidence), *_reckoning(score)]),
        table=evidence,
    )


def _evidence(evidence: pd.DataFrame, score: dict[str, Any]) -> pd.DataFrame:
    ids = [i for i in str(score["evidence_ids"]).split(";") if i]
    own = evidence[evidence["coding_id"].isin(ids)]
    ordered = own.sort_values(["strength", "equity", "page", "start"], ascending=[False, False, True, True])
    return ordered[list(_COLUMNS)].reset_index(drop=True)


def _heading(run: Results, score: dict[str, Any]) -> list[str]:
    codes = run.codes[(run.codes["framework"] == score["framework"]) & (run.codes["code"] == score["code"])]
    about = codes.iloc[0].to_dict() if len(codes) else {"title": score["code"], "definition": "", "weight": 1.0}
    lines = [f"{score['plan_id']} · {score['code']} ({score['framework']}, theme {score['theme']})"]
    lines.append(f"Code: {about['title']}. {about['definition']}".rstrip())
    state = str(score["state"])
    if state == "found":
        lines.append(
            f"Found: {score['codings']} codings, {score['equity_codings']} with the equity focus, "
            f"in {score['sections_with_code']} of {score['sections']} sections, "
            f"{score['coded_words']:,} of {score['readable_words']:,} readable words."
        )
    else:
        lines.append(f"{state.replace('_', ' ').capitalize()}: {_SAID[state]}")
    return lines


def _quotes(evidence: pd.DataFrame) -> list[str]:
    lines = []
    for row in evidence.to_dict("records"):
        name = f"{row['strength']} {_STRENGTHS[int(row['strength'])]}" + (", equity" if row["equity"] else "")
        lines.append(f"  p. {row['page']}  [{name}; confidence {row['confidence']:.2f}]  “{row['quote']}”")
        if row["clause"]:
            lines.append(f"        earned by: “{row['clause']}”")
    return lines


def _reckoning(score: dict[str, Any]) -> list[str]:
    if score["state"] not in ("found", "absent"):
        return []
    lines = [
        f"Level {score['level']} (highest strength found; {score['expected_level']:.2f} expected, with doubt), "
        f"equity level {score['equity_level']} ({score['expected_equity_level']:.2f} expected)."
    ]
    share = f" = {share_text(score['points'], score['available'])}" if score["available"] else ""
    weight = f"weight {score['available'] / 4:g} × the framework's mix of level and equity level"
    lines.append(f"Points {score['points']:.2f} of {score['available']:.2f}{share}: {weight}.")
    return lines
