"""The first step makes the tables of this version, and can be undone."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect

from comity.core.database import transaction
from comity.rooms.store.migrations import step_0001
from comity.rooms.store.tables import METADATA


def test_it_makes_the_tables_that_the_code_knows(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert set(METADATA.tables) < set(inspect(connection).get_table_names())


def test_it_can_be_undone(engine):
    with transaction(engine, writes=True) as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            step_0001.downgrade()
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
