"""Read sample texts to try a codebook on."""

from __future__ import annotations

from pathlib import Path

from toolkit.errors import InvalidInput

_PLAIN = (".txt", ".md")


def read_texts(path: Path) -> list[str]:
    """Return the texts of a file or folder: paragraphs of .txt and .md files, the `text` column of .csv files.

    Raises InvalidInput when there is none.
    """
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    texts = [text for file in files for text in _texts(file) if text.strip()]
    if not texts:
        raise InvalidInput(path, ["no text found; give .txt or .md files, or a .csv file with a column 'text'"])
    return texts


def _texts(file: Path) -> list[str]:
    if file.suffix.lower() in _PLAIN:
        return file.read_text(encoding="utf-8", errors="replace").split("\n\n")
    if file.suffix.lower() == ".csv":
        import pandas as pd

        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        return table["text"].tolist() if "text" in table.columns else []
    return []
