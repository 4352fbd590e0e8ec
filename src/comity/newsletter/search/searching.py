"""Searching: the index is brought up to date where content or settings have changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, select

from comity.core.choices import check_choice
from comity.core.database import transaction
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import AUDIENCES, Audience, withhold
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.search.document import facets_of
from comity.newsletter.search.found import Filters, Found, Hit
from comity.newsletter.search.index import AMOUNTS, ROWS, phrases_table, update_index
from comity.newsletter.search.query import Query, parse_query
from comity.newsletter.search.ranking import Lengths, Postings, Ranked, joined, rank
from comity.newsletter.search.snippets import mark, snippet
from comity.newsletter.store.store import SETTINGS, Store, read_archive
from comity.newsletter.store.tables.content import STATE
from comity.newsletter.store.tables.search import DOCUMENTS, INDEXED, POSTINGS

NO_SETTINGS = Publication("", "")
"""For a database that stands alone."""
MOST_HITS = 1_000
MOST_LONGER = 64
"""Words that an unfinished one may go on to: the most frequent of them."""


def refresh(engine: Engine, publication: Publication, audience: Audience) -> int:
    """Bring the index of an audience up to date; return how many documents have changed."""
    check_choice(audience, AUDIENCES, "no such audience", "audience")
    settings = _settings(publication)
    with transaction(engine, writes=False) as connection:
        if _is_current(connection, audience, settings):
            return 0
    with transaction(engine, writes=True) as connection:
        content = _content(connection)
        archive: Archive = read_archive(connection)
        view = withhold(publication, archive, audience)
        return update_index(connection, view, content, settings)


def search(
    store: Store,
    text: str,
    filters: Filters,
    *,
    limit: int = 20,
    offset: int = 0,
    audience: Audience = "internal",
) -> Found:
    """Return what an audience's view holds of a query (see `Store.search`)."""
    check_choice(audience, AUDIENCES, "no such audience", "audience")
    publication = _publication(store)
    query, facets = parse_query(text), facets_of(filters, publication.aliases)
    limit, offset = max(0, min(limit, MOST_HITS)), max(0, offset)
    while True:
        with transaction(store.engine, writes=False) as connection:
            if _is_current(connection, audience, _settings(publication)):
                asked = _Asked(connection, audience, query, facets)
                ranked = asked.ranked(limit, offset)
                return Found(tuple(asked.hits(ranked)), ranked.total)
        refresh(store.engine, publication, audience)


def _publication(store: Store) -> Publication:
    """Return the settings beside a database, read again only once their file has changed."""
    try:
        status = (store.folder / SETTINGS).stat()
    except OSError:
        return NO_SETTINGS
    return _read(store.folder, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _read(folder: Path, changed: int, size: int) -> Publication:
    return read_publication(folder)


def _settings(publication: Publication) -> str:
    """Return what of the settings an index depends on, shortened."""
    said = repr((publication.categories, sorted(publication.aliases.items())))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _content(connection: Connection) -> int:
    found = connection.scalar(select(STATE.c.value).where(STATE.c.name == "content"))
    return int(found or 0)


def _is_current(connection: Connection, audience: str, settings: str) -> bool:
    query = select(INDEXED.c.content, INDEXED.c.settings).where(INDEXED.c.audience == audience)
    row = connection.execute(query).one_or_none()
    return row is not None and tuple(row) == (_content(connection), settings)


@dataclass(frozen=True)
class _Asked:
    """A query in one transaction."""

    connection: Connection
    audience: str
    query: Query
    facets: list[str]

    def ranked(self, limit: int, offset: int) -> Ranked:
        words = [self._postings[word] for word in self.query.words if word in self._postings]
        filters = [self._postings[term].rows for term in self.facets if term in self._postings]
        asked = len(self.query.words) + len(self.facets)
        if len(words) + len(filters) < asked:
            return Ranked(np.empty(0, ROWS), np.empty(0), 0)
        if self.query.unfinished:
            words.append(self._unfinished(self.query.unfinished))
        filters += [self._phrase(phrase) for phrase in self.query.phrases]
        return rank(words, filters, self._lengths, limit, offset)

    def hits(self, ranked: Ranked) -> list[Hit]:
        """Return the documents that were found, with their snippets."""
        rows = [int(row) for row in ranked.rows]
        columns = select(DOCUMENTS.c.row, DOCUMENTS.c.entry, DOCUMENTS.c.texts)
        mine = (DOCUMENTS.c.audience == self.audience) & DOCUMENTS.c.row.in_(rows)
        there = self.connection.execute(columns.where(mine))
        found = {row: (entry, texts) for row, entry, texts in there}
        hits = []
        for row, score in zip(rows, ranked.scores, strict=True):
            entry, texts = found[row][0], json.loads(found[row][1])
            title = mark(texts.get("title", ""), self.query)
            hits.append(Hit(entry, float(score), title, snippet(texts, self.query)))
        return hits

    @cached_property
    def _lengths(self) -> Lengths:
        columns = select(INDEXED.c.lengths, INDEXED.c.documents, INDEXED.c.mean)
        found = self.connection.execute(columns.where(INDEXED.c.audience == self.audience)).one()
        return Lengths(np.frombuffer(found.lengths, ROWS), found.documents, found.mean)

    @cached_property
    def _postings(self) -> Mapping[str, Postings]:
        """Postings of the words and filters that are asked for."""
        return self._read(POSTINGS.c.term.in_([*self.query.words, *self.facets]))

    def _read(self, condition: Any) -> dict[str, Postings]:
        query = select(POSTINGS.c.term, POSTINGS.c.rows, POSTINGS.c.amounts)
        mine = query.where((POSTINGS.c.audience == self.audience) & condition)
        return {
            term: Postings(np.frombuffer(rows, ROWS), np.frombuffer(amounts, AMOUNTS))
            for term, rows, amounts in self.connection.execute(mine)
        }

    def _unfinished(self, word: str) -> Postings:
        """Return the documents of a word and of the most frequent words that begin with it."""
        after = word[:-1] + chr(ord(word[-1]) + 1)
        longer = (POSTINGS.c.term >= word) & (POSTINGS.c.term < after)
        mine = (POSTINGS.c.audience == self.audience) & longer
        terms = select(POSTINGS.c.term).where(mine).order_by(POSTINGS.c.count.desc())
        names = list(self.connection.scalars(terms.limit(MOST_LONGER)))
        found = self._read(POSTINGS.c.term.in_([word, *names]))
        exact = found.pop(word, None)
        return joined(exact, found.values(), self._lengths.size)

    def _phrase(self, phrase: tuple[str, ...]) -> np.ndarray:
        """Return the documents in which words stand together."""
        table = phrases_table(self.audience)
        found = self.connection.exec_driver_sql(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (f'"{" ".join(phrase)}"',)
        )
        return np.array([row for (row,) in found], ROWS)
