"""What is a heading, an item or a part of a sentence, on pages drawn by hand."""

from __future__ import annotations

from tests.unit.reading.drawn import Sheet
from tests.unit.reading.test_reading_order import read
from toolkit.records import Document

PROSE = (
    "The board agreed a plan for every part of",
    "the county and will publish it in the spring,",
    "when all of the partners have signed it.",
)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(p.kind, " ".join(p.text.split()[:4])) for p in document.content]


def test_a_sentence_whose_first_line_is_bold_is_one_paragraph() -> None:
    sheet = Sheet().write(50, 100, "Ensure that all local plans are assessed", bold=True)
    sheet.write(50, 112, "for their impact on health before they", "are put to the board.")
    assert kinds(read(sheet)) == [("paragraph", "Ensure that all local")]


def test_a_sentence_in_which_bold_words_end_before_the_line_is_one_paragraph() -> None:
    sheet = Sheet().write(50, 100, "The daily mile of", bold=True).write(133, 100, "(school-based),")
    sheet.write(50, 112, "Chichester, began in spring.")
    assert kinds(read(sheet)) == [("paragraph", "The daily mile of")]


def test_a_bold_heading_with_a_year_or_a_reference_is_a_heading() -> None:
    sheet = (
        Sheet().write(50, 88, *PROSE[::-1]).write(50, 124, "Social care demand", bold=True).write(144, 124, "2016/17")
    )
    sheet.write(50, 136, "Note that all of these numbers are for one", "year only and not for the county's towns.")
    assert kinds(read(sheet))[1:] == [("heading", "Social care demand 2016/17"), ("paragraph", "Note that all of")]


def test_a_dot_before_a_line_is_a_bullet_on_a_page_with_dotted_frames() -> None:
    sheet = Sheet().write(62, 100, "Infants who are breastfed", "Children ready for school")
    sheet.dot(52, 97).dot(52, 109)
    for place in range(250):  # a frame of dots, and one that runs down beside a paragraph
        sheet.dot(40, 300 + 2 * place, 1)
    sheet.write(45, 340, *PROSE)
    wanted = [("list_item", "Infants who are breastfed"), ("list_item", "Children ready for school")]
    assert kinds(read(sheet)) == [*wanted, ("paragraph", "The board agreed a")]


def test_a_bullet_that_is_drawn_twice_is_a_bullet() -> None:
    sheet = Sheet().write(62, 100, "Infants who are breastfed", "Children ready for school")
    sheet.dot(52, 97).dot(52, 97).dot(52, 109).dot(52, 109)
    assert [kind for kind, _ in kinds(read(sheet))] == ["list_item", "list_item"]


def test_a_numbered_line_in_bold_before_plain_text_is_a_heading() -> None:
    sheet = Sheet().write(50, 100, "3.3.3 Making it easier to volunteer", bold=True).write(50, 124, *PROSE)
    document = read(sheet)
    assert [(p.kind, p.level) for p in document.content] == [("heading", 3), ("paragraph", 0)]
    assert document.content[1].section == ("3.3.3 Making it easier to volunteer",)


def test_numbered_lines_in_bold_one_after_another_are_a_list() -> None:
    sheet = Sheet().write(50, 100, "We will:").write(50, 112, "1. Act together", "2. Plan early", bold=True)
    sheet.write(50, 160, *PROSE)
    assert [kind for kind, _ in kinds(read(sheet))] == ["paragraph", "list_item", "list_item", "paragraph"]


def test_numbered_lines_in_bold_with_text_between_them_are_a_list_when_a_colon_leads_it_in() -> None:
    sheet = Sheet().write(50, 88, "We will work together to:").write(50, 112, "1. Act on the evidence", bold=True)
    sheet.write(50, 124, *PROSE).write(50, 172, "2. Plan for the long term", bold=True).write(50, 184, *PROSE)
    document = read(sheet)
    wanted = ["paragraph", "list_item", "paragraph", "list_item", "paragraph"]
    assert [p.kind for p in document.content] == wanted
    assert [p.lead_in for p in document.content][1:4] == ["We will work together to:", "", "We will work together to:"]


