"""One worker process and its leash: memory, silence, and death with all of its children."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, BinaryIO, cast

from toolkit.errors import ReadingError
from toolkit.reading.child import PER_PAGE, REQUEST, RESULT, SIGN, SPENT, read_frame, write_frame
from toolkit.reading.settings import ReadingSettings
from toolkit.records import Plan

_START = "from toolkit.reading.child import main; main()"
# Every thread of a linear-algebra library and every memory arena claims address space that the limit counts.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
_POSIX = os.name == "posix"


class Process:
    """A worker process that reads documents one after another; started when it is first asked."""

    def __init__(self, *, memory: int, silence: float, reader: str) -> None:
        self._memory, self._silence, self._reader = memory, silence, reader
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False
        self.read = 0  # documents that this process has read since it was started

    def ask(self, plan: Plan, settings: ReadingSettings, on_page: Callable[[int], None]) -> bytes | ReadingError:
        """Return the document as bytes, or what went wrong; after a crash or a hang the next one gets a new process."""
        process = self._running()
        if process is None:
            return ReadingError(plan.plan_id, "stopped", "reading was stopped.")
        request = {
            "plan": {key: value for key, value in asdict(plan).items() if key != "guesses"},
            "settings": asdict(settings),
            "memory": self._memory,
            "silence": self._silence,
            "reader": self._reader,
        }
        late, seen = threading.Event(), 0
        with contextlib.suppress(OSError):  # a process that died when starting: the answer below says so
            write_frame(cast(BinaryIO, process.stdin), REQUEST, json.dumps(request).encode())
        while True:
            # Layout comes after the last page and takes its time for each of them.
            leash = threading.Timer(self._silence + PER_PAGE * seen, self._hang, [late])
            leash.start()
            frame = read_frame(cast(BinaryIO, process.stdout))
            leash.cancel()
            if frame is None:
                return self._died(process, plan, late.is_set())
            kind, content = frame
            if kind == SIGN:
                seen = max(seen, int(content))
                on_page(seen)
                continue
            self.read += 1
            if kind == SPENT:
                self.stop()
            return content if kind == RESULT else ReadingError(*json.loads(content))

    def close(self) -> None:
        """End the process for good: it answers no more."""
        with self._lock:
            self._closed = True
        self.stop()

    def stop(self) -> None:
        """End the process and everything that it started; the next question starts another."""
        with self._lock:
            process, self._process, self.read = self._process, None, 0
        if process is not None:
            _kill_group(process)
            for stream in (process.stdin, process.stdout, self._errors):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()

    def _running(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if not self._closed and self._process is None:
                self._process = self._start()
            return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        home = str(Path(__file__).parents[2])
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, **dict.fromkeys(_ONE_THREAD, "1"), "MALLOC_ARENA_MAX": "2"}
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process is stopped
        return subprocess.Popen(
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**environment, "PYTHONPATH": os.pathsep.join(paths)},
            start_new_session=_POSIX,
        )

    def _hang(self, late: threading.Event) -> None:
        late.set()
        if self._process is not None:
            _kill_group(self._process)

    def _died(self, process: subprocess.Popen[bytes], plan: Plan, late: bool) -> ReadingError:
        code = process.wait()
        last = self._last_words()
        self.stop()
        if late:
            what = f"the reader said nothing for {self._silence:.0f} s and was stopped."
            return ReadingError(plan.plan_id, "timeout", what, "Print the file to a new PDF, or leave it out.")
        how = signal.Signals(-code).name if _POSIX and code < 0 else f"exit status {code}"
        memory = f"It may have needed more than {self._memory / 2**20:.0f} MB of memory. " if self._memory else ""
        what = f"the reader crashed ({how}{f'; {last}' if last else ''})."
        return ReadingError(plan.plan_id, "crashed", what, f"{memory}Print the file to a new PDF, or leave it out.")

    def _last_words(self) -> str:
        errors = cast(IO[bytes], self._errors)
        with contextlib.suppress(OSError, ValueError):
            errors.seek(max(errors.seek(0, os.SEEK_END) - 4096, 0))
            lines = errors.read().decode("utf-8", "replace").strip().splitlines()
            return lines[-1][:200] if lines else ""
        return ""


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with its children (a text recogniser that outlives its parent would eat the machine)."""
    if _POSIX:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()
