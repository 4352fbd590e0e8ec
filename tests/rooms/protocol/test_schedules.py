"""Any order of moves, silence, repetition, restarts and clock jumps ends a room once."""

import numpy as np
import pytest

from comity.rooms.protocol.desk import WITHHELD, Desk
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.state import Refused
from comity.rooms.protocol.verification import log_to_dict, verify_log
from room_play import OPERATOR, agreeing, dealing, plain_json, refusing, sent, table, talking, three

CASES = (agreeing, dealing, refusing, talking, three)


class Schedule:
    """One room under chance: what happened is in ``taken``, in order."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.found = table(CASES[seed % len(CASES)]())
        self.taken = []
        self.heads = []

    def run(self):
        """Act until the room has ended; every path ends, since time passes."""
        steps = (self.move, self.move, self.move, self.again, self.wait, self.restart, self.solve)
        for _ in range(400):
            if self.found.room.phase == "ended":
                break
            steps[self.rng.integers(len(steps))]()
            self.heads.append([entry.hash for entry in self.found.room.entries])
        while self.found.room.phase != "ended":
            self.found.expire()
        return self

    def send(self, message):
        self.found.now += int(self.rng.integers(-50, 100))
        try:
            self.found.desk.take(sent(message), self.found.now)
        except Refused:
            return
        self.taken.append(message)

    def move(self):
        seats = list(self.found.seats.values())
        seat = seats[self.rng.integers(len(seats))]
        message = seat.next(self.found.room)
        if self.rng.random() < 0.02:
            message = seat.leave(self.found.room)
        elif self.rng.random() < 0.1:
            message = seat.say(self.found.room, "note", text=str(len(self.taken)))
        if message is not None:
            self.send(message)

    def again(self):
        if self.taken:
            self.send(self.taken[self.rng.integers(len(self.taken))])

    def wait(self):
        jump = 10.0 ** self.rng.uniform(0, 9) if self.rng.random() < 0.3 else 1.0
        self.found.now += int(jump) if self.rng.random() < 0.8 else -int(jump)
        self.found.desk.tick(self.found.now)

    def restart(self):
        """The process dies; log and what waited were stored."""
        room = Room(OPERATOR.public)
        for entry in self.found.room.entries:
            room.add(entry)
        waiting = {name: sent(message) for name, message in self.found.desk.waiting.items()}
        self.found.desk = Desk(OPERATOR, room, waiting)

    def solve(self):
        if self.found.room.phase == "solving":
            self.found.solve()


def holds(seed):
    schedule = Schedule(seed).run()
    room = schedule.found.room
    kinds = [entry.message.type for entry in room.entries]
    assert kinds.count("outcome") == 1
    assert kinds[-1] == "outcome"
    assert verify_log(plain_json(log_to_dict(room))).faults == ()
    final = [entry.hash for entry in room.entries]
    assert all(final[: len(seen)] == seen for seen in schedule.heads)
    logged = {entry.message.signature for entry in room.entries}
    lost = [m for m in schedule.taken if m.signature not in logged]
    assert {m.type for m in lost} <= set(WITHHELD)
    if room.outcome["status"] == "agreed":
        assert lost == []
    return room.outcome["status"]


def test_a_sample_of_schedules():
    assert len({holds(seed) for seed in range(24)}) >= 3


@pytest.mark.slow
def test_five_hundred_schedules():
    ends = [holds(seed) for seed in range(500)]
    assert {"agreed", "refused", "left", "declined", "expired"} <= set(ends)
