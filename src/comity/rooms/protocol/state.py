"""Where a room stands, and why it may refuse a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from comity.core.errors import ComityError
from comity.rooms.protocol.messages import START, Entry
from comity.rooms.protocol.terms import Terms

Phase = Literal["joining", "committing", "revealing", "solving", "answering", "ended"]

MOST_TALK = 200
"""Messages that a party may say in one room."""

CODES = {
    "form": "it has not the form of a message",
    "room": "it names another room",
    "signature": "its signature is not that of its key",
    "chain": "an entry does not continue the log",
    "seat": "its sender may not say this: no such seat, another's key, or one key in two seats",
    "phase": "the room is in another phase, or over",
    "stale": "it follows another entry than the one that opened the phase, or is of another round",
    "duplicate": "its sender has said this already",
    "late": "the deadline of the phase has passed",
    "content": "what it says does not hold: a commitment, an opening, an outcome, the terms",
    "full": "its sender has talked enough",
}
"""Why a message is refused."""


class Refused(ComityError):
    """A message that a room does not take, with the code of the reason."""

    def __init__(self, code: str, message: str, **where: Any) -> None:
        super().__init__(message, **where)
        self.code = code

    def within(self, *, file: str | None = None, place: str | None = None) -> Refused:
        """Return the same refusal placed inside a file or an outer place."""
        inner = ".".join(part for part in (place, self.place) if part) or None
        where = {"file": file or self.file, "place": inner}
        return Refused(self.code, self.message, **where, found=self.found, expected=self.expected)


def require(holds: bool, code: str, message: str) -> None:
    """Raise `Refused` unless something holds."""
    if not holds:
        raise Refused(code, message)


@dataclass
class State:
    """Where a room stands.

    Attributes
    ----------
    operator : public key of whoever seals the log.
    entries : the log so far.
    terms : what all agreed to; set by the first entry.
    phase, round : where it stands; the round counts refusals.
    anchor : hash of the entry that opened the phase, which the phase's messages follow.
    since : time of that entry, in milliseconds.
    keys : public key of each seat that is taken.
    commitments : what each party committed to: ``report``, and ``draws`` by round.
    opened : what each party revealed, as plain JSON.
    proposals : bodies of all proposals.
    answers : each party's answer to the last one, once all are in.
    outcome : how the room ended.
    said : how often each party spoke.
    left : who walked away, if anybody.
    seated : hash of the entry that took the last seat; what a party keeps secret hangs on it, so
        that a log that forks before it, or is replayed, learns nothing from another.
    signatures : those of all messages in the log.
    """

    operator: str
    entries: list[Entry] = field(default_factory=list)
    terms: Terms = field(default_factory=lambda: Terms({}))
    phase: Phase = "joining"
    round: int = 0
    anchor: str = START
    since: int = 0
    keys: dict[str, str] = field(default_factory=dict)
    commitments: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    opened: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    proposals: list[Mapping[str, Any]] = field(default_factory=list)
    answers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    outcome: Mapping[str, Any] | None = None
    said: dict[str, int] = field(default_factory=dict)
    left: str = ""
    seated: str = START
    signatures: set[str] = field(default_factory=set)
    _revised: tuple[int, dict[str, Any]] = field(
        default_factory=lambda: (0, {}), repr=False, compare=False
    )

    @property
    def id(self) -> str:
        """The room's name, 32 hexadecimal digits."""
        return self.entries[0].message.room

    @property
    def head(self) -> str:
        """Hash of the last entry: whoever keeps it can prove the whole log."""
        return self.entries[-1].hash if self.entries else START

    @property
    def players(self) -> tuple[str, ...]:
        """Names of the seats, in order."""
        return self.terms.players if self.entries else ()

    @property
    def deadline(self) -> int | None:
        """When the phase ends by itself, in milliseconds; ``None`` unless one is on."""
        if self.phase == "ended" or not self.entries:
            return None
        return self.since + 1000 * int(self.terms.data["deadlines"][self.phase])

    @property
    def missing(self) -> tuple[str, ...]:
        """Parties that the log shows nothing of in this phase."""
        done: Mapping[str, Mapping[str, object]] = {
            "joining": self.keys,
            "committing": self.commitments,
            "revealing": self.opened,
            "answering": self.answers,
        }
        if self.phase not in done:
            return ()
        return tuple(name for name in self.players if name not in done[self.phase])
