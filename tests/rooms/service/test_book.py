"""Every change is stored before anybody is told; what cannot be stored has not happened."""

import secrets
from dataclasses import fields
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from comity.core.database import Unavailable, transaction
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message
from comity.rooms.protocol.state import Refused, State
from comity.rooms.service import book as module
from comity.rooms.service.book import Book, NoRoom, fork
from comity.rooms.store.logs import Logs
from room_play import ROOM, SECRETS, agreeing, opening, plain_json, play_out, sent, table

DAY = 86_400_000


@pytest.fixture
def book(engine, time) -> Book:
    return Book(Logs(engine), Key(bytes(32)), erase_after=DAY, clock=time)


@pytest.fixture
def room(book) -> str:
    return book.open(opening(agreeing())).room


def seats(room=ROOM):
    return table(agreeing(), room=room).seats


def move(book, room, name):
    return book.take(room, sent(seats(room)[name].next(book.desk(room).room)))


def play(book, room, until="ended"):
    """Play a room on until a phase begins."""
    from comity.rooms.protocol.solving import solve

    while (desk := book.desk(room)).room.phase not in (until, "ended"):
        state = desk.room
        if state.phase == "solving":
            book.propose(room, state.anchor, plain_json(solve(state.terms, state.opened, 0)))
        else:
            move(book, room, desk.missing[0])
    return desk


def test_two_servers_see_one_room(book, room, time):
    other = Book(book.logs, book.key, erase_after=DAY, clock=time)
    move(book, room, "A")
    assert other.desk(room).missing == ("B",)
    move(other, room, "B")
    assert book.desk(room).room.phase == "committing"
    assert book.desk(room).room.head == other.desk(room).room.head


def test_two_servers_at_once_lose_nothing(book, room, time):
    """Withheld messages that cross are both kept, and sealed together."""
    other = Book(book.logs, book.key, erase_after=DAY, clock=time)
    play(book, room, "revealing")
    reveals = {name: sent(seats(room)[name].next(book.desk(room).room)) for name in ("A", "B")}
    gate = Barrier(2)

    def take(server, name) -> None:
        gate.wait()
        server.take(room, reveals[name])

    threads = [Thread(target=take, args=pair) for pair in ((book, "A"), (other, "B"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert book.desk(room).room.phase == "solving"
    assert other.desk(room).waiting == {}
    assert set(book.desk(room).room.opened) == {"A", "B"}


def test_a_new_server_goes_on(book, room, time):
    play(book, room, "revealing")
    move(book, room, "A")
    after = Book(book.logs, book.key, erase_after=DAY, clock=time)
    assert after.desk(room).waiting.keys() == {"A"}
    assert play(after, room).room.outcome["status"] == "agreed"


def test_what_is_not_stored_has_not_happened(book, room, monkeypatch):
    told = []
    book.tell = told.append
    monkeypatch.setattr(Logs, "save", _out_of_order)
    with pytest.raises(Unavailable):
        move(book, room, "A")
    assert book.desk(room).missing == ("A", "B")
    assert told == []
    monkeypatch.undo()
    move(book, room, "A")
    assert book.desk(room).missing == ("B",)
    assert told == [room]


def _out_of_order(*arguments) -> int:
    raise Unavailable("the disk is full")


def test_a_refusal_changes_nothing(book, room):
    before = book.logs.read(room)
    with pytest.raises(Refused):
        book.take(room, sent(seats()["A"].answer(book.desk(room).room, True)))
    assert book.logs.read(room) == before


def test_whoever_comes_late_ends_the_room(book, room, time):
    join = sent(seats()["A"].next(book.desk(room).room))
    time.pass_(8 * 86400)
    with pytest.raises(Refused) as refused:
        book.take(room, join)
    assert refused.value.code == "late"
    assert book.logs.phases() == {"ended": 1}
    assert book.desk(room).room.outcome["status"] == "expired"


def test_a_room_that_ended_is_due_to_be_erased(book, room, time):
    play(book, room)
    assert book.logs.erase(time.now + DAY - 1) == 0
    assert book.logs.erase(time.now + DAY) == 1
    with pytest.raises(NoRoom):
        book.desk(room)
    with pytest.raises(NoRoom):
        book.tick(room)


def test_a_solution_for_another_phase_changes_nothing(book, room):
    desk = play(book, room, "solving")
    assert book.propose(room, "0" * 64, None).room.phase == "solving"
    assert book.propose(room, desk.room.anchor, None).room.outcome["status"] == "unsolved"
    before = book.logs.read(room)
    book.propose(room, desk.room.anchor, None)
    assert book.logs.read(room) == before


def test_a_solution_that_does_not_hold_is_none(book, room):
    desk = play(book, room, "solving")
    assert book.propose(room, desk.room.anchor, {"a": 1}).room.outcome["status"] == "unsolved"


def test_a_solution_that_comes_late(book, room, time):
    desk = play(book, room, "solving")
    time.pass_(86400)
    assert book.propose(room, desk.room.anchor, {}).room.outcome["status"] == "unsolved"


def test_an_altered_log_is_not_served(book, room, time, engine):
    with transaction(engine, writes=True) as connection:
        connection.execute(text("UPDATE entries SET data = replace(data, 'comity', 'comedy')"))
    other = Book(book.logs, book.key, erase_after=DAY, clock=time)
    with pytest.raises(Unavailable, match="does not hold together"):
        other.desk(room)


def test_tokens_are_told_once(book):
    opened = book.open(opening(agreeing()))
    assert set(opened.seats) == {"A", "B"}
    for token in (*opened.seats.values(), opened.watch):
        assert token not in repr(opened)


def test_a_room_of_that_name_is_there(book, room):
    with pytest.raises(Refused) as refused:
        book.open(opening(agreeing()))
    assert refused.value.code == "duplicate"


def test_memory_is_bounded(book, monkeypatch):
    monkeypatch.setattr(module, "REMEMBERED", 10_000)
    names = [book.open(opening(agreeing(), room=secrets.token_hex(16))).room for _ in range(20)]
    assert 1 < len(book._kept) < 10
    assert book._size == sum(kept.size for kept in book._kept.values()) <= 10_000
    assert [book.desk(name).room.id for name in names] == names
    play(book, names[0])
    assert book._size == sum(kept.size for kept in book._kept.values())


def test_a_fork_shares_nothing_that_changes():
    """Every field of a room at its end is equal, and every container is another."""
    desk = play_out(agreeing(), secrets=SECRETS).desk
    twin = fork(desk)
    for part in fields(State):
        mine, other = getattr(desk.room, part.name), getattr(twin.room, part.name)
        assert mine is other or mine == other
        if part.name != "outcome" and isinstance(mine, (list, dict, set)):
            assert mine is not other, part.name
    assert twin.waiting is not desk.waiting


def test_stepping_a_fork_leaves_the_room(book, room):
    desk = play(book, room, "answering")
    before = [plain_json(entry.to_dict()) for entry in desk.room.entries]
    phase, anchor = desk.room.phase, desk.room.anchor
    play(book, room)
    assert [plain_json(entry.to_dict()) for entry in desk.room.entries] == before
    assert (desk.room.phase, desk.room.anchor, desk.waiting) == (phase, anchor, {})


def test_messages_are_of_one_room(book, room):
    other = book.open(opening(agreeing(), room="cd" * 16)).room
    join = seats()["A"].next(book.desk(room).room)
    assert isinstance(join, Message)
    with pytest.raises(Refused) as refused:
        book.take(other, sent(join))
    assert refused.value.code == "room"
