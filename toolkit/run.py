"""The whole way: plans are read, coded, scored and compared; a run keeps its tables and says what made them."""

from __future__ import annotations

import platform
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from toolkit import __version__
from toolkit.coding import BundledCoder, Coder
from toolkit.comparing import CompareSettings, compare, without_boilerplate
from toolkit.comparing import boilerplate as find_boilerplate
from toolkit.errors import InvalidInput, OutputExists, ReadingError
from toolkit.frameworks import Framework, load_framework
from toolkit.reading.cache import Cache, default_cache
from toolkit.reading.progress import Progress, shown
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.worker import read_plans
from toolkit.records import Coding, Document, Plan, Problem, Results
from toolkit.schema import code_row, evidence_row, passage_row, plan_row, problem_row, score_row, table
from toolkit.scoring import ScoreSettings, score, score_problems, totals

if TYPE_CHECKING:
    import pandas as pd

RUN_FORMAT = (1, 0)  # of run.json: raised when a reader of run.json would have to change
_ENGINES = ("pypdfium2", "pdfplumber", "pikepdf", "ahocorasick-rs", "PyStemmer", "sentencex", "rapidfuzz", "pandas")


@dataclass(frozen=True, kw_only=True)
class Run(Results):
    """The tables of a run with the documents, codings and frameworks behind them."""

    documents: tuple[Document, ...] = ()
    codings: tuple[Coding, ...] = ()
    frameworks: tuple[Framework, ...] = ()

    def save(
        self, directory: str | Path, *, force: bool = False, only: Sequence[str] | None = None
    ) -> tuple[Path, ...]:
        """Return the paths written: tables, run.json, and what a team hands in (all outputs, or those in `only`).

        OutputExists when the folder holds anything already and `force` is not set.
        """
        from toolkit.publishing import publish

        folder = Path(directory)
        if not force and folder.is_dir() and any(folder.iterdir()):
            raise OutputExists(folder)
        return publish(self, folder, only=only, force=True)


def analyse(
    plans: Iterable[Plan],
    frameworks: Framework | str | Sequence[Framework | str] = "health_inequalities",
    *,
    coders: Mapping[str, Coder] | None = None,
    reading: ReadingSettings | None = None,
    scoring: ScoreSettings | None = None,
    comparing: CompareSettings | None = None,
    boilerplate: Boilerplate | None = None,
    cache: Cache | Literal["user"] | None = "user",
    progress: Progress | None = None,
    workers: int | None = None,
) -> Run:
    """Return a run: every plan read, coded by every framework, scored and compared.

    `frameworks` are frameworks, or names or paths of them. `coders` gives, per framework id, another coder than the
    bundled one. With `boilerplate`, passages shared with another plan or a guidance text are not evidence, and a
    problem row says how many were left out. Documents read before come from the user's cache (`cache=None`: read
    anew, keep nothing). `progress` is a bar in a terminal or notebook unless given. A plan that can not be read is a
    row of `plans` with status "failed" and a row of `problems`; it never stops the others. InvalidInput when there is
    no plan.
    """
    started = time.perf_counter()
    asked, chosen = tuple(plans), _frameworks(frameworks)
    if not asked:
        raise InvalidInput("plans", ["there is no plan; give a folder of PDFs or a manifest.csv"])
    kept = default_cache() if cache == "user" else cache
    outcomes = list(read_plans(asked, settings=reading, cache=kept, progress=progress or shown(), workers=workers))
    documents = tuple(o for _, o in outcomes if isinstance(o, Document))
    failed = [plan for plan, o in outcomes if isinstance(o, ReadingError)]
    read_at = time.perf_counter()
    coder_of = {f.id: (coders or {}).get(f.id) or BundledCoder(f) for f in chosen}
    by_framework = {name: tuple(c for d in documents for c in coder.code(d)) for name, coder in coder_of.items()}
    copied = boilerplate.marked(documents) if boilerplate else None
    if boilerplate and copied is not None:
        by_framework = {name: boilerplate.without(codings, copied) for name, codings in by_framework.items()}
    by_settings = {name: _comparing(coder, comparing or CompareSettings()) for name, coder in coder_of.items()}
    coded_at = time.perf_counter()
    judged = [
        _judged(documents, by_framework[f.id], f, failed, scoring or ScoreSettings(), by_settings[f.id]) for f in chosen
    ]
    codings = tuple(c for f in chosen for c in by_framework[f.id])
    problems = [*_problems(outcomes), *_left_out(copied), *(p for j in judged for p in j.problems)]
    finished = time.perf_counter()
    return Run(
        plans=table("plans", [plan_row(p, o if isinstance(o, Document) else None) for p, o in outcomes]),
        passages=table("passages", [passage_row(p, d) for d in documents for p in d.passages]),
        codes=table("codes", [code_row(f.id, c, _theme_titles(f)[c.theme]) for f in chosen for c in f.codes]),
        evidence=table("evidence", [evidence_row(c) for c in codings]),
        scores=_stacked(j.scores for j in judged),
        totals=_stacked(j.totals for j in judged),
        comparison=_stacked(j.comparison for j in judged),
        problems=table("problems", [problem_row(p) for p in problems]),
        manifest={
            **_versions(),
            "reader": documents[0].reader if documents else "",
            "frameworks": [{"id": f.id, "version": f.version, "hash": f.hash, "title": f.title} for f in chosen],
            "coders": sorted({c.coder for c in codings}),
            "plans": [{"plan_id": p.plan_id, "sha256": p.sha256} for p, _ in outcomes],
            "settings": {
                "reading": _plain(reading or ReadingSettings()),
                "scoring": _plain(scoring or ScoreSettings()),
                "comparing": _plain(by_settings),
                "boilerplate": boilerplate.names if boilerplate else None,
            },
            "counts": {"plans": len(asked), "failed": len(failed), "codings": len(codings), "problems": len(problems)},
            "seconds": {
                "read": round(read_at - started, 3),
                "code": round(coded_at - read_at, 3),
                "score and compare": round(finished - coded_at, 3),
            },
        },
        documents=documents,
        codings=codings,
        frameworks=chosen,
    )


