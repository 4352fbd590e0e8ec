"""What the archive is told once an issue is out: that it is sent, and so is each of its entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine

from comity.core.database import transaction
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import in_issue, publicity
from comity.newsletter.store.store import read_archive, write_entries, write_issues

STATUS = {
    Publicity.YES: EmailStatus.SENT,
    Publicity.LINK_ONLY: EmailStatus.SENT_LINK_ONLY,
}
"""What an entry's cell says afterwards, by how much of it was public; others were not mailed."""
OPEN = frozenset({EmailStatus.BLANK, EmailStatus.PENDING})


def mark_sent(engine: Engine, number: int, now: datetime) -> int:
    """Mark an issue and its entries as sent, all or nothing; return how many entries changed.

    The day of the issue becomes this one where it had none. An issue that is marked stays as it is.
    """
    moment = now.isoformat(timespec="seconds")
    with transaction(engine, writes=True) as connection:
        archive = read_archive(connection)
        issue = archive.issue(number) or Issue(number, created=moment)
        if not issue.is_draft:
            return 0
        day = issue.date or moment[:10]
        entries = [sent(entry) for entry in _waiting(archive, number)]
        write_issues(connection, [replace(issue, sent=moment, date=day)])
        write_entries(connection, entries)
    return len(entries)


def sent(entry: Entry) -> Entry:
    """Return an entry as it is after its issue went out."""
    return replace(entry, email_status=STATUS[publicity(entry)])


def _waiting(archive: Archive, number: int) -> list[Entry]:
    return [
        entry
        for entry in archive.entries
        if in_issue(entry) == number and entry.email_status in OPEN and publicity(entry) in STATUS
    ]
