"""How an entry stands to the issue that its row names."""

from __future__ import annotations

from collections.abc import Iterator

from comity.newsletter.model.columns import EMAIL, EMAIL_STATUS, PUBLIC, EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.withholding import in_issue, publicity
from comity.newsletter.sheets.words import says_nothing

SENT = (EmailStatus.SENT, EmailStatus.SENT_LINK_ONLY)
UNDECIDED = {
    Publicity.WITH_EDITS: "it is to be public only after edits",
    Publicity.BLANK: "nobody has decided whether it is public",
}
"""Why an entry is neither public nor withheld for good."""


def standing(entry: Entry, is_sent: bool) -> Iterator[Fault]:
    """Yield what is wrong between an entry and its issue, by column.

    Parameters
    ----------
    is_sent : whether the issue that the entry names was sent.
    """
    if entry.email_status in SENT and entry.issue is None and says_nothing(entry.email):
        yield Fault(
            Kind.SENT_NOWHERE,
            "it was sent, but names no issue and is shown in none",
            column=EMAIL.heading,
            expected="the issue that it was sent in",
        )
    if entry.issue is not None and in_issue(entry) is None:
        yield Fault(
            Kind.KEPT_OUT,
            f"it names issue {entry.issue}, which does not show it",
            column=EMAIL_STATUS.heading,
            found=str(entry.email_status),
            expected="Sent or Pending, or no issue",
        )
    if not is_sent or in_issue(entry) is None:
        return
    undecided = UNDECIDED.get(publicity(entry))
    if entry.email_status is EmailStatus.PENDING:
        yield Fault(
            Kind.LATE_ENTRY,
            f"issue {entry.issue} was sent without it, and readers never see it",
            column=EMAIL_STATUS.heading,
            found=str(entry.email_status),
            expected="a later issue, or Sent if it was in it",
        )
    elif undecided:
        yield Fault(
            Kind.HELD_BACK,
            f"issue {entry.issue} was sent, and readers do not see it here: {undecided}",
            column=PUBLIC.heading,
            found=str(entry.public),
            expected="Yes, Link only or No",
        )
