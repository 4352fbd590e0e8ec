"""The second step measures the rooms that are there, and can be undone."""

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import insert, inspect, select, text

from comity.core.database import make_engine, transaction
from comity.rooms.store.migrating import migrate
from comity.rooms.store.migrations import step_0002
from comity.rooms.store.tables import ENTRIES, ROOMS, WAITING

OLD = "INSERT INTO rooms (id, version, phase) VALUES (:id, 1, 'joining')"


def test_rooms_of_before_get_their_size(database):
    engine = make_engine(database)
    with transaction(engine, writes=True) as connection:
        migrate(connection, "0001")
        connection.execute(text(OLD), [{"id": "a" * 32}, {"id": "b" * 32}])
        rows = [{"room": "a" * 32, "index": k, "data": "x" * k} for k in range(5)]
        connection.execute(insert(ENTRIES), rows)
        connection.execute(insert(WAITING).values(room="a" * 32, author="A", data="yyy"))
    with transaction(engine, writes=True) as connection:
        migrate(connection)
        found = connection.execute(select(ROOMS.c.id, ROOMS.c.opener, ROOMS.c.size)).all()
    assert sorted(found) == [("a" * 32, "", 0 + 1 + 2 + 3 + 4 + 3), ("b" * 32, "", 0)]
    engine.dispose()


def test_it_can_be_undone(engine):
    with transaction(engine, writes=True) as connection:
        with Operations.context(MigrationContext.configure(connection)):
            step_0002.downgrade()
        names = {column["name"] for column in inspect(connection).get_columns("rooms")}
    assert names == {"id", "version", "phase", "deadline", "erase"}
