"""From a folder or a manifest to plans."""

from __future__ import annotations

from pathlib import Path

import pytest

import toolkit
from toolkit.errors import InvalidInput, MissingFile
from toolkit.plans import load_plans


def _pdf(path: Path, content: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.4\n" + (content or path.name).encode())
    return path


def _manifest(
    folder: Path, *rows: str, header: str = "plan_id,path,ics_code,ics_name,kind,year_start,year_end"
) -> Path:
    file = folder / "manifest.csv"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    return file


def _problems(source: Path) -> tuple[str, ...]:
    with pytest.raises(InvalidInput) as caught:
        load_plans(source)
    return caught.value.problems


def test_the_front_door_loads_plans() -> None:
    assert toolkit.load_plans is load_plans


def test_a_folder_gives_its_pdfs_sorted_and_leaves_hidden_files_and_subfolders(tmp_path: Path) -> None:
    for name in ("b.pdf", "A.PDF", "._b.pdf", "deep/c.pdf"):
        _pdf(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no plan")
    assert [p.plan_id for p in load_plans(tmp_path)] == ["a", "b"]
    assert [p.plan_id for p in load_plans(tmp_path, recursive=True)] == ["a", "b", "c"]


def test_the_hash_is_that_of_the_content(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"abc")
    assert load_plans(file)[0].sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_files_of_the_same_name_get_ids_of_their_own(tmp_path: Path) -> None:
    files = [_pdf(tmp_path / name, name) for name in ("x/plan.pdf", "y/plan.pdf", "my plan.pdf", "my-plan.pdf")]
    assert [p.plan_id for p in load_plans(files)] == ["x-plan", "y-plan", *_twins(tmp_path)]


def _twins(folder: Path) -> list[str]:
    stem = f"{folder.name.lower()}-my-plan"
    return [stem, f"{stem}-2"]


def test_the_same_content_twice_is_refused(tmp_path: Path) -> None:
    _pdf(tmp_path / "a.pdf", "same"), _pdf(tmp_path / "b.pdf", "same")
    assert "the same content as" in _problems(tmp_path)[0]


def test_a_mistyped_path_names_the_nearest_file(tmp_path: Path) -> None:
    _pdf(tmp_path / "sussex.pdf")
    with pytest.raises(MissingFile, match=r"Did you mean 'sussex[.]pdf'"):
        load_plans(tmp_path / "susex.pdf")


def test_a_folder_without_pdfs_says_where_they_are(tmp_path: Path) -> None:
    _pdf(tmp_path / "deep" / "a.pdf")
    assert "recursive=True" in _problems(tmp_path)[0]


def test_a_manifest_states_facts_and_keeps_the_order_of_its_rows(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf"), _pdf(tmp_path / "two.pdf")
    _manifest(tmp_path, "z,two.pdf,qe1,,joint_forward_plan,2023,2028.0", "a,one.pdf,,NHS Sussex,other,,")
    z, a = load_plans(tmp_path)
    assert (z.plan_id, z.ics_code, z.ics_name) == ("z", "QE1", "Lancashire and South Cumbria")
    assert (z.kind, z.year_start, z.year_end) == ("joint_forward_plan", 2023, 2028)
    assert (a.ics_code, a.ics_name, a.kind, a.year_start) == ("QNX", "Sussex", "other", None)
    assert [g.field for g in z.guesses] == ["title"]


def test_ons_codes_are_understood(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf")
    _manifest(tmp_path, "a,one.pdf,E54000064,,,,")
    assert load_plans(tmp_path)[0].ics_code == "QNX"


def test_every_problem_of_a_manifest_is_named_at_once_with_its_row(tmp_path: Path) -> None:
    _pdf(tmp_path / "sussex.pdf", "same"), _pdf(tmp_path / "copy.pdf", "same")
    _manifest(
        tmp_path,
        "a,susex.pdf,,,,,",
        "b,sussex.pdf,QZZ,,,,",
        "B,copy.pdf,,Susex,jont_forward_plan,20x3,",
        "c d,copy.pdf,,SY,,2028,2023",
    )
    found = "\n".join(_problems(tmp_path / "manifest.csv"))
    for wanted in (
        "row 2: file 'susex.pdf' not found. Did you mean 'sussex.pdf'?",
        "row 3: ics_code 'QZZ' is unknown. Nearest: ",
        "row 4: ics_name 'Susex' is unknown. Nearest: Sussex (QNX)",
        "row 4: kind 'jont_forward_plan' is unknown. Did you mean 'joint_forward_plan'?",
        "row 4: year_start '20x3' is not a year",
        "row 4: plan_id 'B' is already that of row 3",
        "row 4: the same content as row 3",
        "row 5: plan_id 'c d' must be made of",
        "row 5: ics_name 'SY' is too short or may mean several",
        "row 5: year_end 2023 is before year_start 2028",
    ):
        assert wanted in found


def test_a_system_outside_the_42_is_named_with_a_code_of_its_own(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf")
    file = _manifest(tmp_path, "a,one.pdf,own-x1,Thames Valley,,,")
    (plan,) = load_plans(file)
    assert (plan.ics_code, plan.ics_name) == ("OWN-X1", "Thames Valley")
    _manifest(tmp_path, "a,one.pdf,OWN-X1,,,,")
    assert "For an ICS outside the 42 write OWN-... and its name" in _problems(file)[0]


def test_code_and_name_of_different_systems_are_a_problem(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf")
    _manifest(tmp_path, "a,one.pdf,QE1,Sussex,,,")
    assert (
        _problems(tmp_path)[0]
        == "row 2: ics_code 'QE1' is Lancashire and South Cumbria, but ics_name says 'Sussex' (QNX)"
    )


def test_a_misspelt_column_is_a_problem_and_a_users_own_column_is_not(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf")
    _manifest(tmp_path, "a,one.pdf,2023,x", header="plan_id,path,year_strat,population")
    assert _problems(tmp_path) == ("row 1: column 'year_strat' is unknown. Did you mean 'year_start'?",)
    _manifest(tmp_path, "a,one.pdf,x", header="plan_id,path,population")
    assert load_plans(tmp_path)[0].plan_id == "a"


def test_a_pdf_in_the_folder_that_the_manifest_forgets_is_a_problem(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf"), _pdf(tmp_path / "two.pdf")
    file = _manifest(tmp_path, "a,one.pdf,,,,,")
    assert _problems(tmp_path) == ("'two.pdf' has no row. Add one (include = no leaves it out)",)
    assert [p.plan_id for p in load_plans(file)] == ["a"]


def test_spreadsheet_exports_with_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf")
    (tmp_path / "manifest.csv").write_bytes(
        "\ufeffPlan_ID;Path;include\r\na;one.pdf;\r\n;;\r\nb;gone.pdf;no\r\n".encode()
    )
    assert [p.plan_id for p in load_plans(tmp_path)] == ["a"]


def test_a_manifest_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_bytes("plan_id,path,title\na,b.pdf,2023\x9628".encode("latin-1"))
    assert "CSV UTF-8" in _problems(tmp_path)[0]


def test_the_password_of_a_row_comes_before_the_general_one_and_stays_out_of_sight(tmp_path: Path) -> None:
    _pdf(tmp_path / "one.pdf"), _pdf(tmp_path / "two.pdf")
    _manifest(tmp_path, "a,one.pdf,secret", "b,two.pdf,", header="plan_id,path,password")
    plans = load_plans(tmp_path, password="general")
    assert [p.password for p in plans] == ["secret", "general"]
    assert "secret" not in repr(plans)
