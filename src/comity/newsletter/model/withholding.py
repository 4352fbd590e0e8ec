"""What each audience may see: the one place where anything is withheld.

Every output is made from a `View`, which holds nothing that its audience may not know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeVar

from comity.core.choices import check_choice
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.edition import Mention
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue
from comity.newsletter.model.mentions import mentions
from comity.newsletter.model.publication import Post, Publication
from comity.newsletter.text.references import Reference, resolve, rewrite
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
    return replace(entry, summary="", opinion="", prerequisites="", read_more="")


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
        entries = tuple(_placed(entry) for entry in archive.entries)
        return View(publication, replace(archive, entries=entries), audience, marks=marks)
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


def _placed(entry: Entry) -> Entry:
    number = in_issue(entry)
    return entry if number == entry.issue else replace(entry, issue=number)


@dataclass(frozen=True)
class _Cleaner:
    """Clears what readers may not know from what they may."""

    all: Archive
    ids: Collection[str]
    """Entries that readers may know."""
    link_only: Collection[str]

    def archive(self, kept: list[Entry], issues: tuple[Issue, ...]) -> Archive:
        shown = {key for key in self.ids if key not in self.link_only}
        works = {entry.work for entry in kept}
        return Archive(
            entries=tuple(self.entry(entry, n) for n, entry in enumerate(kept)),
            issues=tuple(
                replace(i, opening=self.text(i.opening), closing=self.text(i.closing))
                for i in issues
            ),
            works=tuple(work for work in self.all.works if work.id in works),
            errata=tuple(
                replace(erratum, note=self.text(erratum.note))
                for erratum in self.all.errata
                if erratum.entry in shown
            ),
            replies=tuple(reply for reply in self.all.replies if reply.entry in shown),
        )

    def entry(self, entry: Entry, position: int) -> Entry:
        closed = entry.id in self.link_only
        number = in_issue(entry)
        texts = {name: self.text(getattr(entry, name)) for name in TEXTS}
        return replace(
            without_texts(entry) if closed else replace(entry, **texts),  # type: ignore[arg-type]
            highlight=entry.is_highlight,
            rating=None,
            email=entry.email if number is not None else "",
            issue=number,
            email_status=EmailStatus.BLANK,
            public=Publicity.BLANK,
            summarize="",
            notes="",
            extra=(),
            position=position,
            part_of=entry.part_of if entry.part_of in self.ids else None,
            case=None if closed else entry.case,
        )

    def text(self, text: str) -> str:
        """Return a text in which nothing withheld is named by a reference."""
        return rewrite(text, self._reference) if "<@" in text else text

    def _reference(self, reference: Reference) -> str | None:
        """Return what stands for a reference to something withheld: not its title."""
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
