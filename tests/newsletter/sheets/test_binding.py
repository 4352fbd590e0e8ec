"""Columns are known by their headings."""

from random import Random

import pytest

from comity.core.errors import InputError
from comity.newsletter.model.columns import EDITOR_FORM, HIGHLIGHT, KNOWN, PUBLIC_FORM, TITLE
from comity.newsletter.sheets.binding import bind_columns, is_heading_row, unnamed

EDITOR = tuple(column.heading for column in EDITOR_FORM)
PUBLIC = tuple(column.heading for column in PUBLIC_FORM)


@pytest.mark.parametrize(("headings", "form"), [(EDITOR, "editor"), (PUBLIC, "public")])
def test_columns_may_stand_in_any_order(headings, form):
    rng = Random(0)
    for _ in range(20):
        moved = rng.sample(headings, len(headings))
        bound = bind_columns(tuple(moved), "f")
        assert {column.heading: place for column, place in bound.columns.items()} == {
            heading: place for place, heading in enumerate(moved)
        }
        assert bound.form == form
        assert bound.missing == ()
        assert not bound.extra


def test_spellings_of_a_heading_are_one():
    bound = bind_columns(
        ("TITLE:", " email  status ", "\ufeffHighlight", "pub\u00adlic\u200b"), "f"
    )
    assert [column.heading for column in bound.columns] == [
        "Title",
        "Email status",
        "Highlight?",
        "Public?",
    ]


def test_choices_may_stand_behind_the_heading_of_a_column_that_has_them():
    """As the issue of the whole room words them."""
    decorated = {
        "Rec?": "Rec? (1-10, 10 = highlight)",
        "Email status": "Email status (Do not send, Pending, Sent, Sent link only, N/A)",
        "Public?": "Public? (Yes, With edits, Link only, No, blank)",
        "Summarize?": "Summarize? [yes/no]",
    }
    bound = bind_columns(tuple(decorated.get(name, name) for name in EDITOR), "f")
    assert [column.heading for column in bound.columns] == list(EDITOR)
    assert not bound.extra


@pytest.mark.parametrize(
    "heading",
    [
        "Summary (internal)",
        "Title (original)",
        "Notes (no)",
        "Public? (old)",
        "Rec? (11)",
        "Rec? (1-10) of Dana",
        "(1-10) Rec?",
        "Email (no)",
        "Rec (1 (2))",
    ],
)
def test_other_words_in_brackets_make_another_column(heading):
    bound = bind_columns(("Title", "Summary", heading), "f")
    assert bound.extra == {2: heading}


def test_a_column_with_choices_and_one_without_are_the_same_heading_twice():
    with pytest.raises(InputError, match="same heading"):
        bind_columns((*EDITOR, "Public? (Yes/No)"), "f")


def test_other_columns_are_kept():
    bound = bind_columns((*PUBLIC, "Mood", "", "Mood of others"), "f")
    assert bound.extra == {14: "Mood", 15: unnamed(15), 16: "Mood of others"}


@pytest.mark.parametrize("twice", ["Title", "title ", "Mood"])
def test_the_same_heading_twice_is_refused(twice):
    with pytest.raises(InputError) as refused:
        bind_columns((*PUBLIC, "Mood", twice), "f")
    assert "in columns" in str(refused.value)
    assert str(refused.value).endswith("expected each heading once)")


def test_what_the_sheet_lacks_is_known():
    bound = bind_columns(("Title", "Summary", "Highlight?"), "f")
    assert HIGHLIGHT not in bound.missing
    assert set(bound.missing) == set(PUBLIC_FORM) - {TITLE, HIGHLIGHT, *bound.columns}


def test_notes_alone_make_no_editors_form():
    assert bind_columns((*PUBLIC, "Notes"), "f").form == "public"
    assert bind_columns(EDITOR, "f", "public").form == "public"


def test_a_sheet_is_for_readers_where_no_column_is_for_editors_or_it_was_said():
    assert bind_columns(PUBLIC, "f").is_for_readers
    assert bind_columns((*PUBLIC, "Mood"), "f").is_for_readers
    for heading in set(EDITOR) - set(PUBLIC):
        assert not bind_columns((*PUBLIC, heading), "f").is_for_readers
        assert bind_columns((*PUBLIC, heading), "f", "public").is_for_readers
    assert not bind_columns(EDITOR, "f").is_for_readers
    assert not bind_columns(PUBLIC, "f", "editor").is_for_readers


def test_rows_of_headings_are_told_from_others():
    assert is_heading_row(EDITOR)
    assert is_heading_row(("Title", "Year", "Venue"))
    assert not is_heading_row(("Title", "A title about titles", "Year of the rat"))
    assert not is_heading_row(("Category", "Year", "Venue"))
    assert len({column.heading.casefold() for column in KNOWN}) == len(KNOWN)
