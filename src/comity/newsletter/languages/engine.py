"""What any engine of translation does; which one is used is the publication's choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine made of one sentence, before any check."""

    text: str
    unknown: tuple[str, ...] = ()
    """Words that it passed through because it does not know them."""


class Engine(Protocol):
    """A translator of plain sentences from one language to another."""

    @property
    def name(self) -> str:
        """Name and versions: a translation is kept until this changes."""

    @property
    def source(self) -> str:
        """Language that it translates from, as ``en``."""

    @property
    def target(self) -> str:
        """Language that it translates to, as ``es``."""

    def stand_ins(self) -> Sequence[str]:
        """Return words that it takes for names and leaves as they are; there may be none."""

    def translate(self, sentences: Sequence[str]) -> Sequence[Draft]:
        """Return a draft for each sentence, in their order; sentences hold no line breaks."""
