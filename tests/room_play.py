"""Driving a room in memory: cases with known endings, a table of seats, and a clock of its own."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field

import numpy as np

from agreement_situations import case_of, chicken, full_game, random_game, random_negotiation
from comity.agreement import make_party
from comity.agreement.parties import Silent
from comity.agreement.studies.scalar import scalar_case
from comity.cases import AcceptanceRule, Evidence, Talk
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Entry, Message, message_from_dict
from comity.rooms.protocol.seat import Seat
from comity.rooms.protocol.solving import solve
from comity.rooms.protocol.terms import Terms

OPERATOR = Key(bytes([7]) * 32)
PROPOSER = Key(bytes([8]) * 32)
ROOM = "ab" * 16
OTHER_ROOM = "cd" * 16
START_TIME = 1_800_000_000_000
SECRETS = [f"{k:02x}" * 32 for k in range(1, 60)]


def plain_json(data):
    """What comes back once data went over a wire."""
    return json.loads(json.dumps(data))


def sent(message):
    """A message as its receiver reads it."""
    return message_from_dict(plain_json(message.to_dict()))


def opening(case, room=ROOM, deadlines=None, key=PROPOSER):
    """The message that opens a room for a Case."""
    terms = plain_json(dict(Terms.of(case, deadlines).data))
    return Message.signed(key, room=room, type="propose", body={"terms": terms})


@dataclass
class Table:
    """A desk, its seats and a clock that only moves when it is told to."""

    desk: Desk
    seats: dict[str, Seat]
    now: int = START_TIME
    silent: set[str] = field(default_factory=set)

    @property
    def room(self):
        return self.desk.room

    @property
    def kinds(self):
        return [entry.message.type for entry in self.room.entries]

    def take(self, message):
        self.now += 10
        return self.desk.take(sent(message), self.now)

    def next(self, name):
        return self.seats[name].next(self.room)

    def move(self, name):
        """Let one party send what it would."""
        message = self.next(name)
        return [] if message is None else self.take(message)

    def solve(self):
        self.now += 10
        room = self.room
        body = solve(room.terms, room.opened, room.round)
        return self.desk.propose(plain_json(body), self.now)

    def expire(self):
        """Let the deadline of the phase pass."""
        self.now = self.room.deadline + 1
        return self.desk.tick(self.now)

    def until(self, phase="ended"):
        """Play on until a phase begins or the room ends; where nobody moves the deadline passes."""
        while self.room.phase not in (phase, "ended"):
            if self.room.phase == "solving":
                self.solve()
                continue
            moving = [name for name in self.desk.missing if name not in self.silent]
            for name in moving:
                if self.room.phase != "ended" and name in self.desk.missing:
                    self.move(name)
            if not moving:
                self.expire()
        return self


def table(case, behaviours=None, secrets=None, room=ROOM, deadlines=None, operator=OPERATOR):
    """A table that has just opened; parties behave as the Case says unless told otherwise."""
    behaviours = behaviours or {}
    desk = Desk.open(operator, sent(opening(case, room, deadlines)), START_TIME)
    seats = {}
    for k, party in enumerate(case.parties):
        behaviour = behaviours.get(party.name) or make_party(party.kind, party.options)
        seats[party.name] = Seat(party, behaviour, (secrets or SECRETS)[k], room)
    return Table(desk, seats)


def play_out(case, behaviours=None, secrets=None, room=ROOM, deadlines=None, silent=()):
    """The table of a room that was played to its end."""
    found = table(case, behaviours, secrets, room, deadlines)
    found.silent = set(silent)
    return found.until("ended")


def resealed(messages, operator=OPERATOR, time=START_TIME):
    """Entries that seal these messages as an operator who checks nothing would."""
    entries: list[Entry] = []
    for message in messages:
        entries.append(Entry.sealed(operator, message, time, entries[-1] if entries else None))
    return entries


def agreeing():
    """Two who play asymmetric chicken and agree on a lottery."""
    return case_of([chicken()] * 2)


def talking(rounds=3):
    """Two who refuse until talk has raised the tolerance."""
    scalar = scalar_case(0.6, 0.5, 0.5, 0.08, gain_rule=True)
    talk = Talk(rounds=rounds, tolerance_step=0.03)
    constitution = dataclasses.replace(scalar.constitution, talk=talk)
    return dataclasses.replace(scalar, constitution=constitution)


def refusing():
    """Two whose reports are too far apart."""
    return scalar_case(0.9, 0.1, 0.5, 0.2)


def gainless():
    """Two who negotiate although nothing is worth as much as no deal."""
    return case_of([random_negotiation(np.random.default_rng(5), (2, 2), reservation=9.0)] * 2)


def elaborate():
    """Facts, states, a bystander, evidence, and rules that anyone can check."""
    game = full_game(np.random.default_rng(11))
    near = [game, game.replace("facts", game.facts.ravel() + 0.05)]
    return case_of(
        near,
        evidence=(Evidence("fish", np.ones(2), sd=2.0),),
        acceptance=(
            AcceptanceRule("public", "affine", 1.0),
            AcceptanceRule("evidence", tolerance=5.0),
            AcceptanceRule("gain", tolerance=9.0),
        ),
    )


def three():
    """Three parties in a game of actions."""
    return case_of([random_game(np.random.default_rng(3), (2, 2, 2))] * 3)


def dealing():
    """Two who negotiate over two issues."""
    deals = [random_negotiation(np.random.default_rng(12), (3, 3), reservation=0.3)] * 2
    return case_of(deals, solution=("egalitarian",))


ENDINGS = {
    "agreed": lambda: play_out(agreeing()),
    "agreed after talk": lambda: play_out(talking()),
    "refused": lambda: play_out(refusing()),
    "no gain": lambda: play_out(gainless()),
    "declined": lambda: play_out(agreeing(), {"B": Silent()}),
    "left": lambda: leaving(table(agreeing()).until("answering"), "B"),
    "expired": lambda: play_out(agreeing(), silent=["B"]),
    "unsolved": lambda: giving_up(table(agreeing()).until("solving")),
}
"""A played table for each way to end."""


def leaving(found, name):
    """The table after one has walked away."""
    found.take(found.seats[name].leave(found.room, "I have to go."))
    return found


def giving_up(found):
    """The table after the operator could not solve."""
    found.desk.give_up(found.now)
    return found
