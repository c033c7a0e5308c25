"""The worker process: reads one document after another for `worker`, within limits of memory and time.

It is started as `python -P -c "from toolkit.reading.child import main; main()"`, so that neither the main module of
the user nor the folder they stand in is imported (that is what breaks `multiprocessing` in notebooks and on Windows).
Frames in both directions: one byte of kind, four of length, the content.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import json
import os
import struct
import sys
import time
import traceback
from dataclasses import replace
from importlib import import_module
from typing import BinaryIO

from toolkit.errors import ReadingError
from toolkit.reading.settings import ReadingSettings
from toolkit.records import Plan

HEAD = struct.Struct("<cI")
REQUEST, SIGN, RESULT, ERROR, SPENT = b"Q", b"S", b"R", b"E", b"X"
PER_PAGE = 0.5  # seconds of silence allowed for every page that was read, on top of the limit
_SIGN_EVERY = 0.2  # seconds


def write_frame(stream: BinaryIO, kind: bytes, content: bytes) -> None:
    """Write one frame and flush it; returns nothing."""
    stream.write(HEAD.pack(kind, len(content)) + content)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Return the next frame, (kind, content), or None when the other side has gone."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    content = stream.read(length)
    return (kind, content) if len(content) == length else None


def main() -> None:
    """Return when the parent closes the pipe: read what it asks for, one document at a time."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    requests = sys.stdin.buffer
    gc.set_threshold(100_000, 20, 100)  # words live as long as their document: looking at them often finds nothing
    while frame := read_frame(requests):
        request = json.loads(frame[1])
        _limit_memory(request["memory"])
        kind, content = _answer(request, answers)
        faulthandler.cancel_dump_traceback_later()
        write_frame(answers, kind, content)
        if kind == SPENT:
            return


def _answer(request: dict[str, object], answers: BinaryIO) -> tuple[bytes, bytes]:
    plan = Plan(**request["plan"])  # type: ignore[arg-type]
    settings = ReadingSettings(**request["settings"])  # type: ignore[arg-type]
    try:
        return RESULT, _read(plan, settings, request, answers)
    except ReadingError as error:
        return ERROR, _report(error)
    except MemoryError:
        what = "it needs more memory than a worker may use."
        remedy = "Split the file, or save it with smaller pictures."
        return SPENT, _report(ReadingError(plan.plan_id, "too_large", what, remedy))
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = (
            f"the reader failed: {type(error).__name__}: {error} ({os.path.basename(place.filename)}:{place.lineno})."  # noqa: PTH119
        )
        return SPENT, _report(ReadingError(plan.plan_id, "failed", what, "Please report it with the file."))


def _read(plan: Plan, settings: ReadingSettings, request: dict[str, object], answers: BinaryIO) -> bytes:
    from toolkit.reading.codec import encode
    from toolkit.reading.opening import checked, metadata_of, open_with_news

    module, function = str(request["reader"]).split(":")
    read_document = getattr(import_module(module), function)
    last = 0.0

    def _page_read(number: int, always: bool = False) -> None:
        nonlocal last
        if always or time.monotonic() - last >= _SIGN_EVERY:
            last = time.monotonic()
            # The parent kills a worker that hangs; should the parent be gone, the worker ends itself.
            silence = float(str(request["silence"])) + PER_PAGE * number
            faulthandler.dump_traceback_later(2 * silence, exit=True)
            write_frame(answers, SIGN, str(number).encode())

    _page_read(0)
    try:
        pdf, news = open_with_news(plan.path, plan.password, plan_id=plan.plan_id)
        with contextlib.closing(pdf):
            metadata = metadata_of(pdf)
        document = read_document(plan, settings, _page_read)
        document = replace(document, problems=(*news, *document.problems))
    except ReadingError as error:
        if error.kind != "broken":
            raise
        from toolkit.reading.rescue import rescue  # an eighth of the start of a process, which few files need

        document, metadata = rescue(plan, error), {}
    _page_read(len(document.pages), always=True)
    return encode(checked(document), metadata)


def _report(error: ReadingError) -> bytes:
    return json.dumps([error.plan_id, error.kind, error.message, error.remedy]).encode()


def _limit_memory(limit: int) -> None:
    """Hold this process, and what it starts, to `limit` bytes of address space where the platform can."""
    if not limit:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
