"""A database is brought to this version once, whoever starts first."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import inspect, text

from comity.core.database import make_engine, transaction
from comity.core.errors import ComityError, InputError
from comity.rooms.store.migrating import migrate


def revisions(engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT version_num FROM alembic_version")))


def bring(engine) -> None:
    with transaction(engine, writes=True) as connection:
        migrate(connection)


def test_again_changes_nothing(engine):
    assert revisions(engine) == ["0002"]
    bring(engine)
    assert revisions(engine) == ["0002"]


def test_two_servers_start_at_once(database):
    engines = [make_engine(database) for _ in range(4)]
    gate, failures = Barrier(len(engines)), []

    def start(engine) -> None:
        gate.wait()
        try:
            bring(engine)
        except ComityError as error:
            failures.append(error)

    threads = [Thread(target=start, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert revisions(engines[0]) == ["0002"]
    for engine in engines:
        engine.dispose()


def test_a_later_version_is_refused(engine):
    with transaction(engine, writes=True) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(InputError, match="later version"):
        bring(engine)
    assert revisions(engine) == ["9999"]


def test_a_step_that_fails_leaves_nothing(database):
    """The steps are one transaction, on SQLite too."""
    engine = make_engine(database)

    def fail() -> None:
        with transaction(engine, writes=True) as connection:
            migrate(connection)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()
