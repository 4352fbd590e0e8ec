"""An issue, and what was corrected after it was sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audio:
    """A finished recording of an issue."""

    file: str
    """Path under the built site, for example ``audio/12.mp3``."""
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Issue:
    """One number of the publication."""

    number: int
    title: str = ""
    date: str = ""
    """Day of publication, ISO 8601, or nothing where nobody knows it."""
    opening: str = ""
    """Markdown that stands before the highlights."""
    closing: str = ""
    """Markdown that stands before the standing closing blocks."""
    sent: str = ""
    """Moment of sending, ISO 8601 with its zone; nothing while the issue is a draft."""
    created: str = ""
    """Moment when the database first knew of it, ISO 8601 with its zone."""
    audio: Audio | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it has not been sent."""
        return not self.sent


@dataclass(frozen=True, slots=True)
class Erratum:
    """What was corrected in an entry, told wherever the entry is shown."""

    entry: str
    date: str
    note: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class AuthorReply:
    """A reader's reply that may be published, with the consent of whoever wrote it."""

    entry: str
    name: str
    date: str
    text: str
    """Plain text."""
