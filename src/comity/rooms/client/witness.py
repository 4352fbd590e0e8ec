"""What one party has seen of a room, and what an honest operator would never show it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from comity.agreement.transcripts.transcript import UNREADABLE
from comity.core.errors import ComityError
from comity.rooms.protocol.messages import PROTOCOL, Entry, entry_from_dict
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.verification import log_to_dict

CLOCK_SLACK = 300.0
"""Seconds that two clocks may be apart before a deadline is doubted."""


class Untrusted(ComityError):
    """The operator did what no honest operator does.

    Attributes
    ----------
    evidence : the log that it sealed, and what it showed after that, as plain JSON.
    """

    def __init__(self, message: str, evidence: Mapping[str, Any] | None = None, **at: Any) -> None:
        super().__init__(message, **at)
        self.evidence = dict(evidence or {})


class Witness:
    """Folds a room's log for itself, entry by entry; whatever does not follow is named.

    Parameters
    ----------
    room : the room's name.
    operator : the key that must seal the log; the first one seen unless given.
    clock : seconds since 1970.
    """

    def __init__(
        self, room: str, operator: str | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self.name = room
        self.operator = operator
        self.clock = clock
        self.room = Room(operator or "")
        self.ended_in = ""

    @property
    def place(self) -> str:
        """Name of the present phase and round; ``ended_in`` is the last one before the end."""
        return f"{self.room.phase}:{self.room.round}"

    @property
    def seen(self) -> int:
        """How many entries it has seen."""
        return len(self.room.entries)

    def take(self, data: Any) -> list[Entry]:
        """Return the new entries of an answer that holds the log from here on.

        Raises `Untrusted` where they do not follow from those seen before.
        """
        if not isinstance(data, Mapping) or data.get("protocol") != PROTOCOL:
            raise self._untrusted("it does not speak this protocol", data)
        entries = data.get("entries")
        if not isinstance(entries, list):
            raise self._untrusted("it shows no log", data)
        if self.operator is None:
            self.operator = str(data.get("operator"))
            self.room.operator = self.operator
        if data.get("operator") != self.operator:
            raise self._untrusted("its key is another than it was", data)
        return [self._add(item) for item in entries]

    def _add(self, item: Any) -> Entry:
        number, place = self.seen, self.place
        try:
            entry = entry_from_dict(item)
            self.room.add(entry)
        except UNREADABLE as error:
            told = error.message if isinstance(error, ComityError) else str(error)
            said = f"entry {number} of its log does not follow: {told}"
            raise self._untrusted(said[:300], item) from error
        if entry.message.room != self.name:
            raise self._untrusted("it shows another room", item)
        if entry.message.type == "outcome":
            self.ended_in = place
            self._check_clock(entry)
        return entry

    def _check_clock(self, entry: Entry) -> None:
        """Raise where an ending by deadline comes long before the deadline by the own clock."""
        if entry.message.body["status"] != "expired":
            return
        early = entry.time / 1000 - self.clock() - CLOCK_SLACK
        if early > 0:
            said = f"it ends the room by a deadline that this clock has {early:.0f} seconds ahead"
            raise self._untrusted(said, entry.to_dict())

    def check_count(self, data: Any) -> None:
        """Raise where an answer claims fewer entries than the server has shown."""
        count = data.get("entries") if isinstance(data, Mapping) else None
        if not isinstance(count, int) or count < self.seen:
            said = f"it has shown {self.seen} entries and says that there are {str(count)[:20]}"
            raise self._untrusted(said, data)

    def overdue(self) -> float:
        """Return the seconds since the deadline of the phase; negative before it."""
        deadline = self.room.deadline
        return float("-inf") if deadline is None else self.clock() - deadline / 1000

    def log(self) -> dict[str, Any]:
        """Return the log as plain JSON."""
        return log_to_dict(self.room)

    def untrusted(self, what: str) -> Untrusted:
        """Return the error that says what the operator did."""
        return self._untrusted(what, None)

    def _untrusted(self, what: str, shown: Any) -> Untrusted:
        return Untrusted(
            f"the operator cannot be trusted: {what}", {"log": self.log(), "shown": shown}
        )


def replayed(log: Sequence[Any], witness: Witness) -> Witness:
    """Return a witness that has seen the entries kept from before."""
    if log:
        witness.take({"protocol": PROTOCOL, "operator": witness.operator, "entries": list(log)})
    return witness
