"""A room that waits for its common model gets one, once."""

import asyncio

import anyio
import pytest

from comity.core.database import Unavailable, make_engine, transaction
from comity.rooms.protocol.keys import Key
from comity.rooms.service import solving as module
from comity.rooms.service.book import Book, Damaged, NoRoom
from comity.rooms.service.rooms import Rooms
from comity.rooms.service.solver import solved
from comity.rooms.service.solving import Solving
from comity.rooms.store.logs import Logs
from comity.rooms.store.migrating import migrate
from room_play import agreeing, opening, plain_json, sent, table


class Counting:
    """Workers that solve at once and count."""

    def __init__(self, body=True, before=lambda: None) -> None:
        self.jobs, self.groups, self.body, self.before = [], [], body, before

    async def solve(self, ask, group):
        self.before()
        self.groups.append(group)
        job = await ask()
        if job is None:
            return None
        self.jobs.append(job)
        await asyncio.sleep(0.01)
        return solved(plain_json(job))["body"] if self.body else None

    async def stop(self) -> None:
        pass


@pytest.fixture
def book(tmp_path, time):
    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with transaction(engine, writes=True) as connection:
        migrate(connection)
    book = Book(Logs(engine), Key(bytes(32)), erase_after=1, clock=time)
    yield book
    engine.dispose()


def waiting(book, opener="") -> str:
    """A room that waits for its common model."""
    room = book.open(opening(agreeing()), opener).room
    seats = table(agreeing()).seats
    while (desk := book.desk(room)).room.phase != "solving":
        book.take(room, sent(seats[desk.missing[0]].next(desk.room)))
    return room


def solve(book, workers, times=1, opener=""):
    """Ask for a solution so many times at once; return the room that this leads to."""
    room = waiting(book, opener)

    async def work() -> None:
        rooms = Rooms(book, anyio.CapacityLimiter(4))
        solving = Solving(workers, rooms)
        for _ in range(times):
            solving.start(book.desk(room))
        await asyncio.gather(*solving._tasks.values())
        assert solving._tasks == {}
        await solving.stop()

    asyncio.run(work())
    return book.desk(room).room


def test_asked_often_solved_once(book):
    workers = Counting()
    assert solve(book, workers, times=5).phase == "answering"
    assert len(workers.jobs) == 1


def test_what_cannot_be_solved_ends_the_room(book):
    assert solve(book, Counting(body=False)).outcome["status"] == "unsolved"


def test_jobs_are_counted_by_who_opened_the_room(book):
    workers = Counting()
    room = solve(book, workers, opener="who").id
    assert workers.groups == ["who"]
    book._forget(room)
    assert book.opener(room) == "who"


def test_what_waited_beyond_its_deadline_is_not_begun(book, time):
    """Else a room with a short deadline would take a worker's time for nothing."""
    late = Counting(before=lambda: time.pass_(601))
    assert solve(book, late).outcome["status"] == "unsolved"
    assert late.jobs == []


def test_a_solution_waits_for_the_database(book, monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.01)
    real, failures = Logs.save, [1, 2, 3]

    def save(*arguments):
        if failures and book.desk(arguments[1]).room.phase == "solving":
            failures.pop()
            raise Unavailable("the disk is full")
        return real(*arguments)

    room = waiting(book)
    monkeypatch.setattr(Logs, "save", save)

    async def work() -> None:
        solving = Solving(Counting(), Rooms(book, anyio.CapacityLimiter(4)))
        solving.start(book.desk(room))
        await asyncio.gather(*solving._tasks.values())

    asyncio.run(work())
    assert failures == []
    assert book.desk(room).room.phase == "answering"


def test_a_room_that_is_gone_needs_none(book, time):
    room = waiting(book)

    async def work() -> None:
        solving = Solving(Counting(), Rooms(book, anyio.CapacityLimiter(4)))
        solving.start(book.desk(room))
        book.propose(room, book.desk(room).room.anchor, None)
        assert book.logs.erase(time.now + 10) == 1
        await asyncio.gather(*solving._tasks.values())

    asyncio.run(work())


@pytest.mark.parametrize(("error", "done"), [(NoRoom, True), (Damaged, True), (Unavailable, False)])
def test_a_solution_is_offered_again_only_where_that_can_help(book, error, done):
    class Failing(Rooms):
        async def propose(self, room, anchor, body) -> None:
            raise error("no")

    async def work() -> bool:
        solving = Solving(Counting(), Failing(book, anyio.CapacityLimiter(1)))
        return await solving._offer("00" * 16, "00" * 32, None)

    assert asyncio.run(work()) is done
