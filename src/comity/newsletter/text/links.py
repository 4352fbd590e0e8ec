"""Where references lead: each edition knows its own addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Target:
    """An entry that a text refers to, as an edition reaches it."""

    title: str
    address: str
    issue: int | None = None
    label: str = ""
    """The issue's name, ``AN #12``, or nothing where the entry is in none."""
    issue_address: str = ""


class Links(Protocol):
    """Tells where an entry is found."""

    def target(self, entry: str) -> Target | None:
        """Return where an entry is found, or ``None`` if this edition's readers may not know."""


class NoLinks:
    """References to nowhere: each is shown as its words."""

    def target(self, entry: str) -> Target | None:
        """Return nothing."""
        return None
