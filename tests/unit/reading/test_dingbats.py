"""Fonts that have pictures for letters: their bullets come as letters."""

from __future__ import annotations

from toolkit.reading.engine import _private
from toolkit.reading.glyphs import cleaned, is_dingbats
from toolkit.reading.lines import is_marker


def test_a_letter_of_a_font_of_pictures_is_a_bullet() -> None:
    square = _private("n", "Wingdings-Regular")
    assert is_marker(square)
    assert cleaned(square, "Wingdings-Regular") == ("•", "bullet")


def test_words_and_greek_letters_stay_what_they_are() -> None:
    assert _private("plan", "ZapfDingbats") == "plan"
    assert _private("µ", "SymbolMT") == "µ"
    assert not is_dingbats("FrutigerLTStd-Light")