def test_a_heading_that_comes_back_in_every_chapter_is_a_heading_each_time() -> None:
    sheets = []
    for number in range(1, 13):
        sheet = Sheet(number).write(50, 30, "Health Strategy 2024").write(50, 200, *PROSE).write(50, 300, *PROSE)
        sheets.append(sheet.write(50, 80, "Our ambition", size=18) if number % 4 == 1 else sheet)
    document = read(*sheets)
    assert [p.spans[0].page for p in document.content if p.kind == "heading"] == [1, 5, 9]
    assert sum(p.kind == "furniture" for p in document.passages) == 12


def test_a_running_head_in_large_type_on_every_second_page_is_furniture() -> None:
    sheets = [Sheet(number).write(50, 200, *PROSE) for number in range(1, 13)]
    for sheet in sheets[1:6:2]:
        sheet.write(50, 80, "Health and care", size=18)
    assert sum(p.kind == "heading" for p in read(*sheets).content) == 1


def test_an_item_that_ends_in_a_colon_leads_in_the_items_below_it() -> None:
    sheet = Sheet().write(50, 100, "The gaps were:").write(60, 112, "• care for older people:")
    sheet.write(80, 124, "– beds in homes", "– nurses").write(60, 148, "• work for the young")
    leads = [(p.text, p.lead_in) for p in read(sheet).content if p.kind == "list_item"]
    assert leads == [
        ("care for older people:", "The gaps were:"),
        ("beds in homes", "care for older people:"),
        ("nurses", "care for older people:"),
        ("work for the young", "The gaps were:"),
    ]


def test_a_line_that_ends_in_dots_or_a_colon_and_a_dash_leads_in_a_list() -> None:
    for line in ("We will…", "We will...", "We act in two areas: -"):
        sheet = Sheet().write(50, 100, line).write(60, 112, "• homes that are dry", "• safer streets")
        assert [p.lead_in for p in read(sheet).content] == ["", line, line]


def test_a_bold_line_that_is_tagged_with_the_text_below_it_is_its_heading() -> None:
    sheet = Sheet().write(50, 100, "Sensory loss", bold=True, mcid=0).write(50, 112, *PROSE, mcid=0).tag(0, 0)
    assert kinds(read(sheet)) == [("heading", "Sensory loss"), ("paragraph", "The board agreed a")]


def test_a_short_line_in_another_family_of_type_is_the_heading_of_the_text_below_it() -> None:
    sheet = Sheet().write(50, 100, "Domestic abuse", font="Franklin-Medium").write(50, 112, *PROSE, font="Garamond")
    assert kinds(read(sheet)) == [("heading", "Domestic abuse"), ("paragraph", "The board agreed a")]


def test_a_name_over_an_office_is_no_heading() -> None:
    sheet = Sheet().write(50, 100, "Ann Example", bold=True, mcid=0)
    sheet.write(50, 112, "Director of Public Health, the county", mcid=0).tag(0, 0)
    assert [kind for kind, _ in kinds(read(sheet))] == ["paragraph"]


def test_captions_are_numbered_in_many_ways() -> None:
    for caption in ("Figure 6A.3: Staff of the future", "Table A5: Languages", "Chart 1, Age of children", "Table 6"):
        sheet = Sheet().write(50, 100, caption, bold=True).write(50, 130, *PROSE)
        assert [kind for kind, _ in kinds(read(sheet))] == ["caption", "paragraph"]


def test_a_note_whose_number_stands_in_brackets_is_a_footnote() -> None:
    sheet = Sheet().write(50, 100, *PROSE).write(50, 740, "[23] Office for Students, 2017.", size=7)
    assert [kind for kind, _ in kinds(read(sheet))] == ["paragraph", "footnote"]


