"""One seat at a room over a network, a step at a time, with no transport of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from comity.core.errors import InputError
from comity.rooms.client.calls import Calls
from comity.rooms.client.memory import Memory
from comity.rooms.client.steps import CAME, Listen, Pause, Steps, Work
from comity.rooms.client.witness import CLOCK_SLACK, Witness
from comity.rooms.protocol.messages import Entry, Message
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.state import Refused

GRACE = CLOCK_SLACK + 60.0
"""Seconds after a deadline, by the own clock, in which an operator ends the phase."""

LONGEST_WAIT = 30.0
"""Seconds after which it looks again, and says again what it said, whatever it heard."""

FIRST_POLL, LONGEST_POLL = 0.1, 5.0
"""Seconds between looks where events cannot be had, or their stream ends at once."""

PASSED = ("phase", "stale", "duplicate", "late")
"""Why a room may refuse what was right when it was signed: it has gone on meanwhile."""

Watch = Callable[[Entry], object]


@dataclass
class Chair:
    """A party in its seat: it looks, it moves when it is its turn, it waits.

    Attributes
    ----------
    calls : how requests are made.
    seat : its side of the protocol.
    memory : what it must not forget.
    witness : what it has seen of the room.
    watch : called with each new entry.
    """

    calls: Calls
    seat: Seat
    memory: Memory
    witness: Witness
    watch: Watch | None = None
    _taken: dict[str, float] = field(default_factory=dict)
    _poll: float = FIRST_POLL

    @property
    def room(self) -> Room:
        """The room as this party has folded it."""
        return self.witness.room

    @property
    def path(self) -> str:
        """Path of the room at its server."""
        return f"/api/rooms/{self.seat.room}"

    @property
    def has_moved(self) -> bool:
        """Whether the server has taken what the present phase asks of this seat."""
        return self.witness.place in self._taken

    def look(self) -> Steps[list[Entry]]:
        """Return the entries that are new since the last look, each folded and checked.

        Raises `Untrusted` where they do not follow, or deny what the server had taken.
        """
        answer = yield from self.calls.call("GET", f"{self.path}/log?from={self.witness.seen}")
        new = self.witness.take(answer.data)
        if not new:
            return []
        self.memory.operator = self.room.operator
        self.memory.entries += [entry.to_dict() for entry in new]
        self.memory.save()
        self._check_seat()
        self._check_end()
        for entry in new if self.watch else ():
            self.watch(entry)  # type: ignore[misc]
        return new

    def _check_seat(self) -> None:
        own = self.seat.key.public
        if self.room.keys.get(self.seat.name, own) != own:
            raise InputError(
                "somebody has taken the seat with another key",
                place=f"seats.{self.seat.name}",
                expected="the state file of whoever joined",
            )

    def _check_end(self) -> None:
        """Raise where the room ends for want of a message that the server had taken."""
        outcome, name = self.room.outcome, self.seat.name
        if outcome is None or outcome["status"] != "expired" or name not in outcome["missing"]:
            return
        if self.witness.ended_in in self._taken:
            phase = self.witness.ended_in.partition(":")[0]
            raise self.witness.untrusted(
                f"it took what {name} sent while {phase}, and ends the room as if {name} had not"
            )

    def due(self) -> Steps[Message | None]:
        """Return what the phase asks of this seat; what it has sent before, if it has."""
        left = self.memory.kept("leave")
        if left is not None and self.room.phase != "ended":
            return left
        if self.seat.name not in self.room.missing:
            return None
        place = self.witness.place
        kept = self.memory.kept(place)
        if kept is not None:
            return kept
        answer = yield Work(lambda: self.seat.next(self.room))
        if answer.data is not None:
            self.memory.keep(place, answer.data)
        made: Message | None = answer.data
        return made

    def move(self) -> Steps[bool]:
        """Send what the phase asks of this seat, if anything; return whether it was taken now."""
        said = self._taken.get(self.witness.place)
        if said is not None and self.calls.clock() - said < LONGEST_WAIT:
            return False
        message = yield from self.due()
        if message is None:
            return False
        return (yield from self.send(message)) and said is None

    def send(self, message: Message) -> Steps[bool]:
        """Send a message; return whether the room has taken it, or has gone on meanwhile."""
        place = self.witness.place
        try:
            answer = yield from self.calls.call("POST", f"{self.path}/messages", message.to_dict())
        except Refused as error:
            if error.code not in PASSED:
                raise
            new = yield from self.look()
            if not new and error.code != "late":
                raise
            return bool(new)
        if message.type != "say":
            self._taken[place] = self.calls.clock()
        self.witness.check_count(answer.data)
        return True

    def say(self, act: str, about: str = "", text: str = "") -> Steps[bool]:
        """Say something to all."""
        return (yield from self.send(self.seat.say(self.room, act, about, text)))

    def leave(self, text: str = "") -> Steps[bool]:
        """Walk away; the room ends, and each plays its default."""
        message = self.memory.kept("leave") or self.seat.leave(self.room, text)
        self.memory.keep("leave", message)
        return (yield from self.send(message))

    def answer(self, accepts: bool, reasons: tuple[str, ...] = ()) -> Steps[bool]:
        """Accept or refuse the proposal; who has answered before says the same again."""
        place = self.witness.place
        message = self.memory.kept(place) or self.seat.answer(self.room, accepts, reasons)
        self.memory.keep(place, message)
        return (yield from self.send(message))

    def wait(self, seconds: float = LONGEST_WAIT) -> Steps[None]:
        """Wait until the log may have grown: for an event, or a while where there are none."""
        start = self.calls.clock()
        answer = yield Listen(f"{self.path}/events?from={self.witness.seen}", seconds)
        lasted = self.calls.clock() - start
        if answer.status == CAME or lasted >= min(seconds, LONGEST_POLL):
            self._poll = FIRST_POLL
            return
        yield Pause(min(self._poll, max(0.0, seconds - lasted)))
        self._poll = min(2 * self._poll, LONGEST_POLL)

    def play(self) -> Steps[Room]:
        """Take part to the end, and return the room as it ended.

        Raises `Untrusted` where the operator lies, denies, or never ends a phase.
        """
        yield from self.look()
        while self.room.phase != "ended":
            if not (yield from self.move()):
                yield from self.wait()
            yield from self.look()
            late = self.witness.overdue()
            if late > GRACE:
                raise self.witness.untrusted(
                    f"by this clock the deadline passed {late:.0f} seconds ago, and it goes on"
                )
        return self.room
