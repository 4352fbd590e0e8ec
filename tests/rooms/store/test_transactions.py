"""Transactions over each kind of database: whole or not at all, one moment, writers take turns."""

from threading import Thread

import pytest
from sqlalchemy import insert, select

from comity.core.database import Conflict, Unavailable, make_engine, transaction
from comity.rooms.store.tables import ROOMS

ROOM = {"id": "a" * 32, "version": 1, "phase": "joining"}


def test_what_fails_inside_leaves_nothing(engine):
    def fail() -> None:
        with transaction(engine, writes=True) as connection:
            connection.execute(insert(ROOMS).values(ROOM))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with transaction(engine, writes=False) as connection:
        assert connection.execute(select(ROOMS)).all() == []


def test_a_reader_sees_one_moment(engine):
    with transaction(engine, writes=False) as reader:
        before = reader.execute(select(ROOMS)).all()
        writer = Thread(target=_put, args=(engine,))
        writer.start()
        writer.join()
        assert reader.execute(select(ROOMS)).all() == before == []
    with transaction(engine, writes=False) as reader:
        assert len(reader.execute(select(ROOMS)).all()) == 1


def test_writers_take_turns(engine):
    """Each adds to what it read; nothing is lost, nobody gives up."""
    _put(engine)

    def add() -> None:
        for _ in range(5):
            with transaction(engine, writes=True) as connection:
                locked = select(ROOMS.c.version).with_for_update()
                version = connection.scalar(locked)
                connection.execute(ROOMS.update().values(version=version + 1))

    threads = [Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(engine, writes=False) as connection:
        assert connection.scalar(select(ROOMS.c.version)) == 21


def test_the_same_twice_is_a_conflict(engine):
    _put(engine)
    with pytest.raises(Conflict):
        _put(engine)


def test_postgresql_comes_back(cluster):
    engine = make_engine(cluster.fresh())
    with transaction(engine, writes=True) as connection:
        ROOMS.create(connection)
    _put(engine)
    cluster.stop()
    with pytest.raises(Unavailable):
        _put(engine, id="b" * 32)
    cluster.start()
    _put(engine, id="c" * 32)
    with transaction(engine, writes=False) as connection:
        assert set(connection.scalars(select(ROOMS.c.id))) == {"a" * 32, "c" * 32}
    engine.dispose()


def _put(engine, **other) -> None:
    with transaction(engine, writes=True) as connection:
        connection.execute(insert(ROOMS).values({**ROOM, **other}))
