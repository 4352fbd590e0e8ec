"""Which issue a reply answers, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from comity.newsletter.feedback.mail import Mail
from comity.newsletter.feedback.quotes import Kind
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication


class Sure(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class IssueMatch:
    """The issue that a reply answers, and by what that was seen."""

    issue: int
    sure: Sure
    why: str


SentIn = Callable[[str], int | None]
"""Returns the issue whose mail a header field names, by ids that the sender signed."""
LATE = 2
"""A reply without any trace answers the newest issue of the last so many periods."""


def match_issue(
    mail: Mail, publication: Publication, archive: Archive, sent_in: SentIn
) -> IssueMatch | None:
    """Return the issue that a mail answers: by what it refers to, its subject, its quotes, its day.

    What a program put into the mail goes before what a person may have typed.
    """
    for field in ("in-reply-to", "references", "to", "delivered-to"):
        number = sent_in(mail.fields.get(field, ""))
        if number:
            return IssueMatch(number, Sure.CERTAIN, f"{field.title()} names the mail of the issue")
    known = {issue.number for issue in archive.issues} | set(archive.by_issue)
    label = re.compile(
        rf"(?<!\w){re.escape(publication.short)}\s*#\s*(\d{{1,6}})(?!\d)", re.IGNORECASE
    )
    quoted = "\n".join(p.text for p in mail.pieces if p.kind in {Kind.QUOTE, Kind.FRAME})
    for text, sure, where in (
        (mail.subject, Sure.LIKELY, "its subject"),
        (quoted, Sure.LIKELY, "what it quotes"),
    ):
        numbers = {int(n) for n in label.findall(text)} & known
        if len(numbers) == 1:
            number = numbers.pop()
            return IssueMatch(number, sure, f"{where} names {publication.label(number)}")
    return _by_day(mail, publication, archive)


def _by_day(mail: Mail, publication: Publication, archive: Archive) -> IssueMatch | None:
    try:
        moment = datetime.fromisoformat(mail.date)
    except ValueError:
        return None
    since = moment - timedelta(days=LATE * publication.cadence_days)
    before = [
        (sent, issue.number)
        for issue in archive.issues
        if (sent := _moment(issue.sent)) is not None and since <= sent <= moment
    ]
    if not before:
        return None
    return IssueMatch(max(before)[1], Sure.GUESS, "the last issue before it")


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
