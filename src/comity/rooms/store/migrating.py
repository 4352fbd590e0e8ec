"""Bringing a database to the tables of this version, whatever version it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from comity.core.errors import InputError

STEPS = Path(__file__).parent / "migrations"
LOCK = 0x636F6D697479
"""Number of the lock that keeps two servers from migrating one PostgreSQL at once."""


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the steps that a database lacks, in the transaction that the connection is in.

    Raises `InputError` where the database comes from a later version.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    steps = ScriptDirectory(str(STEPS), version_locations=[str(STEPS)])
    environment = EnvironmentContext(
        Config(), steps, fn=lambda current, _: steps._upgrade_revs(revision, _known(steps, current))
    )
    with environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


def _known(steps: ScriptDirectory, current: Any) -> Any:
    """Return the step a database stands at; refuse one that this version does not know."""
    names = {script.revision for script in steps.walk_revisions()}
    if unknown := [name for name in current or () if name not in names]:
        raise InputError(
            "the database comes from a later version",
            place="database",
            found=f"step {unknown[0]}",
            expected=f"at most step {steps.get_current_head()}",
        )
    return current
