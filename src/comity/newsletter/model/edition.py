"""An issue made ready: what email, web, feeds, audio and translations are each rendered from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue


@dataclass(frozen=True, slots=True)
class Mention:
    """Another entry, as a link that cannot rot."""

    entry: str
    title: str
    issue: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as an edition shows it: nothing in here is withheld from its readers."""

    entry: Entry
    """Texts are canonical Markdown: references by id."""
    byline: str
    """Authors by the author rule: ``Ada Lovelace and Charles Babbage``, ``Ada Lovelace et al.``."""
    whose: str = ""
    """Names of those whose opinion it is; nothing where nobody is named."""
    link_only: bool = False
    mark: str = ""
    """Words of warning that an unfinished preview shows, such as ``needs edits``."""
    errata: tuple[Erratum, ...] = ()
    replies: tuple[AuthorReply, ...] = ()
    mentions: tuple[Mention, ...] = ()
    """Later entries that refer to this one."""
    responses: tuple[Item, ...] = ()
    """Entries that are part of this one, shown under it."""

    def walk(self) -> Iterator[Item]:
        """Yield this item and all that is shown under it."""
        yield self
        for response in self.responses:
            yield from response.walk()


@dataclass(frozen=True, slots=True)
class Section:
    """A category that is not empty, with its entries and the categories inside it."""

    title: str
    level: int
    """0 for the outermost."""
    items: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Item]:
        """Yield all that is shown in this category and in those inside it."""
        for item in self.items:
            yield from item.walk()
        for inner in self.sections:
            yield from inner.walk()


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected in an entry of an earlier issue, told to whoever has that one."""

    entry: Entry
    erratum: Erratum


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue in reading order."""

    issue: Issue
    label: str
    """``AN #12``."""
    highlights: tuple[Item, ...]
    sections: tuple[Section, ...]
    audience: str
    """``public``, ``preview`` or ``internal``."""
    corrections: tuple[Correction, ...] = ()
    """Of issues that were sent before this one, made since the one before this one was sent."""

    def walk(self) -> Iterator[Item]:
        """Yield every item in reading order."""
        parts: tuple[Item | Section, ...] = (*self.highlights, *self.sections)
        for part in parts:
            yield from part.walk()
