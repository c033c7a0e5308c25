"""Pages as designers set them, drawn by hand: narrow justified columns, initials, labels beside what they name."""

from __future__ import annotations

from tests.unit.reading.drawn import Sheet
from tests.unit.reading.test_reading_order import order_of, read

CLOSED = ("The partnership will open a new", "centre beside the old market hall.")


def justified(sheet: Sheet, left: float, right: float, y: float, *lines: str) -> Sheet:
    """Write lines that fill the column, the last one as it comes."""
    for line in lines[:-1]:
        words = line.split()
        widths = [5.0 * len(word) for word in words]
        space = (right - left - sum(widths)) / max(len(words) - 1, 1)
        for word, wide in zip(words, widths, strict=True):
            sheet.write(left, y, word)
            left += wide + space
        left, y = right - sum(widths) - space * (len(words) - 1), y + 12
    return sheet.write(left, y, lines[-1])


def test_a_line_of_justified_text_with_wide_spaces_is_one_line() -> None:
    page = justified(
        Sheet(),
        50,
        180,
        100,
        "One community integrated",
        "response, urgent",
        "with virtual wards as the",
        "upper tier of the service,",
        "and the teams that meet it",
        "every day.",
    )
    assert "One community integrated response, urgent with virtual wards as the upper tier" in read(page).text


def test_columns_drawn_across_are_not_taken_for_justified_lines() -> None:
    page = Sheet()
    for i, (left, right) in enumerate(
        [("we will open", "we have heard"), ("a new centre", "people say so"), ("in the spring", "many times now")]
    ):
        page.write(50, 100 + 12 * i, left).write(140, 100 + 12 * i, right)
    assert "we will open a new centre in the spring" in read(page).text


def test_the_large_number_of_a_card_stands_before_its_heading() -> None:
    page = Sheet().write(50, 120, "4", size=34).write(90, 104, "Home and work", size=11, bold=True)
    page.write(90, 120, "The team will visit people at home and", "ask them what they need to stay well.")
    assert order_of(read(page), "4", "Home and work", "The team") == sorted(
        order_of(read(page), "4", "Home and work", "The team")
    )
    assert "4 Home and work" in read(page).text


def test_a_drop_capital_is_the_first_letter_of_its_word() -> None:
    page = Sheet().write(50, 125, "T", size=34)
    page.write(
        70, 105, "he health of our county has grown over", "a generation, and yet it is not the same", "for all of us."
    )
    assert read(page).text.startswith("The health of our county")


def test_a_drop_capital_that_is_a_word_stays_one() -> None:
    page = Sheet().write(50, 125, "A", size=34)
    page.write(
        72,
        105,
        "strong start in life is what each of our",
        "children should have, wherever they live",
        "in the county.",
    )
    assert read(page).text.startswith("A strong start")
    page = Sheet().write(50, 125, "A", size=34)
    page.write(
        72, 105, "cross the county people told us what", "they would like to see in their own", "streets and towns."
    )
    assert read(page).text.startswith("Across the county")


def _rows(sheet: Sheet, boxed: bool) -> Sheet:
    """Draw three rows: a label in the middle of a box, and beside it text that begins above the label."""
    for i, name in enumerate(("Housing", "Work", "Travel")):
        top = 100 + 110 * i
        sheet.fill(40, top, 150, top + 100).write(50, top + 54, name, size=13, bold=True)
        if boxed:
            sheet.fill(155, top, 560, top + 100)
        for j in range(3):
            sheet.write(170, top + 20 + 30 * j, f"We will go on with step {j + 1} of the plan for {name.lower()} now.")
    return sheet


def test_labels_in_boxes_are_read_with_the_boxes_beside_them() -> None:
    places = order_of(read(_rows(Sheet(), True)), "Housing", "housing now", "Work", "work now", "Travel", "travel now")
    assert places == sorted(places)


def test_labels_in_boxes_are_read_with_the_text_beside_them() -> None:
    places = order_of(read(_rows(Sheet(), False)), "Housing", "housing now", "Work", "work now", "Travel", "travel now")
    assert places == sorted(places)


