"""Reading order on pages drawn by hand: what a person would read first comes first."""

from __future__ import annotations

from collections.abc import Sequence

from tests.unit.reading.drawn import Sheet
from toolkit.reading.assemble import document_of
from toolkit.reading.pages import Seen
from toolkit.reading.vocabulary import Vocabulary
from toolkit.records import Document, Plan

PLAN = Plan(plan_id="drawn", path="drawn.pdf", sha256="0" * 64, title="Drawn")

LEFT = (
    "The board agreed a plan for every",
    "neighbourhood and will publish it in",
    "the spring, when all partners have",
)
RIGHT = (
    "signed the agreement and named a",
    "lead officer. It covers housing, work",
    "and transport across the county.",
)


def read(*sheets: Sheet, tags: bool = True) -> Document:
    pages = [sheet.page() for sheet in sheets]
    vocabulary = Vocabulary.of(word for page in pages for word in page.words)
    seen = Seen(
        pages=pages, sources=["text"] * len(pages), vocabulary=vocabulary, unknown=[0.0] * len(pages), bookmarks={}
    )
    return document_of(PLAN, seen, tags=tags)


def starts(document: Document) -> list[str]:
    return [" ".join(p.text.split()[:3]) for p in document.content]


def order_of(document: Document, *phrases: str) -> Sequence[int]:
    return [document.text.index(phrase) for phrase in phrases]


def test_two_columns_are_read_one_after_the_other_and_the_sentence_stays_whole() -> None:
    document = read(Sheet().write(50, 100, *LEFT).write(320, 100, *RIGHT))
    assert "when all partners have signed the agreement" in document.text


def test_two_columns_drawn_line_by_line_across_are_still_two_columns() -> None:
    sheet = Sheet()
    for i in range(3):
        sheet.write(50, 100 + 12 * i, LEFT[i]).write(320, 100 + 12 * i, RIGHT[i])
    assert "when all partners have signed the agreement" in read(sheet).text


def test_columns_drawn_in_the_wrong_order_are_read_from_the_left() -> None:
    document = read(Sheet().write(320, 100, *RIGHT).write(50, 100, *LEFT))
    assert "when all partners have signed the agreement" in document.text
    assert document.pages[0].order == "layout"


def test_a_heading_across_both_columns_comes_first_even_if_drawn_last() -> None:
    sheet = Sheet().write(50, 100, *LEFT).write(320, 100, *RIGHT)
    sheet.write(50, 60, "Our shared plan for the whole county and its people", size=18)
    assert starts(read(sheet))[0] == "Our shared plan"


def test_a_line_that_ends_in_a_colon_stands_before_its_list() -> None:
    sheet = Sheet().write(60, 140, "• more homes that are warm and dry", "• safer streets for children")
    sheet.write(50, 116, "By 2027 we will see to it that there are:")
    document = read(sheet)
    assert [p.kind for p in document.content] == ["paragraph", "list_item", "list_item"]
    assert document.content[1].lead_in == "By 2027 we will see to it that there are:"
    assert document.content[1].text == "more homes that are warm and dry"


def test_a_filled_box_between_columns_is_read_in_one_piece() -> None:
    sheet = Sheet().fill(40, 80, 280, 200).fill(310, 80, 560, 200)
    sheet.write(50, 100, "Start well", size=12, bold=True).write(320, 100, "Age well", size=12, bold=True)
    sheet.write(50, 130, "Babies are born healthy.").write(320, 130, "Older people are not lonely.")
    sheet.write(50, 170, "Children are ready for school.").write(320, 170, "Fewer people have falls.")
    places = order_of(read(sheet), "Start well", "Babies", "Children", "Age well", "Older", "Fewer")
    assert list(places) == sorted(places)


