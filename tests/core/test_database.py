"""Which databases are taken, what is promised of a commit, and what failures mean."""

import sqlite3

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select, text

from comity.core.database import PRAGMAS, Unavailable, make_engine, transaction
from comity.core.errors import InputError

THINGS = Table(
    "things", MetaData(), Column("id", String(32), primary_key=True), Column("version", Integer)
)
THING = {"id": "a" * 32, "version": 1}


@pytest.mark.parametrize(
    "database", ["", "things.db", "sqlite://", "sqlite:///:memory:", "mysql://a/b", "oracle:", "\0"]
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
    engine = make_engine(f"sqlite:///{tmp_path}/things.db")
    with engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}
    # 2 is FULL, 1 is ON: https://www.sqlite.org/pragma.html
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    engine.dispose()


def test_a_locked_database_is_unavailable(tmp_path, monkeypatch):
    monkeypatch.setattr("comity.core.database.BUSY_SECONDS", 0.05)
    engine = make_engine(f"sqlite:///{tmp_path}/things.db")
    with transaction(engine, writes=True) as connection:
        THINGS.create(connection)
    other = sqlite3.connect(tmp_path / "things.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable):
        _put(engine)
    other.execute("ROLLBACK")
    other.close()
    _put(engine)
    engine.dispose()


def test_a_full_disk_is_unavailable_and_loses_nothing(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/things.db")
    with transaction(engine, writes=True) as connection:
        THINGS.create(connection)
    _put(engine)
    with transaction(engine, writes=True) as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count={pages}"))
    count, refused = _put_until_full(engine)
    stored = 1 + count
    assert str(refused) == f"{tmp_path}/things.db: the disk is full; nothing was written"
    with transaction(engine, writes=False) as connection:
        assert len(connection.execute(select(THINGS)).all()) == stored
        connection.execute(text("PRAGMA max_page_count=1000000"))
    _put(engine, id="b" * 32)
    engine.dispose()


def test_a_database_that_is_gone_is_unavailable():
    engine = make_engine("postgresql://comity@127.0.0.1:1/things")
    with pytest.raises(Unavailable), transaction(engine, writes=False):
        pass


def test_a_file_that_is_no_database_is_unavailable(tmp_path):
    (tmp_path / "things.db").write_text("not a database" * 1000)
    engine = make_engine(f"sqlite:///{tmp_path}/things.db")
    with pytest.raises(Unavailable, match=r"things\.db: no database, or damaged; restore a backup"):
        _put(engine)
    engine.dispose()


def test_a_damaged_database_is_named(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/things.db")
    with transaction(engine, writes=True) as connection:
        THINGS.create(connection)
    for k in range(200):
        _put(engine, id=f"{k:032x}")
    engine.dispose()
    whole = (tmp_path / "things.db").read_bytes()
    size = int.from_bytes(whole[16:18], "big")  # of a page: https://www.sqlite.org/fileformat.html
    (tmp_path / "things.db").write_bytes(whole[:size] + b"\xa5" * (len(whole) - size))
    with (
        pytest.raises(Unavailable, match=r"things\.db: no database, or damaged; restore a backup"),
        transaction(engine, writes=False) as connection,
    ):
        connection.execute(select(THINGS)).all()
    engine.dispose()


def _put_until_full(engine) -> tuple[int, Unavailable]:
    for k in range(10_000):
        try:
            _put(engine, id=f"{k:032x}")
        except Unavailable as refused:
            return k, refused
    raise AssertionError("it never was full")


def _put(engine, **other) -> None:
    with transaction(engine, writes=True) as connection:
        connection.execute(insert(THINGS).values({**THING, **other}))
