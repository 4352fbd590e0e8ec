"""A room as its log makes it: whoever folds the same entries finds the same room.

The operator folds while it runs the room, a party while it takes part, anyone afterwards. A room
goes through joining, committing, revealing, solving and answering, the last two once more after
each round of talk, and ends. A message that the present phase does not allow is refused with a
code; nothing changes then.
"""

from __future__ import annotations

from collections.abc import Callable

from comity.games import Game
from comity.rooms.protocol.bodies import BODIES
from comity.rooms.protocol.checks import CHECKS, revised
from comity.rooms.protocol.endings import settled
from comity.rooms.protocol.messages import Entry, Message
from comity.rooms.protocol.state import Phase, Refused, State, require
from comity.rooms.protocol.terms import Terms

FREE = ("say", "leave")
"""Messages that belong to no phase."""

PHASE_OF: dict[str, tuple[Phase, ...]] = {
    "propose": (),
    "join": ("joining",),
    "commit": ("committing",),
    "reveal": ("revealing",),
    "proposal": ("solving",),
    "answer": ("answering",),
}
"""Phases that a type of message belongs to; any phase for others."""


class Room(State):
    """A room that takes entries."""

    @property
    def reports(self) -> dict[str, Game]:
        """The reports on the table, revised by talk; empty until all are revealed.

        Worked out when they are asked for, so that no report that nobody can revise keeps an
        answer from being sealed; raises `ComityError` for such.
        """
        if not self.opened or set(self.opened) != set(self.players):
            return {}
        if self._revised[0] != self.round or not self._revised[1]:
            self._revised = (self.round, revised(self.terms, self.opened, self.round))
        return self._revised[1]

    def check(self, message: Message, time: int) -> None:
        """Raise `Refused` unless the room takes a message now; nothing changes."""
        if not self.entries:
            require(message.type == "propose", "phase", "a room opens with a proposal of terms")
        else:
            self._check_sender(message)
            self._check_place(message, time)
        CHECKS[message.type](self, message, time)

    def add(self, entry: Entry) -> None:
        """Take the next entry of the log; raise `Refused` where it does not follow."""
        self._check_link(entry)
        self.check(entry.message, entry.time)
        self.entries.append(entry)
        self.signatures.add(entry.message.signature)
        FOLDS[entry.message.type](self, entry)

    def _check_link(self, entry: Entry) -> None:
        last = self.entries[-1] if self.entries else None
        require(entry.index == len(self.entries), "chain", f"it calls itself {entry.index}")
        require(entry.previous == self.head, "chain", "it does not hold the hash before it")
        require(entry.is_whole(), "chain", "its hash is not that of its contents")
        require(entry.is_sealed(self.operator), "chain", "its seal is not the operator's")
        in_order = last is None or entry.time >= last.time
        require(in_order, "chain", "its time is before that of the entry before")

    def _check_sender(self, message: Message) -> None:
        require(message.room == self.id, "room", "it is of another room")
        require(message.is_signed(), "signature", "its signature is not that of its key")
        sender = BODIES[message.type].sender
        if sender == "operator":
            own = message.key == self.operator and not message.author
            require(own, "seat", "only the operator may say this")
        elif sender == "party":
            require(message.author in self.players, "seat", "there is no such seat")
            key = self.keys.get(message.author, message.key)
            require(message.key == key, "seat", "the seat is another's")

    def _check_place(self, message: Message, time: int) -> None:
        require(self.phase != "ended", "phase", "the room has ended")
        phases = PHASE_OF.get(message.type)
        if phases is not None and self.phase not in phases:
            raise Refused(
                "phase",
                f"the room is {self.phase}",
                place=message.type,
                expected=", ".join(phases) or "the first message",
            )
        self._check_anchor(message)
        if message.type == "outcome":
            return
        require(settled(self) is None, "phase", "the room is over but for its outcome")
        in_time = self.deadline is None or time <= self.deadline or message.type in FREE
        require(in_time, "late", "the deadline has passed")

    def _check_anchor(self, message: Message) -> None:
        known = message.after == self.anchor
        if message.type in FREE and not known:
            known = any(message.after == entry.hash for entry in self.entries)
        require(known, "stale", "it follows another entry than the phase began with")
        require(message.round == self.round, "stale", f"it is of round {message.round}")

    def enter(self, phase: Phase, entry: Entry) -> None:
        """Begin a phase with the entry that opened it."""
        self.phase, self.anchor, self.since = phase, entry.hash, entry.time


def _propose(room: Room, entry: Entry) -> None:
    room.terms = Terms(entry.message.body["terms"])
    room.enter("joining", entry)


def _join(room: Room, entry: Entry) -> None:
    room.keys[entry.message.author] = entry.message.key
    if not room.missing:
        room.seated = entry.hash
        room.enter("committing", entry)


def _commit(room: Room, entry: Entry) -> None:
    room.commitments[entry.message.author] = entry.message.body
    if not room.missing:
        room.enter("revealing", entry)


def _reveal(room: Room, entry: Entry) -> None:
    room.opened[entry.message.author] = entry.message.body
    if not room.missing:
        room.enter("solving", entry)


def _proposal(room: Room, entry: Entry) -> None:
    room.proposals.append(entry.message.body)
    room.answers = {}
    room.enter("answering", entry)


def _answer(room: Room, entry: Entry) -> None:
    room.answers[entry.message.author] = entry.message.body
    refused = not room.missing and not all(a["accepts"] for a in room.answers.values())
    if refused and room.round < room.terms.rounds:
        room.round += 1
        room.enter("solving", entry)


def _say(room: Room, entry: Entry) -> None:
    name = entry.message.author
    room.said[name] = room.said.get(name, 0) + 1


def _leave(room: Room, entry: Entry) -> None:
    room.left = entry.message.author


def _outcome(room: Room, entry: Entry) -> None:
    room.outcome = entry.message.body
    room.enter("ended", entry)


FOLDS: dict[str, Callable[[Room, Entry], None]] = {
    "propose": _propose,
    "join": _join,
    "commit": _commit,
    "reveal": _reveal,
    "proposal": _proposal,
    "answer": _answer,
    "say": _say,
    "leave": _leave,
    "outcome": _outcome,
}
