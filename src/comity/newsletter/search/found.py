"""What is asked of a search beside its words, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Filters:
    """What every entry found must be. What is left empty asks nothing."""

    category: str = ""
    """Name of a category; those inside it are meant too."""
    summarizer: str = ""
    """A person's name, alone or jointly; aliases are the same person."""
    year: str = ""
    topic: str = ""
    issue: int | None = None
    highlights: bool = False


class Piece(NamedTuple):
    """Words of a snippet, and whether they are what was searched for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found."""

    entry: str
    """Its id."""
    score: float
    """By BM25, larger is better."""
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    """Plain text around the first words found; unsafe to show as HTML before it is escaped."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int
