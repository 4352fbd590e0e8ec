"""What a recording is made of: one breath of one voice, and the silence after it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comity.newsletter.audio.speech.reading import Kind


class Role(StrEnum):
    """Who speaks. Opinions may have a voice of their own, lest anybody take them for summaries."""

    HOST = "host"
    """Everything around entries: header, titles, who wrote what, closing words."""
    SUMMARY = "summary"
    OPINION = "opinion"
    REPLY = "reply"
    """An author's answer."""


SILENCES = {
    Kind.PART: 0.25,
    Kind.ITEM: 0.45,
    Kind.PARAGRAPH: 0.65,
    Kind.HEADING: 0.8,
}
"""Seconds after a block."""
AFTER_ENTRY = 1.3
"""Seconds between two entries."""
AFTER_SECTION = 0.9
"""Seconds after the name of a category."""


@dataclass(frozen=True, slots=True)
class Block:
    """Words that one voice reads in one breath."""

    role: Role
    said: str
    """As it is given to the voice."""
    shown: str
    """As the transcript shows it."""
    silence: float
    """Seconds of silence after it."""
    chapter: str = ""
    """Title of the chapter that begins here, or nothing."""
    address: str = ""
    """Where that chapter leads, or nothing."""
