"""Databases of earlier versions become those of this one; later ones are refused."""

import pytest
from sqlalchemy import text

from comity.core.database import make_engine, transaction
from comity.core.errors import InputError
from comity.newsletter.store.metadata import METADATA
from comity.newsletter.store.migrating import STEPS, migrate


@pytest.fixture
def engine(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/newsletter.db")
    yield engine
    engine.dispose()


def run(engine, **options):
    with transaction(engine, writes=True) as connection:
        migrate(connection, **options)
        return connection.execute(text("PRAGMA user_version")).scalar_one()


def test_an_empty_file_gets_every_table(engine):
    assert run(engine) == len(STEPS) + 1
    with transaction(engine, writes=False) as connection:
        there = set(connection.scalars(text("SELECT name FROM sqlite_schema WHERE type = 'table'")))
    assert set(METADATA.tables) <= there


def test_once_is_enough(engine):
    assert run(engine) == run(engine)


def test_an_earlier_file_goes_through_the_steps_that_it_lacks(engine):
    run(engine)
    done = []
    steps = (*STEPS, lambda _: done.append(1), lambda _: done.append(2))
    assert run(engine, steps=steps) == len(steps) + 1
    assert done == [1, 2]
    run(engine, steps=steps)
    assert done == [1, 2]


def test_a_step_that_fails_leaves_the_file_as_it_was(engine):
    before = run(engine)

    def fail(connection):
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise KeyError

    with pytest.raises(KeyError):
        run(engine, steps=(*STEPS, fail))
    assert run(engine) == before
    with transaction(engine, writes=False) as connection:
        assert (
            connection.scalar(text("SELECT count(*) FROM sqlite_schema WHERE name = 'half'")) == 0
        )


def test_a_later_file_is_refused(engine):
    with transaction(engine, writes=True) as connection:
        connection.execute(text("PRAGMA user_version = 99"))
    with pytest.raises(InputError, match="later version"):
        run(engine)


def test_errata_of_version_2_stay_though_nobody_knows_when_they_were_made(engine):
    run(engine)
    with transaction(engine, writes=True) as connection:
        for step in (
            "ALTER TABLE errata DROP COLUMN made",
            "INSERT INTO entries (id, position, highlight) VALUES ('A', 0, 0)",
            "INSERT INTO errata (entry, date, note) VALUES ('A', '2026-01-02', 'It was 3.')",
            "PRAGMA user_version = 2",
        ):
            connection.execute(text(step))
    assert run(engine) == len(STEPS) + 1
    with transaction(engine, writes=False) as connection:
        found = connection.execute(text("SELECT entry, date, note, made FROM errata")).all()
    assert found == [("A", "2026-01-02", "It was 3.", "")]
