"""Plain data becomes rows and comes back."""

from dataclasses import fields

from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Audio, Issue
from comity.newsletter.store.rows import (
    entry_of_row,
    entry_to_row,
    issue_of_row,
    issue_to_row,
)

FULL = Entry(
    **{field.name: f"a {field.name}" for field in fields(Entry) if field.name not in (
        "highlight", "rating", "issue", "email_status", "public", "position", "topics", "extra",
    )},
    highlight=True,
    rating=7,
    issue=3,
    email_status=EmailStatus.PENDING,
    public=Publicity.LINK_ONLY,
    position=5,
    topics=("trust", "norms, too"),
    extra=(("Mood", "calm"), ("Mood", "twice")),
)  # fmt: skip


def test_every_field_of_an_entry_comes_back():
    blank = Entry("", "")
    same = [f.name for f in fields(Entry) if getattr(FULL, f.name) == getattr(blank, f.name)]
    assert same == []
    assert entry_of_row(entry_to_row(FULL)) == FULL
    assert entry_of_row(entry_to_row(blank)) == blank


def test_rows_are_plain():
    kinds = {type(value) for value in entry_to_row(FULL).values()}
    assert kinds <= {str, int, bool, type(None)}


def test_issues_come_back():
    for audio in (None, Audio("audio/3.mp3", 100, 1.5)):
        issue = Issue(3, "Title", "2018-05-01", "Hello", "Bye", "sent", "created", audio)
        assert issue_of_row(issue_to_row(issue)) == issue
