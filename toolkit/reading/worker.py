"""Read plans on all cores, each document in a worker process: a crash, a hang or a bomb costs its own file only."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import PriorityQueue, SimpleQueue
from typing import Literal

from toolkit.errors import ReadingError
from toolkit.plans import load_plans, with_guesses
from toolkit.reading.cache import Cache, default_cache
from toolkit.reading.codec import decode
from toolkit.reading.process import Process
from toolkit.reading.progress import Progress, Silent
from toolkit.reading.settings import ReadingSettings
from toolkit.records import Document, Plan

MEMORY = 1 << 30  # bytes of address space of a worker
SILENCE = 200.0  # seconds without a page, after which a worker counts as hanging (OCR may take 60 for one pass)
_READER = "toolkit.reading.assemble:read_document"
_AHEAD = 32  # documents read before the first of them is taken

Outcome = tuple[Plan, Document | ReadingError]
Answer = Future[bytes | ReadingError]
Hire = Callable[[], Process]


def read_plans(
    plans: Iterable[Plan],
    *,
    settings: ReadingSettings | None = None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
    memory: int = MEMORY,
    silence: float = SILENCE,
    reader: str = _READER,
) -> Iterator[Outcome]:
    """Yield (plan, document), or (plan, ReadingError) for one that could not be read, in the order of `plans`.

    Documents are read in `workers` processes (default: one per core that may be used), each held to `memory` bytes
    of address space (0: no limit; systems without RLIMIT_AS have none) and to `silence` seconds without a page.
    Documents in `cache` are not read again. Facts guessed about a plan are guessed anew from its title page. The
    plan that is yielded is that of the document, with these guesses. No error of a file is raised.
    """
    asked, chosen, watch = tuple(plans), settings or ReadingSettings(), progress or Silent()
    sizes = [_size(plan) for plan in asked]
    number = max(1, min(workers or cores(), len(asked)))
    crew = _Crew(number, chosen, cache, watch, lambda: Process(memory=memory, silence=silence, reader=reader))
    watch.begin(len(asked), sum(sizes))
    waiting: deque[tuple[Plan, int, Answer]] = deque()
    todo = iter(enumerate(zip(asked, sizes, strict=True)))
    pool = ThreadPoolExecutor(number, thread_name_prefix="reader")
    try:
        while True:
            while len(waiting) < _AHEAD + number and (item := next(todo, None)):
                place, (plan, size) = item
                waiting.append((plan, size, crew.add(plan, size, place)))
                pool.submit(crew.work)
            if not waiting:
                return
            plan, size, future = waiting.popleft()
            outcome = _outcome(plan, future.result(), crew)
            watch.plan(plan.plan_id, size)
            yield outcome
    finally:
        crew.stop()
        pool.shutdown(wait=True, cancel_futures=True)
        watch.end()


def read_plan(
    source: str | Path | Plan,
    *,
    password: str | None = None,
    ocr: bool = True,
    cache: Cache | Literal["user"] | None = "user",
) -> Document:
    """Return one plan (a PDF, or a plan that was loaded) as a document; ReadingError when it cannot be read.

    It is read in a worker process, as `read_plans` does, and kept in the user's cache (`cache=None`: in none).
    """
    plan = source if isinstance(source, Plan) else load_plans([source], password=password)[0]
    kept = default_cache() if cache == "user" else cache
    ((_, outcome),) = read_plans([plan], settings=ReadingSettings(ocr=ocr), cache=kept)
    if isinstance(outcome, ReadingError):
        raise outcome
    return outcome


def cores() -> int:
    """Return the number of cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1


class _Crew:
    """The worker processes, one for each thread that waits for an answer."""

    def __init__(
        self, number: int, settings: ReadingSettings, cache: Cache | None, progress: Progress, hire: Hire
    ) -> None:
        self._settings, self._cache, self._progress = settings, cache, progress
        self._all = [hire() for _ in range(number)]
        self._idle: SimpleQueue[Process] = SimpleQueue()
        self._todo: PriorityQueue[tuple[int, int, Plan, Answer]] = PriorityQueue()
        for process in self._all:
            self._idle.put(process)

    def add(self, plan: Plan, size: int, place: int) -> Answer:
        """Return where the answer for a plan will appear; large files go first, lest the last keep a core waiting."""
        answer: Answer = Future()
        self._todo.put((-size, place, plan, answer))
        return answer

    def work(self) -> None:
        """Read the largest of the plans that wait; returns nothing."""
        _, _, plan, answer = self._todo.get()
        try:
            answer.set_result(self.read(plan))
        except BaseException as error:
            answer.set_exception(error)
            raise

    def read(self, plan: Plan) -> bytes | ReadingError:
        """Return the bytes of a document, from the cache or from a worker, or what went wrong."""
        key = self._cache.key(plan, self._settings) if self._cache else ""
        if self._cache and (kept := self._cache.get(key)) is not None:
            return kept
        return self.read_anew(plan)

    def read_anew(self, plan: Plan) -> bytes | ReadingError:
        """Return the bytes of a document from a worker, and keep them in the cache."""
        process = self._idle.get()
        try:
            before = process.read
            answer = process.ask(plan, self._settings, self._count())
            if before and isinstance(answer, ReadingError) and answer.kind in {"crashed", "too_large", "failed"}:
                # A process that has read others may be at fault itself: the document gets a fresh one, once.
                process.stop()
                answer = process.ask(plan, self._settings, self._count())
        finally:
            self._idle.put(process)
        if self._cache and isinstance(answer, bytes):
            self._cache.put(self._cache.key(plan, self._settings), answer)
        return answer

    def _count(self) -> Callable[[int], None]:
        """Return a counter of the pages of one document, which hears the number of the last page read."""
        seen = 0

        def _count(page: int) -> None:
            nonlocal seen
            self._progress.pages(max(page - seen, 0))
            seen = max(page, seen)

        return _count

    def drop(self, plan: Plan) -> None:
        """Forget what the cache holds of a plan."""
        if self._cache:
            self._cache.drop(self._cache.key(plan, self._settings))

    def stop(self) -> None:
        """End all processes."""
        for process in self._all:
            process.close()


def _outcome(plan: Plan, answer: bytes | ReadingError, crew: _Crew) -> Outcome:
    if isinstance(answer, bytes):
        try:
            return _known(*decode(answer, plan))
        except ValueError:  # the cache was damaged: read again
            crew.drop(plan)
            answer = crew.read_anew(plan)
    return (plan, answer) if isinstance(answer, ReadingError) else _known(*decode(answer, plan))


def _known(document: Document, metadata: dict[str, str]) -> Outcome:
    """Return the document with what its title page tells about the plan."""
    first = next((page.number for page in document.pages if page.text), 0)
    headings = [p.text for p in document.content if p.kind == "heading" and p.page == first]
    cover = document.pages[first - 1].text if first else ""
    plan = with_guesses(document.plan, cover, metadata, headings=headings)
    return plan, replace(document, plan=plan)


def _size(plan: Plan) -> int:
    path = Path(plan.path)
    return path.stat().st_size if path.is_file() else 0
