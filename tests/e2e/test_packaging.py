"""The wheel holds everything that the toolkit needs, and works outside the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "toolkit"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the wheel and the sdist, built as for a release but without a network."""
    pytest.importorskip("build")
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the unpacked wheel and nothing else; its dependencies are those of this Python."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def _run(installed: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys, toolkit; from toolkit.cli import main; sys.stderr.write(toolkit.__file__); main()"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert str(installed) in done.stderr, "not the wheel, but the checkout was run"
    return done


def test_every_file_of_the_package_and_every_framework_is_in_the_wheel(installed: Path) -> None:
    ours = {p.relative_to(PACKAGE) for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    ours |= {Path("frameworks", "bundled", p.name) for p in (ROOT / "frameworks").iterdir()}
    there = {p.relative_to(installed / "toolkit") for p in (installed / "toolkit").rglob("*") if p.is_file()}
    assert there == ours


def test_the_sdist_can_be_tested(built: Path) -> None:
    import tarfile

    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    wanted = {"README.md", "LICENSE", "METHOD.md", "pyproject.toml", "Makefile", "plans/sample/manifest.csv"}
    wanted |= {"tests/conftest.py", "notebooks/1_first_run.ipynb", "frameworks/marmot_eight.yaml", "mkdocs.yml"}
    assert wanted <= names
    assert [name for name in names if name.startswith((".venv", "outputs/sample", "site/"))] == []


def test_the_wheel_lists_the_frameworks_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, "frameworks", cwd=tmp_path)
    assert done.returncode == 0
    names = [p.stem for p in (ROOT / "frameworks").glob("*.yaml")]
    assert [name for name in names if name not in done.stdout] == []


def test_the_wheel_is_healthy_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, "doctor", "--json", cwd=tmp_path)
    assert done.returncode == 0
    findings = {f["part"]: f for f in json.loads(done.stdout)}
    assert findings["data"]["state"] == "ok"
    assert {"pandas", "pypdfium2", "pikepdf"} <= findings.keys()


def test_the_wheel_runs_a_plan_and_makes_a_study_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "study" / "plans").mkdir(parents=True)
    shutil.copy(ROOT / "plans" / "sample" / "harrowmere_jfp_2024.pdf", tmp_path / "study" / "plans")
    assert _run(installed, "init", "study", cwd=tmp_path).returncode == 0
    chosen = ("--framework", "study/frameworks/health_inequalities.yaml", "--only", "tables,methods,report", "--json")
    done = _run(installed, "run", "study", "--output", "study/outputs/first", *chosen, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["plans"] == 1
    assert (tmp_path / "study" / "outputs" / "first" / "report.html").stat().st_size > 20_000


def test_the_package_needs_none_of_its_extras_to_be_imported(installed: Path, tmp_path: Path) -> None:
    blocked = ["jupyter", "nbclient", "ipykernel", "ipywidgets", "IPython", "httpx", "scipy", "sklearn", "mkdocs"]
    code = f"""
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {blocked!r}:
            raise ImportError(f"{{name}} is an extra")
sys.meta_path.insert(0, Block())
import importlib, pkgutil, toolkit
for module in pkgutil.walk_packages(toolkit.__path__, "toolkit."):
    importlib.import_module(module.name)
print([name for name in toolkit.__all__ if getattr(toolkit, name) is None])
"""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
