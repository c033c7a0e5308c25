"""Agreement on real double codings: against scikit-learn, and against the figures that came with the data."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from toolkit.comparing import agreement
from toolkit.comparing.agreement import cohen_kappa, krippendorff_alpha


def gold(shared: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, list[str]]:
    """Return the passages coded twice, and what each coding found, one row per passage and theme."""
    rows = pd.read_csv(shared / "gold" / "dev.csv", dtype="string").fillna("")
    units = rows.rename(columns={"doc_id": "plan_id"})[["plan_id", "passage_id"]]
    found = []
    for side in "ab":
        long = [
            {
                "plan_id": r.doc_id,
                "passage_id": r.passage_id,
                "code": theme,
                "strength": int(getattr(r, f"strength_{side}")),
            }
            | {"equity": getattr(r, f"equity_{side}") == "1"}
            for r in rows.itertuples()
            for theme in sorted({t.split(".")[0] for t in str(getattr(r, f"topics_{side}")).split(";") if t})
        ]
        found.append(pd.DataFrame(long))
    return units, found[0], found[1], ["access", "behaviours", "wider"]


def test_themes_of_the_reference_coding_agree_as_its_readme_says(shared: Path) -> None:
    made = agreement(*gold(shared), resamples=200).set_index("code")
    themes = made.loc[["access", "behaviours", "wider"]]
    assert (made["units"] == 347).all() and (made["documents"] == 9).all()
    assert themes["kappa"].between(0.885, 1.0).all()
    assert (themes["verdict"] == "ok").all()
    assert (themes["kappa_low"] <= themes["kappa"]).all() and (themes["kappa"] <= themes["kappa_high"]).all()


def manifestos(shared: Path) -> pd.DataFrame:
    """Return sentences x the four busiest coders: 1 when the sentence is about immigration, NaN when not coded."""
    rows = pd.read_csv(shared / "coded" / "uk_manifestos" / "immigration2010_coder_labels_long.csv")
    busiest = rows["coder"].value_counts().sort_index().nlargest(4).index
    first = rows[rows["coder"].isin(busiest)].drop_duplicates(["coder", "sentenceid"])
    return first.assign(about=(first["policy_area"] == 4) * 1.0).pivot(
        index="sentenceid", columns="coder", values="about"
    )


def test_kappa_of_crowd_coders_equals_scikit_learns(shared: Path) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    codings = manifestos(shared)
    for a, b in combinations(codings.columns, 2):
        both = codings[[a, b]].dropna()
        assert cohen_kappa(both.to_numpy()) == pytest.approx(metrics.cohen_kappa_score(both[a], both[b]), abs=1e-12)


def test_alpha_of_crowd_coders_equals_its_definition_pair_by_pair(shared: Path) -> None:
    codings = manifestos(shared).to_numpy()
    units = [row[~np.isnan(row)] for row in codings]
    units = [u for u in units if len(u) > 1]
    values = np.concatenate(units)
    observed = sum(2 * (u == 0).sum() * (u == 1).sum() / (len(u) - 1) for u in units) / len(values)
    expected = 2 * (values == 0).sum() * (values == 1).sum() / (len(values) * (len(values) - 1))
    assert krippendorff_alpha(codings) == pytest.approx(1 - observed / expected, abs=1e-12)
