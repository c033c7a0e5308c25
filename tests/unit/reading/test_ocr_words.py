"""Recognised words: united, measured, turned; and the test for pages that need OCR."""

from __future__ import annotations

import pytest

from toolkit.reading.ocr import needs_ocr, unread_pictures
from toolkit.reading.ocr_words import Recognised, mean_confidence, on_its_side, raw_words, turned, united
from toolkit.reading.raw import RawPage, RawWord
from toolkit.records import Box

LINE = (1, 1, 1)


def found(text: str, x: float, confidence: float = 0.9) -> Recognised:
    return Recognised(text, x, 100, x + 6 * len(text), 107.2, confidence, LINE)


def test_words_that_only_the_second_pass_sees_are_added() -> None:
    both = united([found("plan", 50)], [found("plan", 51), found("card", 200)])
    assert [w.text for w in both] == ["plan", "card"]


def test_a_much_surer_second_reading_replaces_the_first() -> None:
    both = united([found("p1an", 50, 0.4)], [found("plan", 50, 0.95)])
    assert [(w.text, w.confidence) for w in both] == [("plan", 0.95)]


def test_a_little_surer_second_reading_does_not() -> None:
    assert united([found("plan", 50, 0.8)], [found("p1an", 50, 0.9)])[0].text == "plan"


def test_confidence_is_weighted_by_word_length() -> None:
    assert mean_confidence([found("a", 0, 0.0), found("abc", 20, 1.0)]) == pytest.approx(0.75)
    assert mean_confidence([]) == 0.0


def test_capitals_of_7_2_points_are_10_point_type_on_their_baseline() -> None:
    (word,) = raw_words([found("HEALTH", 50)])
    assert (word.size, word.baseline) == (10.0, pytest.approx(107.2))


def test_a_hanging_letter_does_not_lower_the_baseline() -> None:
    hanging = Recognised("gap", 100, 102, 118, 109.3, 0.9, LINE)
    level, lower = raw_words([found("health", 50), hanging])
    assert lower.baseline == pytest.approx(level.baseline)


def test_the_words_of_a_line_stand_on_one_baseline() -> None:
    leaning = Recognised("plan", 100, 100.6, 124, 107.8, 0.9, LINE)
    assert len({word.baseline for word in raw_words([found("health", 50), leaning, found("board", 140)])}) == 1


def test_a_first_character_too_small_for_a_letter_is_a_bullet() -> None:
    dot = Recognised("e", 40, 102.5, 43, 105.5, 0.5, LINE)
    assert [word.text for word in raw_words([dot, found("health", 50), found("plan", 95)])] == ["•", "health", "plan"]
    letter = Recognised("e", 40, 102, 45.2, 107.2, 0.5, LINE)
    assert raw_words([letter, found("health", 50)])[0].text == "e"


def test_a_line_read_across_two_cards_has_the_bullets_and_type_of_each() -> None:
    second = [
        Recognised(text, x, 104, x + 9 * len(text), 114.8, 0.9, LINE) for text, x in (("Work", 300), ("and", 342))
    ]
    second.append(Recognised("skills", 376, 104, 430, 114.8, 0.9, LINE))
    dot = Recognised("e", 286, 108.5, 290, 112.5, 0.5, LINE)
    words = raw_words([*(found(text, x) for text, x in (("health", 50), ("plan", 92), ("board", 122))), dot, *second])
    assert [w.text for w in words] == ["health", "plan", "board", "•", "Work", "and", "skills"]
    assert words[0].size == 10
    assert words[-1].size == pytest.approx(15, abs=1)


@pytest.mark.parametrize(
    ("angle", "box"),
    [(90, Box(360, 10, 380, 50)), (180, Box(350, 560, 390, 580)), (270, Box(20, 550, 40, 590))],
)
def test_a_word_of_the_upright_page_is_put_back_where_it_is_displayed(angle: int, box: Box) -> None:
    word = RawWord("plan", Box(10, 20, 50, 40), 38, 10, False, False, "ocr", 0)
    (back,) = turned([word], angle, 400, 600)
    assert (back.box, back.angle) == (box, angle)


def test_words_higher_than_wide_stand_on_their_side() -> None:
    assert on_its_side([Recognised("health", 0, 0, 7, 40, 0.9, LINE)])
    assert not on_its_side([found("health", 0)])


def page(text: str, images: tuple[Box, ...] = (), unmapped: int = 0) -> RawPage:
    words = tuple(RawWord(t, Box(0, 0, 1, 1), 1, 10, False, False, "f", i) for i, t in enumerate(text.split()))
    return RawPage(number=1, width=600, height=800, words=words, images=images, unmapped=unmapped)


SCAN = (Box(0, 0, 600, 800),)
PROSE = "people in the most deprived areas wait longer for planned care than others do"


def test_a_picture_without_text_needs_ocr() -> None:
    assert needs_ocr(page("12", SCAN))


def test_a_page_of_text_over_a_picture_does_not() -> None:
    assert not needs_ocr(page(PROSE, SCAN))


def test_a_short_title_without_pictures_does_not() -> None:
    assert not needs_ocr(page("Our plan"))


def test_glyphs_without_unicode_need_ocr() -> None:
    assert needs_ocr(page("\ue001\ue002\ue003 \ufffd\ufffd\ufffd " * 8 + PROSE[:40]))
    assert needs_ocr(page(PROSE, unmapped=10))


def test_words_that_nobody_knows_need_ocr() -> None:
    assert needs_ocr(page(PROSE), unknown_words=0.9)


def test_a_large_picture_without_words_on_it_may_hold_some() -> None:
    card, logo, behind = Box(300, 0, 600, 400), Box(0, 700, 50, 750), SCAN[0]
    assert unread_pictures(page(PROSE, (card, logo, behind))) == (card,)
