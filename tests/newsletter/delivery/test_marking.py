from datetime import UTC, datetime

import pytest

from comity.newsletter.delivery.marking import mark_sent
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entry(key, status, public, issue=3):
    return Entry(key, key, issue=issue, email_status=status, public=public)


ENTRIES = [
    entry("PEND", EmailStatus.PENDING, Publicity.YES),
    entry("BLANK", EmailStatus.BLANK, Publicity.YES),
    entry("LINK", EmailStatus.PENDING, Publicity.LINK_ONLY),
    entry("LISTED", EmailStatus.SENT_LINK_ONLY, Publicity.YES),
    entry("NOT", EmailStatus.DO_NOT_SEND, Publicity.YES),
    entry("NO", EmailStatus.PENDING, Publicity.NO),
    entry("OTHER", EmailStatus.PENDING, Publicity.YES, 4),
]
AFTER = {
    "PEND": EmailStatus.SENT,
    "BLANK": EmailStatus.SENT,
    "LINK": EmailStatus.SENT_LINK_ONLY,
    "LISTED": EmailStatus.SENT_LINK_ONLY,
    "NOT": EmailStatus.DO_NOT_SEND,
    "NO": EmailStatus.PENDING,
    "OTHER": EmailStatus.PENDING,
}


@pytest.fixture
def marked(store):
    store.save_entries(ENTRIES)
    store.save_issue(Issue(3, "Third", created="2026-02-01T00:00:00+00:00"))
    assert mark_sent(store.engine, 3, NOW) == 3
    return store


def test_an_issue_and_what_it_showed_are_marked_as_sent(marked):
    archive = marked.load()
    assert archive.issue(3).sent == "2026-03-01T12:00:00+00:00"
    assert archive.issue(3).date == "2026-03-01"
    assert {e.id: e.email_status for e in archive.entries} == AFTER


def test_to_mark_twice_changes_nothing(marked):
    before = marked.load()
    assert mark_sent(marked.engine, 3, datetime(2027, 1, 1, tzinfo=UTC)) == 0
    assert marked.load() == before


def test_a_day_that_the_editor_set_stays(store):
    store.save_issue(Issue(3, date="2026-02-27"))
    mark_sent(store.engine, 3, NOW)
    assert store.load().issue(3).date == "2026-02-27"


def test_an_issue_that_only_its_entries_name_is_recorded(store):
    store.save_entries(ENTRIES)
    mark_sent(store.engine, 3, NOW)
    assert not store.load().issue(3).is_draft
