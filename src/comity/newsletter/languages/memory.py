"""Remembering what an engine said, so that no sentence is translated twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Protocol

from sqlalchemy import Engine as Database
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from comity.core.database import transaction
from comity.newsletter.languages.engine import Draft
from comity.newsletter.store.tables.languages import SENTENCES

PREPARED = 2
"""Counts the changes in how sentences are made ready for an engine."""
AT_ONCE = 500
"""Keys in one question to the database."""


def key(engine: str, source: str, target: str, text: str) -> str:
    """Return what a draft is kept under: the digest of all that it depends on."""
    parts = json.dumps([PREPARED, engine, source, target, text], ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()


class Memory(Protocol):
    """Where drafts are kept."""

    def recall(self, keys: Iterable[str]) -> Mapping[str, Draft]:
        """Return the drafts that are kept under some of the keys."""

    def learn(self, drafts: Mapping[str, Draft]) -> None:
        """Keep drafts."""


class NoMemory:
    """Keeps drafts while the program runs."""

    def __init__(self) -> None:
        self.drafts: MutableMapping[str, Draft] = {}

    def recall(self, keys: Iterable[str]) -> Mapping[str, Draft]:
        """Return the drafts that are kept under some of the keys."""
        return {name: self.drafts[name] for name in keys if name in self.drafts}

    def learn(self, drafts: Mapping[str, Draft]) -> None:
        """Keep drafts."""
        self.drafts.update(drafts)


class StoredMemory:
    """Keeps drafts in the database of a publication.

    Parameters
    ----------
    database : of the publication.
    again : recall nothing, so that an engine is asked anew, as after an update of its dictionaries.
    """

    def __init__(self, database: Database, *, again: bool = False) -> None:
        self.database = database
        self.again = again

    def recall(self, keys: Iterable[str]) -> Mapping[str, Draft]:
        """Return the drafts that are kept under some of the keys."""
        wanted = [] if self.again else sorted(set(keys))
        found: dict[str, Draft] = {}
        with transaction(self.database, writes=False) as connection:
            for start in range(0, len(wanted), AT_ONCE):
                part = SENTENCES.c.key.in_(wanted[start : start + AT_ONCE])
                for row in connection.execute(select(SENTENCES).where(part)):
                    found[row.key] = Draft(row.text, tuple(json.loads(row.unknown)))
        return found

    def learn(self, drafts: Mapping[str, Draft]) -> None:
        """Keep drafts in place of earlier ones, in one transaction."""
        rows = [
            {"key": name, "text": draft.text, "unknown": json.dumps(draft.unknown)}
            for name, draft in drafts.items()
        ]
        if rows:
            statement = insert(SENTENCES)
            fresh = {name: statement.excluded[name] for name in ("text", "unknown")}
            statement = statement.on_conflict_do_update(index_elements=["key"], set_=fresh)
            with transaction(self.database, writes=True) as connection:
                connection.execute(statement, rows)