def test_a_page_that_ends_within_a_full_line_goes_on_with_a_capital_past_a_caption() -> None:
    one = Sheet(1).write(50, 700, *PROSE[:2], "when all the partners of Cancer Research")
    two = Sheet(2).write(50, 60, "Figure 6D.5: Partners by year", size=9)
    two.write(50, 90, "Trials have signed it and the county has named", "an officer who leads the work.")
    document = read(one, two)
    joined = next(p for p in document.content if "Cancer Research Trials have signed" in p.text)
    assert [s.page for s in joined.spans] == [1, 2]


def test_a_page_that_begins_with_a_new_sentence_does_not_go_on_with_a_short_last_line() -> None:
    one = Sheet(1).write(50, 700, *PROSE[:2], "when signed")
    two = Sheet(2).write(50, 60, "Trials have begun and the county has named", "an officer who leads the work.")
    assert len(read(one, two).content) == 2


def test_a_tagged_item_without_a_bullet_at_the_top_of_a_page_is_the_rest_of_the_last_item() -> None:
    one = Sheet(1).write(50, 700, "12. Should a decision be made to treat", "the patient, the treatment", mcid=0)
    two = Sheet(2).write(50, 60, "will be paid from the day on which the", "board said so.", mcid=0)
    document = read(one.tag(0, 0, "LI"), two.tag(0, 0, "LI"))
    assert [len(p.spans) for p in document.content] == [2]


def test_a_number_at_the_start_of_a_line_within_a_sentence_is_no_marker() -> None:
    sheet = Sheet().write(50, 100, "1 in 10 children aged under", "16 are living in poverty.")
    assert kinds(read(sheet)) == [("paragraph", "1 in 10 children")]


def test_notes_whose_numbers_count_on_are_cut() -> None:
    sheet = Sheet().write(50, 100, "6 Office for National Statistics", "7 Office for Students of England")
    assert len(read(sheet).content) == 2


def test_words_in_brackets_are_no_marker() -> None:
    sheet = Sheet().write(50, 100, "(75 cases) lower than in the country.")
    assert kinds(read(sheet)) == [("paragraph", "(75 cases) lower than")]


def test_what_has_no_letter_and_no_digit_is_furniture() -> None:
    document = read(Sheet().write(50, 100, *PROSE).write(50, 200, "______").write(50, 250, "•"))
    assert [p.kind for p in document.passages] == ["paragraph", "furniture", "furniture"]


def test_a_size_that_is_only_seen_on_a_cover_has_the_level_of_the_nearest_size() -> None:
    cover = Sheet(1).write(50, 100, "A plan for health", size=30).write(50, 300, "Findings of the engagement", size=13)
    text = Sheet(2)
    for y in (60, 300):
        text.write(50, y, "Our aims", size=20).write(50, y + 40, *PROSE)
        text.write(50, y + 100, "Housing", size=14).write(50, y + 130, *PROSE)
    levels = [p.level for p in read(cover, text).content if p.kind == "heading"]
    assert levels == [1, 2, 1, 2, 1, 2]


def test_the_titles_of_a_poster_are_no_part_of_the_pages_behind_it() -> None:
    """As in a needs assessment whose fifth page has 20 large titles: the rest of it stood under "Flooding"."""
    poster = Sheet(1).write(50, 40, *PROSE, *PROSE)
    for y, title in ((150, "Road safety"), (250, "Flooding"), (350, "Alcohol"), (450, "Screening")):
        poster.write(50, y, title, size=24).write(50, y + 30, *PROSE)
    chapters = [
        Sheet(page).write(50, 60, title, size=14).write(50, 100, *PROSE, *PROSE, *PROSE)
        for page, title in enumerate(("Starting well", "Living well", "Ageing well", "Carers", "Homes"), start=2)
    ]
    document = read(poster, *chapters)
    assert {p.level for p in document.content if p.kind == "heading"} == {1}
    assert [p.section for p in document.content if p.kind == "paragraph"][-1] == ("Homes",)


def test_the_name_of_a_legend_is_no_heading_of_the_text_below_it() -> None:
    sheet = Sheet().write(50, 60, "Planned care", size=18).write(50, 100, "Key", size=14).write(50, 140, *PROSE)
    (below,) = [p for p in read(sheet).content if p.kind == "paragraph"]
    assert below.section == ("Planned care",)


