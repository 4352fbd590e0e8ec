"""The operator's side of one room: what to seal, what to hold back, when to end.

Reveals and answers are held back until all are in and then sealed together, in the order of the
seats, so that nobody sees another's before its own is in. Where one is missing at the deadline, the
others' are never sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.rooms.protocol.endings import ending, settled
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Entry, Message
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.state import Refused, require

WITHHELD = {"reveal": "revealing", "answer": "answering"}
"""Messages that are sealed once all parties have sent theirs, and their phase."""


class Desk:
    """One room with what waits to be sealed.

    Every method returns the new entries of the log; store them, and `waiting`, before anybody is
    told.
    """

    def __init__(self, key: Key, room: Room, waiting: Mapping[str, Message] | None = None) -> None:
        self.key = key
        self.room = room
        self.waiting: dict[str, Message] = dict(waiting or {})

    @classmethod
    def open(cls, key: Key, message: Message, time: int) -> Desk:
        """Return a desk whose room opens with a proposal of terms."""
        desk = cls(key, Room(key.public))
        desk._seal(message, time)
        return desk

    @property
    def missing(self) -> tuple[str, ...]:
        """Parties that have not yet done what the phase asks."""
        return tuple(name for name in self.room.missing if name not in self.waiting)

    def take(self, message: Message, time: int) -> list[Entry]:
        """Return the entries that a message leads to; raise `Refused` where it is not taken.

        The same message sent again changes nothing and is not refused. Where it is refused nothing
        changes: a room whose deadline has passed ends by `tick`, whoever knocks.
        """
        if self._has(message):
            return []
        time, before = self._now(time), len(self.room.entries)
        require(not self._is_late(time), "late", "the deadline has passed")
        self._take(message, time)
        self._end_if_over(time)
        return self.room.entries[before:]

    def propose(self, body: Mapping[str, Any], time: int) -> list[Entry]:
        """Return the entries that a solved proposal leads to; one that comes late ends the room."""
        before, now = len(self.room.entries), self._now(time)
        if self._is_late(now):
            return self.tick(now)
        self._seal(self._own("proposal", body), now)
        self._end_if_over(now)
        return self.room.entries[before:]

    def give_up(self, time: int) -> list[Entry]:
        """Return the entries of a room whose common model could not be solved."""
        require(self.room.phase == "solving", "phase", "there is nothing to give up")
        return self._end(self._now(time))

    def tick(self, time: int) -> list[Entry]:
        """Return the entries that the passing of time leads to."""
        now, before = self._now(time), len(self.room.entries)
        self._release(now)
        self._end_if_over(now)
        if self._is_late(now):
            self._end(now)
        return self.room.entries[before:]

    def _now(self, time: int) -> int:
        """Return the time, or that of the last entry where the clock was set back."""
        return max(time, self.room.entries[-1].time) if self.room.entries else time

    def _is_late(self, now: int) -> bool:
        return self.room.deadline is not None and now > self.room.deadline

    def _has(self, message: Message) -> bool:
        sealed = any(entry.message == message for entry in self.room.entries)
        return sealed or self.waiting.get(message.author) == message

    def _take(self, message: Message, time: int) -> None:
        if message.type == "propose":
            raise Refused("phase", "a room has one proposal of terms")
        self.room.check(message, time)
        if message.type not in WITHHELD:
            self._seal(message, time)
            return
        if message.author in self.waiting:
            raise Refused("duplicate", "it has sent another before")
        self.waiting[message.author] = message
        self._release(time)

    def _release(self, now: int) -> None:
        """Seal what was held back once all of it is in; all of it came in time."""
        deadline = self.room.deadline
        if self.room.phase in WITHHELD.values() and deadline is not None and not self.missing:
            for name in (name for name in self.room.players if name in self.waiting):
                self._seal(self.waiting[name], min(now, deadline))
            self.waiting.clear()

    def _seal(self, message: Message, time: int) -> None:
        last = self.room.entries[-1] if self.room.entries else None
        self.room.add(Entry.sealed(self.key, message, time, last))

    def _own(self, kind: str, body: Mapping[str, Any]) -> Message:
        room = self.room
        return Message.signed(
            self.key,
            room=room.id,
            type=kind,
            body=body,
            round=room.round,
            after=room.anchor,
        )

    def _end_if_over(self, time: int) -> None:
        if self.room.phase != "ended" and settled(self.room) is not None:
            self._end(time)

    def _end(self, time: int) -> list[Entry]:
        outcome = ending(self.room, time)
        assert outcome is not None
        if outcome["status"] == "expired":
            outcome["missing"] = list(self.missing)
        before = len(self.room.entries)
        self.waiting.clear()
        self._seal(self._own("outcome", outcome), time)
        return self.room.entries[before:]
