"""Pages whose fonts say the wrong letters are shown to a person."""

from __future__ import annotations

from tests.unit.reading.drawn import Sheet
from tests.unit.reading.test_reading_order import PLAN
from toolkit.reading.assemble import document_of
from toolkit.reading.pages import Seen
from toolkit.reading.raw import RawPage
from toolkit.reading.vocabulary import Vocabulary


def kinds_of_problems(*lines: str) -> list[str]:
    page = Sheet().write(50, 100, *lines).page()
    vocabulary = Vocabulary.of(page.words)
    unknown = [vocabulary.unknown_share([word.text for word in page.words])]
    seen = Seen(pages=[page], sources=["text"], vocabulary=vocabulary, unknown=unknown, bookmarks={})
    return [problem.kind for problem in document_of(PLAN, seen).problems]


def test_quotation_marks_in_place_of_letters_are_listed() -> None:
    assert kinds_of_problems("I wan“ed “o do some“hing for my weigh“ and the", "Strate’ic plan of the county.") == [
        "text_damaged"
    ]


def test_quotes_and_apostrophes_are_not() -> None:
    assert (
        kinds_of_problems("“We can’t,” said the county’s board of ‘it’s", "they’re’ zzqx zzqy zzqz, and didn’t.") == []
    )


def test_what_was_thrown_away_is_not_unknown() -> None:
    page = RawPage(number=1, width=595, height=842, words=())
    seen = Seen(pages=[page], sources=["none"], vocabulary=Vocabulary.of(()), unknown=[0.9], bookmarks={})
    (read,) = document_of(PLAN, seen).pages
    assert read.unknown_words == 0
