"""The interval, draws and seed of a run reach its methods paragraph and its ranking chart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.made_results import made_results
from toolkit.publishing import write_methods
from toolkit.publishing.charts import ranking_data
from toolkit.records import Results


def _with_settings() -> Results:
    run = made_results(2)
    framework = run.manifest["frameworks"][0]["id"]
    settings = {"comparing": {framework: {"interval": 0.8, "draws": 1500, "seed": 7}}}
    return replace(run, manifest=run.manifest | {"settings": settings})


def test_methods_state_interval_draws_and_seed(tmp_path: Path) -> None:
    write_methods(_with_settings(), tmp_path)
    text = " ".join((tmp_path / "methods.md").read_text(encoding="utf-8").split())
    assert "(80% intervals, 1,500 draws, seed 7)" in text


def test_the_ranking_knows_which_interval_it_draws() -> None:
    assert ranking_data(_with_settings()).attrs["interval"] == 0.8