def test_a_label_is_read_with_the_text_beside_it() -> None:
    sheet = Sheet()
    for row, name in enumerate(("Aim one", "Aim two", "Aim three")):
        y = 100 + 80 * row
        sheet.write(50, y, name, bold=True)
        sheet.write(
            200, y, f"Under {name.lower()} we do the first thing, and we do it", "with all partners of the board."
        )
    document = read(sheet)
    wanted = ("Aim one", "Under aim one", "Aim two", "Under aim two", "Aim three", "Under aim three")
    places = order_of(document, *wanted)
    assert list(places) == sorted(places)


def test_the_structure_tree_gives_the_order_where_it_covers_the_page() -> None:
    sheet = Sheet().write(50, 100, "First in the tree, drawn below.", mcid=1).write(50, 60, "Second it is.", mcid=0)
    sheet.tag(0, 0).tag(1, 1)
    assert starts(read(sheet)) == ["Second it is.", "First in the"]
    assert read(sheet).pages[0].order == "tags"


def test_a_structure_tree_that_covers_half_of_the_page_is_not_believed() -> None:
    sheet = Sheet().write(50, 60, *LEFT, mcid=0).write(50, 160, *RIGHT).tag(0, 0)
    assert read(sheet).pages[0].order == "stream"


def test_running_heads_and_page_numbers_are_kept_apart() -> None:
    sheets = []
    for number in range(1, 7):
        sheet = Sheet(number).write(50, 30, f"Health Strategy 2024 | {number}").write(50, 200, *LEFT)
        sheets.append(sheet.write(300, 780, str(number)))
    document = read(*sheets)
    assert "Health Strategy" not in document.text
    assert [p.text for p in document.passages if p.kind == "furniture"][:2] == ["Health Strategy 2024 | 1", "1"]


def test_numbered_labels_at_the_same_place_are_no_furniture() -> None:
    sheets = [Sheet(n).write(50, 30, f"Case study {n * n}", size=14).write(50, 200, *LEFT) for n in range(1, 6)]
    assert "Case study 9" in read(*sheets).text


def test_a_paragraph_goes_on_over_a_page_break_past_the_footnote() -> None:
    one = Sheet(1).write(50, 700, "The partners will", *LEFT).write(50, 770, "1 See the county's web site.", size=7)
    two = Sheet(2).write(50, 60, *RIGHT)
    document = read(one, two)
    joined = next(p for p in document.content if "signed the agreement" in p.text)
    assert [s.page for s in joined.spans] == [1, 2]
    assert "when all partners have signed the agreement" in joined.text


def test_a_line_end_hyphen_is_closed_and_both_parts_keep_their_box() -> None:
    sheet = Sheet().write(50, 100, "We tackle health inequali-", "ties in every neighbourhood of the county.")
    document = read(sheet)
    assert "health inequalities in every" in document.text
    start = document.pages[0].text.index("inequalities")
    boxes = document.pages[0].boxes(start, start + len("inequalities"))
    assert [round(b.top) for b in boxes] == [92, 104]
    assert [r.kind for r in document.repairs] == ["hyphen"]


def test_an_empty_page_is_a_page() -> None:
    document = read(Sheet(1), Sheet(2).write(50, 100, *LEFT))
    assert document.pages[0].text == ""
    assert document.pages[1].text.startswith("The board")


def test_sections_are_the_headings_above() -> None:
    text = (
        "The county has a plan for all of this,",
        "and the board reviews it once a year",
        "together with its partners.",
    )
    sheet = Sheet().write(50, 60, "Our vision", size=20).write(50, 100, *text)
    sheet.write(50, 200, "Housing", size=14).write(50, 230, *text)
    sheet.write(50, 300, "Transport", size=14).write(50, 330, *text)
    sheet.write(50, 400, "Our money", size=20).write(50, 440, *text)
    document = read(sheet)
    paths = [p.section for p in document.content if p.kind == "paragraph"]
    assert paths == [("Our vision",), ("Our vision", "Housing"), ("Our vision", "Transport"), ("Our money",)]


