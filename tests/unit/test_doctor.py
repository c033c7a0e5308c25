"""`ics-plans doctor` tells what is there, what is missing, and what is broken."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError

import pytest
from click.testing import CliRunner

from toolkit import doctor
from toolkit.cli import group
from toolkit.doctor import Finding, examine, healthy


def _by_part() -> dict[str, Finding]:
    return {f.part: f for f in examine()}


def test_an_installation_that_works_is_healthy() -> None:
    found = _by_part()
    assert healthy(tuple(found.values()))
    assert found["Python"].state == "ok"
    assert found["pandas"].core
    assert found["data"].found.endswith("42 boards, context of 42")
    assert found["font"].found == "DejaVuSans.ttf"


def test_a_missing_core_package_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name.lower() == "pikepdf":
            raise PackageNotFoundError(name)
        return "999"

    monkeypatch.setattr(doctor, "version", version)
    found = _by_part()
    assert found["pikepdf"].state == "missing"
    assert "pip install --upgrade ics-plan-toolkit" in found["pikepdf"].remedy
    assert not healthy(tuple(found.values()))
    assert CliRunner().invoke(group, ["doctor"]).exit_code == 1


def test_a_package_that_is_too_old_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: "0.1")
    assert _by_part()["pandas"].state == "broken"
    assert _by_part()["pandas"].found.startswith("0.1, needs >=")


def test_a_package_that_does_not_load_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor._COMPILED, "numpy", "no_such_module")
    assert _by_part()["numpy"].state == "broken"
    assert "does not load" in _by_part()["numpy"].found


def test_without_tesseract_every_system_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    found = _by_part()
    assert found["tesseract"].state == "missing"
    assert [s for s in ("Linux", "macOS", "Windows") if s in found["tesseract"].remedy] == ["Linux", "macOS", "Windows"]
    assert found["browser"].state == found["LibreOffice"].state == "missing"
    assert healthy(tuple(found.values()))


def test_findings_come_as_json() -> None:
    result = CliRunner().invoke(group, ["doctor", "--json"])
    assert result.exit_code == 0
    first = json.loads(result.stdout)[0]
    assert (first["part"], first["state"], first["core"]) == ("Python", "ok", True)
