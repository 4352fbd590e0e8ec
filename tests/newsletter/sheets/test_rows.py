"""Rows by themselves, and what is wrong with them."""

import pytest

from comity.newsletter.model.columns import TITLE
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.sheets.binding import bind_columns
from comity.newsletter.sheets.cells import Cell, Table
from comity.newsletter.sheets.fields import Reader
from comity.newsletter.sheets.limits import cut
from comity.newsletter.sheets.rows import read_rows

HEADINGS = ("Title", "Category", "Summarizer", "Summary", "My opinion", "Mood")
PUBLICATION = Publication("Fair Play", "FP", categories=(Category("A"),))


def drafts(*rows, headings=HEADINGS, **options):
    cells = tuple(
        {
            k: value if isinstance(value, Cell) else Cell(value)
            for k, value in enumerate(row)
            if value
        }
        for row in rows
    )
    table = Table("f", headings, cells, **options)
    return list(read_rows(table, bind_columns(headings, "f"), Reader(PUBLICATION)))


def faults(*row, **options):
    (draft,) = drafts(row, **options)
    return [(fault.kind, fault.column) for fault in draft.faults]


def test_a_sound_row_has_no_faults():
    (draft,) = drafts(("One", "A", "Dana", "It is.", "Good.", "calm"))
    assert draft.faults == ()
    assert draft.title == "One"
    assert draft.fields["summary"] == "It is."
    assert draft.extra == {"Mood": Cell("calm")}


def test_rows_are_counted_as_spreadsheets_do():
    first, second = drafts(("One", "A"), (), ("Two", "A"), first=5)
    assert (first.number, first.position) == (5, 0)
    assert (second.number, second.position) == (7, 2)


def test_what_belongs_together():
    assert faults("One", "A", "", "", "Good.") == [(Kind.OPINION_WITHOUT_SUMMARY, "My opinion")]
    assert faults("One", "A", "", "It is.") == [(Kind.SUMMARY_WITHOUT_SUMMARIZER, "Summarizer")]
    assert faults("", "A", "", "", "", "calm") == [(Kind.NO_TITLE, "Title")]


def test_all_faults_of_a_row_are_named():
    found = faults("", "B", "", "x" * 40_000, "bell\x07")
    assert {kind for kind, _ in found} == {
        Kind.NO_TITLE,
        Kind.UNKNOWN_CATEGORY,
        Kind.SUMMARY_WITHOUT_SUMMARIZER,
        Kind.TOO_LONG,
        Kind.BAD_CHARACTERS,
    }


def test_what_the_sheet_lacks_is_no_fault():
    headings = ("Title", "My opinion", "Year")
    assert faults("One", "Good.", 2018, headings=headings) == []


def test_a_cell_under_no_heading_is_named():
    headings = (*HEADINGS, "")
    found = faults("One", "A", "", "", "", "", "homeless", headings=headings)
    assert found == [(Kind.NO_HEADING, "[column G]")]


def test_blanks_under_no_heading_say_nothing():
    row = "One", "A", "Dana", *[None] * (len(HEADINGS) - 3), "  "
    assert faults(*row, headings=(*HEADINGS, "")) == []


def test_a_formula_is_named():
    found = faults("One", "A", "Dana", "3", formulas={(0, 3): "=1+2"})
    assert found == [(Kind.FORMULA, "Summary")]


def test_the_link_behind_the_title_is_the_address():
    (draft,) = drafts((Cell("One", "https://example.org"), "A"))
    assert draft.url == "https://example.org"
    (draft,) = drafts(("One", "A"))
    assert draft.fields["url"] == ""
    (draft,) = drafts(("One", "A"), holds_links=False)
    assert "url" not in draft.fields
    found = faults(Cell("One", "javascript:alert(1)"), "A")
    assert found == [(Kind.BAD_ADDRESS, "Title")]


def test_a_column_of_addresses_goes_before_links():
    headings = ("Title", "Category", "URL")
    (draft,) = drafts((Cell("One", "https://a.org"), "A", "https://b.org"), headings=headings)
    assert draft.url == "https://b.org"
    (draft,) = drafts((Cell("One", "https://a.org"), "A"), headings=headings)
    assert draft.url == "https://a.org"
    assert draft.cells[TITLE].link == "https://a.org"


LINK = '=HYPERLINK("https://a.org", "a")'


def test_a_formula_that_is_a_link_is_words_in_a_text_file_but_behind_the_title():
    row = Cell("a", "https://a.org"), "A", "Dana", Cell("a", "https://a.org")
    options = {"formulas": {(0, 0): LINK, (0, 3): LINK}, "holds_links": False}
    (draft,) = drafts(row, **options)
    assert (draft.title, draft.url) == ("a", "https://a.org")
    assert draft.fields["summary"] == LINK
    assert faults(*row, **options) == [(Kind.RAW_FORMULA, "Summary")]


def test_a_link_behind_another_cell_than_the_title_is_told():
    shown = Cell("See https://a.org/", "https://a.org")
    assert faults("One", "A", "Dana", shown) == []
    assert faults("One", "A", "Dana", Cell("See this", "https://a.org")) == [
        (Kind.LOST_LINK, "Summary")
    ]


@pytest.mark.parametrize("title", ["\u200b", " \ufeff ", "\u3164"])
def test_a_title_that_nobody_sees_is_none(title):
    assert (Kind.NO_TITLE, "Title") in faults(title, "A")


def test_a_text_of_which_a_workbook_left_the_beginning_is_named():
    whole = "x" * 40_000
    assert faults("One", "A", "Dana", whole) == [(Kind.TOO_LONG, "Summary")]
    assert faults("One", "A", "Dana", cut(whole) + "\n") == [(Kind.TOO_LONG, "Summary")]
    # A workbook counts what lies beyond 16 bits twice.
    assert faults("One", "A", "Dana", "🤝" * 20_000) == [(Kind.TOO_LONG, "Summary")]
    assert faults("One", "A", "Dana", "x" * 32_767) == []


def test_a_formula_that_is_a_link_is_its_address_where_addresses_stand():
    headings = ("Title", "Category", "URL")
    options = {"headings": headings, "formulas": {(0, 2): LINK}, "holds_links": False}
    (draft,) = drafts(("One", "A", Cell("a", "https://a.org")), **options)
    assert (draft.url, draft.faults) == ("https://a.org", ())
