"""A simulator of all that goes wrong between parties, servers and a database, from one seed.

Two servers share a database. Either may die before, within or after any transaction; the database
may fail at any statement, or take a change and not say so. Messages come twice, late and in any
order; the clock jumps both ways; workers die; parties vanish, talk and walk away. All of it is
drawn from the seed, so that a schedule that fails can be run again.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from comity.agreement import make_party
from comity.core.database import Unavailable
from comity.rooms.protocol.desk import WITHHELD
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message, entry_from_dict
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.solving import solve
from comity.rooms.protocol.state import Refused
from comity.rooms.protocol.terms import Terms
from comity.rooms.protocol.verification import log_to_dict, verify_log
from comity.rooms.service.book import Book
from comity.rooms.store.logs import Logs
from room_play import (
    SECRETS,
    agreeing,
    gainless,
    opening,
    plain_json,
    refusing,
    sent,
    talking,
    three,
)

CASES = {
    "agreeing": agreeing,
    "talking": lambda: talking(2),
    "refusing": refusing,
    "gainless": gainless,
    "three": three,
}
FAULTS = (
    *("crash", "error", "crash at commit", "error at commit", "crash after", "error after"),
    "race",
)
JUMPS = (-86_400_000, -1000, 1, 1000, 60_000, 3_600_000, 20 * 3_600_000)
HOUR, DAY = 3_600_000, 86_400_000
MOST_STEPS = 400


class Crash(BaseException):
    """The server is gone, with all that it held in memory."""


@cache
def case_named(name: str):
    return CASES[name]()


@cache
def solution(name: str, round_: int, opened: str) -> dict:
    """What honest parties' reports lead to; computed once for all schedules."""
    terms = Terms(plain_json(dict(Terms.of(case_named(name)).data)))
    return plain_json(solve(terms, json.loads(opened), round_))


