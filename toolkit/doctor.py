"""What is installed, what is missing, and how to get it."""

from __future__ import annotations

import importlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

from toolkit import __version__

State = Literal["ok", "missing", "broken"]
DISTRIBUTION = "ics-plan-toolkit"
# Packages with compiled parts: they may be installed and still not load.
_COMPILED = {
    **{"numpy": "numpy", "pandas": "pandas", "pyarrow": "pyarrow", "pypdfium2": "pypdfium2", "pikepdf": "pikepdf"},
    **{"ahocorasick-rs": "ahocorasick_rs", "pystemmer": "Stemmer", "rapidfuzz": "rapidfuzz"},
    **{"matplotlib": "matplotlib", "pyyaml": "yaml"},
}
_OCR = (
    "Linux: sudo apt install tesseract-ocr (or: sudo dnf install tesseract). macOS: brew install tesseract. "
    "Windows: winget install UB-Mannheim.TesseractOCR, then open a new terminal."
)
_OFFICE = (
    "Linux: sudo apt install libreoffice. macOS: brew install --cask libreoffice. Windows: winget install LibreOffice"
)
_BROWSER = "Linux: sudo apt install chromium. macOS: brew install --cask chromium. Windows: Edge and Chrome do as well"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One part of the installation: `needed` says what for; `core` parts are those that nothing works without."""

    part: str
    state: State
    found: str = ""
    needed: str = ""
    remedy: str = ""
    core: bool = False


def examine() -> tuple[Finding, ...]:
    """Return a finding for every part: Python, packages, data that ship, OCR, extras, fonts, cache, tools for checks.

    Nothing is installed or changed. `state` is "broken" for what is there and does not work, or is too old.
    """
    return (_python(), *_packages(), _data(), *_ocr(), *_extras(), _font(), _cache(), *_tools())


def healthy(findings: tuple[Finding, ...]) -> bool:
    """Return whether all core parts work."""
    return all(f.state == "ok" for f in findings if f.core)


def _python() -> Finding:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}, toolkit {__version__}"
    right = sys.version_info >= (3, 11)
    remedy = "" if right else "Install Python 3.11 or newer"
    return Finding(part="Python", state="ok" if right else "broken", found=found, remedy=remedy, core=True)


def _wanted(extra: str | None) -> Iterator[tuple[str, str]]:
    """Yield (name, requirement) of the packages that the toolkit, or one of its extras, asks for."""
    from packaging.requirements import Requirement

    try:
        asked = [Requirement(line) for line in requires(DISTRIBUTION) or []]
    except PackageNotFoundError:  # run from a folder of sources that was never installed
        return
    for one in asked:
        of_core = one.marker is None or one.marker.evaluate({"extra": ""})
        if of_core if extra is None else (not of_core and one.marker and one.marker.evaluate({"extra": extra})):
            yield one.name, str(one.specifier)


def _package(name: str, wanted: str) -> tuple[State, str]:
    from packaging.specifiers import SpecifierSet

    try:
        found = version(name)
    except PackageNotFoundError:
        return "missing", ""
    if not SpecifierSet(wanted).contains(found, prereleases=True):
        return "broken", f"{found}, needs {wanted}"
    try:
        importlib.import_module(_COMPILED.get(name.lower(), "toolkit"))
    except (ImportError, OSError) as error:
        return "broken", f"{found}, does not load: {error}"
    return "ok", found


def _packages() -> Iterator[Finding]:
    remedy = f"{Path(sys.executable).name} -m pip install --upgrade {DISTRIBUTION}"
    asked = list(_wanted(None))
    if not asked:
        state: State = "missing"
        yield Finding(part=DISTRIBUTION, state=state, needed="the command and its packages", remedy=remedy, core=True)
    for name, wanted in asked:
        state, found = _package(name, wanted)
        yield Finding(part=name, state=state, found=found, remedy="" if state == "ok" else remedy, core=True)


def _data() -> Finding:
    from toolkit.comparing import context
    from toolkit.errors import ToolkitError
    from toolkit.frameworks import list_frameworks, load_framework
    from toolkit.plans import icbs

    try:
        names = [load_framework(name).id for name in list_frameworks()]
        found = f"{len(names)} frameworks, {len(icbs())} boards, context of {len(context())}"
    except (ToolkitError, ImportError, OSError) as error:
        return Finding(part="data", state="broken", found=str(error), remedy="Install the toolkit anew", core=True)
    state: State = "ok" if names else "broken"
    return Finding(part="data", state=state, found=found, needed="frameworks and facts about boards", core=True)


def _ocr() -> Iterator[Finding]:
    needed = "pages that are pictures (scans); without it they count as unreadable"
    said = _said("tesseract", "--version")
    if said is None:
        yield Finding(part="tesseract", state="missing", needed=needed, remedy=_OCR)
        return
    yield Finding(part="tesseract", state="ok", found=said.split("\n")[0].removeprefix("tesseract "), needed=needed)
    languages = (_said("tesseract", "--list-langs") or "").split()
    for name, what in (("eng", "reading English"), ("osd", "scans that stand on their side")):
        there = name in languages
        remedy = "" if there else f"Linux: sudo apt install tesseract-ocr-{name}. Others: the file {name}.traineddata"
        yield Finding(part=f"tesseract: {name}", state="ok" if there else "missing", needed=what, remedy=remedy)


def _extras() -> Iterator[Finding]:
    for extra, needed in (("notebooks", "notebooks"), ("model", "a language model as a coder")):
        asked = [(name, *_package(name, wanted)) for name, wanted in _wanted(extra)]
        lacking = [name for name, state, _ in asked if state != "ok"]
        found = ", ".join(f"{name} {seen}" for name, state, seen in asked if state == "ok")
        remedy = f"pip install '{DISTRIBUTION}[{extra}]'" if lacking else ""
        part = f"extra: {extra}"
        yield Finding(part=part, state="missing" if lacking else "ok", found=found, needed=needed, remedy=remedy)


def _font() -> Finding:
    needed, remedy = "charts, the same on every machine", "Install matplotlib anew"
    try:
        from matplotlib.font_manager import FontProperties, findfont

        from toolkit.publishing.charts.canvas import FONT

        path = findfont(FontProperties(family=FONT), fallback_to_default=False)
    except (ImportError, ValueError):
        return Finding(part="font", state="missing", needed=needed, remedy=remedy)
    return Finding(part="font", state="ok", found=Path(path).name, needed=needed)


def _cache() -> Finding:
    from toolkit.reading.cache import VARIABLE, default_cache

    needed, cache = "not reading a plan twice", default_cache()
    if cache is None:
        return Finding(part="cache", state="ok", found=f"switched off by {VARIABLE}", needed=needed)
    kept = [p for p in cache.folder.rglob("*.plan") if p.is_file()]
    size = sum(p.stat().st_size for p in kept)
    return Finding(
        part="cache",
        state="ok",
        found=f"{cache.folder}: {len(kept)} documents, {size / 1e6:,.1f} MB",
        needed=needed,
        remedy=f"Set {VARIABLE} to keep it elsewhere, or to 'off'; it may be deleted",
    )


def _tools() -> Iterator[Finding]:
    browser = next((name for name in _BROWSERS if shutil.which(name)), None)
    office = next((name for name in ("soffice", "libreoffice") if shutil.which(name)), None)
    for part, name, how in (("browser", browser, _BROWSER), ("LibreOffice", office, _OFFICE)):
        needed = "some of the toolkit's own tests"
        yield Finding(
            part=part, state="ok" if name else "missing", found=name or "", needed=needed, remedy="" if name else how
        )


def _said(program: str, *arguments: str) -> str | None:
    """Return what a program prints, or None when it is not there or does not run."""
    if shutil.which(program) is None:
        return None
    try:
        done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout or done.stderr
