"""Taking erased words out of the file itself, where SQLite leaves them for a while.

What is deleted is overwritten (``PRAGMA secure_delete``), but pages that were split or joined keep
pieces of rows between their cells, and the journal beside the file keeps pages as they were. The
file is therefore written anew and the journal emptied.

Source: SQLite, "VACUUM" and "PRAGMA wal_checkpoint".
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine


def clean(engine: Engine) -> bool:
    """Write a database's file anew; return whether nothing that was erased is left in it.

    It is not where other programs use the file all the while, or no place is left on the disk.
    """
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("VACUUM").close()
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
