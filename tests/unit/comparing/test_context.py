"""Context data of the boards: complete, official where it says so, and honest about 2026."""

from __future__ import annotations

import pytest

import toolkit as tk
from toolkit.errors import UnknownName


def test_there_are_42_boards_in_7_regions() -> None:
    made = tk.context()
    assert len(made) == 42 and made["ods_code"].is_unique
    assert made["nhs_region"].value_counts().to_dict() == {
        "Midlands": 11,
        "South West": 7,
        "East of England": 6,
        "South East": 6,
        "London": 5,
        "North East and Yorkshire": 4,
        "North West": 3,
    }
    assert (made["basis"] == "as published").all()


def test_population_sums_to_the_published_total_of_england() -> None:
    assert tk.context()["population_mid2020"].sum() == 56_550_138


def test_official_deprivation_of_known_boards() -> None:
    made = tk.context().set_index("ods_code")
    assert made.loc["QE1", "imd2025_average_score"] == 25.813
    assert made.loc["QF7", "imd2025_rank"] == 4
    assert sorted(made["imd2025_rank"]) == list(range(1, 43))


def test_boards_of_2026_keep_every_resident_and_say_what_is_inferred() -> None:
    made = tk.context("2026").set_index("ods_code")
    assert len(made) == 36
    assert made["population_census2021"].sum() == pytest.approx(tk.context()["population_census2021"].sum(), abs=36)
    assert made["lsoas2021"].sum() == 33_755
    assert sorted(made.index[made["basis"] == "partly inferred"]) == [
        "D7T5G",
        "QRL",
        "S0E4D",
        "S1Y5D",
        "S9B9J",
        "T6Y0W",
    ]
    assert made.loc["Z9B2Z", "basis"] == "summed"
    assert made["imd2025_rank"].isna().all()


def test_a_summed_board_averages_its_parts_by_population() -> None:
    old, new = tk.context().set_index("ods_code"), tk.context("2026").set_index("ods_code")
    parts = old.loc[["QMJ", "QRV"]]
    weights = parts["population_census2021"]
    expected = (parts["imd2025_average_score"] * weights).sum() / weights.sum()
    assert new.loc["Z9B2Z", "imd2025_average_score"] == pytest.approx(float(expected))


def test_the_attribution_travels_with_the_table() -> None:
    assert "Open Government Licence v3.0" in tk.context().attrs["attribution"]


def test_other_boundaries_are_refused() -> None:
    with pytest.raises(UnknownName, match="Choose one of: 2024, 2026"):
        tk.context("2023")