@dataclass(frozen=True, kw_only=True)
class Boilerplate:
    """Copied text that does not count: passages that two plans share, or that stand in a guidance text.

    `guidance` maps names to texts. With `only_guidance`, what plans share with each other still counts.
    """

    guidance: Mapping[str, str] = field(default_factory=dict)
    only_guidance: bool = False

    @property
    def names(self) -> dict[str, Any]:
        """What was compared with, as run.json records it."""
        return {"guidance": sorted(self.guidance), "only_guidance": self.only_guidance}

    def marked(self, documents: Sequence[Document]) -> pd.DataFrame:
        """Return the table `boilerplate` of the documents, its rows that do not count."""
        found = find_boilerplate(documents, self.guidance)
        return found[found["guidance"]] if self.only_guidance else found

    def without(self, codings: Iterable[Coding], marked: pd.DataFrame) -> tuple[Coding, ...]:
        """Return the codings that stand when marked passages are left out."""
        return without_boilerplate(codings, marked)


def load_run(directory: str | Path) -> Results:
    """Return the tables and run.json of a run that was saved; errors as `publishing.read_tables`."""
    from toolkit.publishing import read_tables

    return read_tables(directory)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    scores: pd.DataFrame
    totals: pd.DataFrame
    comparison: pd.DataFrame
    problems: tuple[Problem, ...]


def _judged(
    documents: tuple[Document, ...],
    codings: tuple[Coding, ...],
    framework: Framework,
    failed: Sequence[Plan],
    scoring: ScoreSettings,
    comparing: CompareSettings,
) -> _Judged:
    scores = score(documents, codings, framework, scoring, failed=failed)
    made = totals(scores, framework, codings, documents)
    compared = compare(documents, codings, made, framework, comparing)
    return _Judged(
        scores=table("scores", [score_row(s) for s in scores]),
        totals=made,
        comparison=compared.table,
        problems=(*score_problems(scores, framework), *compared.problems),
    )


def _comparing(coder: Coder, asked: CompareSettings) -> CompareSettings:
    """Return the settings; unless they give a recall, with that of the bundled coder on documents it never saw."""
    return replace(asked, recall=coder.recall) if isinstance(coder, BundledCoder) and not asked.recall else asked


def _frameworks(asked: Framework | str | Sequence[Framework | str]) -> tuple[Framework, ...]:
    several = [asked] if isinstance(asked, Framework | str) else list(asked)
    found = tuple(f if isinstance(f, Framework) else load_framework(f) for f in several)
    ids = [f.id for f in found]
    repeated = sorted({i for i in ids if ids.count(i) > 1})
    if not found or repeated:
        faults = [f"framework '{i}' is given more than once" for i in repeated] or ["there is no framework"]
        raise InvalidInput("frameworks", faults)
    return found


def _problems(outcomes: Sequence[tuple[Plan, Document | ReadingError]]) -> list[Problem]:
    found: list[Problem] = []
    for plan, outcome in outcomes:
        if isinstance(outcome, Document):
            found += outcome.problems
        else:
            found.append(
                Problem(
                    plan_id=plan.plan_id,
                    stage="read",
                    kind=outcome.kind,
                    message=outcome.message,
                    remedy=outcome.remedy,
                )
            )
    return found


def _left_out(copied: pd.DataFrame | None) -> list[Problem]:
    counts = {} if copied is None else copied["plan_id"].value_counts(sort=False).to_dict()
    return [
        Problem(
            plan_id=str(plan_id),
            stage="score",
            kind="boilerplate",
            message=f"{count} passages are shared with other plans or guidance; they do not count as evidence.",
            remedy="See: ics-plans compare RUN --view boilerplate.",
        )
        for plan_id, count in counts.items()
    ]


def _theme_titles(framework: Framework) -> dict[str, str]:
    return {t.id: t.title for t in framework.themes}


def _stacked(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(list(frames), ignore_index=True)


def _plain(settings: Any) -> Any:
    """Return settings as JSON can hold them."""
    if is_dataclass(settings) and not isinstance(settings, type):
        return _plain({f.name: getattr(settings, f.name) for f in fields(settings)})
    return {str(k): _plain(v) for k, v in settings.items()} if isinstance(settings, Mapping) else settings


def _versions() -> dict[str, Any]:
    return {
        "format": list(RUN_FORMAT),
        "toolkit": __version__,
        "python": platform.python_version(),
        "engines": {name: _version(name) for name in _ENGINES},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
