"""Tables found on pages made by hand: words, lines and fills with known places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from toolkit.reading.grid import TableGrid, cell_text
from toolkit.reading.raw import Fill, RawPage, RawWord, Ruling
from toolkit.reading.tables import find_tables, tables_of_pages
from toolkit.reading.turning import turned_box
from toolkit.records import Box

GREY = (200, 200, 200)


def word(text: str, x: float, y: float, *, bold: bool = False) -> RawWord:
    """A 10-point word whose baseline is at y; every letter is 5 points wide."""
    return RawWord(text, Box(x, y - 8, x + 5 * len(text), y + 2), y, 10, bold, False, "font", 0)


def sentence(text: str, x: float, y: float) -> list[RawWord]:
    words = []
    for part in text.split():
        words.append(word(part, x, y))
        x += 5 * len(part) + 3
    return words


def page(
    words: Sequence[RawWord], rulings: Sequence[Ruling] = (), fills: Sequence[Fill] = (), number: int = 1
) -> RawPage:
    return RawPage(number=number, width=600, height=800, words=tuple(words), rulings=tuple(rulings), fills=tuple(fills))


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Ruling]:
    return [Ruling(xs[0], y, xs[-1], y) for y in ys] + [Ruling(x, ys[0], x, ys[-1]) for x in xs]


def texts(page: RawPage, table: TableGrid) -> list[list[str]]:
    return [[cell_text(page.words, c) for c in row] for row in table.rows]


ROWS = [["Area", "2019", "2020"], ["Adur", "12", "15"], ["Arun", "7", "9"]]
XS, YS = (50, 150, 250, 350), (100, 120, 140, 160)


def filled(rows: Sequence[Sequence[str]] = ROWS, top: float = 100, *, bold_head: bool = False) -> list[RawWord]:
    return [
        word(text, 55 + 100 * c, top + 14 + 20 * r, bold=bold_head and r == 0)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]


def test_a_ruled_table_gives_its_cells_in_rows_and_columns() -> None:
    here = page(filled(), grid(XS, YS))
    (table,) = find_tables(here)
    assert texts(here, table) == ROWS
    assert table.box == Box(50, 100, 350, 160)


def test_a_cell_that_spans_two_columns_stands_once() -> None:
    words = [w for w in filled() if w.text != "2020"]
    rulings = [r for r in grid(XS, YS) if r.x0 != 250] + [Ruling(250, 120, 250, 160)]
    (table,) = find_tables(page(words, rulings))
    assert [(c.column, c.span) for c in table.rows[0]] == [(0, (1, 1)), (1, (1, 2))]


def test_missing_side_borders_are_added() -> None:
    here = page(filled(), [r for r in grid(XS, YS) if r.x0 not in (50, 350) or r.top == r.bottom])
    (table,) = find_tables(here)
    assert texts(here, table) == ROWS


def test_cells_drawn_as_fills_with_white_between_make_a_table() -> None:
    fills = [
        Fill(Box(XS[c] + 0.5, YS[r] + 0.5, XS[c + 1] - 0.5, YS[r + 1] - 0.5), GREY) for r in range(3) for c in range(3)
    ]
    here = page(filled(), fills=fills)
    assert texts(here, find_tables(here)[0]) == ROWS


def test_shading_behind_the_words_of_a_cell_does_not_cut_it() -> None:
    fills = [Fill(Box(54, 104, 90, 117), GREY), Fill(Box(154, 124, 190, 131), GREY)]
    here = page(filled(), grid(XS, YS), fills)
    assert texts(here, find_tables(here)[0]) == ROWS


def test_rows_between_rules_across_take_their_columns_from_the_words() -> None:
    here = page(filled(), [Ruling(50, y, 350, y) for y in YS])
    assert texts(here, find_tables(here)[0]) == ROWS


def test_figures_under_figures_make_a_table_without_any_line() -> None:
    here = page(filled([*ROWS[1:], ["Mid", "4", "8"]]))
    assert texts(here, find_tables(here)[0]) == [["Adur", "12", "15"], ["Arun", "7", "9"], ["Mid", "4", "8"]]


def test_a_list_of_contents_is_no_table() -> None:
    contents = [["Foreword", "", "3"], ["Aims", "", "5"], ["Actions", "", "12"], ["Annex", "", "40"]]
    assert find_tables(page(filled(contents))) == ()


def test_two_columns_of_prose_in_a_frame_are_no_table() -> None:
    line = "health and care for all of us here"
    words = [w for y in range(120, 400, 12) for x in (60, 310) for w in sentence(line, x, y)]
    frame = grid((50, 300, 550), (100, 420))
    assert find_tables(page(words, frame)) == ()


def test_cards_with_gaps_between_them_are_no_table() -> None:
    corners = [(50 + 170 * c, 100 + 120 * r) for r in range(3) for c in range(3)]
    fills = [Fill(Box(x, y, x + 150, y + 100), GREY) for x, y in corners]
    words = [w for x, y in corners for w in sentence("Better start in life", x + 10, y + 30)]
    assert find_tables(page(words, fills=fills)) == ()


def test_a_picture_of_single_words_in_boxes_has_no_second_column_and_is_no_table() -> None:
    words = [word("Start", 60, y) for y in (114, 134, 154)]
    assert find_tables(page(words, grid((50, 350), YS))) == ()


def test_a_bold_first_row_is_the_header() -> None:
    (table,) = find_tables(page(filled(bold_head=True), grid(XS, YS)))
    assert (table.header_rows, table.header) == (1, ("Area", "2019", "2020"))


def test_a_first_row_of_figures_is_no_header() -> None:
    (table,) = find_tables(page(filled([["Adur", "12", "15"], ["Arun", "7", "9"], ["Mid", "4", "8"]]), grid(XS, YS)))
    assert table.header_rows == 0


def _parts(second: Sequence[Sequence[str]], *, bold_head: bool) -> tuple[TableGrid, TableGrid]:
    first_ys, second_ys = (640, 660, 680, 700), (60, 80, 100, 120)
    first = page([*filled(top=640, bold_head=True), word("5", 300, 780)], grid(XS, first_ys))
    after = page([*filled(second, top=60, bold_head=bold_head), word("6", 300, 780)], grid(XS, second_ys), number=2)
    pages = tables_of_pages([first, after])
    return pages[0][0], pages[1][0]


def test_a_table_that_goes_on_overleaf_has_the_header_of_its_first_part() -> None:
    _, second = _parts([["Mid", "4", "8"], ["Sea", "5", "6"], ["Sum", "28", "38"]], bold_head=False)
    assert (second.continues, second.header_rows, second.header) == (True, 0, ("Area", "2019", "2020"))


def test_a_header_repeated_overleaf_is_known_as_the_same() -> None:
    _, second = _parts([*ROWS[:1], ["Mid", "4", "8"], ["Sum", "28", "38"]], bold_head=True)
    assert (second.continues, second.header_rows) == (True, 1)


def test_a_table_with_another_header_overleaf_is_a_table_of_its_own() -> None:
    _, second = _parts([["Age", "2019", "2020"], ["Mid", "4", "8"], ["Sum", "28", "38"]], bold_head=True)
    assert second.continues is False


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_table_on_its_side_is_read_as_by_someone_who_turns_the_page(angle: int) -> None:
    straight = page(filled(bold_head=True), grid(XS, YS))
    size = (800.0, 600.0) if angle != 180 else (600.0, 800.0)
    turned = replace(
        straight,
        width=size[0],
        height=size[1],
        words=tuple(w._replace(box=turned_box(w.box, angle, *size), angle=angle) for w in straight.words),
        rulings=tuple(Ruling(*turned_box(Box(*r), angle, *size)) for r in straight.rulings),
    )
    (table,) = find_tables(turned)
    assert texts(turned, table) == ROWS
    assert table.header == ("Area", "2019", "2020")
    assert table.box == turned_box(Box(50, 100, 350, 160), angle, *size)
