"""What has changed since an index was made: the journal that the database's triggers keep."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from comity.newsletter.search.links import of_id, of_title
from comity.newsletter.store.tables.search import FORGOTTEN, LINKED

MOST = 20_000
"""Changes that the journal holds for an index that is not asked for."""
_STATE = "SELECT value FROM state WHERE name = ?"
_SET = "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)"
_LAST = "SELECT max(number) FROM search_changes"
_COUNT = "SELECT count(*) FROM search_changes WHERE number > ?"
_SINCE = "SELECT row, entry, title, issue FROM search_changes WHERE number > ?"
_OF_ISSUE = "SELECT row, id, title FROM entries WHERE issue = ?"
_LEAST_SEEN = "SELECT min(seen) FROM search_indexed"
_FORGET = "DELETE FROM search_changes WHERE number <= ?"


@dataclass
class Changes:
    """Entries that may be shown in another way than before.

    Attributes
    ----------
    rows : theirs, those of entries that are gone among them.
    names : their ids and titles, before and after, as numbers.
    """

    rows: set[int] = field(default_factory=set)
    names: set[int] = field(default_factory=set)

    def add(self, row: int, entry: str, title: str) -> None:
        """Add an entry as it was or is."""
        self.rows.add(row)
        self.names |= {of_id(entry), of_title(title)}


def last(connection: Connection) -> int:
    """Return the number of the last change."""
    return connection.exec_driver_sql(_LAST).scalar() or _state(connection, FORGOTTEN) or 0


def linked(connection: Connection) -> int | None:
    """Return the last change that names and links know of; None where there are none."""
    return _state(connection, LINKED)


def set_linked(connection: Connection, number: int) -> None:
    """Note that names and links know of a change; from now on there is a journal."""
    connection.exec_driver_sql(_SET, (LINKED, number))


def count_since(connection: Connection, number: int) -> int | None:
    """Return how many changes came after one; None where not all of them are known."""
    if number < (_state(connection, FORGOTTEN) or 0):
        return None
    return int(connection.exec_driver_sql(_COUNT, (number,)).scalar_one())


def since(connection: Connection, number: int) -> Changes:
    """Return what has changed after a change; of issues that changed, all their entries."""
    found = Changes()
    issues = set()
    for row, entry, title, issue in connection.exec_driver_sql(_SINCE, (number,)):
        if issue is None:
            found.add(row, entry, title)
        else:
            issues.add(issue)
    for issue in issues:
        for row, entry, title in connection.exec_driver_sql(_OF_ISSUE, (issue,)):
            found.add(row, entry, title)
    return found


def forget(connection: Connection, most: int = MOST) -> None:
    """Drop what every index knows, and what is so old that a new index is made sooner."""
    newest = last(connection)
    seen = connection.exec_driver_sql(_LEAST_SEEN).scalar()
    number = max(newest - most, newest if seen is None else int(seen))
    if number > (_state(connection, FORGOTTEN) or 0):
        connection.exec_driver_sql(_FORGET, (number,))
        connection.exec_driver_sql(_SET, (FORGOTTEN, number))


def _state(connection: Connection, name: str) -> int | None:
    value = connection.exec_driver_sql(_STATE, (name,)).scalar()
    return None if value is None else int(value)
