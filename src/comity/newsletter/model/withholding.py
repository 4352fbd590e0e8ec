"""What each audience may see: the one place where anything is withheld.

Every output is made from a `View`, which holds nothing that its audience may not know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

from comity.core.choices import check_choice
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.edition import Mention
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.mentions import mentions
from comity.newsletter.model.publication import Post, Publication
from comity.newsletter.text.references import Reference, bound_to, resolve, rewrite
from comity.newsletter.text.titles import Titles, normalised

_OfEntry = TypeVar("_OfEntry", Erratum, AuthorReply)

Audience = Literal["public", "preview", "internal"]
AUDIENCES = ("public", "preview", "internal")
"""Everybody; the editors, as everybody would see it; the editors, with all that they know."""

WITHHELD = "(withheld)"
"""What stands for the title of something that is not public."""

_IN_NO_ISSUE = {EmailStatus.DO_NOT_SEND, EmailStatus.NOT_APPLICABLE}
_BY_STATUS = {
    EmailStatus.SENT: Publicity.YES,
    EmailStatus.SENT_LINK_ONLY: Publicity.LINK_ONLY,
}
_MARKS = {
    "public": {},
    "preview": {
        Publicity.WITH_EDITS: "needs edits",
        Publicity.BLANK: "not decided whether public",
    },
    "internal": {
        Publicity.WITH_EDITS: "needs edits",
        Publicity.BLANK: "not decided whether public",
        Publicity.LINK_ONLY: "public as a link only",
        Publicity.NO: "not public",
    },
}


@dataclass(frozen=True)
class View:
    """A publication as one audience may see it; made by `withhold` alone."""

    publication: Publication
    archive: Archive
    audience: Audience
    link_only: frozenset[str] = frozenset()
    """Entries of which nothing is shown but their link."""
    listed: frozenset[str] = frozenset()
    """Entries of which their issue shows nothing but their link."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Words of warning by entry."""

    @cached_property
    def titles(self) -> Titles:
        """Titles of all entries that the audience may know."""
        return Titles.of(self.archive.entries)

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """Who refers to each entry."""
        return mentions(self.archive)

    @cached_property
    def errata(self) -> Mapping[str, tuple[Erratum, ...]]:
        """What was corrected in each entry, oldest first."""
        return _by_entry(sorted(self.archive.errata, key=lambda erratum: erratum.date))

    @cached_property
    def replies(self) -> Mapping[str, tuple[AuthorReply, ...]]:
        """Replies to each entry, oldest first."""
        return _by_entry(sorted(self.archive.replies, key=lambda reply: reply.date))


def without_texts(entry: Entry) -> Entry:
    """Return the link that remains of an entry."""
    return replace(entry, summary="", opinion="", prerequisites="", read_more="", case=None)


def publicity(entry: Entry) -> Publicity:
    """Return how much of an entry is public, or blank where nobody has decided.

    What was sent was public when it was sent, so a blank cell then means what the mail showed.
    """
    if entry.public is Publicity.BLANK:
        return _BY_STATUS.get(entry.email_status, Publicity.BLANK)
    return entry.public


def in_issue(entry: Entry) -> int | None:
    """Return the issue that shows an entry: not every entry whose cell names one is in it."""
    return None if entry.email_status in _IN_NO_ISSUE else entry.issue


def is_out(entry: Entry, archive: Archive, sending: int | None = None) -> bool:
    """Return whether nothing that the entry waits for is still to be sent."""
    number = in_issue(entry)
    if number is not None and number == sending:
        return True
    if entry.email_status is EmailStatus.PENDING:
        return False
    issue = None if number is None else archive.issue(number)
    return issue is None or not issue.is_draft


def withhold(
    publication: Publication,
    archive: Archive,
    audience: Audience,
    *,
    sending: int | None = None,
) -> View:
    """Return what an audience may see of a publication.

    Parameters
    ----------
    publication, archive : all there is.
    audience : ``public``; ``preview``, the same with drafts, where unfinished entries are marked;
        or ``internal``, everything, marked.
    sending : a draft that counts as sent, because it is about to be.
    """
    check_choice(audience, AUDIENCES, "no such audience", "audience")
    marks = {
        entry.id: mark
        for entry in archive.entries
        if (mark := _MARKS[audience].get(publicity(entry)))
    }
    if audience == "internal":
        known = _Texts(archive, archive.by_id).bound()
        return View(publication, known, audience, marks=marks)
    kept = [entry for entry in archive.entries if _is_kept(entry, archive, audience, sending)]
    link_only = frozenset(e.id for e in kept if publicity(e) is Publicity.LINK_ONLY)
    listed = {e.id for e in kept if e.email_status is EmailStatus.SENT_LINK_ONLY}
    ids = {entry.id for entry in kept}
    return View(
        replace(publication, post=Post()),
        _Cleaner(archive, ids, link_only).archive(kept, _issues(archive, audience, sending)),
        audience,
        link_only,
        link_only | listed,
        {key: mark for key, mark in marks.items() if key in ids},
    )