@dataclass
class Weather:
    """Faults of one engine: at most one is due at a time."""

    kind: str = ""
    statements: int = 0

    def install(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", self._commit)

    @contextmanager
    def strike(self, kind: str, statements: int = 0):
        """Have one fault happen, if what is done inside gets so far."""
        self.kind, self.statements = kind, statements
        try:
            yield
            if self.kind == "crash after":
                raise Crash
            if self.kind == "error after":
                raise Unavailable("the answer was lost")
        finally:
            self.kind = ""

    def _statement(self, *arguments: object) -> None:
        if self.kind in ("crash", "error"):
            self.statements -= 1
            if self.statements < 0:
                self._fail()

    def _commit(self, connection: object) -> None:
        if self.kind in ("crash at commit", "error at commit"):
            self.statements -= 1
            if self.statements < 0:
                self._fail()

    def _fail(self) -> None:
        kind, self.kind = self.kind, ""
        if kind.startswith("crash"):
            raise Crash
        raise OperationalError("", {}, Exception("disk I/O error"))


class Interruptible(Book):
    """A server that another one may overtake between reading a room and storing its change."""

    between: Callable[[], None] | None = None

    def _save(self, *arguments) -> None:
        work, self.between = self.between, None
        if work is not None:
            work()
        super()._save(*arguments)


@dataclass
class World:
    """One room in bad weather."""

    engine: Engine
    seed: int
    now: int = 1_800_000_000_000
    acknowledged: list[Message] = field(default_factory=list)
    shown: list[dict] = field(default_factory=list)
    happened: dict[str, int] = field(default_factory=dict)
    checked: tuple = ()

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.name = self.dice.choice(sorted(CASES))
        self.case = case_named(self.name)
        self.room = f"{self.seed:032x}"
        self.key = Key(bytes([9]) * 32)
        self.weather = Weather()
        self.weather.install(self.engine)
        self.servers = [self._server(), self._server()]
        self.seats = {
            party.name: Seat(party, make_party(party.kind, party.options), SECRETS[k], self.room)
            for k, party in enumerate(self.case.parties)
        }
        names = sorted(self.seats)
        self.vanishing = {
            name: self.dice.randrange(1, 6) for name in names if self.dice.random() < 0.12
        }
        self.outbox: list[Message] = []
        self.sent: list[Message] = []
        self.made: set[tuple[str, str]] = set()

    def run(self) -> dict:
        """Play the schedule, then let the weather clear; return the log."""
        self._open()
        for _ in range(MOST_STEPS):
            if self._phase() == "ended":
                break
            self._step(self.dice.random() < 0.35)
        for _ in range(12):
            self.now += 2 * DAY
            for server in self.servers:
                server.tick(self.room)
        self._show()
        for message in self.sent:
            self._send(message, calm=True)
        return self.shown[-1]

    def _server(self) -> Interruptible:
        logs = Logs(self.engine)
        return Interruptible(logs, self.key, erase_after=DAY * 365, clock=lambda: self.now)

    def _open(self) -> None:
        message = sent(opening(self.case, self.room, {"joining": 7 * 86400}))
        while True:
            done, _ = self._try(lambda server: server.open(message), self.dice.random() < 0.5)
            if done or Logs(self.engine).version(self.room) is not None:
                return

    def _step(self, bad: bool) -> None:
        draw = self.dice.random()
        if draw < 0.1:
            self.now += self.dice.choice(JUMPS) if draw < 0.04 else 1000
        elif draw < 0.16:
            self._try(lambda server: server.tick(self.room), bad)
        elif draw < 0.22:
            self._show(bad)
        elif self._phase() == "solving":
            self._solve(bad)
        else:
            self._party(bad)

    def _party(self, bad: bool) -> None:
        """Let somebody write, and somebody's message arrive: perhaps again, perhaps late."""
        name = self.dice.choice(sorted(self.seats))
        message = self._write(name)
        if message is not None:
            self.outbox.append(message)
        pile = self.sent if self.sent and self.dice.random() < 0.2 else self.outbox
        if pile:
            self._send(self.dice.choice(pile), bad=bad)

    def _write(self, name: str) -> Message | None:
        room = self.servers[0].desk(self.room).room
        gone = self.vanishing.get(name, 99) <= len({m for m in self.made if m[0] == name})
        if gone or (name, room.anchor) in self.made:
            return None
        draw = self.dice.random()
        if draw < 0.01 and name in room.keys:
            return sent(self.seats[name].leave(room))
        if draw < 0.05 and name in room.keys:
            return sent(self.seats[name].say(room, "ask", text=str(self.dice.random())))
        message = self.seats[name].next(room)
        if message is not None:
            self.made.add((name, room.anchor))
        return None if message is None else sent(message)

    def _send(self, message: Message, bad: bool = False, calm: bool = False) -> None:
        done, _ = self._try(lambda server: server.take(self.room, message), bad)
        if done and not calm:
            self.acknowledged.append(message)
        if message in self.outbox and (done or self.dice.random() < 0.5):
            # An answer that was lost: the party asks again later, from what it has sent.
            self.outbox.remove(message)
        if message not in self.sent:
            self.sent.append(message)
            if not done:
                self.outbox.append(message)
        self._check()

    def _solve(self, bad: bool) -> None:
        room = self.servers[0].desk(self.room).room
        body = None
        if self.dice.random() < 0.97:
            opened = json.dumps(room.opened, sort_keys=True)
            body = solution(self.name, room.round, opened)
        anchor = room.anchor if self.dice.random() < 0.9 else "0" * 64
        self._try(lambda server: server.propose(self.room, anchor, body), bad)
        self._check()

    def _show(self, bad: bool = False) -> None:
        """Let somebody read the log; whatever was read must stay."""
        done, desk = self._try(lambda server: server.desk(self.room), bad)
        if done:
            self.shown.append(plain_json(log_to_dict(desk.room)))
            self._check()

    def _try(self, work, bad: bool):
        """Have a server do something; return whether it says that it did, and its answer."""
        k = self.dice.randrange(2)
        kind = ""
        if bad:
            kind = "race" if self.dice.random() < 0.4 else self.dice.choice(FAULTS)
        if kind == "race":
            self.servers[k].between = lambda: self._overtake(self.servers[1 - k])
        try:
            with self.weather.strike(kind, self.dice.randrange(5)):
                return True, work(self.servers[k])
        except Crash:
            self.servers[k] = self._server()
            self._note(kind)
        except Unavailable:
            self._note(kind)
        except Refused as refused:
            self._note(refused.code)
        finally:
            self.servers[k].between = None
        return False, None

    def _overtake(self, server: Book) -> None:
        """Let a server take what a party writes now, or any message, or look at the clock."""
        message = self._write(self.dice.choice(sorted(self.seats)))
        if message is not None:
            self.sent.append(message)
        elif self.sent and self.dice.random() < 0.8:
            message = self.dice.choice(self.outbox or self.sent)
        try:
            if message is None:
                server.tick(self.room)
            else:
                server.take(self.room, message)
                self.acknowledged.append(message)
            self._note("race")
        except Refused as refused:
            self._note(refused.code)

    def _note(self, what: str) -> None:
        self.happened[what] = self.happened.get(what, 0) + 1

    def _phase(self) -> str:
        return self.servers[0].desk(self.room).room.phase

    def _check(self) -> None:
        """Nothing acknowledged is lost, nothing that was read has changed, one outcome at most."""
        told = (Logs(self.engine).version(self.room), len(self.acknowledged), len(self.shown))
        if told == self.checked:
            return
        self.checked = told
        stored = Logs(self.engine).read(self.room)
        assert stored is not None
        entries = [json.loads(entry) for entry in stored.entries]
        messages = [entry_from_dict(entry).message for entry in entries]
        ended = [m.type for m in messages].count("outcome")
        assert ended <= 1
        assert ended == 0 or messages[-1].type == "outcome"
        waiting = [json.dumps(json.loads(held), sort_keys=True) for held in stored.waiting.values()]
        for message in self.acknowledged:
            held = json.dumps(message.to_dict(), sort_keys=True) in waiting
            dropped = ended == 1 and message.type in WITHHELD
            assert message in messages or held or dropped, f"{message.type} is lost"
        # Each log that was read continues the one before, which was checked then.
        for log in self.shown[-2:]:
            assert entries[: len(log["entries"])] == log["entries"]
        for kind in WITHHELD:
            of_kind = [m for m in messages if m.type == kind]
            assert len(of_kind) % len(self.seats) == 0, f"a {kind} was told before all were in"


def weather_clears(engine: Engine, seed: int) -> World:
    """Run one schedule, check all that must hold, and return what happened."""
    world = World(engine, seed)
    log = world.run()
    assert log["entries"][-1]["message"]["type"] == "outcome", "the room never ended"
    found = verify_log(log, None, operator=world.key.public)
    assert found.ok, found.faults
    return world
