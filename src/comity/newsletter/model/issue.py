"""An issue, and what was corrected after it was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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
    def day(self) -> str:
        """Day on which it appeared or is to appear, else that of its sending, else nothing."""
        return self.date or self.sending_day

    @property
    def sending_day(self) -> str:
        """Day on which it was sent, ISO 8601; nothing where nobody knows it.

        Where the database learned at one moment that there is such an issue and that it was sent,
        it came by a sheet: that moment says nothing of the issue.
        """
        known = self.sent != self.created and _DAY.match(self.sent)
        return known[0] if known else ""

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
    made: str = ""
    """Moment when the database got to know of it, ISO 8601 with its zone, or nothing where nobody
    knows it."""


@dataclass(frozen=True, slots=True)
class AuthorReply:
    """A reader's reply that may be published, with the consent of whoever wrote it."""

    entry: str
    name: str
    date: str
    text: str
    """Plain text."""
