"""Calls of the program `tesseract`: one image in, words with boxes out; stopped when it takes too long."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from toolkit.reading.ocr_words import Recognised

_LEAST = 30.0  # per cent: words that Tesseract trusts less are specks and lines
_WORD_LEVEL = "5"


def recognise(image: Path, dpi: int, seconds: float, *, local: bool = False) -> list[Recognised]:
    """Return the words of an image in pixels; empty when Tesseract fails or runs out of time.

    `local` asks for Sauvola's threshold, which finds light text on dark boxes and dark text on coloured ones.
    """
    options = ["-c", "thresholding_method=2"] if local else []
    out = _run([str(image), "stdout", "--dpi", str(dpi), "--psm", "3", "-l", "eng", *options, "tsv"], seconds)
    rows = csv.DictReader(out.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [word for row in rows if row["level"] == _WORD_LEVEL and (word := _word(row))]


def orientation(image: Path, dpi: int, seconds: float) -> int:
    """Return the angle (clockwise, 0 to 270) at which the text of an image stands; 0 when it cannot be told."""
    out = _run([str(image), "stdout", "--dpi", str(dpi), "--psm", "0", "-l", "osd"], seconds)
    found = re.search(r"Orientation in degrees: (\d+)", out)
    return int(found.group(1)) % 360 if found else 0


def _word(row: dict[str, str]) -> Recognised | None:
    text = row["text"].strip()
    if not any(c.isalnum() for c in text) and text not in {"•", "-", "–", "&", "%", "£"}:
        return None
    if float(row["conf"]) < _LEAST:
        return None
    left, top, width, height = (float(row[k]) for k in ("left", "top", "width", "height"))
    line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
    return Recognised(text, left, top, left + width, top + height, float(row["conf"]) / 100, line)


def _run(arguments: list[str], seconds: float) -> str:
    """Return what the program prints; '' when it fails. It and all it started are killed after `seconds`."""
    process = subprocess.Popen(
        ["tesseract", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # pages are read in parallel already
        start_new_session=True,
    )
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        return ""
    return out if process.returncode == 0 else ""


def _kill(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=5)
