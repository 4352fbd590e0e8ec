"""From cells to fields of an entry, within one publication."""

import pytest

from comity.newsletter.model.columns import (
    CASE,
    CATEGORY,
    EMAIL,
    HIGHLIGHT,
    NOTES,
    PART_OF,
    RATING,
    SUMMARY,
    TITLE,
    TOPICS,
    YEAR,
)
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.fields import Reader, bound, says
from comity.newsletter.text.titles import Titles

PUBLICATION = Publication("Fair Play", "FP", categories=(Category("A", (Category("B & C"),)),))
TITLES = Titles({"1": "One", "2": "Two", "3": "Two"})
READER = Reader(PUBLICATION)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("A", None), (" B  & C ", None), ("", Kind.NO_CATEGORY), ("D", Kind.UNKNOWN_CATEGORY)],
)
def test_categories_are_those_of_the_publication(text, kind):
    said, fault = READER.field(CATEGORY, text)
    assert said == " ".join(text.split())
    assert (fault and fault.kind) == kind


@pytest.mark.parametrize("text", ["a", "A.", "\uff21", "A\u200b"])
def test_a_category_that_is_spelled_otherwise_is_the_one_it_means(text):
    said, fault = READER.field(CATEGORY, text)
    assert (said, fault.kind, fault.expected) == ("A", Kind.OTHER_SPELLING, "'A'")


def test_a_category_that_is_nearly_one_is_named_with_it():
    own = Publication("P", "P", categories=(Category("Voting"), Category("Bargaining")))
    said, fault = Reader(own).field(CATEGORY, "Votting")
    assert (said, fault.kind, fault.expected) == ("Votting", Kind.UNKNOWN_CATEGORY, "'Voting'")
    assert Reader(own).field(CATEGORY, "Chess")[1].expected == ""


def test_lines_stay_where_a_field_has_several():
    assert READER.field(SUMMARY, " one\r\n\r\ntwo ")[0] == "one\n\ntwo"
    assert READER.field(NOTES, "one\ntwo")[0] == "one\ntwo"
    assert READER.field(TITLE, "one\ntwo")[0] == "one two"


def test_the_names_of_a_publication_stand_before_numbers():
    assert READER.issue("fair play 12") == (12, None)
    assert READER.issue("FP 12") == (12, None)
    assert READER.field(EMAIL, "Foul play 12")[1].kind is Kind.UNKNOWN_ISSUE


def test_topics_are_a_list():
    assert READER.field(TOPICS, "trust; norms,trust, ") == (("trust", "norms"), None)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.toml", True),
        ("in/b.toml", True),
        ("missing.toml", False),
        ("../secret.toml", False),
        ("in", False),
        ("/etc/hosts", False),
    ],
)
def test_cases_lie_in_their_folder(tmp_path, name, found):
    (tmp_path / "cases" / "in").mkdir(parents=True)
    for file in ("cases/a.toml", "cases/in/b.toml", "secret.toml"):
        (tmp_path / file).write_text("comity = 1")
    said, fault = Reader(PUBLICATION, tmp_path).field(CASE, name)
    assert (said == name, fault is None) == (found, found)


def test_references_hold_on_to_ids():
    assert bound(SUMMARY, "See <@one@>.", TITLES) == ("See <@@>(@#1@).", ())
    text, (fault,) = bound(SUMMARY, "See <@Two@>.", TITLES)
    assert (text, fault.kind) == ("See <@Two@>.", Kind.AMBIGUOUS_REFERENCE)
    # Only texts hold references.
    assert bound(NOTES, "See <@one@>.", TITLES) == ("See <@one@>.", ())


def test_what_an_entry_is_part_of_is_found_by_its_title():
    assert bound(PART_OF, "", TITLES) == (None, ())
    assert bound(PART_OF, "one", TITLES) == ("1", ())
    assert bound(PART_OF, "Two", TITLES)[1][0].kind is Kind.AMBIGUOUS_REFERENCE
    assert bound(PART_OF, "Three", TITLES)[1][0].kind is Kind.UNRESOLVED_REFERENCE


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (TITLE, Cell(" One "), True),
        (TITLE, Cell("one"), False),
        (YEAR, Cell(2018.0), True),
        (YEAR, Cell("2018.0"), True),
        (YEAR, Cell(2019), False),
        (HIGHLIGHT, Cell(True), True),
        (HIGHLIGHT, Cell("no"), False),
        (RATING, Cell("10/10"), True),
        (SUMMARY, Cell("See <@TWO hundred@>.\r\n"), False),
        (SUMMARY, Cell("See <@ONE@>.\r\n"), True),
    ],
)
def test_whether_a_cell_still_says_what_the_entry_holds(column, cell, said):
    entry = Entry("9", "One", year="2018", rating=10, summary="See <@@>(@#1@).")
    assert says(READER, column, cell, entry, TITLES) is said