def test_a_coloured_band_over_both_columns_ends_what_stands_above_it() -> None:
    sheet = Sheet().fill(40, 230, 560, 256)
    for row in range(2):
        sheet.write(320, 280 + 50 * row, "What: write to every school in", "spring. Who: the board")
    for row in range(3):
        sheet.write(60, 280 + 50 * row, "What: train all of the staff in", "this. Who: the county")
    sheet.write(50, 248, "Example actions", size=14).write(320, 100, "A case study", size=14)
    sheet.write(320, 124, "The fire service trained its", "people and saw fewer fires.")
    sheet.write(50, 100, "Capacity is about people, their", "skills and their networks.")
    places = order_of(read(sheet), "Capacity", "A case study", "Example actions", "train all", "write to")
    assert list(places) == sorted(places)


def test_a_card_beside_an_unfinished_one_does_not_go_on_with_it() -> None:
    sheet = Sheet().write(50, 100, "Actions of the whole", "county's population")
    sheet.write(320, 100, "for example a decision", "to walk to the station.")
    assert starts(read(sheet)) == ["Actions of the", "for example a"]


def test_what_stands_below_a_heading_does_not_go_on_with_what_stands_above_it() -> None:
    sheet = (
        Sheet().write(50, 100, "Nearly a third of all", "births in the county").write(50, 160, "8.4% smoke", size=14)
    )
    sheet.write(50, 190, "of women are thought to", "smoke when they give birth.")
    assert "of women are" in starts(read(sheet))


def test_the_title_of_a_page_comes_first_even_if_it_is_drawn_after_a_column_that_it_does_not_stand_over() -> None:
    sheet = Sheet().write(400, 130, "Legend").write(400, 150, "Surgery").write(400, 170, "Pharmacy")
    sheet.write(50, 60, "Where services are", size=20, bold=True).write(50, 400, "More maps are on the website.")
    assert read(sheet).text.startswith("Where services are")


def test_a_column_is_read_to_its_end_before_a_note_to_the_left_of_it() -> None:
    sheet = Sheet().write(50, 100, *LEFT[:2], "the spring of next year.")
    sheet.write(320, 100, "A summary of what people told us.").write(320, 130, "Data on children and older people.")
    sheet.write(50, 330, "This note was written by the team.").write(320, 250, "The indicators change often.")
    sheet.write(320, 420, "The summary has four sections.")
    before, note, after = order_of(read(sheet), "Data on children", "This note", "The indicators")
    assert note < before < after


def test_a_rule_made_of_characters_does_not_bar_the_way_between_columns() -> None:
    sheet = Sheet().write(50, 112, "_" * 90).write(320, 100, *RIGHT).write(50, 100, *LEFT)
    document = read(sheet)
    assert "when all partners have signed the agreement" in document.text
    assert [p.kind for p in document.passages if p.text.startswith("_")] == ["furniture"]


def test_the_text_of_a_card_does_not_go_on_with_that_of_the_card_before() -> None:
    sheet = Sheet().write(50, 300, "DRIVE", size=16, bold=True).write(50, 316, "sustainable innovation for all")
    sheet.write(250, 100, "CHAMPION", size=16, bold=True).write(250, 116, "research that closes the gap")
    assert sorted(p.text for p in read(sheet).content if p.kind == "paragraph") == [
        "research that closes the gap",
        "sustainable innovation for all",
    ]


def test_a_running_foot_that_ends_in_the_name_of_the_section_is_furniture_in_every_section() -> None:
    names = ("Context", "Approach", "Findings", "Next steps")
    sheets = [
        Sheet(n).write(50, 100, *LEFT).write(50, 780, f"Health needs of Harrowmere / {names[n - 1]}", size=6)
        for n in range(1, 5)
    ]
    assert "Health needs" not in " ".join(p.text for p in read(*sheets).content)


def test_small_roman_letters_that_count_with_the_pages_are_page_numbers() -> None:
    sheets = [Sheet(n).write(50, 100, *LEFT).write(300, 780, "i" * n) for n in range(1, 4)]
    assert [p.text for p in read(*sheets).passages if p.kind == "furniture"] == ["i", "ii", "iii"]
