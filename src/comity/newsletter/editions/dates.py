"""Dates as editions show them: for people, for RSS (RFC 822) and for Atom (RFC 3339)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import lru_cache

from comity.newsletter.model.issue import Issue

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""What stands where Atom wants a moment and nobody knows one."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(4096)
def moment(text: str) -> datetime | None:
    """Return a day or a moment in ISO 8601 as a moment; days and times without zone are UTC.

    >>> moment("2026-11-26"), moment("some day")
    (datetime.datetime(2026, 11, 26, 0, 0, tzinfo=datetime.timezone.utc), None)
    """
    try:
        found = datetime.fromisoformat(text.strip())
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        return None


def published(issue: Issue) -> datetime | None:
    """Return when an issue appeared: its sending, if that was on its day, else its day."""
    sent, known = moment(issue.sent), moment(issue.day)
    return sent if sent and known and sent.date() == known.date() else known


def told(text: str) -> str:
    """Return a day for people to read; what is no date stays as it is.

    >>> told("2026-11-26"), told("spring 2020")
    ('26 November 2026', 'spring 2020')
    """
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return text
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def iso(text: str) -> str:
    """Return the day in a date or moment as HTML wants it, or nothing where it is none.

    >>> iso("2026-11-05T09:00:00+00:00"), iso("spring 2020")
    ('2026-11-05', '')
    """
    return text.strip()[:10] if moment(text) else ""


def rfc3339(when: datetime) -> str:
    """Return a moment as Atom writes it.

    >>> rfc3339(NEVER)
    '1970-01-01T00:00:00Z'
    """
    return when.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def rfc822(when: datetime) -> str:
    """Return a moment as RSS writes it.

    >>> rfc822(NEVER)
    'Thu, 01 Jan 1970 00:00:00 +0000'
    """
    return format_datetime(when.astimezone(UTC).replace(microsecond=0))


def clock(seconds: float) -> str:
    """Return a length of time as players show it.

    >>> clock(754.6), clock(3671)
    ('12:34', '1:01:11')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
