"""Which databases are taken, what is promised of a commit, and what failures mean."""

import sqlite3
from threading import Thread

import pytest
from sqlalchemy import insert, select, text

from comity.core.errors import InputError
from comity.rooms.store.engine import (
    PRAGMAS,
    Conflict,
    Unavailable,
    make_engine,
    transaction,
)
from comity.rooms.store.tables import ROOMS

ROOM = {"id": "a" * 32, "version": 1, "phase": "joining"}


@pytest.mark.parametrize(
    "database", ["", "rooms.db", "sqlite://", "sqlite:///:memory:", "mysql://a/b", "oracle:", "\0"]
)
def test_other_databases_are_refused(database):
    with pytest.raises(InputError):
        make_engine(database)


def test_passwords_are_not_told():
    with pytest.raises(InputError) as refused:
        make_engine("mysql://ann:secret@host/name")
    assert "secret" not in str(refused.value)
    assert "secret" not in repr(make_engine("postgresql://ann:secret@host/name"))


def test_sqlite_promises_what_it_should(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}
    # 2 is FULL, 1 is ON: https://www.sqlite.org/pragma.html
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    engine.dispose()


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


def test_a_locked_database_is_unavailable(tmp_path, monkeypatch):
    monkeypatch.setattr("comity.rooms.store.engine.BUSY_SECONDS", 0.05)
    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with transaction(engine, writes=True) as connection:
        ROOMS.create(connection)
    other = sqlite3.connect(tmp_path / "rooms.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable):
        _put(engine)
    other.execute("ROLLBACK")
    other.close()
    _put(engine)
    engine.dispose()


def test_a_full_disk_is_unavailable_and_loses_nothing(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with transaction(engine, writes=True) as connection:
        ROOMS.create(connection)
    _put(engine)
    with transaction(engine, writes=True) as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count={pages}"))
    stored = 1 + _put_until_full(engine)
    with transaction(engine, writes=False) as connection:
        assert len(connection.execute(select(ROOMS)).all()) == stored
        connection.execute(text("PRAGMA max_page_count=1000000"))
    _put(engine, id="b" * 32)
    engine.dispose()


def test_a_database_that_is_gone_is_unavailable():
    engine = make_engine("postgresql://comity@127.0.0.1:1/rooms")
    with pytest.raises(Unavailable), transaction(engine, writes=False):
        pass


def test_a_file_that_is_no_database_is_unavailable(tmp_path):
    (tmp_path / "rooms.db").write_text("not a database" * 1000)
    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with pytest.raises(Unavailable):
        _put(engine)
    engine.dispose()


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


def _put_until_full(engine) -> int:
    for k in range(10_000):
        try:
            _put(engine, id=f"{k:032x}")
        except Unavailable:
            return k
    raise AssertionError("it never was full")


def _put(engine, **other) -> None:
    with transaction(engine, writes=True) as connection:
        connection.execute(insert(ROOMS).values({**ROOM, **other}))
