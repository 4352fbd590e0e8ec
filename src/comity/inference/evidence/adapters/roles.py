"""Who of the players of a game a row is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.inference.evidence.columns import Column
from comity.inference.evidence.sheet import Sheet

POSITION = Column(
    "position",
    "which role the person has, where every row is about one of them",
    False,
    ("role", "id_in_group"),
)

ANY = ("player", "both", "all")
"""What stands in the position column where a row is about every role."""


def in_role(sheet: Sheet, role: str, words: Mapping[str, Sequence[str]]) -> Sheet:
    """Return a part of the sheet with the rows of a role, or with all where no column says it.

    ``words`` holds what stands for each role in the position column.
    """
    part = sheet.part()
    if "position" not in sheet:
        return part
    own = list(words).index(role)
    labels = {word: k for k, listed in enumerate(words.values()) for word in listed}
    place = part.labels("position", labels | dict.fromkeys(ANY, own))
    part.alive &= place == own
    return part
