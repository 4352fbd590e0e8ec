"""What every test of rooms may ask for: a clock that it sets, and servers of its own."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest


@dataclass
class Time:
    """A clock that a test sets, in milliseconds."""

    now: int = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += int(1000 * seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def serve(tmp_path) -> Iterator[Callable]:
    """A function that starts a server on loopback with some settings and returns it running."""
    from rooms_serving import Running

    running: list[Running] = []

    def begin(**settings) -> Running:
        running.append(Running(**{"database": f"sqlite:///{tmp_path}/rooms.db", **settings}))
        return running[-1]

    yield begin
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def cluster() -> Iterator:
    """A real PostgreSQL; skipped where there is none, failed where COMITY_POSTGRES requires it."""
    import rooms_postgres

    programs, user = rooms_postgres.binaries(), rooms_postgres.user()
    if programs is None or user is None:
        required = os.environ.get("COMITY_POSTGRES") == "required"
        (pytest.fail if required else pytest.skip)("no PostgreSQL: its initdb is not to be found")
    cluster = rooms_postgres.Cluster(programs, user)
    yield cluster
    cluster.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/rooms.db"
    return request.getfixturevalue("cluster").fresh()


@pytest.fixture
def engine(database) -> Iterator:
    """A database with all its tables."""
    from comity.core.database import make_engine, transaction
    from comity.rooms.store.migrating import migrate

    engine = make_engine(database)
    with transaction(engine, writes=True) as connection:
        migrate(connection)
    yield engine
    engine.dispose()
