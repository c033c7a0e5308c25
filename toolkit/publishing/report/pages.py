"""Pictures of the quoted pages, with the quotes marked, for readers without a PDF viewer."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.publishing.files import write_bytes
from toolkit.publishing.originals import Unusable, original
from toolkit.publishing.progress import Progress
from toolkit.publishing.quotes import rows_of
from toolkit.records import Results

PAGES = "report_pages"
_SCALE = 1.5  # pixels a point: 108 dots an inch
_MARKER = (255, 235, 59)


def write_pages(
    results: Results, directory: str | Path, *, progress: Progress | None = None
) -> dict[tuple[str, int], Path]:
    """Return the path of each picture by plan and page: report_pages/PLAN/p012.webp; pages without a quote have none.

    A plan whose file is missing, is not the one that was read, or does not open, has no pictures.
    """
    boxes: dict[tuple[str, int], set[tuple[float, ...]]] = {}
    for row in rows_of(results.evidence):
        for page, *box in json.loads(row["boxes"]):
            boxes.setdefault((row["plan_id"], page), set()).add(tuple(box))
    written: dict[tuple[str, int], Path] = {}
    plans = rows_of(results.plans)
    for done, plan in enumerate(plans):
        wanted = sorted(page for name, page in boxes if name == plan["plan_id"])
        found = original(plan) if wanted else None
        if found is not None and not isinstance(found, Unusable):
            marks = {page: sorted(boxes[plan["plan_id"], page]) for page in wanted}
            for page, data in _pictures(found, marks):
                path = Path(directory) / PAGES / plan["plan_id"] / f"p{page:03d}.webp"
                written[plan["plan_id"], page] = write_bytes(path, data)
        if progress:
            progress("page pictures", done + 1, len(plans))
    return written


def _pictures(pdf_bytes: bytes, marks: dict[int, list[tuple[float, ...]]]) -> Iterable[tuple[int, bytes]]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(pdf_bytes)
    try:
        for page, boxes in marks.items():
            yield page, _picture(pdf[page - 1], boxes)
    finally:
        pdf.close()


def _picture(page: Any, boxes: list[tuple[float, ...]]) -> bytes:
    """Return one page as WebP: what is marked is multiplied with the marker's colour, so that words stay black."""
    from PIL import Image, ImageChops, ImageDraw

    picture = page.render(scale=_SCALE).to_pil().convert("RGB")
    layer = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(layer)
    for box in boxes:
        pen.rectangle(tuple(_SCALE * v for v in box), fill=_MARKER)
    target = io.BytesIO()
    ImageChops.multiply(picture, layer).save(target, format="WEBP", quality=70, method=4)
    return target.getvalue()
