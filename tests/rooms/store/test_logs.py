"""Rooms in the database: a change is stored whole, once, and only from what it was made from."""

from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from comity.core.database import Conflict, Unavailable
from comity.rooms.store.logs import Change, Logs, Stored
from comity.rooms.store.passes import Passes, hashed

ROOM, OTHER = "a" * 32, "b" * 32


def change(start=0, entries=("{}",), waiting=None, phase="joining", deadline=9, erase=None):
    return Change(start, entries, waiting, phase, deadline, erase)


@pytest.fixture
def logs(engine) -> Logs:
    logs = Logs(engine)
    logs.create(ROOM, change(entries=['{"n":0}']), {hashed("t"): "Ana"})
    return logs


def test_what_is_stored_is_read(logs):
    assert logs.read(ROOM) == Stored(1, ('{"n":0}',), {})
    assert logs.save(ROOM, 1, change(1, [], {"Ana\0": "held"})) == 2
    assert logs.save(ROOM, 2, change(1, ["1", "2"], None)) == 3
    assert logs.read(ROOM) == Stored(3, ('{"n":0}', "1", "2"), {"Ana\0": "held"})
    assert logs.save(ROOM, 3, change(3, ["3"], {"Ben": "too"})) == 4
    assert logs.read(ROOM).waiting == {"Ben": "too"}
    assert logs.save(ROOM, 4, change(4, [], {})) == 5
    assert logs.read(ROOM) == Stored(5, ('{"n":0}', "1", "2", "3"), {})
    assert logs.version(ROOM) == 5
    assert logs.versions([ROOM, OTHER]) == {ROOM: 5}


def test_no_room_no_log(logs):
    assert logs.read(OTHER) is None
    assert logs.version(OTHER) is None
    with pytest.raises(Conflict):
        logs.save(OTHER, 1, change(1))


def test_a_room_is_created_once(logs):
    with pytest.raises(Conflict):
        logs.create(ROOM, change(entries=["other"]), {hashed("u"): "Ben"})
    assert logs.read(ROOM).entries == ('{"n":0}',)
    assert Passes(logs.engine).of_token("u") is None


def test_from_an_old_version_nothing_is_stored(logs):
    logs.save(ROOM, 1, change(1, ["first"]))
    before = logs.read(ROOM)
    for version in (0, 1, 3):
        with pytest.raises(Conflict):
            logs.save(ROOM, version, change(2, ["second"], {"Ana": "held"}, "ended"))
    assert logs.read(ROOM) == before
    assert logs.phases() == {"joining": 1}


def test_no_index_is_there_twice(logs):
    """Even for a server that has the version right and the index wrong."""
    with pytest.raises(Conflict):
        logs.save(ROOM, 1, change(0, ["another beginning"], {"Ana": "held"}))
    assert logs.read(ROOM) == Stored(1, ('{"n":0}',), {})


def test_of_many_at_once_one_wins(logs):
    gate, won = Barrier(8), []

    def race(k: int) -> None:
        gate.wait()
        try:
            logs.save(ROOM, 1, change(1, [f"outcome {k}"], {}, "ended", None, 5))
        except Conflict:
            return
        won.append(f"outcome {k}")

    threads = [Thread(target=race, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert logs.read(ROOM).entries[1:] == tuple(won)


def test_what_is_due(logs):
    logs.create(OTHER, change(deadline=3), {hashed("u"): None})
    assert logs.due(3) == []
    assert logs.due(4) == [OTHER]
    assert logs.due(10) == [OTHER, ROOM]
    assert logs.due(10, most=1) == [OTHER]
    assert logs.in_phase("joining") == [OTHER, ROOM]
    assert logs.in_phase("joining", most=1) == [OTHER]
    logs.save(OTHER, 1, change(1, ["end"], {}, "ended", None, 20))
    assert logs.due(10) == [ROOM]
    assert logs.in_phase("ended") == [OTHER]
    assert logs.in_phase("solving") == []


def test_erasing(logs):
    logs.create(OTHER, change(), {hashed("u"): None})
    logs.save(OTHER, 1, change(1, ["end"], {"Ana": "held"}, "ended", None, 20))
    session = Passes(logs.engine).begin_session("u", 100)
    assert logs.erase(19) == 0
    assert logs.erase(20) == 1
    assert logs.read(OTHER) is None
    assert logs.read(ROOM) is not None
    assert Passes(logs.engine).of_token("u") is None
    assert Passes(logs.engine).of_session(session, 0) is None
    assert logs.erase(20) == 0


def test_old_sessions_are_erased(logs):
    passes = Passes(logs.engine)
    passes.begin_session("t", 50)
    fresh = passes.begin_session("t", 200)
    assert logs.erase(100) == 0
    with logs.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM sessions")) == 1
    assert passes.of_session(fresh, 100) is not None


def test_what_is_erased_is_nowhere_in_the_files(tmp_path, request):
    """SQLite overwrites what it deletes, and its journal is emptied."""
    from comity.core.database import make_engine, transaction
    from comity.rooms.store.migrating import migrate

    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with transaction(engine, writes=True) as connection:
        migrate(connection)
    logs = Logs(engine)
    logs.create(ROOM, change(entries=["a private matter"]), {hashed("t"): None})
    logs.save(ROOM, 1, change(1, ["end"], {"Ana": "a secret"}, "ended", None, 20))
    files = [tmp_path / "rooms.db", tmp_path / "rooms.db-wal"]
    assert b"a private matter" in b"".join(map(Path.read_bytes, files))
    logs.erase(20)
    left = b"".join(map(Path.read_bytes, tmp_path.iterdir()))
    assert b"a private matter" not in left
    assert b"a secret" not in left
    assert hashed("t").encode() not in left
    engine.dispose()


def test_a_full_disk_stores_nothing_by_halves(tmp_path):
    from comity.core.database import make_engine, transaction
    from comity.rooms.store.migrating import migrate

    engine = make_engine(f"sqlite:///{tmp_path}/rooms.db")
    with transaction(engine, writes=True) as connection:
        migrate(connection)
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count={pages + 4}"))
    logs = Logs(engine)
    logs.create(ROOM, change(), {hashed("t"): None})
    acknowledged, full = 1, False
    while not full:
        try:
            entries = ["x" * 700, "y" * 700]
            acknowledged = logs.save(ROOM, acknowledged, change(2 * acknowledged - 1, entries))
        except Unavailable:
            full = True
    found = logs.read(ROOM)
    assert found.version == acknowledged
    assert len(found.entries) == 2 * acknowledged - 1
    engine.dispose()
