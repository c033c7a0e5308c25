"""Agreement: published examples, paradoxes, what is not defined, and the table per code."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from toolkit.comparing import agreement
from toolkit.comparing.agreement import cohen_kappa, gwet_ac, krippendorff_alpha, percent_agreement
from toolkit.comparing.agreement_table import pair_coefficients
from toolkit.errors import InvalidInput, UnknownName

NA = np.nan
# Krippendorff 2011: 4 observers, 12 units, missing values.
KRIPPENDORFF = (
    np.array(
        [
            *([1, 1, NA, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4]),
            *([4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [NA, 5, 5, 5], [NA, NA, 1, 1], [NA, NA, 3, NA]),
        ]
    )
    - 1
)


def from_joint(table: list[list[int]]) -> np.ndarray:
    return np.array([(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)], dtype=float)


def test_alpha_of_krippendorffs_own_example() -> None:
    assert krippendorff_alpha(KRIPPENDORFF) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(KRIPPENDORFF, "ordinal") == pytest.approx(0.815, abs=5e-4)
    assert krippendorff_alpha(KRIPPENDORFF, "interval") == pytest.approx(0.849, abs=5e-4)


def test_ac1_of_the_same_data_as_gwet_gives_it() -> None:
    assert gwet_ac(KRIPPENDORFF) == pytest.approx(0.775, abs=5e-4)


def test_kappa_of_cohens_1960_example() -> None:
    assert cohen_kappa(from_joint([[88, 14, 18], [10, 40, 10], [2, 6, 12]])) == pytest.approx(0.492, abs=5e-4)


def test_percent_agreement_of_fleiss_1971_example() -> None:
    rows = ["00005", "02642", "00356", "03920", "22811", "77000", "32630", "25322", "65210", "02237"]
    rows[0] = "0000" + chr(ord("0") + 14)
    counts = [[ord(c) - ord("0") for c in row] for row in rows]
    codings = np.array([[k for k, n in enumerate(row) for _ in range(n)] for row in counts], dtype=float)
    assert percent_agreement(codings) == pytest.approx(0.378, abs=5e-4)


def test_kappa_collapses_where_nearly_everything_is_positive_and_ac1_does_not() -> None:
    common = from_joint([[1, 1], [1, 47]])
    assert cohen_kappa(common) == pytest.approx(0.48, abs=0.005)
    assert gwet_ac(common) == pytest.approx(0.96, abs=0.005)


def test_linear_and_quadratic_weights_forgive_near_misses() -> None:
    # By hand: observed 1 - (1/4 + 1/4)/4 = .875 (linear), 1 - 2/16/4... both coders: margins (1, 2, 1) / 4.
    near = from_joint([[1, 0, 0], [0, 1, 1], [0, 0, 0]])
    near = np.vstack([near, [[1.0, 0.0]]])
    assert cohen_kappa(near) == pytest.approx((0.5 - 0.3125) / (1 - 0.3125))
    assert cohen_kappa(near, "linear") > cohen_kappa(near)
    assert cohen_kappa(near, "quadratic") > cohen_kappa(near, "linear")


@pytest.mark.parametrize("codings", [np.zeros((0, 2)), np.array([[NA, 1.0], [0.0, NA]]), np.array([[1.0, 1.0]] * 5)])
def test_no_pairs_or_no_variation_is_not_defined(codings: np.ndarray) -> None:
    assert cohen_kappa(codings) is None
    assert krippendorff_alpha(codings) is None


def test_no_pairs_have_no_percent_and_no_ac() -> None:
    assert percent_agreement(np.zeros((0, 2))) is None
    assert gwet_ac(np.zeros((0, 2))) is None


def test_unknown_weights_list_the_choices() -> None:
    with pytest.raises(UnknownName, match="Choose one of: identity, linear, quadratic"):
        cohen_kappa(KRIPPENDORFF[:, 2:], "square")  # type: ignore[arg-type]
    with pytest.raises(UnknownName, match="Choose one of: nominal, ordinal, interval"):
        krippendorff_alpha(KRIPPENDORFF, "ratio")  # type: ignore[arg-type]


@given(arrays(np.int64, (2, 2), elements=st.integers(0, 30)))
def test_the_table_of_two_coders_gives_what_the_general_functions_give(joint: np.ndarray) -> None:
    pairs = from_joint(joint.tolist()).reshape(-1, 2)
    fast = {k: v[0] for k, v in pair_coefficients(joint[None].astype(float)).items()}
    slow = {
        "percent": percent_agreement(pairs),
        "kappa": cohen_kappa(pairs, categories=2),
        "alpha": krippendorff_alpha(pairs),
        "ac": gwet_ac(pairs, categories=2),
    }
    for name, value in slow.items():
        assert (value is None and np.isnan(fast[name])) or value == pytest.approx(fast[name], abs=1e-9)


@given(arrays(np.int64, (5, 5), elements=st.integers(0, 6)))
def test_strength_is_compared_as_an_ordered_scale(joint: np.ndarray) -> None:
    pairs = from_joint(joint.tolist()).reshape(-1, 2)
    fast = {k: v[0] for k, v in pair_coefficients(joint[None].astype(float)).items()}
    kappa, alpha = cohen_kappa(pairs, "quadratic", categories=5), krippendorff_alpha(pairs, "ordinal")
    ac = gwet_ac(pairs, "quadratic", categories=5)
    for name, value in (("kappa", kappa), ("alpha", alpha), ("ac", ac)):
        assert (value is None and np.isnan(fast[name])) or value == pytest.approx(fast[name], abs=1e-9)


UNITS = pd.DataFrame({"plan_id": [f"P{n // 10}" for n in range(60)], "passage_id": [f"p{n}" for n in range(60)]})


def coded(numbers: range | list[int], code: str = "a", strength: int = 3, equity: bool = False) -> pd.DataFrame:
    chosen = UNITS.iloc[list(numbers)]
    return chosen.assign(code=code, strength=strength, equity=equity)


def table(a: pd.DataFrame, b: pd.DataFrame, codes: tuple[str, ...] = ("a",), **more: object) -> pd.DataFrame:
    return agreement(UNITS, a, b, codes, resamples=200, **more).set_index("code")  # type: ignore[arg-type]


def test_counts_shares_and_f1_of_a_code_by_hand() -> None:
    row = table(coded(range(0, 20)), coded(range(4, 24))).loc["a"]
    assert (row.both, row.only_a, row.only_b, row.neither) == (16, 4, 4, 36)
    assert (row.units, row.documents, row.prevalence) == (60, 6, 20 / 60)
    assert (row.precision, row.recall, row.f1) == (0.8, 0.8, 0.8)
    assert row.percent == pytest.approx(52 / 60)
    assert row.kappa == pytest.approx((52 / 60 - (1 / 9 + 4 / 9)) / (1 - 5 / 9))
    assert row.kappa_low <= row.kappa <= row.kappa_high


def test_verdicts_per_code() -> None:
    good, other = coded(range(0, 20)), coded(range(1, 20))
    assert table(good, other).loc["a", "verdict"] == "ok"
    assert table(good, coded(range(3, 23))).loc["a", "verdict"] == "weak"
    assert table(good, coded(range(10, 30))).loc["a", "verdict"] == "not automatable"
    assert table(coded(range(0, 5)), coded(range(0, 5))).loc["a", "verdict"] == "too little evidence"


def test_a_code_that_nobody_gave_is_not_defined_rather_than_nought() -> None:
    row = table(coded(range(5)), coded(range(5)), codes=("a", "b")).loc["b"]
    for name in ("kappa", "kappa_low", "alpha", "precision", "recall", "f1"):
        assert pd.isna(row[name]), name
    assert row.percent == 1.0 and row.verdict == "too little evidence"


def test_strength_and_equity_of_passages_have_rows_of_their_own() -> None:
    a = pd.concat([coded(range(0, 20), strength=2, equity=True), coded(range(0, 5), code="b", strength=4)])
    b = coded(range(0, 20), strength=3, equity=True)
    made = table(a, b, codes=("a", "b"))
    assert made.loc["equity", "kappa"] == 1.0
    assert made.loc["strength", "unit"] == "strength"
    # 40 passages 0/0, 15 passages 2/3, 5 passages 4/3: all one step apart.
    assert made.loc["strength", "percent"] == pytest.approx(40 / 60)
    assert made.loc["strength", "alpha"] > 0.8


def test_the_same_seed_gives_the_same_intervals() -> None:
    a, b = coded(range(0, 20)), coded(range(4, 24))
    pd.testing.assert_frame_equal(table(a, b, seed=4), table(a, b, seed=4))
    assert not table(a, b, seed=4).equals(table(a, b, seed=5))


def test_no_units_make_a_table_of_missing_values() -> None:
    none = coded([])
    made = agreement(UNITS.iloc[:0], none, none, ["a"])
    assert made["kappa"].isna().all() and (made["verdict"] == "too little evidence").all()


def test_faults_are_told_at_once() -> None:
    outside = coded(range(2)).assign(passage_id="zz")
    with pytest.raises(InvalidInput, match=r"(?s)coder m: passage .*zz.*coder h: code 'q' was not asked for"):
        agreement(UNITS, outside, coded(range(2), code="q"), ["a"], coders=("m", "h"))
    with pytest.raises(InvalidInput, match="units hold a passage twice"):
        agreement(pd.concat([UNITS, UNITS]), coded([]), coded([]), ["a"])
