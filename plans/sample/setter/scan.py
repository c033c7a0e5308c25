"""Make a scan of a set plan: every page an image, a little askew, grey and noisy, with no text behind it."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from .pages import NOTICE


def scanned(pdf: bytes, choices: dict[str, Any]) -> bytes:
    """Return a PDF of page images; `choices` are dpi, degrees of skew, noise (grey levels) and JPEG quality."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    meta = document.get_metadata_dict()
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=0, invariant=1)
    canvas.setTitle(meta["Title"])
    canvas.setAuthor(meta["Author"])
    canvas.setSubject(NOTICE)
    canvas.setKeywords(meta["Keywords"])
    canvas.setCreator(meta["Creator"])
    for index in range(len(document)):
        page = document[index]
        size = page.get_size()
        image = page.render(scale=choices["dpi"] / 72, grayscale=True).to_pil()
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(_worn(image, index, choices)), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    document.close()
    return target.getvalue()


def _worn(image: Any, index: int, choices: dict[str, Any]) -> io.BytesIO:
    """Return the JPEG of a page turned by a little, with seeded noise; pages lean to alternate sides."""
    import numpy as np
    from PIL import Image

    turned = image.convert("L").rotate((-1) ** index * choices["skew"], Image.Resampling.BICUBIC, fillcolor=248)
    noise = np.random.default_rng(index).normal(0, choices["noise"], (turned.height, turned.width))
    grey = np.clip(np.asarray(turned, dtype=float) * 0.97 + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "JPEG", quality=choices["quality"])
    out.seek(0)
    return out
