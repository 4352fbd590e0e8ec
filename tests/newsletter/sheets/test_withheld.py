"""Over every publicity: blanks of the public form erase only what that form shows."""

from dataclasses import replace

import pytest

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.publication import Publication
from comity.newsletter.sheets.withheld import Withheld

PUBLICATION = Publication("Fair Play", "FP")
BLANK = dict.fromkeys(TEXTS, "")
FULL = Entry(
    "a", "One", **{name: f"the {name}" for name in TEXTS}, email="FP #1", issue=1, notes="n"
)


def restore(row, *stored, form="public"):
    return Withheld.of(PUBLICATION, Archive(stored), form).restore(row)


@pytest.mark.parametrize("public", [word for word in Publicity if word != Publicity.YES])
def test_blanks_of_what_is_not_public_leave_the_texts(public):
    stored = replace(FULL, public=public)
    row = replace(stored, **BLANK, venue="arXiv")
    assert restore(row, stored) == (replace(stored, venue="arXiv"), False)


def test_what_was_sent_as_a_link_only_keeps_its_texts():
    stored = replace(FULL, email_status=EmailStatus.SENT_LINK_ONLY)
    assert restore(replace(stored, **BLANK), stored) == (stored, False)


def test_a_text_that_readers_see_can_be_emptied():
    stored = replace(FULL, public=Publicity.YES)
    row = replace(stored, summary="")
    assert restore(row, stored) == (row, False)


def test_the_form_of_editors_empties_whatever_is_empty():
    stored = replace(FULL, public=Publicity.NO)
    row = replace(stored, **BLANK)
    assert restore(row, stored, form="editor") == (row, False)


def test_a_new_text_for_what_was_a_link_is_taken():
    stored = replace(FULL, public=Publicity.LINK_ONLY)
    row = replace(stored, **BLANK | {"summary": "New."})
    assert restore(row, stored) == (replace(stored, summary="New."), False)


def test_the_issue_of_what_no_issue_shows_stays():
    stored = replace(FULL, public=Publicity.YES, email_status=EmailStatus.DO_NOT_SEND)
    assert restore(replace(stored, email="", issue=None), stored) == (stored, False)


@pytest.mark.parametrize("shown", ["", "words of ours"])
def test_references_to_what_is_withheld_hold(shown):
    hidden = Entry("h", "Hidden", public=Publicity.NO)
    text = f"See <@{shown}@>(@#h@) again."
    stored = replace(FULL, public=Publicity.YES, summary=text, part_of="h")
    seen = f"See {shown or '(withheld)'} again."
    assert restore(replace(stored, summary=seen, part_of=None), stored, hidden) == (stored, False)


def test_a_change_around_what_is_withheld_is_refused():
    hidden = Entry("h", "Hidden", public=Publicity.NO)
    stored = replace(FULL, public=Publicity.YES, summary="See <@@>(@#h@) again.")
    row = replace(stored, summary="Do see (withheld) again.")
    assert restore(row, stored, hidden) == (stored, True)


def test_the_public_form_hides_what_is_not_public():
    entries = [replace(FULL, id=word or "blank", public=word) for word in Publicity]
    withheld = Withheld.of(PUBLICATION, Archive(tuple(entries)), "public")
    assert [entry.id for entry in entries if withheld.hides(entry.id)] == [
        "blank",
        "With edits",
        "No",
    ]
    assert not withheld.hides("new")
    assert restore(replace(FULL, id="new"), *entries) == (replace(FULL, id="new"), False)
