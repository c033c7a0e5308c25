"""Damaged words come back as they were written; right words stay; everything that was changed can be undone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.reading.raw import RawWord
from toolkit.reading.repair import before, mend, mended
from toolkit.reading.vocabulary import Vocabulary
from toolkit.reading.wordlist import english
from toolkit.records import Box

LOST_L = "wil local y skil s pal iative Ful er al ocations fol owing col aborative intel igence clinical y"
LOST_FI = "bene ts con dence signi cant of ce ef cient bene cial pro le speci c re ect a ect o ers"
CLEAN = "we will improve health-related quality of life and reduce inequalities across all communities"


def _line(text: str, *, gap: float = 3, hyphen: bool = False, font: str = "Body") -> list[RawWord]:
    words: list[RawWord] = []
    x = 0.0
    for token in text.split(" "):
        if token:
            words.append(RawWord(token, Box(x, 0, x + 5 * len(token), 10), 8, 10, False, False, font, len(words)))
            x += 5 * len(token)
        x += gap
    return [*words[:-1], words[-1]._replace(hyphen=True)] if hyphen else words


def _vocabulary(*texts: str) -> Vocabulary:
    return Vocabulary.of(word for text in texts for word in _line(text))


def _read(lines: list[list[RawWord]], *document: str) -> str:
    vocabulary = _vocabulary(*document)
    return " ".join(word.text for word in mended(lines, mend(lines, vocabulary)))


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("people wil be treated", "people will be treated"),
        ("new skil s for al staff", "new skills for all staff"),
        ("pal iative care, local y,", "palliative care, locally,"),
        ("the Ful er Stocktake", "the Fuller Stocktake"),
        ("al ocations", "allocations"),
        ("living in il -health", "living in ill-health"),
        ("upskil ing multi-skil ed teams", "upskilling multi-skilled teams"),
    ],
)
def test_a_lost_l_is_put_back_where_the_document_loses_many(drawn: str, meant: str) -> None:
    assert _read([_line(drawn)], LOST_L) == meant


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("bene ts of o ering su cient sta time", "benefits of offering sufficient staff time"),
        ("e ective and ecient", "effective and efficient"),
        ("frst fnancial benefts", "first financial benefits"),
    ],
)
def test_a_lost_ligature_is_put_back_where_the_document_loses_many(drawn: str, meant: str) -> None:
    assert _read([_line(drawn)], LOST_FI) == meant


@pytest.mark.parametrize(
    "word", ["mal", "tal", "fulfil", "enrol", "Wil", "Hilary", "IL", "skilful", "we've", "Tel:", "organisation"]
)
def test_a_right_word_stays_even_where_letters_are_lost(word: str) -> None:
    assert _read([_line(f"for {word} example")], LOST_L, LOST_FI) in {f"for {word} example", "for Will example"}


def test_a_reference_to_other_authors_stays() -> None:
    assert _read([_line("Marmot et al 2020")], LOST_L) == "Marmot et al 2020"


def test_nothing_is_put_back_in_a_document_that_loses_nothing() -> None:
    drawn = "Mr Wil Al and the wil of al"
    assert _read([_line(drawn)], CLEAN) == drawn


@pytest.mark.parametrize(
    ("left", "right", "meant"),
    [
        ("inequal", "ities across", "inequalities across"),
        ("health", "related work", "health-related work"),
        ("North", "East", "North-East"),
        ("2019", "20", "2019-20"),
        ("co", "ordinated care", "co-ordinated care"),
        ("pre", "and post-natal", "pre- and post-natal"),
        ("multi", "disciplinary", "multidisciplinary"),
    ],
)
def test_a_hyphen_at_a_line_end_is_the_words_or_the_lines(left: str, right: str, meant: str) -> None:
    document = (CLEAN, "multidisciplinary teams")
    assert _read([_line(left, hyphen=True), _line(right)], *document) == meant
    assert _read([_line(left + "-"), _line(right)], *document) == meant


def test_the_document_decides_between_two_spellings() -> None:
    lines = [_line("well", hyphen=True), _line("being boards")]
    assert _read(lines, "wellbeing wellbeing well-being") == "wellbeing boards"
    assert _read(lines, "well-being and well-being") == "well-being boards"


def test_a_joined_word_knows_which_letters_stand_on_which_line() -> None:
    lines = [_line("reduce inequal", hyphen=True), _line("ities now")]
    (change,) = mend(lines, _vocabulary(CLEAN))
    assert (change.first, change.last, change.text) == (1, 3, "inequalities")
    assert change.parts == ((1, 0, 7), (2, 7, 12))
    assert before(lines, change) == "inequal- ities"


def test_bullets_of_symbol_fonts_become_bullets() -> None:
    assert _read([_line("\uf0b7 Improve access")], CLEAN) == "• Improve access"
    assert _read([_line("\uf0fcImprove access")], CLEAN) == "• Improve access"
    assert _read([_line("§", font="Wingdings"), _line("Improve")], CLEAN) == "• Improve"


def test_ligatures_soft_hyphens_and_doubled_glyphs_are_put_right() -> None:
    assert _read([_line("eﬃcient ﬁnance")], CLEAN) == "efficient finance"
    assert _read([_line("commun\u00adities informaƟon")], CLEAN) == "communities information"
    assert _read([_line("HHeeaalltthh ssttrraatteeggyy")], CLEAN) == "Health strategy"


def test_letters_that_a_broken_font_changed_are_learnt_from_the_document() -> None:
    document = "Ţith respect to the netŢork and highŢay ōcauses and ōsocial ApproachŎ? and GenerationalŎ"
    assert (
        _read([_line("a Ţell ōknown approachŎ, notŢithstanding")], document)
        == "a well “known approach”, notwithstanding"
    )
    assert _read([_line("Tŷ Ţ café Łukasz")], document) == "Tŷ w café Łukasz"
    assert _read([_line("Łukasz of the Ţith")], CLEAN) == "Łukasz of the Ţith"


def test_a_word_drawn_twice_in_one_place_is_read_once() -> None:
    line = _line("Health plan")
    twice = [line[0], line[0]._replace(box=Box(0.3, 0, 30.3, 10)), line[1]]
    assert _read([twice], CLEAN) == "Health plan"
    assert _read([_line("that that")], CLEAN) == "that that"


def test_a_heading_set_letter_by_letter_is_read_as_words() -> None:
    assert _read([_line("H E A L T H   P L A N")], CLEAN) == "HEALTH PLAN"
    assert _read([_line("A B C D E")], CLEAN) == "A B C D E"


def test_the_share_of_unknown_words_tells_damaged_pages() -> None:
    vocabulary = _vocabulary(CLEAN)
    assert vocabulary.unknown_share(CLEAN.split()) == 0
    misspelt = ["teh", "qick", "brwon", "fxo", "jmups", "ovre", "hte", "lzay", "dgo", "agian"]
    assert vocabulary.unknown_share(misspelt) == 1
    assert vocabulary.unknown_share(["teh"]) == 0  # too few to tell


def test_a_broken_word_at_the_end_of_a_block_keeps_its_printed_hyphen() -> None:
    assert _read([_line("some inequal", hyphen=True)], CLEAN) == "some inequal-"


_WORDS = sorted(w for w, band in english().bands.items() if band >= 5 and len(w) > 1)
_sentences = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(_sentences)
def test_a_right_text_is_never_changed_whatever_the_document_loses(words: list[str]) -> None:
    lines = [_line(" ".join(words))]
    assert mend(lines, _vocabulary(LOST_L, LOST_FI)) == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=12), max_size=20))
def test_whatever_is_drawn_the_changes_are_in_order_and_account_for_every_word(tokens: list[str]) -> None:
    words = [
        RawWord(t, Box(i, 0, i + 1, 9), 8, 9, False, False, "F", i, hyphen=i % 3 == 0) for i, t in enumerate(tokens)
    ]
    lines = [words[:7], words[7:]]
    changes = mend(lines, Vocabulary.of(words))
    assert all(a.last <= b.first for a, b in pairwise(changes))
    result = mended(lines, changes)
    assert [p.word for w in result for p in w.parts] == list(range(len(words)))
    for word in result:
        assert [p.start for p in word.parts] == [0, *(p.end for p in word.parts[:-1])]
        assert word.parts[-1].end == len(word.text)


@settings(max_examples=60, deadline=None)
@given(_sentences)
def test_the_original_can_be_rebuilt_from_the_changes(words: list[str]) -> None:
    drawn = " ".join(words).replace("ll", "l ").replace("  ", " ")
    lines = [_line(drawn)]
    changes = mend(lines, _vocabulary(LOST_L))
    starts = {change.first: before(lines, change) for change in changes}
    rebuilt = [starts.get(w.parts[0].word, w.text) if w.kind else w.text for w in mended(lines, changes)]
    assert " ".join(rebuilt).split() == drawn.split()


def test_the_word_list_knows_both_spellings_and_the_words_of_the_field() -> None:
    listed = english()
    known = ["organisation", "organization", "neighbourhood", "paediatric", "programme", "wellbeing", "multimorbidity"]
    assert [word for word in known if not listed.knows(word)] == []
    assert listed.knows("co-produced") and listed.knows("carer's") and listed.knows("Sussex") and listed.knows("ICB")
    assert [word for word in ["wil", "al", "ful", "skil", "iative", "sussex"] if listed.knows(word)] == []
    assert listed.band("will") > listed.band("allergen") > 0
