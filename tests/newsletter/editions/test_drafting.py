"""The next issue takes what is pending, and nothing else."""

from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.drafting import draft
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import withhold
from newsletter_weekly import PUBLICATION, SENT

PENDING = EmailStatus.PENDING
WAITS = Entry("W", "Waits", email_status=PENDING)
PLACED = Entry("P", "Placed", issue=14, email="CW #14", email_status=PENDING)
OTHERS = (
    Entry("S", "Sent", issue=12, email_status=EmailStatus.SENT),
    Entry("D", "Not to be sent", email_status=EmailStatus.DO_NOT_SEND),
    Entry("B", "Undecided"),
)


def test_a_new_issue_follows_the_last_and_takes_what_is_pending():
    found = draft(PUBLICATION, Archive((*OTHERS, WAITS), (Issue(12, sent=SENT),)))
    assert found.issue == Issue(13)
    assert found.entries == found.added == (replace(WAITS, issue=13, email="CW #13"),)


@pytest.mark.parametrize("issues", [(), (Issue(14, "Title"), Issue(15))])
def test_a_draft_that_is_there_takes_more(issues):
    found = draft(PUBLICATION, Archive((PLACED, *OTHERS, WAITS), issues))
    assert found.issue.number == 14
    assert found.issue.title == ("Title" if issues else "")
    assert [entry.id for entry in found.entries] == ["P", "W"]
    assert [entry.email for entry in found.added] == ["CW #14"]


def test_what_readers_will_not_see_is_put_in_but_does_not_count():
    secret = Entry("N", "Not public", email_status=PENDING, public=Publicity.NO)
    out = Entry("O", "Out", issue=14, email_status=EmailStatus.DO_NOT_SEND)
    edits = Entry("E", "Edits", email_status=PENDING, public=Publicity.WITH_EDITS)
    found = draft(PUBLICATION, Archive((PLACED, secret, out, edits), (Issue(14),)))
    assert [entry.id for entry in found.added] == ["N", "E"]
    assert [entry.id for entry in found.shown] == ["P", "E"]
    view = withhold(PUBLICATION, Archive(found.entries, (Issue(14),)), "preview")
    assert [item.entry.id for item in assemble(view, 14).walk()] == ["P", "E"]


def test_without_anything_pending_there_is_no_next_issue():
    with pytest.raises(InputError, match="nothing waits to be sent"):
        draft(PUBLICATION, Archive(OTHERS, (Issue(12, sent=SENT),)))


def test_what_is_pending_for_an_issue_that_was_sent_does_not_open_it_again():
    late = replace(PLACED, issue=12)
    with pytest.raises(InputError):
        draft(PUBLICATION, Archive((late,), (Issue(12, sent=SENT),)))
