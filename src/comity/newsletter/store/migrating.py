"""Bringing a database to the tables of this version, whatever version it comes from.

SQLite keeps a number for whoever writes the file (``PRAGMA user_version``): it counts the steps
that the file has been through. A file that has been through more comes from a later version.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from comity.core.errors import InputError
from comity.newsletter.store import tables as tables  # every table joins the list on import
from comity.newsletter.store.metadata import METADATA

Step = Callable[[Connection], None]


def _forget_first_index(connection: Connection) -> None:
    """Drop the search index of version 1; the next search makes one."""
    for name in ("documents", "postings", "beginnings", "pairs", "indexed"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS search_{name}")


def _time_errata(connection: Connection) -> None:
    """Give errata of version 2 the moment when they were made, which nobody knows."""
    query = "SELECT name FROM pragma_table_info('errata')"
    if "made" not in connection.exec_driver_sql(query).scalars().all():
        connection.exec_driver_sql("ALTER TABLE errata ADD COLUMN made TEXT NOT NULL DEFAULT ''")


STEPS: tuple[Step, ...] = (_forget_first_index, _time_errata)
"""What turned the tables of version k + 1 into those of version k + 2, in order."""


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS) -> None:
    """Make the tables that a database lacks and run the steps that it has not been through.

    Raises `InputError` where the database comes from a later version.
    """
    newest = len(steps) + 1
    found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found > newest:
        raise InputError(
            "the database comes from a later version",
            place="database",
            found=f"version {found}",
            expected=f"at most version {newest}",
        )
    if found:
        for step in steps[found - 1 :]:
            step(connection)
    METADATA.create_all(connection)
    if found != newest:
        connection.exec_driver_sql(f"PRAGMA user_version = {newest:d}")
