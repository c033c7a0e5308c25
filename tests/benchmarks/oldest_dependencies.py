"""Do the unit tests pass with the oldest versions that pyproject.toml allows?

    python tests/benchmarks/oldest_dependencies.py [--python python3.11] [--folder DIR] [tests ...]

Makes a virtual environment in DIR (a temporary folder when left out), installs the toolkit with every dependency at its
lower bound, says which versions these are, and runs the tests named (default: tests/unit). Needs the network.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_TOOLS = ("pytest", "hypothesis", "jsonschema", "xmlschema", "scipy", "scikit-learn")


def lower_bounds() -> list[str]:
    """Return a pin at the lower bound for every dependency ("numpy>=1.26" becomes "numpy==1.26")."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        asked = tomllib.load(file)["project"]["dependencies"]
    return [one.split(",")[0].replace(">=", "==") for one in asked]


def main() -> int:
    """Return the exit status of the tests; print what was installed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("tests", nargs="*", default=["tests/unit"])
    chosen = parser.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="oldest-"))
    subprocess.run([chosen.python, "-m", "venv", str(folder)], check=True)
    python = str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--prefer-binary"]
    subprocess.run([*pip, *lower_bounds(), *_TOOLS], check=True)
    subprocess.run([*pip, "--no-deps", str(ROOT)], check=True)
    subprocess.run([python, "-m", "pip", "freeze"], check=True)
    return subprocess.run([python, "-m", "pytest", "-q", *chosen.tests], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
