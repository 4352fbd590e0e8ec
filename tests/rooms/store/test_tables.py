"""What the tables themselves make impossible."""

import pytest
from sqlalchemy import delete, func, insert, select

from comity.core.database import Conflict, transaction
from comity.rooms.store.tables import ENTRIES, METADATA, OPERATOR, ROOMS, SESSIONS, TOKENS, WAITING

ROOM = {"id": "a" * 32, "version": 1, "phase": "joining"}


def put(engine, table, **row) -> None:
    with transaction(engine, writes=True) as connection:
        connection.execute(insert(table).values(row))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (ROOMS, ROOM),
        (ENTRIES, {"room": "a" * 32, "index": 0, "data": "{}"}),
        (WAITING, {"room": "a" * 32, "author": '"Ana"', "data": "{}"}),
        (TOKENS, {"hash": "b" * 64, "room": "a" * 32, "seat": None}),
        (OPERATOR, {"id": 1, "public": "c" * 64, "seed": None}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_nothing_is_there_twice(engine, table, row):
    if table is not ROOMS:
        put(engine, ROOMS, **ROOM)
    put(engine, table, **row)
    with pytest.raises(Conflict):
        put(engine, table, **row)


def test_there_is_one_operator(engine):
    with pytest.raises(Conflict):
        put(engine, OPERATOR, id=2, public="c" * 64)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (ENTRIES, {"room": "f" * 32, "index": 0, "data": "{}"}),
        (TOKENS, {"hash": "b" * 64, "room": "f" * 32}),
        (SESSIONS, {"hash": "b" * 64, "token": "f" * 64, "expires": 1}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_nothing_belongs_to_no_room(engine, table, row):
    with pytest.raises(Conflict):
        put(engine, table, **row)


def test_what_belongs_to_a_room_goes_with_it(engine):
    put(engine, ROOMS, **ROOM)
    put(engine, ENTRIES, room=ROOM["id"], index=0, data="{}")
    put(engine, WAITING, room=ROOM["id"], author='"Ana"', data="{}")
    put(engine, TOKENS, hash="b" * 64, room=ROOM["id"])
    put(engine, SESSIONS, hash="c" * 64, token="b" * 64, expires=1)
    with transaction(engine, writes=True) as connection:
        connection.execute(delete(ROOMS))
    with engine.connect() as connection:
        left = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in METADATA.tables.values()
        }
    assert set(left.values()) == {0}