def test_an_example_goes_on_behind_its_stop() -> None:
    sheet = Sheet().write(50, 100, "Ensure that local practice is in line with", "national guidance, e.g.")
    assert kinds(read(sheet.write(50, 124, "establishment of a fracture liaison service."))) == [
        ("paragraph", "Ensure that local practice")
    ]


def test_a_line_in_large_type_that_trails_off_is_no_heading() -> None:
    sheet = Sheet().write(50, 60, "Resorts, market towns and villages…", size=14).write(50, 120, *PROSE)
    assert [p.kind for p in read(sheet).content] == ["paragraph", "paragraph"]


def test_what_is_tagged_as_a_heading_but_begins_with_a_small_letter_is_none() -> None:
    sheet = Sheet().write(50, 100, "per 100k", mcid=0).write(50, 140, *PROSE, mcid=1).tag(0, 0, "H1").tag(1, 1)
    assert [kind for kind, _ in kinds(read(sheet))] == ["paragraph", "paragraph"]


def test_a_bold_word_that_ends_a_sentence_on_a_line_of_its_own_is_no_heading() -> None:
    sheet = Sheet().write(50, 100, "More than one in two of", "all the residents in")
    assert kinds(read(sheet.write(50, 124, "Crawley.", bold=True))) == [("paragraph", "More than one in")]


def test_the_labels_of_a_chart_are_one_caption() -> None:
    sheet = Sheet().write(50, 100, *PROSE)
    for place, label in enumerate(("60%", "40%", "20%", "49.2 50.5", "65-74", "All ages")):
        sheet.write(50 + 80 * place, 200 + 30 * place, label)
    document = read(sheet)
    assert [(p.kind, p.text) for p in document.content][1:] == [("caption", "60% 40% 20% 49.2 50.5 65-74 All ages")]


def test_a_sentence_goes_on_past_the_labels_of_a_chart() -> None:
    sheet = Sheet().write(50, 100, *PROSE[:2])
    for place, label in enumerate(("60%", "40%", "20%", "65-74")):
        sheet.write(50 + 80 * place, 160, label)
    document = read(sheet.write(50, 200, "when all of the partners have signed it."))
    assert [p.kind for p in document.content] == ["paragraph", "caption"]
    assert document.content[0].text.endswith("in the spring, when all of the partners have signed it.")


def test_the_numbers_of_cards_stay_with_their_words() -> None:
    sheet = Sheet()
    for row, (number, words) in enumerate((("55%", "of plans for child protection"), ("64%", "of mothers who smoke"))):
        sheet.write(50, 100 + 60 * row, number, size=18).write(50, 124 + 60 * row, words)
    assert "caption" not in [kind for kind, _ in kinds(read(sheet))]


def test_names_without_numbers_are_no_labels() -> None:
    sheet = Sheet()
    for row, name in enumerate(("Fire Service", "Hospices", "Libraries", "Local Councils", "Care providers")):
        sheet.write(50, 100 + 60 * row, name)
    assert {kind for kind, _ in kinds(read(sheet))} == {"paragraph"}


def test_a_name_in_bold_under_a_quote_is_no_heading() -> None:
    sheet = Sheet().write(50, 60, "Engagement", size=20)
    for x, name in ((50, "Ann Example, Care Homes"), (320, "Ben Example, Hospices")):
        sheet.write(x, 100, "It is important to be able to", "meet others and to learn.").write(x, 136, name, bold=True)
    assert [p.kind for p in read(sheet).content] == ["heading", *["paragraph"] * 4]


def test_a_bold_line_between_two_texts_is_the_heading_of_the_lower_one() -> None:
    sheet = Sheet().write(50, 100, *PROSE).write(50, 148, "Housing", bold=True).write(50, 162, *PROSE)
    assert [kind for kind, _ in kinds(read(sheet))] == ["paragraph", "heading", "paragraph"]


