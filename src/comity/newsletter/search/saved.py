"""Searches that somebody keeps under a name: to look at again, or to follow as a feed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Engine, Row, delete, insert, select

from comity.core.database import Conflict, transaction
from comity.core.errors import InputError
from comity.newsletter.model.ids import new_id
from comity.newsletter.search.found import Filters
from comity.newsletter.store.store import now
from comity.newsletter.store.tables.search import SEARCHES

LONGEST_NAME = 120
LONGEST_QUERY = 1_000


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name."""

    id: str
    name: str
    query: str
    filters: Filters
    created: str = ""


def save_search(engine: Engine, name: str, query: str, filters: Filters) -> SavedSearch:
    """Keep a search under a name; raise `InputError` where another has that name."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or len(query) > LONGEST_QUERY:
        raise InputError(
            "the name or the query is too long, or there is no name",
            place="search",
            expected=f"1 to {LONGEST_NAME} and at most {LONGEST_QUERY:,} characters",
        )
    saved = SavedSearch(new_id(), name, query, filters, now())
    row = {"id": saved.id, "name": name, "query": query, "created": saved.created}
    try:
        with transaction(engine, writes=True) as connection:
            _write(connection, row, filters)
    except Conflict as error:
        raise InputError("a search of that name is kept", place="name", found=name) from error
    return saved


def saved_searches(engine: Engine) -> tuple[SavedSearch, ...]:
    """Return the searches that are kept, by name."""
    with transaction(engine, writes=False) as connection:
        return tuple(map(_saved, connection.execute(select(SEARCHES).order_by(SEARCHES.c.name))))


def saved_search(engine: Engine, key: str) -> SavedSearch | None:
    """Return the search of an id."""
    with transaction(engine, writes=False) as connection:
        row = connection.execute(select(SEARCHES).where(SEARCHES.c.id == key)).one_or_none()
        return _saved(row) if row else None


def remove_search(engine: Engine, key: str) -> None:
    """Keep a search no longer."""
    with transaction(engine, writes=True) as connection:
        connection.execute(delete(SEARCHES).where(SEARCHES.c.id == key))


def _write(connection: Connection, row: dict[str, str], filters: Filters) -> None:
    named = {name: value for name, value in asdict(filters).items() if value not in ("", None)}
    connection.execute(insert(SEARCHES).values(**row, filters=json.dumps(named)))


def _saved(row: Row) -> SavedSearch:
    filters = Filters(**json.loads(row.filters))
    return SavedSearch(row.id, row.name, row.query, filters, row.created)
