"""Documentation is tested: code runs, commands exist, links lead somewhere, the diagram is the imports."""

from __future__ import annotations

import ast
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.test_house import FLOORS, GROUND, MODULES, PACKAGE
from toolkit.cli import COMMANDS, group

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "notebooks" / "README.md"])
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
DOCS = ROOT / "docs"
GENERATED = {f"reference/{name}.md" for name in ("cli", "api", "data-dictionary", "pattern-language", "frameworks")}
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)(?P<target>[^)\s]+)\)")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _blocks(kind: str) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for number, found in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8"))):
            if found["kind"] == kind:
                yield f"{_name(page)}-{number}", found["body"]


@pytest.fixture(scope="session")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder like a checkout, with two of the sample plans (a scan is not among them)."""
    place = tmp_path_factory.mktemp("checkout")
    sample = place / "plans" / "sample"
    sample.mkdir(parents=True)
    rows = (ROOT / "plans" / "sample" / "manifest.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if row.startswith(("plan_id", "harrowmere"))]
    (sample / "manifest.csv").write_text("".join(kept), encoding="utf-8")
    for path in (ROOT / "plans" / "sample").glob("harrowmere*.pdf"):
        shutil.copy(path, sample)
    return place


# Blocks of METHOD.md need a person's table or a model: their imports and names are checked, they are not run.
SKETCHES = {name: body for name, body in _blocks("python") if name.startswith("METHOD.md")}
PYTHON = {name: body for name, body in _blocks("python") if name not in SKETCHES}
CONSOLE = dict(_blocks("console"))


@pytest.mark.parametrize("name", PYTHON)
def test_python_in_the_documentation_runs(name: str, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    exec(compile(PYTHON[name], name, "exec"), {"__name__": "docs"})


@pytest.mark.parametrize("name", SKETCHES)
def test_sketches_name_what_exists(name: str) -> None:
    import toolkit

    tree = ast.parse(SKETCHES[name])
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    exec(compile(ast.Module(imports, []), name, "exec"), {})
    used = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute) and getattr(n.value, "id", "") == "tk"}
    assert used <= set(toolkit.__all__)


def _said(line: str) -> str:
    result = CliRunner().invoke(group, line.split()[1:], prog_name="ics-plans", terminal_width=80)
    return result.output.strip()


@pytest.mark.parametrize("name", CONSOLE)
def test_console_output_in_the_documentation_is_what_the_commands_print(
    name: str, workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workplace)
    parts = re.split(r"^\$ (.+)\n", CONSOLE[name], flags=re.MULTILINE)[1:]
    assert parts, "a console block begins with '$ ics-plans ...'"
    for line, output in zip(parts[::2], parts[1::2], strict=True):
        assert output.strip() == _said(line)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme_with_its_first_sentence(name: str) -> None:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    assert found.help
    sentence = " ".join(found.help.split("\n\n")[0].split())
    assert f"| `ics-plans {name}` | {sentence} |" in (ROOT / "README.md").read_text(encoding="utf-8")
    options = [p for p in found.params if isinstance(p, click.Option)]
    assert [o.name for o in options if not o.help] == []


def test_every_output_of_a_run_is_in_the_readme() -> None:
    from toolkit.publishing import OUTPUTS

    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## Where results are")[1].split("\n## ")[0]
    lacking = [name for name, (_, left) in OUTPUTS.items() if f"`{left.removesuffix('.csv')}" not in table]
    assert lacking == []


def test_commands_that_the_documentation_names_exist() -> None:
    unknown = {
        f"{_name(page)}: {word}"
        for page in PAGES
        for word in re.findall(
            r"`ics-plans (?!COMMAND)([\w-]+)|^ics-plans ([\w-]+)", page.read_text(encoding="utf-8"), re.M
        )
        if (command := "".join(word)) not in COMMANDS and command != "--help"
    }
    assert unknown == set()


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    dead = []
    for found in LINK.finditer(page.read_text(encoding="utf-8")):
        path, _, anchor = found["target"].partition("#")
        target = (page.parent / path).resolve() if path else page
        exists = target.exists() or target.as_posix().removeprefix(f"{DOCS.as_posix()}/") in GENERATED
        if not exists or (anchor and target.suffix == ".md" and target.exists() and anchor not in _anchors(target)):
            dead.append(found["target"])
    assert dead == []


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {node.module} if node.module != "toolkit" else {f"toolkit.{a.name}" for a in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
    return {name.split(".")[1] for name in found if name.startswith("toolkit.")} & FLOORS.keys()


def test_the_diagram_of_the_architecture_is_what_the_rooms_import() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawn = set(re.findall(r"^    (\w+) --> (\w+)$", text, re.MULTILINE))
    rooms = FLOORS.keys() - {*GROUND, "doctor", "cli"}
    real = {
        (imported, room)
        for path in MODULES
        if (room := path.relative_to(PACKAGE).parts[0].removesuffix(".py")) in rooms
        for imported in _imports(path) & rooms - {room}
    }
    assert sorted(f"{a} --> {b}" for a, b in drawn) == sorted(f"{a} --> {b}" for a, b in real)


def test_the_table_of_the_architecture_names_every_room() -> None:
    table = re.findall(r"^\| (`.+?) \|", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"`(\w+)`", " ".join(table)))
    built = {room for room in FLOORS if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file()}
    assert built - {*GROUND, "cli"} <= named


def test_the_version_is_the_same_everywhere() -> None:
    import toolkit

    wanted = toolkit.__version__
    assert f"\nversion: {wanted}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'\nversion = "{wanted}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the documentation site, built without a single warning."""
    for part in ("mkdocs", "mkdocstrings", "material"):
        pytest.importorskip(part)
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def _text(page: Path) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))))


def test_the_site_has_every_generated_page(site: Path) -> None:
    assert [name for name in sorted(GENERATED) if not (site / name.removesuffix(".md") / "index.html").is_file()] == []


def test_the_site_has_the_help_of_every_command(site: Path) -> None:
    shown = _text(site / "reference" / "cli" / "index.html")
    assert [name for name in COMMANDS if f"Usage: ics-plans {name} " not in shown] == []


def test_the_site_has_every_public_name_and_every_table(site: Path) -> None:
    import toolkit
    from toolkit.schema import TABLES

    names = (site / "reference" / "api" / "index.html").read_text(encoding="utf-8")
    assert [name for name in toolkit.__all__ if not re.search(rf'id="[\w.]*\b{name}"', names)] == []
    tables = (site / "reference" / "data-dictionary" / "index.html").read_text(encoding="utf-8")
    assert [name for name in TABLES if f'id="{name}"' not in tables] == []


def test_the_site_fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))
    assert re.findall(r'<(?:script|link rel="stylesheet"|img)[^>]+(?:src|href)="(https?://[^"]+)', pages) == []


def test_formulas_of_the_method_are_drawn_by_the_browser(site: Path) -> None:
    page = (site / "method" / "index.html").read_text(encoding="utf-8")
    assert page.count("<math") == len(re.findall(r"\$(?=\S)[^$]+\$", (ROOT / "METHOD.md").read_text(encoding="utf-8")))
    assert "$" not in _text(site / "method" / "index.html").partition("Where results are")[0].partition("Sources")[0]