def test_a_sentence_goes_on_in_plain_brackets_after_bold_words() -> None:
    sheet = Sheet().write(50, 100, "5.7 per cent of the county left treatment", bold=True)
    assert kinds(read(sheet.write(50, 112, "(England rate 6.7%)."))) == [("paragraph", "5.7 per cent of")]


def test_a_short_sentence_straight_before_a_numbered_list_leads_it_in() -> None:
    sheet = Sheet().write(50, 100, "The strategy has two priorities.")
    sheet.write(60, 124, "1. Reduce self-harm", "2. Support the bereaved")
    leads = [p.lead_in for p in read(sheet).content]
    assert leads == ["", "The strategy has two priorities.", "The strategy has two priorities."]


def test_an_amount_at_the_start_of_a_paragraph_is_no_number_of_an_item() -> None:
    assert kinds(read(Sheet().write(50, 100, "2.5 million people live here."))) == [
        ("paragraph", "2.5 million people live")
    ]


def test_a_bold_line_that_goes_on_below_in_loose_lines_is_the_beginning_of_a_sentence() -> None:
    sheet = Sheet().write(50, 100, "By 2050 it is expected that", bold=True)
    sheet.write(50, 122, "the number of people with dementia", "could exceed two million.")
    assert kinds(read(sheet)) == [("paragraph", "By 2050 it is")]


def test_a_bold_line_over_an_address_is_a_heading() -> None:
    sheet = Sheet().write(50, 100, "Joint Strategic Needs Assessment", bold=True)
    assert kinds(read(sheet.write(50, 122, "https://jsna.example.org/updates/of/this/year")))[0][0] == "heading"


def test_a_sentence_goes_on_over_a_page_that_holds_a_figure_only() -> None:
    one = Sheet(1).write(50, 700, *PROSE[:2])
    figure = Sheet(2).write(50, 100, "Figure 1: Partners by year")
    three = Sheet(3).write(50, 60, "when all of the partners have signed it.")
    joined = read(one, figure, three).content[0]
    assert [s.page for s in joined.spans] == [1, 3]
    assert joined.text.endswith("in the spring, when all of the partners have signed it.")


def test_a_note_with_a_raised_number_is_a_footnote_and_goes_on_in_the_next_column() -> None:
    sheet = Sheet().write(50, 100, *PROSE).write(50, 737, "7", size=6)
    sheet.write(54, 740, "Public Health of England, see the health", "of the public in all of the", size=9.5)
    sheet.write(320, 730, "regions of the country, a report.", size=9.5)
    document = read(sheet)
    assert [p.kind for p in document.content] == ["paragraph", "footnote"]
    assert document.content[1].text.endswith("in all of the regions of the country, a report.")


def test_the_key_of_a_chart_belongs_to_its_labels() -> None:
    sheet = Sheet()
    for place, label in enumerate(("60%", "40%", "20%")):
        sheet.write(50 + 80 * place, 100 + 30 * place, label)
    for place, name in enumerate(("Rural", "Urban")):
        sheet.write(60, 300 + 40 * place, name).dot(52, 297 + 40 * place)
    assert [(p.kind, p.text) for p in read(sheet).content] == [("caption", "60% 40% 20% Rural Urban")]


def only_kinds(sheet: Sheet) -> list[str]:
    return [p.kind for p in read(sheet).passages]


def test_the_dot_of_an_icon_beside_a_sentence_is_no_bullet() -> None:
    sheet = (
        Sheet()
        .dot(40, 122)
        .write(
            50,
            100,
            "It is important to note that the examples here follow",
            "guidance where there is any, for example that of NICE,",
            "and work where there is good evidence of its effect.",
        )
    )
    assert only_kinds(sheet) == ["paragraph"]


def test_notes_in_brackets_are_one_each() -> None:
    sheet = Sheet().write(50, 100, *["Plain text of the body of this page fills the line."] * 6)
    sheet.write(50, 700, "[1] Survey of residents, 2019.", "[2] Census of the county, 2021.", size=7)
    assert [p.text for p in read(sheet).passages if p.kind == "footnote"] == [
        "[1] Survey of residents, 2019.",
        "[2] Census of the county, 2021.",
    ]


