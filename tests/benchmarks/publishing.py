"""How long publishing takes for 42 plans, 24 codes and 20,000 quotes: python tests/benchmarks/publishing.py

CPU seconds, and tables as a ratio to a plain `DataFrame.to_csv` of the same tables in the same run.
"""

from __future__ import annotations

import dataclasses
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.made_results import made_results
from toolkit.publishing import read_tables, write_charts, write_tables, write_workbook
from toolkit.publishing.tables import RUN_TABLES
from toolkit.records import Results


def enlarged(quotes: int = 20_000, passages: int = 120_000) -> Results:
    """Return results of 42 plans with so many quotes and passages, repeated under new ids."""
    run = made_results(42)
    evidence, texts = (
        pd.concat([f.assign(**{key: f[key] + f"-{n}"}) for n in range(-(-number // len(f)))], ignore_index=True)
        .head(number)
        .astype(f.dtypes)
        for f, key, number in ((run.evidence, "coding_id", quotes), (run.passages, "passage_id", passages))
    )
    return dataclasses.replace(run, evidence=evidence, passages=texts)


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` took."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Print a line per output."""
    warnings.simplefilter("ignore")
    run = enlarged()
    with tempfile.TemporaryDirectory() as folder:
        plain = seconds(lambda: [getattr(run, t).to_csv(Path(folder, f"{t}.plain")) for t in RUN_TABLES])
        ours = seconds(lambda: write_tables(run, folder))
        print(f"write_tables    {ours:6.1f} s   ({ours / plain:.2f} x plain to_csv)")
        print(f"read_tables     {seconds(lambda: read_tables(folder)):6.1f} s")
        print(f"write_workbook  {seconds(lambda: write_workbook(run, folder)):6.1f} s")
        print(f"write_charts    {seconds(lambda: write_charts(made_results(42), folder)):6.1f} s")
    print(f"peak memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")


if __name__ == "__main__":
    main()
