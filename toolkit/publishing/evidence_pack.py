"""Each plan's PDF with its codings as native highlights, bookmarks by theme, code and page, and a scorecard in front.

    write_evidence(results, directory) -> paths     evidence/PLAN.pdf, and evidence/skipped.csv when a plan has none
    annotated(results, plan_id) -> bytes            one plan alone

The plan's pages keep their content; notes are added to them. A plan whose file is missing, has changed since it was
read, or does not open is skipped and named: highlights on another file would be wrong.
"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from toolkit.errors import ReadingError, UnknownName
from toolkit.publishing.files import write_bytes
from toolkit.publishing.labels import LEVELS
from toolkit.publishing.originals import Unusable, original
from toolkit.publishing.progress import Progress
from toolkit.publishing.quotes import rows_of, whole_quote
from toolkit.publishing.scorecard import scorecard, theme_colours
from toolkit.publishing.tables import csv_bytes
from toolkit.records import Problem, Results, share_text
from toolkit.schema import problem_row, table

EVIDENCE, SKIPPED = "evidence", "skipped.csv"
_FAINT = 0.2  # opacity of a second highlight on the same words


def write_evidence(results: Results, directory: str | Path, *, progress: Progress | None = None) -> tuple[Path, ...]:
    """Return the paths written: a PDF per plan in evidence/, and skipped.csv (as `problems`) when some have none."""
    folder = Path(directory) / EVIDENCE
    written, skipped = [], []
    plans = rows_of(results.plans)
    for done, plan in enumerate(plans):
        path = folder / f"{plan['plan_id']}.pdf"
        try:
            written.append(write_bytes(path, annotated(results, plan["plan_id"])))
        except ReadingError as error:
            path.unlink(missing_ok=True)  # of an earlier run
            skipped.append(error)
        if progress:
            progress("evidence", done + 1, len(plans))
    (folder / SKIPPED).unlink(missing_ok=True)
    if skipped:
        written.append(write_bytes(folder / SKIPPED, csv_bytes(table("problems", [_problem(e) for e in skipped]))))
    return tuple(written)


def _problem(error: ReadingError) -> dict[str, Any]:
    return problem_row(
        Problem(plan_id=error.plan_id, stage="publish", kind=error.kind, message=error.message, remedy=error.remedy)
    )


def annotated(results: Results, plan_id: str) -> bytes:
    """Return a plan's PDF with scorecard, highlights and bookmarks.

    ReadingError says why it can not be had (failed, missing, changed, closed, damaged); UnknownName lists the plans.
    """
    plans = {p["plan_id"]: p for p in rows_of(results.plans)}
    if plan_id not in plans:
        raise UnknownName("plan", plan_id, plans)
    plan = plans[plan_id]
    if plan["status"] == "failed":
        raise ReadingError(plan_id, "failed", "The plan could not be read, so there is no evidence.")
    found = original(plan)
    if isinstance(found, Unusable):
        raise ReadingError(plan_id, found.kind, found.message, found.remedy)
    with _quiet():
        return _written(results, plan, found)


def _written(results: Results, plan: Mapping[str, Any], data: bytes) -> bytes:
    from pypdf import PdfReader

    writer = _writer(plan["plan_id"], data)
    rows = rows_of(results.evidence[results.evidence["plan_id"] == plan["plan_id"]])
    codes = {(c["framework"], c["code"]): c for c in rows_of(results.codes)}
    colours, marked = theme_colours(results), set[tuple[Any, ...]]()
    for row in rows:
        code = codes[row["framework"], row["code"]]
        _highlight(writer, row, code, colours[row["framework"], code["theme"]], marked)
    front = PdfReader(io.BytesIO(scorecard(results, plan)))
    if len(front.pages) > 1:
        front = PdfReader(io.BytesIO(scorecard(results, plan, len(front.pages))))
    for place, page in enumerate(front.pages):
        writer.insert_page(page, place)
    _label_pages(writer, len(front.pages))
    _bookmarks(writer, rows, codes, len(front.pages))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _writer(plan_id: str, data: bytes) -> Any:
    """Return a writer that holds the whole plan; an encrypted or bent file is straightened first."""
    import pikepdf
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if not reader.is_encrypted:
            return PdfWriter(clone_from=reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        pass
    straight = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(straight, deterministic_id=True)
        return PdfWriter(clone_from=io.BytesIO(straight.getvalue()))
    except (pikepdf.PdfError, PyPdfError) as error:
        raise ReadingError(plan_id, "damaged", f"Notes can not be added to the file ({error}).") from error


def _highlight(
    writer: Any, row: Mapping[str, Any], code: Mapping[str, Any], colour: str, marked: set[tuple[Any, ...]]
) -> None:
    """Add a note on each page on which the coding stands; fainter where the words are in `marked` already."""
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject, NameObject, TextStringObject

    boxes: dict[int, list[Sequence[float]]] = {}
    for page, *box in json.loads(row["boxes"]):
        boxes.setdefault(page, []).append(box)
    for page, own in boxes.items():
        quads = [quad(writer.pages[page - 1], box) for box in own]
        xs, ys = ([v for q in quads for v in q[i::2]] for i in (0, 1))
        note = Highlight(
            rect=(min(xs), min(ys), max(xs), max(ys)),
            quad_points=ArrayObject([FloatObject(round(v, 2)) for q in quads for v in q]),
            highlight_color=colour,
            printing=True,
        )
        facts = {"/Contents": _note(row, code), "/T": row["coder"], "/Subj": code["title"], "/NM": row["coding_id"]}
        note.update({NameObject(k): TextStringObject(v) for k, v in facts.items()})
        places = {(page, *box) for box in own}
        if places <= marked:  # several full colours on top of each other would hide the words
            note[NameObject("/CA")] = FloatObject(_FAINT)
        marked |= places
        writer.add_annotation(page - 1, note)


def _note(row: Mapping[str, Any], code: Mapping[str, Any]) -> str:
    strength = f"{row['strength']} {LEVELS[row['strength']]}" + (", equity focus" if row["equity"] else "")
    sure = share_text(row["confidence"], 1)
    return f"{code['title']} ({code['theme_title']})\nStrength: {strength}. {sure} sure.\n“{whole_quote(row)}”"


def quad(page: Any, box: Sequence[float]) -> tuple[float, ...]:
    """Return the QuadPoints of a box of the page as displayed: eight numbers of PDF space, upper corners first.

    `page` is a pypdf page; its crop box and rotation are taken into account.
    """
    media, crop = page.mediabox, page.cropbox
    left, right = max(float(media.left), float(crop.left)), min(float(media.right), float(crop.right))
    bottom, top = max(float(media.bottom), float(crop.bottom)), min(float(media.top), float(crop.top))
    if left >= right or bottom >= top:  # a crop box outside the page: viewers show the whole page
        left, bottom, right, top = (float(v) for v in media)
    x0, y0, x1, y1 = box

    def point(x: float, y: float) -> tuple[float, float]:
        match page.rotation // 90 % 4:
            case 0:
                return left + x, top - y
            case 1:
                return left + y, bottom + x
            case 2:
                return right - x, bottom + y
            case _:
                return right - y, top - x

    return (*point(x0, y0), *point(x1, y0), *point(x0, y1), *point(x1, y1))


def _label_pages(writer: Any, front: int) -> None:
    """Let viewers call the scorecard "Scorecard", and every page of the plan what they called it before."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

    root = writer.root_object
    before = root["/PageLabels"].get_object() if "/PageLabels" in root else {}
    if "/Kids" in before:
        return
    kept = list(before.get("/Nums", [])) or [NumberObject(0), DictionaryObject({NameObject("/S"): NameObject("/D")})]
    shifted = [NumberObject(int(v) + front) if n % 2 == 0 else v for n, v in enumerate(kept)]
    own = DictionaryObject({NameObject("/P"): TextStringObject("Scorecard")})
    nums = ArrayObject([NumberObject(0), own, *shifted])
    root[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): nums})


