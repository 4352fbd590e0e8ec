"""An entry: one thing somebody read, what it says, and what the reader made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.newsletter.model.columns import HIGHLIGHT_RATING, EmailStatus, Publicity

TEXTS = ("summary", "opinion", "prerequisites", "read_more")
"""Fields that hold Markdown, and may refer to other entries."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the sheet, under an identity that outlives its title.

    Names and dates are kept as they were written; `comity.newsletter.model.people` takes them
    apart. Texts are Markdown in which a reference to another entry stands by that entry's id
    (see `comity.newsletter.text.references`).
    """

    id: str
    """Stable, never used twice, part of permanent links."""
    title: str
    category: str = ""
    url: str = ""
    authors: str = ""
    venue: str = ""
    year: str = ""
    hat_tip: str = ""
    summarizer: str = ""
    summary: str = ""
    opinion: str = ""
    prerequisites: str = ""
    read_more: str = ""
    highlight: bool = False
    rating: int | None = None
    """1 to 10; 10 makes a highlight. Nobody but the editors sees it."""
    email: str = ""
    """The issue as the sheet names it, for example ``AN #12``."""
    issue: int | None = None
    """The number in `email`."""
    email_status: EmailStatus = EmailStatus.BLANK
    public: Publicity = Publicity.BLANK
    summarize: str = ""
    notes: str = ""
    """Nobody but the editors sees them."""
    position: int = 0
    """Place in the sheet, from 0."""
    part_of: str | None = None
    """Id of the entry that this one responds to or belongs with; shown together with it."""
    work: str | None = None
    """Id of the work that was read; works may have several entries and several versions."""
    case: str | None = None
    """A comity Case that belongs to the entry: its path under the publication's ``cases/``."""
    topics: tuple[str, ...] = ()
    """Topics of cooperation, by which readers may filter."""
    extra: tuple[tuple[str, str], ...] = field(default=())
    """Cells of columns that neither form knows, by heading; kept and written back."""

    @property
    def is_highlight(self) -> bool:
        """Whether the entry opens its issue, outside the categories."""
        return self.highlight or self.rating == HIGHLIGHT_RATING


@dataclass(frozen=True, slots=True)
class Version:
    """One form in which a work appeared."""

    kind: str
    """``preprint``, ``published``, ``post`` or another word."""
    url: str = ""
    venue: str = ""
    year: str = ""
    doi: str = ""
    arxiv: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody made, in all forms in which it appeared."""

    id: str
    title: str
    authors: str = ""
    versions: tuple[Version, ...] = ()
