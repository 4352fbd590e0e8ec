"""Making the next issue of what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass, replace

from comity.core.errors import InputError
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import in_issue, publicity


@dataclass(frozen=True)
class Draft:
    """An issue that is to be sent, and what changes to make it."""

    issue: Issue
    entries: tuple[Entry, ...]
    """All entries in it."""
    added: tuple[Entry, ...]
    """Those among them that were in no issue."""

    @property
    def shown(self) -> tuple[Entry, ...]:
        """Those that readers will find in it: none that is not to be sent, or not public."""
        return tuple(entry for entry in self.entries if is_shown(entry))


def is_shown(entry: Entry) -> bool:
    """Return whether readers find an entry in the issue that it names."""
    return in_issue(entry) is not None and publicity(entry) is not Publicity.NO


def draft(publication: Publication, archive: Archive) -> Draft:
    """Return the next issue: the draft there is, or a new one, with every entry that is pending.

    A new issue follows the highest number that any issue or entry has.

    Raises
    ------
    InputError
        Where there is no draft and nothing is pending.
    """
    waiting = [entry for entry in archive.entries if _waits(entry)]
    issue = _open(archive)
    if issue is None:
        if not waiting:
            raise InputError(
                "nothing waits to be sent",
                place="Email status",
                expected=f"an entry that is {EmailStatus.PENDING}, with no issue under Email",
            )
        taken = {*archive.by_issue, *(known.number for known in archive.issues)}
        issue = Issue(max(taken, default=0) + 1)
    named = publication.label(issue.number)
    added = tuple(replace(entry, issue=issue.number, email=named) for entry in waiting)
    return Draft(issue, (*archive.by_issue.get(issue.number, ()), *added), added)


def _waits(entry: Entry) -> bool:
    """Return whether an entry waits for an issue."""
    return entry.email_status is EmailStatus.PENDING and entry.issue is None


def _open(archive: Archive) -> Issue | None:
    """Return the first draft, recorded or named by pending entries only."""
    drafts = {issue.number: issue for issue in archive.issues if issue.is_draft}
    for entry in archive.entries:
        if entry.email_status is EmailStatus.PENDING and entry.issue is not None:
            known = archive.issue(entry.issue) or Issue(entry.issue)
            if known.is_draft:
                drafts.setdefault(known.number, known)
    return drafts[min(drafts)] if drafts else None