def _by_entry(items: Iterable[_OfEntry]) -> dict[str, tuple[_OfEntry, ...]]:
    found: dict[str, list[_OfEntry]] = {}
    for each in items:
        found.setdefault(each.entry, []).append(each)
    return {key: tuple(group) for key, group in found.items()}


def _is_kept(entry: Entry, archive: Archive, audience: Audience, sending: int | None) -> bool:
    allowed = publicity(entry)
    if audience == "preview":
        return allowed is not Publicity.NO
    return allowed in {Publicity.YES, Publicity.LINK_ONLY} and is_out(entry, archive, sending)


def _issues(archive: Archive, audience: Audience, sending: int | None) -> tuple[Issue, ...]:
    return tuple(
        issue
        for issue in archive.issues
        if audience == "preview" or not issue.is_draft or issue.number == sending
    )


@dataclass(frozen=True)
class _Texts:
    """Reads texts as somebody who knows some of the entries."""

    all: Archive
    ids: Collection[str]
    """Entries that readers may know."""

    def bound(self) -> Archive:
        """Return everything, with references to whatever now has the title that they name."""
        return replace(
            self.all,
            entries=tuple(self.entry(entry) for entry in self.all.entries),
            issues=tuple(self.issue(issue) for issue in self.all.issues),
            errata=tuple(self.erratum(erratum) for erratum in self.all.errata),
        )

    def entry(self, entry: Entry) -> Entry:
        """Return an entry with its texts read, in the issue that shows it."""
        texts: dict[str, Any] = {name: self.text(getattr(entry, name)) for name in TEXTS}
        return replace(entry, issue=in_issue(entry), **texts)

    def issue(self, issue: Issue) -> Issue:
        """Return an issue with its texts read."""
        return replace(issue, opening=self.text(issue.opening), closing=self.text(issue.closing))

    def erratum(self, erratum: Erratum) -> Erratum:
        """Return an erratum with its note read."""
        return replace(erratum, note=self.text(erratum.note))

    def text(self, text: str) -> str:
        """Return a text in which no reference names anything withheld."""
        if "<@" not in text:
            return text
        # What is typed like a reference inside of code is none; it must tell no title either.
        return rewrite(rewrite(text, self._reference), self._hidden, everywhere=True)

    def _reference(self, reference: Reference) -> str | None:
        """Return what stands for a reference: for one to something withheld, not its title."""
        found = resolve(reference, self._titles)
        if len(found) == 1 and found[0] in self.ids:
            return bound_to(reference, found[0])
        return self._hidden(reference)

    def _hidden(self, reference: Reference) -> str | None:
        """Return what stands for a reference to something withheld."""
        found = resolve(reference, self._titles)
        hidden = [normalised(self.all.by_id[key].title) for key in found if key not in self.ids]
        if not hidden:
            return None
        shown = normalised(reference.shown)
        tells = not shown or any(title in shown for title in hidden if title)
        return WITHHELD if tells else reference.shown

    @cached_property
    def _titles(self) -> Titles:
        return Titles.of(self.all.entries)


@dataclass(frozen=True)
class _Cleaner:
    """Clears what readers may not know from what they may."""

    all: Archive
    ids: Collection[str]
    link_only: Collection[str]

    def archive(self, kept: list[Entry], issues: tuple[Issue, ...]) -> Archive:
        """Return what readers may know of some entries and issues."""
        texts = _Texts(self.all, self.ids)
        shown = {key for key in self.ids if key not in self.link_only}
        works = {entry.work for entry in kept}
        return Archive(
            entries=tuple(self.entry(texts.entry(entry), n) for n, entry in enumerate(kept)),
            issues=tuple(texts.issue(issue) for issue in issues),
            works=tuple(work for work in self.all.works if work.id in works),
            errata=tuple(texts.erratum(e) for e in self.all.errata if e.entry in shown),
            replies=tuple(reply for reply in self.all.replies if reply.entry in shown),
        )

    def entry(self, entry: Entry, position: int) -> Entry:
        """Return an entry without what is nobody else's business."""
        return replace(
            without_texts(entry) if entry.id in self.link_only else entry,
            highlight=entry.is_highlight,
            rating=None,
            email=entry.email if entry.issue is not None else "",
            email_status=EmailStatus.BLANK,
            public=Publicity.BLANK,
            summarize="",
            notes="",
            extra=(),
            position=position,
            part_of=entry.part_of if entry.part_of in self.ids else None,
        )
