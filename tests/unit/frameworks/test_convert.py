"""Codebooks go to other forms and come back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import toolkit
from toolkit.errors import InvalidInput, OutputExists
from toolkit.frameworks.convert import export_framework, import_framework
from toolkit.frameworks.load import parse_framework
from toolkit.frameworks.yaml_text import to_yaml


@pytest.mark.parametrize("name", toolkit.list_frameworks())
def test_yaml_written_and_read_again_is_the_same_framework(name: str) -> None:
    framework = toolkit.load_framework(name)
    assert parse_framework(to_yaml(framework)) == framework


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".yaml"])
def test_a_table_written_and_read_again_is_the_same_framework(tmp_path: Path, ending: str) -> None:
    framework = toolkit.load_framework("core20plus5")
    path = export_framework(framework, tmp_path / f"book{ending}")
    assert import_framework(path) == framework


def test_a_term_that_begins_with_an_equals_sign_is_no_formula(tmp_path: Path) -> None:
    import openpyxl

    path = export_framework(toolkit.load_framework("marmot_eight"), tmp_path / "book.xlsx")
    cells = [c for row in openpyxl.load_workbook(path).active.iter_rows() for c in row if str(c.value).startswith("=")]
    assert cells
    assert {c.data_type for c in cells} == {"s"}


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".qdc", ".yaml"])
def test_the_same_codebook_gives_the_same_bytes(tmp_path: Path, ending: str) -> None:
    framework = toolkit.load_framework("transformation")
    one, two = (export_framework(framework, tmp_path / f"{n}{ending}").read_bytes() for n in "ab")
    assert one == two


def test_a_refi_codebook_keeps_to_the_schema_of_the_standard(tmp_path: Path, shared: Path) -> None:
    import xmlschema

    schema = xmlschema.XMLSchema(str(shared / "standards" / "refi-qda" / "Codebook.xsd"))
    for name in toolkit.list_frameworks():
        schema.validate(str(export_framework(toolkit.load_framework(name), tmp_path / f"{name}.qdc")))


def test_a_refi_codebook_brings_themes_codes_and_terms_back(tmp_path: Path) -> None:
    framework = toolkit.load_framework("core20plus5")
    back = import_framework(export_framework(framework, tmp_path / "core20plus5.qdc"))
    assert back.codes == framework.codes
    assert back.themes == framework.themes


def test_a_refi_codebook_of_another_tool_is_read_with_its_nesting(tmp_path: Path) -> None:
    (tmp_path / "other.qdc").write_text(
        """<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Other"><Codes>
        <Code guid="00000000-0000-0000-0000-000000000001" name="Home" isCodable="true">
        <Description>About homes.</Description>
        <Code guid="00000000-0000-0000-0000-000000000002" name="Cold" isCodable="true"/></Code>
        <Code guid="00000000-0000-0000-0000-000000000003" name="Work &amp; pay" isCodable="true"/>
        </Codes></CodeBook>""",
        encoding="utf-8",
    )
    framework = import_framework(tmp_path / "other.qdc")
    assert [(c.theme, c.id, c.title, c.definition) for c in framework.codes] == [
        ("Home", "Home_2", "Home", "About homes."),
        ("Home", "Cold", "Cold", "Cold"),
        ("codes", "Work_pay", "Work & pay", "Work & pay"),
    ]


def test_a_refi_codebook_with_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.qdc").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', encoding="utf-8")
    with pytest.raises(InvalidInput, match="document type declaration"):
        import_framework(tmp_path / "bad.qdc")


def test_a_liwc_dictionary_is_read(tmp_path: Path) -> None:
    (tmp_path / "liwc.dic").write_text(
        "%\n1\tPosemo\n2\tHealth\n%\nhappi*\t1\nclinic*\t2\nwell\t1\t2\n", encoding="utf-8"
    )
    framework = import_framework(tmp_path / "liwc.dic")
    assert [(c.id, c.terms) for c in framework.codes] == [
        ("Posemo", ("=happi*", "=well")),
        ("Health", ("=clinic*", "=well")),
    ]


def test_a_quanteda_dictionary_is_read_with_its_levels(tmp_path: Path) -> None:
    text = "economy:\n  plus: [tax*, 'public spending']\n  minus:\n    - no\nlaw: [court]\n"
    (tmp_path / "q.yml").write_text(text, encoding="utf-8")
    framework = import_framework(tmp_path / "q.yml", "quanteda")
    assert [(c.theme, c.id, c.terms) for c in framework.codes] == [
        ("economy", "economy.plus", ("=tax*", "=(public spending)")),
        ("economy", "economy.minus", ("=no",)),
        ("dictionary", "law", ("=court",)),
    ]


def test_mistakes_in_a_table_are_told_by_row(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("theme,code,title,definition,weight\nt,a,,D,x\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="row 2: 'title' is empty"):
        import_framework(tmp_path / "t.csv")
    (tmp_path / "u.csv").write_text("theme,code\nt,a\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="column 'title' is missing"):
        import_framework(tmp_path / "u.csv")


def test_nothing_is_overwritten_and_unknown_endings_are_refused(tmp_path: Path) -> None:
    framework = replace(toolkit.load_framework("transformation"), title="T")
    path = export_framework(framework, tmp_path / "a.csv")
    with pytest.raises(OutputExists):
        export_framework(framework, path)
    with pytest.raises(InvalidInput, match=r"choose one of: \.yaml"):
        export_framework(framework, tmp_path / "a.txt")