def test_cards_in_one_column_are_not_labels_of_the_text_in_the_other() -> None:
    page = Sheet()
    for i, name in enumerate(("Use tobacco control", "Tackle cheap tobacco")):
        for j in range(2):
            page.fill(40 + 110 * j, 100 + 110 * i, 140 + 110 * j, 200 + 110 * i)
            page.write(50 + 110 * j, 150 + 110 * i, name, f"part {j + 1}", size=8)
    page.write(300, 110, "The strategy builds on national plans,", "and it will be reviewed every year by")
    page.write(300, 134, "the partners who wrote it together.")
    page.write(300, 230, "Every partner will send a report each", "year to the board, which publishes it.")
    text = read(page).text
    assert text.index("part 2") < text.index("The strategy builds") or text.index("it together") < text.index(
        "Use tobacco"
    )
    assert abs(text.index("Every partner") - text.index("wrote it together")) < 40


def test_a_heading_with_a_colon_at_the_end_of_its_first_line_is_one_heading() -> None:
    page = Sheet().write(50, 100, "Priority 1:", "A good start for every child", size=14, bold=True)
    page.write(50, 160, *CLOSED)
    headings = [p.text for p in read(page).content if p.kind == "heading"]
    assert headings == ["Priority 1: A good start for every child"]


def test_a_table_of_stacks_of_boxes_with_white_between_them_is_one_table() -> None:
    page = Sheet()
    columns = ((40, 150), (152, 300), (306, 430), (432, 560))
    words = ("Homes", "Visit every home", "Fewer falls", "March 2027")
    for row in range(5):
        for (x0, x1), text in zip(columns, words, strict=True):
            if row or x0 > 40:
                page.fill(x0, 100 + 40 * row, x1, 138 + 40 * row)
                page.write(x0 + 6, 120 + 40 * row, *([text, f"number {row}"] if row else ["Heading"]), size=8)
    rows = [p.text for p in read(page).content if p.kind == "table_row"]
    assert len(rows) == 5
    assert all(f"number {i}" in row and row.count("number") == 4 for i, row in enumerate(rows) if i)


def test_a_label_in_the_middle_of_its_box_comes_before_the_text_that_begins_above_it() -> None:
    page = Sheet()
    for i, name in enumerate(("Housing", "Work")):
        top = 100 + 110 * i
        page.fill(40, top, 150, top + 100).write(50, top + 54, name, size=13, bold=True)
        page.write(170, top + 20, f"A first text stands above the name of {name.lower()} here.")
        page.write(170, top + 70, f"A second text stands below the name of {name.lower()} here.")
    text = read(page).text
    assert text.index("Housing") < text.index("above the name of housing")
    assert text.index("below the name of housing") < text.index("Work") < text.index("above the name of work")


def test_numbered_cards_are_read_by_their_numbers() -> None:
    page = Sheet()
    for i, name in enumerate(("Warm homes", "Good work", "Clean air", "Safe streets")):
        x, y = 50 + 280 * (i % 2), 100 + 150 * (i // 2)
        page.write(x, y + 20, str(i + 1), size=34).write(x + 50, y, name, bold=True)
        page.write(x + 50, y + 16, "We will open a new service here", "and report on it every year.")
    places = order_of(read(page), "Warm homes", "Good work", "Clean air", "Safe streets")
    assert places == sorted(places)


def test_headings_in_the_margin_stand_before_their_text() -> None:
    page, names = Sheet(), ("Homes", "Work", "Travel", "Food")
    for i in (2, 0, 3, 1):
        for j in (1, 0):
            lines = ("The partners agreed on a plan, and they", f"will publish part {j + 1} of it in the spring.")
            page.write(180, 100 + 120 * i + 50 * j, *lines)
        page.write(50, 100 + 120 * i, names[i], bold=True)
    text = read(page).text
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert text.count("spring.", places[0], places[1]) == 2


def test_texts_whose_headings_stand_at_one_height_are_read_row_by_row() -> None:
    page = Sheet()
    for i, name in enumerate(("Homes", "Work", "Travel", "Food", "Sleep", "Play")):
        x, y = 50 + 280 * (i % 2), 100 + 120 * (i // 2)
        page.write(x, y, name, bold=True)
        page.write(x, y + 16, "We will open a new service and", f"report on {name.lower()} every year.")
    places = order_of(read(page), "Homes", "Work", "Travel", "Food", "Sleep", "Play")
    assert places == sorted(places)


def test_the_side_of_a_box_parts_words_that_stand_close() -> None:
    page = Sheet().fill(40, 90, 130, 200).fill(136, 90, 560, 200)
    page.write(138, 112, "miles of cycle lane have been built, and", "an officer will work with every school.")
    page.write(64, 100, "Streets", "Neighbourhoods", "and places")
    text = read(page).text
    assert "Neighbourhoods and places" in text
    assert "miles of cycle lane have been built, and an officer" in text
