"""What a run can be published as: every output by name, each a function (results, directory, progress) -> paths."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from toolkit.errors import UnknownName
from toolkit.publishing.files import refuse_to_replace
from toolkit.publishing.progress import Progress
from toolkit.records import Results

Writer = Callable[[Results, Path, Progress | None], tuple[Path, ...]]


def _tables(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.tables import write_tables

    return write_tables(results, directory)


def _charts(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.charts import write_charts

    return write_charts(results, directory, progress=progress)


def _workbook(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.workbook import write_workbook

    return (write_workbook(results, directory),)


def _report(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.report import write_report

    return write_report(results, directory, progress=progress)


def _illustrated_report(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.report import write_report

    return write_report(results, directory, page_images=True, progress=progress)


def _evidence(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.evidence_pack import write_evidence

    return write_evidence(results, directory, progress=progress)


def _briefings(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.briefing import write_briefings

    return write_briefings(results, directory, progress=progress)


def _methods(results: Results, directory: Path, progress: Progress | None) -> tuple[Path, ...]:
    from toolkit.publishing.methods import write_methods

    return write_methods(results, directory)


# Name -> (writer, what it leaves in the folder: the file or folder that must not be there already). In the order of
# the work: methods come last, since their record lists every file of the folder.
OUTPUTS: dict[str, tuple[Writer, str]] = {
    "tables": (_tables, "plans.csv"),
    "charts": (_charts, "charts"),
    "workbook": (_workbook, "workbook.xlsx"),
    "report": (_report, "report.html"),
    "evidence": (_evidence, "evidence"),
    "briefings": (_briefings, "briefings"),
    "methods": (_methods, "methods.md"),
}


def choose(only: Sequence[str] | str | None) -> tuple[str, ...]:
    """Return the outputs asked for, in the order of the work; all when None. UnknownName lists them."""
    if only is None:
        return tuple(OUTPUTS)
    asked = [name.strip() for name in (only.split(",") if isinstance(only, str) else only)]
    for name in asked:
        if name not in OUTPUTS:
            raise UnknownName("output", name, OUTPUTS)
    return tuple(name for name in OUTPUTS if name in asked)


def publish(
    results: Results,
    directory: str | Path,
    *,
    only: Sequence[str] | str | None = None,
    force: bool = False,
    page_images: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Return the paths written into `directory`: every output of a run, or those named in `only`.

    OutputExists, before anything is written, when an output stands there already and `force` is not set. Same run,
    same folder, same bytes. `page_images` adds pictures of the quoted pages to the report.
    `progress` hears what is being made, how much of it is done, and of how much.
    """
    folder, chosen = Path(directory), choose(only)
    if not force:
        refuse_to_replace(standing(folder, chosen))
    written: list[Path] = []
    for name in chosen:
        writer = _illustrated_report if name == "report" and page_images else OUTPUTS[name][0]
        written += writer(results, folder, progress)
        if progress:
            progress("all", chosen.index(name) + 1, len(chosen))
    return tuple(written)


def standing(directory: Path, names: Iterable[str]) -> list[Path]:
    """Return what is there already of the named outputs."""
    return [directory / OUTPUTS[name][1] for name in names if (directory / OUTPUTS[name][1]).exists()]
