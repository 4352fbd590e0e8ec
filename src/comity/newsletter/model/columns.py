"""The two forms of the sheet: which columns each has, and where their cells live in an entry.

The public form is what readers see; the editor's form also holds what is nobody else's business.
Columns are bound by name, never by place.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

HIGHLIGHT_RATING = 10
"""The rating that makes an entry a highlight."""
RATINGS = range(1, HIGHLIGHT_RATING + 1)


class EmailStatus(StrEnum):
    """Whether an entry goes, or went, into an issue."""

    BLANK = ""
    DO_NOT_SEND = "Do not send"
    PENDING = "Pending"
    SENT = "Sent"
    SENT_LINK_ONLY = "Sent link only"
    NOT_APPLICABLE = "N/A"


class Publicity(StrEnum):
    """How much of an entry anybody may read."""

    BLANK = ""
    YES = "Yes"
    WITH_EDITS = "With edits"
    LINK_ONLY = "Link only"
    NO = "No"


class Column(NamedTuple):
    """A column: its heading and the field of `Entry` that it shows."""

    heading: str
    field: str


CATEGORY = Column("Category", "category")
HIGHLIGHT = Column("Highlight?", "highlight")
RATING = Column("Rec?", "rating")
TITLE = Column("Title", "title")
AUTHORS = Column("Authors", "authors")
VENUE = Column("Venue", "venue")
YEAR = Column("Year", "year")
HAT_TIP = Column("H/T", "hat_tip")
EMAIL = Column("Email", "email")
SUMMARIZER = Column("Summarizer", "summarizer")
SUMMARY = Column("Summary", "summary")
OPINION = Column("My opinion", "opinion")
PREREQUISITES = Column("Prerequisites", "prerequisites")
READ_MORE = Column("Read more", "read_more")
URL = Column("URL", "url")
EMAIL_STATUS = Column("Email status", "email_status")
PUBLIC = Column("Public?", "public")
SUMMARIZE = Column("Summarize?", "summarize")
NOTES = Column("Notes", "notes")

PUBLIC_FORM = (
    CATEGORY,
    HIGHLIGHT,
    TITLE,
    AUTHORS,
    VENUE,
    YEAR,
    HAT_TIP,
    EMAIL,
    SUMMARIZER,
    SUMMARY,
    OPINION,
    PREREQUISITES,
    READ_MORE,
    URL,
)
"""Fourteen columns that readers see."""

EDITOR_FORM = (
    RATING,
    CATEGORY,
    TITLE,
    AUTHORS,
    VENUE,
    YEAR,
    HAT_TIP,
    SUMMARIZER,
    EMAIL_STATUS,
    PUBLIC,
    SUMMARIZE,
    NOTES,
    EMAIL,
    SUMMARY,
    OPINION,
    PREREQUISITES,
    READ_MORE,
)
"""Seventeen columns for those who write. The address of a work is the link behind its title."""

PART_OF = Column("Part of", "part_of")
TOPICS = Column("Topics", "topics")
CASE = Column("Case", "case")

OPTIONAL = (PART_OF, TOPICS, CASE)
"""Columns that a sheet has where some entry has something in them; in the editor's form only."""

KNOWN = tuple(dict.fromkeys((*EDITOR_FORM, *PUBLIC_FORM, *OPTIONAL)))
"""Every column that means something."""

FORMS = {"public": PUBLIC_FORM, "editor": EDITOR_FORM}