def test_a_sentence_goes_on_after_small_capitals() -> None:
    sheet = Sheet().write(50, 100, "FURTHER INFORMATION ON THIS PLAN", size=7, bold=True)
    sheet.write(159, 100, "Ian").write(50, 112, "Won, manager of the office in Harrowmere, has more.")
    assert only_kinds(sheet) == ["paragraph"]


def test_large_numbers_and_their_words_are_cards_and_no_chart() -> None:
    sheet = Sheet()
    for i, (number, words) in enumerate((("24.47", "Day admissions"), ("1.70", "Night stays"), ("402", "Calls"))):
        sheet.write(50 + 150 * i, 100, number, size=14, bold=True).write(50 + 150 * i, 130, words, size=8)
    assert "caption" not in only_kinds(sheet)


def test_a_list_of_contents_whose_numbers_stand_by_themselves_is_contents() -> None:
    sheet = Sheet().write(50, 60, "Contents", size=20, bold=True)
    for i, title in enumerate(("Foreword", "Our partnership", "Our vision", "Next steps")):
        sheet.write(50, 120 + 60 * i, title, size=12).write(400, 120 + 60 * i, str(3 + 4 * i), size=12)
    assert set(only_kinds(sheet)) == {"contents"}


def test_thanks_beside_a_list_of_contents_are_text() -> None:
    sheet = Sheet().write(50, 60, "Contents", size=20, bold=True)
    for i in range(6):
        sheet.write(50, 120 + 30 * i, f"Chapter of this plan {'.' * 20} {3 + i}")
    sheet.write(50, 400, *["We thank all who wrote to us, and all who came to the events,"] * 6)
    assert only_kinds(sheet)[-1] == "paragraph"


def test_a_numbered_line_in_bold_before_bullets_is_a_heading() -> None:
    sheet = (
        Sheet().write(50, 100, "2. Metabolic causes", bold=True).write(60, 120, "• Loss of fluid.", "• Too much acid.")
    )
    assert only_kinds(sheet) == ["heading", "list_item", "list_item"]


def section_with_a_box(number: int, title: str, heading: str, size: float) -> Sheet:
    """A page with a section: a title, text, a filled box that has a heading and text of its own, and text behind it."""
    sheet = Sheet(number).write(50, 60, title, size=16).write(50, 90, *PROSE).fill(40, 150, 400, 220)
    sheet.write(50, 166, heading, size=size, bold=True).write(50, 182, *PROSE)
    return sheet.write(50, 250, *PROSE)


def test_the_heading_of_a_box_stands_over_the_text_in_the_box_alone() -> None:
    sheets = [section_with_a_box(n, f"Better {what}", "A case", 10) for n, what in ((1, "homes"), (2, "jobs"))]
    sections = [p.section for p in read(*sheets).content if p.kind == "paragraph"]
    above = [(f"Better {what}",) for what in ("homes", "jobs")]
    assert sections == [s for title in above for s in (title, (*title, "A case"), title)]


def test_a_box_with_a_heading_of_the_section_s_own_level_opens_a_section() -> None:
    sheets = [section_with_a_box(n, f"Better {what}", f"Good {what}", 16) for n, what in ((1, "homes"), (2, "jobs"))]
    assert [p.section for p in read(*sheets).content if p.kind == "paragraph"][2] == ("Good homes",)


def test_the_heading_of_a_banner_that_opens_a_page_stands_over_the_text_below_it() -> None:
    sheets = []
    for number, title in ((1, "Better homes"), (2, "Better jobs")):
        sheet = Sheet(2 * number - 1).write(50, 120, title, size=16).write(50, 150, *(3 * PROSE))
        banner = Sheet(2 * number).fill(40, 100, 400, 190).write(50, 120, "Our aims", bold=True)
        sheets += [sheet, banner.write(50, 140, *PROSE).write(50, 230, *(3 * PROSE))]
    assert read(*sheets).content[-1].section == ("Better jobs", "Our aims")
