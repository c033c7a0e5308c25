"""Pages without usable text: recognised with Tesseract, a program of its own that is called and never linked.

The page is drawn at 200 dpi in grey. The usual pass loses all text on coloured boxes (measured: 0 of 32 % of a page of
stat cards), a second one with Sauvola's local threshold finds it; the words of both are united.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.errors import MissingExtra
from toolkit.reading.ocr_words import Recognised, mean_confidence, on_its_side, raw_words, turned, united
from toolkit.reading.raw import RawPage
from toolkit.reading.tesseract import orientation, recognise
from toolkit.records import Box

DPI = 200
MOST_PIXELS = 16_000_000  # larger pages are drawn at a lower resolution
TIME_LIMIT = 60.0  # seconds for one pass over one page
POOR = 0.6  # mean confidence below this: perhaps the page stands on its side
FEW_WORDS = 5
TINTED = 0.02  # share of middle greys: coloured boxes have more, black type on white has less

LARGE = 0.12  # share of the page: a picture of this size may hold words that matter
FEW_LETTERS = 30  # a page with fewer has no text worth the name
PICTURES = 0.2  # and if pictures cover more than this share of it, the text is in the pictures
FEW_MEANT = 0.5  # on a page with few letters: less letters and digits than this among its characters mean nothing
UNKNOWN = 0.7  # share of unknown words that tells a wrong encoding; foreign names and codes stay below it
ODD = 0.3  # share of characters without a meaning that makes a page unreadable

_HOW = (
    "Install it, then read the plans again. Linux: 'sudo apt install tesseract-ocr' (or 'dnf install tesseract'). "
    "macOS: 'brew install tesseract'. Windows: 'winget install UB-Mannheim.TesseractOCR', "
    "then open a new terminal so that 'tesseract' is on the PATH."
)


@cache
def available() -> bool:
    """Return whether the program `tesseract` can be called; looked up once."""
    return shutil.which("tesseract") is not None


def missing_message() -> str:
    """Return what to tell a reader whose pages need OCR when Tesseract is not there."""
    return f"Tesseract is not installed: pages that are pictures cannot be read. {_HOW}"


def needs_ocr(page: RawPage, unknown_words: float = 0.0) -> bool:
    """Return whether the text of a page is missing or without meaning.

    True for scans (few letters, pictures on the page), pages without any words (`ocr_page` finds out whether there is
    ink on them), fonts without Unicode (many characters that stand for nothing), and pages whose words are no words:
    `unknown_words` is the share that no word list knows, when that is known.
    """
    text = "".join(w.text for w in page.words)
    letters = sum(c.isalnum() for c in text)
    if letters < FEW_LETTERS:
        return not text or letters < FEW_MEANT * len(text) or _picture_share(page) > PICTURES
    odd = sum(_odd(c) for c in text) / len(text)
    return max(odd, page.unmapped / len(page.words)) > ODD or unknown_words > UNKNOWN


def unread_pictures(page: RawPage) -> tuple[Box, ...]:
    """Return the large pictures of a page that has text of its own, but none on them: they may hold words.

    Screenshots, scanned cards and charts are such pictures, photographs too; `ocr_page` finds out. Backgrounds with
    words on them are left out.
    """
    area = max(page.width * page.height, 1.0)
    large = [b for b in dict.fromkeys(page.images) if (b.x1 - b.x0) * (b.bottom - b.top) > LARGE * area]
    if not large:
        return ()
    middles = [((w.box.x0 + w.box.x1) / 2, (w.box.top + w.box.bottom) / 2) for w in page.words]
    return tuple(b for b in large if sum(_holds(b, x, y) for x, y in middles) < FEW_WORDS)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def has_ink(pdf_page: Any) -> bool:
    """Return whether an open pypdfium2 page shows anything at all; drawn small, so it costs little.

    A photograph on the page is looked at first, in an eighth of its size: PDFium decodes a scan in 0.2 s, JPEG's own
    reduction takes a tenth of that.
    """
    if any(_has_contrast(photo) for photo in _photographs(pdf_page)):
        return True
    width, height = pdf_page.get_size()
    return _has_contrast(pdf_page.render(scale=min(1.0, 800 / max(width, height, 1.0)), grayscale=True).to_pil())


def _photographs(pdf_page: Any) -> Iterator[Any]:
    """Yield the JPEG pictures that lie on the page, reduced; those that Pillow cannot read are left out."""
    from PIL import Image
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    left, bottom, right, top = pdf_page.get_bbox()
    for item in pdf_page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=1):
        x0, y0, x1, y1 = item.get_bounds()
        if item.get_filters() == ["DCTDecode"] and x0 < right and x1 > left and y0 < top and y1 > bottom:
            with contextlib.suppress(OSError, ValueError, Image.DecompressionBombError):
                photo = Image.open(io.BytesIO(bytes(item.get_data(decode_simple=False))))
                photo.draft("L", (photo.width // 8, photo.height // 8))
                photo.load()
                yield photo


def _has_contrast(image: Any) -> bool:
    darkest, lightest = image.convert("L").getextrema()
    return bool(lightest - darkest > 40)


def _odd(character: str) -> bool:
    """Return whether a character is a sign of a font without Unicode: no letter, or one of no European text."""
    code = ord(character)
    return (
        code == 0xFFFD
        or 0xE000 <= code <= 0xF8FF
        or code < 0x20
        or 0x7F <= code < 0xA0
        or 0x2400 <= code < 0x2600
        or code >= 0xF0000
    )


def _picture_share(page: RawPage) -> float:
    """Return the share of the page that pictures cover, those that overlap counted twice; at most 1."""
    covered = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in page.images)
    return min(1.0, covered / max(page.width * page.height, 1.0))


def ocr_page(pdf_page: Any, number: int, within: Sequence[Box] = ()) -> RawPage | None:
    """Return the page as Tesseract reads it, or None when it is blank, holds no words or takes too long.

    `pdf_page` is an open pypdfium2 page; with `within` only words in these boxes are kept. Boxes are points of the
    page as displayed, like those of the engine; `confidence` is the mean over the words, weighted by length (0-1). A
    page on its side is recognised upright, its words carry the angle. Raises MissingExtra without Tesseract.
    """
    if not has_ink(pdf_page):
        return None
    if not available():
        raise MissingExtra("Tesseract", _HOW)
    width, height = pdf_page.get_size()
    scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    image = pdf_page.render(scale=scale, grayscale=True).to_pil().convert("L")
    with tempfile.TemporaryDirectory(prefix="ics-plans-ocr-") as folder:
        words, angle = _recognised(image, Path(folder), round(72 * scale))
    placed = turned(raw_words([w.scaled(1 / scale) for w in words]), angle, width, height)
    kept = tuple(w for w in placed if not within or any(_in_middle(b, w.box) for b in within))
    if not kept:
        return None
    return RawPage(number=number, width=width, height=height, words=kept, confidence=mean_confidence(words))


def _in_middle(box: Box, word: Box) -> bool:
    return _holds(box, (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)


def _recognised(image: Any, folder: Path, dpi: int) -> tuple[list[Recognised], int]:
    """Return the words of the image, in its upright form, and the angle (clockwise) at which they are displayed."""
    best, angle = _pass(image, folder, dpi, 0), 0
    if len(best) < FEW_WORDS or mean_confidence(best) < POOR or on_its_side(best):
        for candidate in _angles(image, folder, dpi):
            found = _pass(image, folder, dpi, candidate)
            if on_its_side(best) or _worth(found) > 1.2 * _worth(best):
                best, angle = found, candidate
            if len(best) >= FEW_WORDS and mean_confidence(best) >= POOR and not on_its_side(best):
                break
    return united(best, _pass(image, folder, dpi, angle, local=True) if _tinted(image) else ()), angle


def _tinted(image: Any) -> bool:
    """Return whether enough of the page is neither white nor black for the usual pass to lose words on it."""
    counts = image.histogram()
    return bool(sum(counts[40:215]) > TINTED * sum(counts))


def _angles(image: Any, folder: Path, dpi: int) -> list[int]:
    """Return the angles to try, the one that Tesseract guesses first."""
    _save(image, folder / "page.pgm", 0)
    guess = orientation(folder / "page.pgm", dpi, TIME_LIMIT)
    return sorted((90, 270, 180), key=lambda a: (a != guess, a == 180))


def _pass(image: Any, folder: Path, dpi: int, angle: int, *, local: bool = False) -> list[Recognised]:
    """Return what one pass finds on the image turned upright, if its text is displayed at `angle`."""
    _save(image, folder / "page.pgm", angle)
    return recognise(folder / "page.pgm", dpi, TIME_LIMIT, local=local)


def _save(image: Any, path: Path, angle: int) -> None:
    # Pillow turns counter-clockwise: text displayed at 90 degrees clockwise comes upright.
    (image.rotate(angle, expand=True) if angle else image).save(path)


def _worth(words: list[Recognised]) -> float:
    return sum(w.confidence * len(w.text) for w in words if w.confidence >= POOR)
