"""Entries as cells, and cells as entries again."""

import pytest

from comity.newsletter.model.columns import (
    HIGHLIGHT,
    KNOWN,
    PART_OF,
    PUBLIC,
    RATING,
    SUMMARY,
    TITLE,
    TOPICS,
    YEAR,
    EmailStatus,
    Publicity,
)
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.fields import Reader, bound
from comity.newsletter.sheets.spelling import spell_cell
from comity.newsletter.text.titles import Titles

TITLES = Titles({"1": "One", "2": "Two"})
FULL = Entry(
    "2",
    "Two",
    category="A",
    url="https://example.org",
    authors="Ada Lovelace*, Mary Orr et al.",
    venue="arXiv",
    year="2018",
    hat_tip="Ada",
    summarizer="Dana and Rohan",
    summary="See <@@>(@#1@) and <@it@>(@#1@).",
    opinion="Good.",
    prerequisites="<@@>(@#1@)",
    read_more="More",
    rating=10,
    highlight=True,
    email="FP #3",
    issue=3,
    email_status=EmailStatus.SENT_LINK_ONLY,
    public=Publicity.WITH_EDITS,
    summarize="yes",
    notes="two\nlines",
    part_of="1",
    topics=("trust", "norms"),
    case="a.toml",
)


@pytest.mark.parametrize("column", KNOWN, ids=lambda column: column.heading)
def test_what_is_spelled_is_read_again(column):
    reader = Reader(Publication("Fair Play", "FP", categories=(Category("A"),)))
    cell = spell_cell(FULL, column, TITLES)
    said, fault = reader.field(column, cell.text)
    assert fault is None
    assert bound(column, said, TITLES) == (getattr(FULL, column.field), ())


@pytest.mark.parametrize("column", KNOWN, ids=lambda column: column.heading)
def test_what_is_empty_has_no_cell(column):
    assert spell_cell(Entry("2", ""), column, TITLES) is None


def test_how_cells_are_spelled():
    assert spell_cell(FULL, TITLE, TITLES) == Cell("Two", "https://example.org")
    assert spell_cell(FULL, YEAR, TITLES) == Cell(2018)
    assert spell_cell(FULL, SUMMARY, TITLES) == Cell("See <@One@> and <@it@>(@One@).")
    assert spell_cell(FULL, HIGHLIGHT, TITLES) == Cell("Highlight")
    assert spell_cell(FULL, PUBLIC, TITLES) == Cell("With edits")
    assert spell_cell(FULL, PART_OF, TITLES) == Cell("One")
    assert spell_cell(FULL, TOPICS, TITLES) == Cell("trust, norms")


def test_a_highlight_of_the_public_form_is_a_ten_in_the_editors():
    assert spell_cell(Entry("1", "One", highlight=True), RATING, TITLES) == Cell(10)
    assert spell_cell(Entry("1", "One", rating=7), RATING, TITLES) == Cell(7)


def test_other_years_are_texts():
    assert spell_cell(Entry("1", "One", year="2017-2018"), YEAR, TITLES) == Cell("2017-2018")
