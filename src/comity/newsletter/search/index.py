"""The index of an audience's view: brought up to date by what has changed, in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import View
from comity.newsletter.search.document import WEIGHTS, Documents
from comity.newsletter.search.ranking import Lengths
from comity.newsletter.search.tokens import words
from comity.newsletter.store.tables.content import ENTRIES
from comity.newsletter.store.tables.search import DOCUMENTS, INDEXED, POSTINGS

ROWS = np.dtype("<u4")
AMOUNTS = np.dtype("u1")
MOST = 255
AT_ONCE = 500
BATCH = 20_000
"""Documents whose words are held in memory at once."""
COLUMNS = ", ".join(f'"{name}"' for name in WEIGHTS)


def phrases_table(audience: str) -> str:
    """Return the name of the FTS5 table of an audience."""
    return f"search_phrases_{audience}"


def update_index(connection: Connection, view: View, content: int, settings: str) -> int:
    """Bring the index of a view up to date; return how many documents have changed.

    Parameters
    ----------
    content, settings : as of which the view is, see `comity.newsletter.search.searching`.
    """
    connection.exec_driver_sql(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {phrases_table(view.audience)}"
        f" USING fts5({COLUMNS}, tokenize='unicode61')"
    )
    changed = 0
    for batch in _changes(connection, view):
        _write(connection, view.audience, batch)
        changed += len(batch.fresh) or len(batch.gone)
    lengths = _lengths(connection, view.audience)
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


def terms_of(texts: Mapping[str, str], facets: Iterable[str]) -> dict[str, int]:
    """Return the terms of a document and how much it holds of each."""
    found: Counter[str] = Counter()
    for name, text in texts.items():
        weight = WEIGHTS[name]
        for word in words(text):
            found[word] += weight
    found.update(dict.fromkeys(facets, 1))
    return {term: min(amount, MOST) for term, amount in found.items()}


@dataclass(frozen=True)
class _Batch:
    """Documents that are gone, with their terms, and new ones; one that changed is both."""

    gone: Mapping[int, Mapping[str, int]]
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
            yield _Batch(_terms_there(connection, view.audience, changed), fresh)
    if there:
        yield _Batch(_terms_there(connection, view.audience, list(there)), {})


def _terms_there(connection: Connection, audience: str, rows: list[int]) -> dict[int, Any]:
    """Return the terms of documents as they are in the index."""
    found = {}
    query = select(DOCUMENTS.c.row, DOCUMENTS.c.texts, DOCUMENTS.c.facets)
    for start in range(0, len(rows), AT_ONCE):
        part = DOCUMENTS.c.row.in_(rows[start : start + AT_ONCE])
        mine = query.where(part & (DOCUMENTS.c.audience == audience))
        for row, texts, facets in connection.execute(mine):
            found[row] = terms_of(json.loads(texts), json.loads(facets))
    return found


def _write(connection: Connection, audience: str, batch: _Batch) -> None:
    """Write documents and phrases, then postings."""
    table = phrases_table(audience)
    if batch.gone:
        gone = [{"old": row} for row in batch.gone]
        old = (DOCUMENTS.c.audience == audience) & (DOCUMENTS.c.row == bindparam("old"))
        connection.execute(delete(DOCUMENTS).where(old), gone)
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE rowid = ?", [(row,) for row in batch.gone]
        )
    if batch.fresh:
        connection.execute(
            insert(DOCUMENTS),
            [
                {"audience": audience, "row": row, **_stored(values)}
                for row, values in batch.fresh.items()
            ],
        )
        marks = ", ".join("?" * (1 + len(WEIGHTS)))
        connection.exec_driver_sql(
            f"INSERT INTO {table}(rowid, {COLUMNS}) VALUES ({marks})",
            [(row, *_folded(values["texts"])) for row, values in batch.fresh.items()],
        )
    _write_postings(connection, audience, batch)


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: json.dumps(values[name], ensure_ascii=False) for name in ("texts", "facets")}
    length = sum(len(words(text)) for text in values["texts"].values())
    return {**values, **texts, "length": length}


def _folded(texts: Mapping[str, str]) -> list[str]:
    """Return the words of each field, so that FTS5 takes a text into the same words as we do."""
    return [" ".join(words(texts.get(name, ""))) for name in WEIGHTS]


def _write_postings(connection: Connection, audience: str, batch: _Batch) -> None:
    removed: dict[str, list[int]] = defaultdict(list)
    added: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, terms in batch.gone.items():
        for term in terms:
            removed[term].append(row)
    for row, values in batch.fresh.items():
        for term, amount in terms_of(values["texts"], values["facets"]).items():
            added[term].append((row, amount))
    names = sorted(removed.keys() | added.keys())
    there = _postings(connection, audience, names)
    posted, empty = [], []
    for term in names:
        rows, amounts = _merged(there.get(term), removed.get(term, []), added.get(term, []))
        if len(rows):
            values = {"count": len(rows), "rows": rows.tobytes(), "amounts": amounts.tobytes()}
            posted.append({"audience": audience, "term": term, **values})
        else:
            empty.append({"old": term})
    if empty:
        old = (POSTINGS.c.audience == audience) & (POSTINGS.c.term == bindparam("old"))
        connection.execute(delete(POSTINGS).where(old), empty)
    if posted:
        statement = upsert(POSTINGS)
        fresh = {name: statement.excluded[name] for name in ("count", "rows", "amounts")}
        keys = ["audience", "term"]
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh), posted)


def _postings(
    connection: Connection, audience: str, terms: list[str]
) -> dict[str, tuple[bytes, bytes]]:
    found = {}
    query = select(POSTINGS.c.term, POSTINGS.c.rows, POSTINGS.c.amounts)
    for start in range(0, len(terms), AT_ONCE):
        part = POSTINGS.c.term.in_(terms[start : start + AT_ONCE])
        mine = query.where(part & (POSTINGS.c.audience == audience))
        for term, rows, amounts in connection.execute(mine):
            found[term] = (rows, amounts)
    return found


def _document(entry: Entry, documents: Documents) -> dict[str, Any]:
    texts, facets = documents.texts(entry), sorted(set(documents.facets(entry)))
    said = json.dumps([entry.id, texts, facets], ensure_ascii=False)
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return {"entry": entry.id, "digest": digest, "texts": texts, "facets": facets}


def _merged(
    there: tuple[bytes, bytes] | None, removed: list[int], added: list[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray]:
    """Return rows, ascending, and amounts of a term after a change."""
    rows, amounts = np.empty(0, ROWS), np.empty(0, AMOUNTS)
    if there is not None:
        rows, amounts = np.frombuffer(there[0], ROWS), np.frombuffer(there[1], AMOUNTS)
        stay = ~np.isin(rows, np.array(removed, ROWS))
        rows, amounts = rows[stay], amounts[stay]
    if added:
        rows = np.concatenate([rows, np.array([row for row, _ in added], ROWS)])
        amounts = np.concatenate([amounts, np.array([amount for _, amount in added], AMOUNTS)])
    order = np.argsort(rows, kind="stable")
    return rows[order], amounts[order]


def _lengths(connection: Connection, audience: str) -> Lengths:
    query = select(DOCUMENTS.c.row, DOCUMENTS.c.length).where(DOCUMENTS.c.audience == audience)
    pairs = np.array(connection.execute(query).all(), dtype=np.int64).reshape(-1, 2)
    lengths = np.zeros(int(pairs[:, 0].max()) + 1 if len(pairs) else 0, ROWS)
    lengths[pairs[:, 0]] = pairs[:, 1]
    return Lengths.of(lengths)
