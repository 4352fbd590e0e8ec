"""The two forms, as the sheet's readers and editors know them."""

from dataclasses import fields

from comity.newsletter.model.columns import (
    EDITOR_FORM,
    FORMS,
    KNOWN,
    PUBLIC_FORM,
    EmailStatus,
    Publicity,
)
from comity.newsletter.model.entry import Entry

PUBLIC = (
    "Category, Highlight?, Title, Authors, Venue, Year, H/T, Email, Summarizer, Summary,"
    " My opinion, Prerequisites, Read more, URL"
)
EDITOR = (
    "Rec?, Category, Title, Authors, Venue, Year, H/T, Summarizer, Email status, Public?,"
    " Summarize?, Notes, Email, Summary, My opinion, Prerequisites, Read more"
)


def test_the_forms_are_those_of_the_sheet():
    assert ", ".join(column.heading for column in PUBLIC_FORM) == PUBLIC
    assert ", ".join(column.heading for column in EDITOR_FORM) == EDITOR
    assert FORMS == {"public": PUBLIC_FORM, "editor": EDITOR_FORM}


def test_every_column_is_a_field_of_an_entry():
    names = {field.name for field in fields(Entry)}
    assert {column.field for column in KNOWN} <= names
    assert len({column.heading for column in KNOWN}) == len(KNOWN)


def test_what_is_nobody_elses_business_is_in_no_public_column():
    private = {"rating", "notes", "summarize", "public", "email_status"}
    assert not private & {column.field for column in PUBLIC_FORM}


def test_the_words_of_lists():
    words = ["", "Do not send", "Pending", "Sent", "Sent link only", "N/A"]
    assert [word.value for word in EmailStatus] == words
    assert [word.value for word in Publicity] == ["", "Yes", "With edits", "Link only", "No"]
