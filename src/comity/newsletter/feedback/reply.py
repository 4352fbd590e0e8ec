"""A reply as the editor sees it: who wrote what about which entries, and what they allow."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.entries import EntryMatch
from comity.newsletter.feedback.issues import IssueMatch
from comity.newsletter.feedback.quotes import Kind, Piece


class State(StrEnum):
    """What the editor did with a reply."""

    NEW = "new"
    APPROVED = "approved"
    """It is settled what would be printed, and with which entry."""
    PUBLISHED = "published"
    DISMISSED = "dismissed"


class Consent(StrEnum):
    """Whether the writer wants it printed."""

    UNASKED = "unasked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Said:
    """One word on consent: what, when and how it came."""

    consent: Consent
    at: str
    how: str
    wording: str
    """Digest of the entry, name and text that it is about."""


@dataclass(frozen=True)
class Reply:
    """One mail from a reader. Who sent it is what the mail says, and is proven by nothing."""

    id: str
    digest: str
    message_id: str
    name: str
    address: str
    subject: str
    date: str
    taken: str
    pieces: tuple[Piece, ...]
    issue: IssueMatch | None
    matches: tuple[EntryMatch, ...]
    sort: Sort
    sort_by: str
    state: State = State.NEW
    entry: str = ""
    """Entry that it would be printed with."""
    printed_name: str = ""
    printed_text: str = ""
    said: tuple[Said, ...] = ()
    """All that was said on consent, oldest first."""
    published: int | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What was written, without quotations and signature."""
        return tuple(piece.text for piece in self.pieces if piece.kind is Kind.REPLY)

    @property
    def text(self) -> str:
        """All paragraphs."""
        return "\n\n".join(self.paragraphs)

    @property
    def wording(self) -> str:
        """Digest of what would be printed."""
        return wording(self.entry, self.printed_name, self.printed_text)

    @property
    def consent(self) -> Consent:
        """The last word on what would be printed now; a refusal holds for every wording."""
        if self.said and self.said[-1].consent is Consent.REFUSED:
            return Consent.REFUSED
        fitting = [said for said in self.said if said.wording == self.wording]
        return fitting[-1].consent if fitting else Consent.UNASKED


def wording(entry: str, name: str, text: str) -> str:
    """Return the digest of what is printed where: consent to one text is none to another."""
    parts = json.dumps([entry, name, text])
    return hashlib.sha256(parts.encode()).hexdigest()
