"""How entries stand to their issues, against a table of all that can be."""

from itertools import product

import pytest

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold
from comity.newsletter.sheets.standing import standing

OUTSIDE = (EmailStatus.DO_NOT_SEND, EmailStatus.NOT_APPLICABLE)


@pytest.mark.parametrize(("status", "public"), [*product(EmailStatus, Publicity)])
def test_what_readers_of_a_sent_issue_miss_is_told_unless_somebody_withheld_it(status, public):
    entry = Entry("A", "Fair", issue=1, email="W #1", email_status=status, public=public)
    archive = Archive((entry,), (Issue(1, sent="2026"),))
    shown = withhold(Publication("Weekly", "W"), archive, "public").archive.entries
    faults = [f for f in standing(entry, is_sent=True) if f.kind is not Kind.KEPT_OUT]
    meant = status in OUTSIDE or (public is Publicity.NO and status is not EmailStatus.PENDING)
    assert bool(faults) == (not shown and not meant)
    early = [fault.kind for fault in standing(entry, is_sent=False)]
    assert early == ([Kind.KEPT_OUT] if status in OUTSIDE else [])
    late = status is EmailStatus.PENDING
    assert {f.kind for f in faults} <= {Kind.LATE_ENTRY if late else Kind.HELD_BACK}


@pytest.mark.parametrize("status", EmailStatus)
@pytest.mark.parametrize(("email", "told"), [("", True), ("n/a", True), ("the spring one", False)])
def test_what_was_sent_names_its_issue(status, email, told):
    faults = list(standing(Entry("A", "Fair", email=email, email_status=status), is_sent=False))
    sent = status in (EmailStatus.SENT, EmailStatus.SENT_LINK_ONLY)
    assert [f.kind for f in faults] == ([Kind.SENT_NOWHERE] if sent and told else [])
