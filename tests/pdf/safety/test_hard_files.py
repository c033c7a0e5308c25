"""Every hostile file ends in a document or in a clear error; none of them costs another file."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from toolkit.errors import ReadingError
from toolkit.plans import load_plans
from toolkit.reading.opening import checked, metadata_of, open_pdf
from toolkit.reading.settings import ReadingSettings
from toolkit.reading.worker import read_plan, read_plans
from toolkit.records import Document, Page, Plan

WORDS = "We will reduce smoking in every neighbourhood."
PASSWORDS = {
    "aes-128": "foo", "aes-256": "foo", "rc4-128": "foo", "rc4-40": "foo", "aes-256-r6": "usersecret",
    "password-example": "test", "health_protected": "ownerpass",
    "005-libreoffice-writer-password__libreoffice-writer-password": "openpassword",
}  # fmt: skip


def _good(pages: int = 2) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for _ in range(pages):
        canvas.drawString(72, 700, WORDS)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _locked(user: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_good())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner="owner", R=6))
    return out.getvalue()


def _without_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    return out.getvalue()


def _page_with(content: bytes, filters: list[str]) -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    stream = pikepdf.Stream(pdf, b"")
    names = pikepdf.Array([pikepdf.Name(f) for f in filters])
    stream.write(content, filter=names)
    page.Contents = stream
    out = io.BytesIO()
    pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _bomb() -> bytes:
    """A stream of two gigabytes packed into two megabytes: one block, flushed so that it can be repeated."""
    pack = zlib.compressobj(9)
    head = pack.compress(b"") + pack.flush(zlib.Z_FULL_FLUSH)
    block = pack.compress(b" " * (1 << 24)) + pack.flush(zlib.Z_FULL_FLUSH)
    return _page_with(head + block * 128 + pack.flush(), ["/FlateDecode"])


def _nested_forms(depth: int = 9) -> bytes:
    """Forms that draw each other ten times over: a thousand million words to draw."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    inner = pikepdf.Stream(pdf, b"0 0 1 1 re f")
    for _ in range(depth):
        inner.stream_dict.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form})
        inner.stream_dict["/BBox"] = pikepdf.Array([0, 0, 595, 842])
        outer = pikepdf.Stream(pdf, b"/F Do " * 10)
        outer.stream_dict["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=pdf.make_indirect(inner)))
        inner = outer
    page.Contents = pdf.make_indirect(inner)
    page.Resources = inner.stream_dict["/Resources"]
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _loop() -> bytes:
    """A page tree whose only child is itself."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 3\n0000000000 65535 f \n"
    return body + head + table + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "good": (_good(), "read"),
    "junk_before": (b"HTTP/1.1 200 OK\r\n" * 100 + _good(), "read"),
    "no_table_of_objects": (_good().replace(b"startxref", b"startxxxx").replace(b"xref", b"xxxx"), "read"),
    "cut_off": (_good(30)[: len(_good(30)) // 2], "any"),
    "web_page": (b"\n<!DOCTYPE html><html><body>404 Not found</body></html>", "not_pdf"),
    "word_file": (b"PK\x03\x04" + bytes(200), "not_pdf"),
    "zero_bytes": (b"", "empty"),
    "nothing_but_nul": (bytes(5000), "broken"),
    "no_pages": (_without_pages(), "any"),
    "page_tree_loop": (_loop(), "any"),
    "locked": (_locked("secret"), "encrypted"),
    "owner_locked": (_locked(""), "read"),
}
SLOW = {"bomb": _bomb, "nested_forms": _nested_forms}


def _kind(outcome: Document | ReadingError) -> str:
    return "read" if isinstance(outcome, Document) else outcome.kind


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document | ReadingError]:
    folder = tmp_path_factory.mktemp("hostile")
    for name, (content, _) in HOSTILE.items():
        (folder / f"{name}.pdf").write_bytes(content)
    for name, make in SLOW.items():
        (folder / f"{name}.pdf").write_bytes(make())
    return {plan.plan_id: outcome for plan, outcome in read_plans(load_plans(folder), silence=6)}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_ends_as_it_should(outcomes: dict[str, Document | ReadingError], name: str) -> None:
    wanted = HOSTILE[name][1]
    assert _kind(outcomes[name]) in ({"read", "broken", "empty"} if wanted == "any" else {wanted})


@pytest.mark.parametrize("name", ["good", "junk_before", "no_table_of_objects", "owner_locked"])
def test_the_words_of_a_mended_file_are_all_there(outcomes: dict[str, Document | ReadingError], name: str) -> None:
    found = outcomes[name]
    assert isinstance(found, Document)
    assert [p.text for p in found.content if p.page == 1][:1] == [WORDS]


def test_a_bomb_is_stopped_by_the_limits_and_never_reads_as_an_empty_plan(
    outcomes: dict[str, Document | ReadingError],
) -> None:
    for name in SLOW:
        found = outcomes[name]
        if isinstance(found, ReadingError):
            assert found.kind in {"crashed", "timeout", "too_large", "broken"}
        else:
            assert all(page.source == "none" or page.text for page in found.pages)


@pytest.mark.parametrize("name", ["junk_before", "cut_off"])
def test_damage_that_may_have_cost_pages_is_a_problem(outcomes: dict[str, Document | ReadingError], name: str) -> None:
    found = outcomes[name]
    assert isinstance(found, Document)
    assert [p.kind for p in found.problems if p.page is None] == ["damaged"]


def test_a_whole_file_has_no_problem(outcomes: dict[str, Document | ReadingError]) -> None:
    found = outcomes["good"]
    assert isinstance(found, Document)
    assert found.problems == ()


def test_every_error_says_what_can_be_done(outcomes: dict[str, Document | ReadingError]) -> None:
    failed = [o for o in outcomes.values() if isinstance(o, ReadingError)]
    assert len(failed) >= 5
    assert all(error.remedy and error.message.endswith(".") for error in failed)


def test_the_right_password_opens_and_a_wrong_one_says_so(tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(_locked("secret"))
    assert len(read_plan(file, password="secret", cache=None).pages) == 2
    with pytest.raises(ReadingError, match="the password does not open"):
        read_plan(file, password="wrong", cache=None)
    with pytest.raises(ReadingError, match="needs a password"):
        read_plan(file, cache=None)


def test_a_file_that_went_away_is_an_error_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(_good())
    (plan,) = load_plans(file)
    file.unlink()
    ((_, found),) = read_plans([plan])
    assert _kind(found) == "missing"


def test_a_page_of_half_a_million_characters_is_no_page_of_a_plan() -> None:
    plan = Plan(plan_id="crowded", path="x.pdf", sha256="0", title="T")
    facts: dict[str, Any] = {"width": 1, "height": 1, "words": (), "source": "text", "confidence": 1.0}
    page = Page(number=1, text="x" * 500_000, order="stream", order_confidence=1.0, **facts)
    whole = Document(plan=plan, pages=(page,), passages=())
    assert checked(whole) == whole
    with pytest.raises(ReadingError, match="page 1 has 500001 characters; the limit is 500000"):
        checked(replace(whole, pages=(replace(page, text="x" * 500_001),)))


def test_an_open_document_tells_its_title(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "x.pdf"))
    canvas.setTitle("Our plan")
    canvas.showPage()
    canvas.save()
    document = open_pdf(tmp_path / "x.pdf")
    assert metadata_of(document)["Title"] == "Our plan"
    document.close()


def test_no_file_of_the_torture_folder_crashes_or_hangs_a_run(corpus: Path) -> None:
    plans = load_plans(corpus / "torture", recursive=True)
    opened = [replace(plan, password=PASSWORDS.get(plan.plan_id)) for plan in plans]
    found = read_plans(opened, settings=ReadingSettings(ocr=False), silence=20)
    kinds = {plan.plan_id: _kind(outcome) for plan, outcome in found}
    assert len(kinds) == 135
    assert set(kinds.values()) <= {"read", "encrypted", "broken", "empty"}
    assert [kinds[name] for name in sorted(kinds) if name in PASSWORDS] == ["read"] * len(PASSWORDS)
    assert sum(kind == "read" for kind in kinds.values()) >= 122
