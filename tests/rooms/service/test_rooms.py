"""Rooms for handlers: nothing blocks, and whoever watches sees what is stored."""

import asyncio
import time as clock
from collections.abc import Iterator

import anyio
import pytest

from comity.core.database import make_engine, transaction
from comity.rooms.protocol.desk import Desk
from comity.rooms.protocol.keys import Key
from comity.rooms.service.book import Book, NoRoom
from comity.rooms.service.rooms import Rooms, Taken, state_of
from comity.rooms.store.logs import Logs
from comity.rooms.store.migrating import migrate
from room_play import agreeing, opening, sent, table


@pytest.fixture
def book(tmp_path, time) -> Iterator[Book]:
    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with transaction(engine, writes=True) as connection:
        migrate(connection)
    yield Book(Logs(engine), Key(bytes(32)), erase_after=1, clock=time)
    engine.dispose()


def test_a_room_from_its_opening_to_its_solution(book):
    seats, asked = table(agreeing()).seats, []

    async def work() -> list[Taken]:
        rooms = Rooms(book, anyio.CapacityLimiter(2))
        rooms.solve = asked.append
        room = (await rooms.open(opening(agreeing()))).room
        taken = []
        while (desk := await rooms.desk(room)).room.phase != "solving":
            assert asked == []
            message = sent(seats[desk.missing[0]].next(desk.room))
            taken.append(await rooms.take(room, message))
        assert (await rooms.log(room, 5))["entries"] == [
            entry.to_dict() for entry in desk.room.entries[5:]
        ]
        assert await rooms.state(room, "A") == state_of(desk, "A")
        with pytest.raises(NoRoom):
            await rooms.state("0" * 32)
        return taken

    taken = asyncio.run(work())
    assert taken[-2:] == [Taken(True, 5), Taken(False, 7)]
    assert [type(desk) for desk in asked] == [Desk]


def test_the_loop_goes_on_while_something_blocks(book):
    """While four calls of a quarter second wait for two threads, the loop turns many times."""

    async def work() -> tuple[int, float]:
        rooms = Rooms(book, anyio.CapacityLimiter(2))
        waiting = asyncio.gather(*(rooms.in_thread(clock.sleep, 0.25) for _ in range(4)))
        begun, turns = clock.monotonic(), 0
        while not waiting.done():
            await asyncio.sleep(0.001)
            turns += 1
        return turns, clock.monotonic() - begun

    turns, seconds = asyncio.run(work())
    assert turns > 20
    assert seconds >= 0.5
