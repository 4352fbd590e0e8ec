"""Everything a publication holds at one moment, in memory: what every edition is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from comity.newsletter.model.entry import Entry, Work
from comity.newsletter.model.issue import AuthorReply, Erratum, Issue


@dataclass(frozen=True)
class Archive:
    """Entries in the order of the sheet, issues by number, and what belongs to them."""

    entries: tuple[Entry, ...]
    issues: tuple[Issue, ...] = ()
    works: tuple[Work, ...] = ()
    errata: tuple[Erratum, ...] = ()
    replies: tuple[AuthorReply, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Every entry by its id."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_issue(self) -> Mapping[int, tuple[Entry, ...]]:
        """Entries of each issue, in the order of the sheet."""
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.issue is not None:
                found.setdefault(entry.issue, []).append(entry)
        return {number: tuple(entries) for number, entries in found.items()}

    def issue(self, number: int) -> Issue | None:
        """Return an issue by its number."""
        return self._issues.get(number)

    @cached_property
    def _issues(self) -> Mapping[int, Issue]:
        return {issue.number: issue for issue in self.issues}
