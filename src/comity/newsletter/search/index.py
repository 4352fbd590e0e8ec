"""The index of an audience's view: brought up to date by what has changed, in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import View
from comity.newsletter.search.beginnings import write_beginnings
from comity.newsletter.search.document import Documents
from comity.newsletter.search.gathering import ROWS, Content, Gathered
from comity.newsletter.search.ranking import Lengths
from comity.newsletter.search.writing import AT_ONCE, write_pairs, write_postings
from comity.newsletter.store.tables.content import ENTRIES
from comity.newsletter.store.tables.search import DOCUMENTS, INDEXED

FORM = 1
"""Changes with how the index is kept: one of another form is made anew."""
BATCH = 20_000
"""Documents whose words are held in memory at once."""
_KEEP = (
    "INSERT INTO search_documents (audience, row, entry, length, digest, texts, facets)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def update_index(connection: Connection, view: View, content: int, settings: str) -> int:
    """Bring the index of a view up to date; return how many documents have changed.

    Parameters
    ----------
    content, settings : as of which the view is, see `comity.newsletter.search.searching`.
    """
    changed = 0
    terms: set[str] = set()
    for batch in _changes(connection, view):
        terms.update(_write(connection, view.audience, batch))
        changed += len(batch.fresh) or len(batch.gone)
    lengths = _lengths(connection, view.audience)
    write_beginnings(connection, view.audience, terms, lengths.size)
    row = {
        "content": content,
        "settings": settings,
        "lengths": lengths.words.tobytes(),
        "documents": lengths.documents,
        "mean": lengths.mean,
    }
    statement = upsert(INDEXED).values(audience=view.audience, **row)
    connection.execute(statement.on_conflict_do_update(index_elements=["audience"], set_=row))
    return changed


@dataclass(frozen=True)
class _Batch:
    """Documents that are gone, with their content, and new ones; one that changed is both."""

    gone: Mapping[int, Content]
    fresh: Mapping[int, Mapping[str, Any]]


def _changes(connection: Connection, view: View) -> Iterator[_Batch]:
    """Compare a view with what is there; yield what differs, some thousands at a time."""
    mine = DOCUMENTS.c.audience == view.audience
    there = dict(connection.execute(select(DOCUMENTS.c.row, DOCUMENTS.c.digest).where(mine)).all())
    numbers = dict(connection.execute(select(ENTRIES.c.id, ENTRIES.c.row)).all())
    documents = Documents(view)
    for start in range(0, len(view.archive.entries), BATCH):
        fresh = {}
        changed = []
        for entry in view.archive.entries[start : start + BATCH]:
            row = numbers[entry.id]
            values, before = _document(entry, documents), there.pop(row, None)
            if before != values["digest"]:
                fresh[row] = values
                changed += [] if before is None else [row]
        if fresh:
            yield _Batch(_content_there(connection, view.audience, changed), fresh)
    if there:
        yield _Batch(_content_there(connection, view.audience, list(there)), {})


def _content_there(connection: Connection, audience: str, rows: list[int]) -> dict[int, Content]:
    """Return documents as they are in the index."""
    found = {}
    query = select(DOCUMENTS.c.row, DOCUMENTS.c.texts, DOCUMENTS.c.facets)
    for start in range(0, len(rows), AT_ONCE):
        part = DOCUMENTS.c.row.in_(rows[start : start + AT_ONCE])
        mine = query.where(part & (DOCUMENTS.c.audience == audience))
        for row, texts, facets in connection.execute(mine):
            found[row] = (json.loads(texts), json.loads(facets))
    return found


def _write(connection: Connection, audience: str, batch: _Batch) -> list[str]:
    """Write documents, then what they are found by; return the terms whose documents changed."""
    gone = Gathered.of(batch.gone)
    fresh = Gathered.of({row: (it["texts"], it["facets"]) for row, it in batch.fresh.items()})
    if batch.gone:
        old = (DOCUMENTS.c.audience == audience) & (DOCUMENTS.c.row == bindparam("old"))
        connection.execute(delete(DOCUMENTS).where(old), [{"old": row} for row in batch.gone])
    if batch.fresh:
        lengths = fresh.lengths
        connection.exec_driver_sql(
            _KEEP,
            [
                (audience, row, it["entry"], lengths[row], it["digest"], *_stored(it))
                for row, it in batch.fresh.items()
            ],
        )
    write_pairs(connection, audience, batch.gone, gone, fresh)
    return write_postings(connection, audience, batch.gone, gone, fresh)


def _stored(values: Mapping[str, Any]) -> list[str]:
    return [json.dumps(values[name], ensure_ascii=False) for name in ("texts", "facets")]


def _document(entry: Entry, documents: Documents) -> dict[str, Any]:
    texts, facets = documents.texts(entry), sorted(set(documents.facets(entry)))
    said = json.dumps([FORM, entry.id, texts, facets], ensure_ascii=False)
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {"entry": entry.id, "digest": digest, "texts": texts, "facets": facets}


def _lengths(connection: Connection, audience: str) -> Lengths:
    query = select(DOCUMENTS.c.row, DOCUMENTS.c.length).where(DOCUMENTS.c.audience == audience)
    pairs = np.array(connection.execute(query).all(), dtype=np.int64).reshape(-1, 2)
    lengths = np.zeros(int(pairs[:, 0].max()) + 1 if len(pairs) else 0, ROWS)
    lengths[pairs[:, 0]] = pairs[:, 1]
    return Lengths.of(lengths)
