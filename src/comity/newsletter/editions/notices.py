"""What an issue tells of those before it: corrections that whoever got them by mail has not seen.

A mail cannot be called back, so each correction stands in the issue that goes out next. Which one
that is follows from moments alone, so an issue keeps what it was sent with however often it is
built again.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime, time

from comity.newsletter.editions.dates import NEVER, moment
from comity.newsletter.model.edition import Correction
from comity.newsletter.model.issue import Erratum, Issue
from comity.newsletter.model.withholding import View

END_OF_DAY = time(23, 59, 59)


def corrections(view: View, number: int) -> tuple[Correction, ...]:
    """Return what was corrected in earlier issues since the last of them was sent, oldest first.

    A draft has all that was corrected so far. Of what an issue only linked to, it said nothing
    that could be corrected. A preview shows none of what would be left out of the mail.

    Parameters
    ----------
    view : what readers may know.
    number : of the issue that tells it.
    """
    if not view.archive.errata:
        return ()
    sent = sorted((went_out(i), i.number) for i in view.archive.issues if not i.is_draft)
    out = {issue: when for when, issue in sent}
    if number not in out and view.archive.issue(number) is None and number < max(out, default=0):
        return ()  # nobody knows when it was sent
    place = bisect_left(sent, (out[number], number)) if number in out else len(sent)
    if place == 0:
        return ()
    since, until = sent[place - 1][0], out.get(number)
    before = {issue for _, issue in sent[:place]}
    untold = view.listed | (view.marks.keys() if view.audience == "preview" else set())
    found = []
    for erratum in view.archive.errata:
        entry, when = view.archive.by_id[erratum.entry], made(erratum)
        told = entry.issue in before and entry.id not in untold
        if told and when and since <= when and (until is None or when < until):
            found.append((when, Correction(entry, erratum)))
    return tuple(correction for _, correction in sorted(found, key=lambda pair: pair[0]))


def went_out(issue: Issue) -> datetime:
    """Return when an issue was sent, as well as anybody knows: the moment, or the day.

    Where the database only heard of it, by a sheet, its own day says more than that moment.
    """
    sent, day = moment(issue.sent), moment(issue.day)
    if sent and (issue.sending_day or day is None or day.date() == sent.date()):
        return sent
    return day or NEVER


def made(erratum: Erratum) -> datetime | None:
    """Return when something was corrected: the moment, or the end of the day.

    >>> made(Erratum("A", "2026-11-20", "Forty.")).isoformat()
    '2026-11-20T23:59:59+00:00'
    """
    if known := moment(erratum.made):
        return known
    day = moment(erratum.date)
    return day and max(day, datetime.combine(day.date(), END_OF_DAY, day.tzinfo))