def _bookmarks(
    writer: Any, rows: Sequence[Mapping[str, Any]], codes: Mapping[tuple[str, str], Mapping[str, Any]], front: int
) -> None:
    """Add bookmarks behind the plan's own: evidence, then theme, code, and each page with its quotes counted."""
    writer.add_outline_item(title="Scorecard", page_number=0)
    top = writer.add_outline_item(title="Evidence", page_number=0)
    pages: dict[tuple[str, str], dict[int, int]] = {}
    for row in rows:
        own = pages.setdefault((row["framework"], row["code"]), {})
        own[row["page"]] = own.get(row["page"], 0) + 1
    parents: dict[tuple[str, str], Any] = {}
    for key, code in codes.items():
        if key in pages:
            first = min(pages[key]) - 1 + front
            theme = key[0], code["theme"]
            if theme not in parents:
                parents[theme] = writer.add_outline_item(title=code["theme_title"], page_number=first, parent=top)
            item = writer.add_outline_item(title=code["title"], page_number=first, parent=parents[theme])
            for page, number in sorted(pages[key].items()):
                title = f"Page {page}" + (f" ({number} quotes)" if number > 1 else "")
                writer.add_outline_item(title=title, page_number=page - 1 + front, parent=item)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks on bent files from the terminal: what matters is raised."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)
