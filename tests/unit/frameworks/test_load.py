"""A codebook file is read as it is written, and all its mistakes are told at once."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import toolkit
from toolkit.errors import InvalidInput, MissingFile, UnknownName
from toolkit.frameworks.fields import framework_schema
from toolkit.frameworks.load import frameworks_folder, parse_framework

GOOD = """\
id: mine
version: 1.10
title: no
source: us
licence: on
themes:
  - id: t
    title: Theme
    codes:
      - id: a
        title: A
        definition: "yes"
        terms: [fuel poverty, COPD]
        weight: 2
        examples:
          yes: [Fuel poverty]
          no: []
"""


def problems(text: str) -> list[str]:
    """Return what is wrong with a codebook text."""
    with pytest.raises(InvalidInput) as caught:
        parse_framework(text)
    return list(caught.value.problems)


def test_strings_stay_strings() -> None:
    framework = parse_framework(GOOD)
    assert (framework.version, framework.title, framework.licence) == ("1.10", "no", "on")
    assert framework.codes[0].definition == "yes"
    assert (framework.codes[0].weight, framework.equity_weight) == (2.0, 0.5)
    assert framework.codes[0].yes == ("Fuel poverty",)


def test_the_hash_depends_on_content_and_not_on_layout() -> None:
    same = GOOD.replace("[fuel poverty, COPD]", "\n          - fuel poverty\n          - COPD")
    assert parse_framework(GOOD).hash == parse_framework("# note\n" + same).hash
    assert parse_framework(GOOD).hash != parse_framework(GOOD.replace("weight: 2", "weight: 3")).hash


def test_every_mistake_is_told_at_once_with_line_code_and_choices() -> None:
    text = GOOD.replace("title: A", "titel: A").replace("weight: 2", "weight: heavy\n        status: maybe")
    text = text.replace("[fuel poverty, COPD]", "[(fuel, fuel poverty, fuel poverty]")
    found = problems(text)
    assert found[0].startswith("line 10, code a: key 'title' is missing")
    assert (
        "line 11, code a: unknown key 'titel'. Did you mean 'title'? Choose one of: id, title, definition" in found[1]
    )
    assert any("a bracket is not closed" in p and p.startswith("line 13, code a: terms:") for p in found)
    assert any("'fuel poverty' is already in line 13" in p for p in found)
    assert "line 14, code a: 'weight' is 'heavy': give a number from 0 or more" in found
    assert "line 15, code a: unknown status 'maybe'. Choose one of: verified, unverified" in found
    assert len(found) == 6


def test_repeated_keys_and_codes_are_mistakes() -> None:
    assert "line 3: key 'id' was already given in line 1" in problems(GOOD.replace("title: no", "id: no"))
    code = GOOD[GOOD.index("      - id: a") :]
    assert problems(GOOD + code) == ["line 18: code 'a' was already given in line 10"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the file is empty"),
        ("id: [", "line 1: not valid YAML"),
        ("- a", "line 1: expected the keys id, version"),
        (GOOD.replace("terms: [", "terms: x ["), "line 13, code a: 'terms' takes a list"),
        (GOOD.replace("id: a", "id: a b"), "use letters, digits"),
        (GOOD.replace("COPD]", "will not ~4]"), "needs words on both sides"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, message: str) -> None:
    assert any(message in problem for problem in problems(text))


def test_an_unknown_name_lists_the_choices() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'marmot_eight'"):
        toolkit.load_framework("marmot_eigth")
    with pytest.raises(MissingFile, match=r"nowhere\.yaml: not found"):
        toolkit.load_framework("nowhere.yaml")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"id: caf\xe9")
    with pytest.raises(InvalidInput, match="not UTF-8"):
        toolkit.load_framework(tmp_path / "a.yaml")


def test_sixteen_frameworks_ship_and_the_default_comes_first() -> None:
    assert toolkit.list_frameworks() == (
        "health_inequalities",
        "accountability",
        "collaboration",
        "conceptualisation",
        "core20plus5",
        "equity_groups",
        "ics_purposes",
        "integrated_care_elements",
        "integrated_care_strategy",
        "joint_forward_plan",
        "marmot_eight",
        "population_health",
        "primary_care_integration",
        "social_prescribing",
        "strategic_priorities",
        "transformation",
    )
    default = toolkit.load_framework("health_inequalities")
    assert [t.id for t in default.themes] == ["access", "behaviours", "wider"]
    assert [sum(c.theme == t.id for c in default.codes) for t in default.themes] == [8, 6, 10]


def test_the_published_schema_is_the_format_that_the_loader_reads() -> None:
    published = json.loads((frameworks_folder() / "framework.schema.json").read_text(encoding="utf-8"))
    assert published == framework_schema()


@pytest.mark.parametrize("name", toolkit.list_frameworks())
def test_every_bundled_codebook_keeps_to_the_published_schema(name: str) -> None:
    loaded = yaml.safe_load((frameworks_folder() / f"{name}.yaml").read_text(encoding="utf-8"))
    jsonschema.validate(loaded, framework_schema())


@pytest.mark.parametrize(
    ("find", "put"),
    [
        ("licence: on\n", ""),
        ("weight: 2", "wait: 2"),
        ("weight: 2", "status: maybe"),
        ("[fuel poverty, COPD]", "{a: b}"),
    ],
)
def test_schema_and_loader_refuse_the_same_files(find: str, put: str) -> None:
    text = GOOD.replace(find, put)
    assert problems(text)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.load(text, Loader=yaml.BaseLoader), framework_schema())
