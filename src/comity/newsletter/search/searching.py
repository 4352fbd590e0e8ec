"""Searching: the index is brought up to date where content or settings have changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, Engine

from comity.core.choices import check_choice
from comity.core.database import transaction
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import AUDIENCES, Audience, View, withhold
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.search.beginnings import longer
from comity.newsletter.search.document import facets_of
from comity.newsletter.search.found import Filters, Found, Hit
from comity.newsletter.search.index import FORM, update_index
from comity.newsletter.search.kept import Kept, Version, keep, kept_of
from comity.newsletter.search.pairs import NUMBERS, WHERE, Pairs, rows_of
from comity.newsletter.search.parts import PART_BITS, Record, postings
from comity.newsletter.search.query import Query, parse_query
from comity.newsletter.search.ranking import (
    NO_ISSUE,
    Lengths,
    Postings,
    Ranked,
    Term,
    joined,
    others,
    passing,
    passing_rows,
    rank,
    weighed,
)
from comity.newsletter.search.snippets import mark, snippet
from comity.newsletter.search.writing import ISSUES, WORDS
from comity.newsletter.store.store import SETTINGS, Store

NO_SETTINGS = Publication("", "")
"""For a database that stands alone."""
MOST_HITS = 1_000
AT_ONCE = 500
# Written out: to build a query and to look up how it is compiled takes longer than to run it.
_CONTENT = "SELECT value FROM state WHERE name = 'content'"
_VERSION = "SELECT content, settings FROM search_indexed WHERE audience = ?"
_HELD = "SELECT documents, words FROM search_indexed WHERE audience = ?"
_LENGTHS = "SELECT part, words, issues FROM search_lengths WHERE audience = ? ORDER BY part"
_POSTINGS = (
    'SELECT part, count, "rows", amounts FROM search_postings WHERE audience = ? AND term = ?'
)
_PAIRS = 'SELECT part, numbers, "where" FROM search_pairs WHERE audience = ? AND bucket = ?'
_DOCUMENTS = "SELECT row, entry, texts FROM search_documents WHERE audience = ? AND row IN ({})"


def refresh(engine: Engine, publication: Publication, audience: Audience) -> int:
    """Bring the index of an audience up to date; return how many documents have changed."""
    check_choice(audience, AUDIENCES, "no such audience", "audience")
    settings = _settings(publication)
    with transaction(engine, writes=False) as connection:
        if _is_current(connection, audience, settings):
            return 0

    def view_of(archive: Archive) -> View:
        return withhold(publication, archive, audience)

    with transaction(engine, writes=True) as connection:
        # Somebody else may have done it while this one waited for its turn.
        if _is_current(connection, audience, settings):
            return 0
        return update_index(connection, audience, view_of, _content(connection), settings)


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
    settings = _settings(publication)
    while True:
        with transaction(store.engine, writes=False) as connection:
            kept = _kept(connection, audience, settings)
            if kept is not None:
                asked = _Asked(connection, audience, kept, query, facets)
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
    said = repr((FORM, publication.categories, sorted(publication.aliases.items())))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _content(connection: Connection) -> int:
    return int(connection.exec_driver_sql(_CONTENT).scalar() or 0)


def _is_current(connection: Connection, audience: str, settings: str) -> bool:
    return _version(connection, audience) == (_content(connection), settings)


def _version(connection: Connection, audience: str) -> Version | None:
    row = connection.exec_driver_sql(_VERSION, (audience,)).one_or_none()
    return None if row is None else (int(row[0]), str(row[1]))


def _kept(connection: Connection, audience: str, settings: str) -> Kept | None:
    """Return what is kept of an index, read if need be; None where the index is not current."""
    version = (_content(connection), settings)
    if _version(connection, audience) != version:
        return None
    kept = kept_of(connection.engine, audience, version)
    if kept is not None:
        return kept
    return keep(connection.engine, audience, Kept(version, _lengths(connection, audience)))


def _lengths(connection: Connection, audience: str) -> Lengths:
    parts = connection.exec_driver_sql(_LENGTHS, (audience,)).all()
    last, words, _ = parts[-1] if parts else (0, b"", b"")
    size = (last << PART_BITS) + len(words) // WORDS.itemsize
    of_words, of_issues = np.zeros(size, WORDS), np.full(size, NO_ISSUE, ISSUES)
    for part, words, issues in parts:
        here = slice(part << PART_BITS, (part << PART_BITS) + len(words) // WORDS.itemsize)
        of_words[here] = np.frombuffer(words, WORDS)
        of_issues[here] = np.frombuffer(issues, ISSUES)
    documents, total = connection.exec_driver_sql(_HELD, (audience,)).one()
    return Lengths(of_words, of_issues, documents, total)


@dataclass(frozen=True)
class _Asked:
    """A query in one transaction."""

    connection: Connection
    audience: str
    kept: Kept
    query: Query
    facets: list[str]

    def ranked(self, limit: int, offset: int) -> Ranked:
        """Return the best documents."""
        words = [self._word(word) for word in self.query.words]
        filters = [self._filter(term) for term in self.facets]
        if self.query.unfinished:
            words.append(self._unfinished(self.query.unfinished))
        # A word in no document leaves nothing to look for in phrases.
        if all(term.count for term in (*words, *filters)):
            filters += [self._phrase(phrase) for phrase in dict.fromkeys(self.query.phrases)]
        filters += [self._without(phrase) for phrase in self.query.without]
        return rank(words, filters, self.kept.lengths, limit, offset)

    def hits(self, ranked: Ranked) -> list[Hit]:
        """Return the documents that were found, with their snippets."""
        rows = ranked.rows.tolist()
        found = {}
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            query = _DOCUMENTS.format(", ".join("?" * len(part)))
            for row, entry, texts in self.connection.exec_driver_sql(query, (self.audience, *part)):
                found[row] = (entry, json.loads(texts))
        hits = []
        for row, score in zip(rows, ranked.scores.tolist(), strict=True):
            entry, texts = found[row]
            title = mark(texts.get("title", ""), self.query)
            hits.append(Hit(entry, score, title, snippet(texts, self.query)))
        return hits

    def _word(self, word: str) -> Term:
        return self.kept.get(word) or self.kept.keep(
            word, weighed(self._read(word), self.kept.lengths)
        )

    def _filter(self, term: str) -> Term:
        return self.kept.get(term) or self.kept.keep(term, passing(self._read(term)))

    def _unfinished(self, word: str) -> Term:
        """Return the documents of a word and of all words that begin with it."""
        name = f"{word}*"
        term = self.kept.get(name)
        if term is None:
            size = self.kept.lengths.size
            going_on = longer(self.connection, self.audience, word, size)
            held = joined(self._read(word), going_on, size)
            term = self.kept.keep(name, weighed(held, self.kept.lengths))
        return term

    def _phrase(self, phrase: tuple[str, ...]) -> Term:
        """Return the documents in which words stand together."""
        name = f'"{" ".join(phrase)}"'
        return self.kept.get(name) or self.kept.keep(
            name, passing_rows(rows_of(phrase, self._pairs), self.kept.lengths.size)
        )

    def _without(self, phrase: tuple[str, ...]) -> Term:
        """Return the documents in which words do not stand together."""
        held = self._word(*phrase) if len(phrase) == 1 else self._phrase(phrase)
        return others(held, self.kept.lengths)

    def _read(self, term: str) -> Postings:
        """Return the documents of a word or a filter."""
        found = self.connection.exec_driver_sql(_POSTINGS, (self.audience, term))
        return postings((Record(*row) for row in found), self.kept.lengths.size)

    def _pairs(self, buckets: list[int]) -> Iterator[tuple[int, int, Pairs]]:
        for bucket in buckets:
            found = self.connection.exec_driver_sql(_PAIRS, (self.audience, bucket))
            for part, numbers, stand in found:
                pairs = Pairs(np.frombuffer(numbers, NUMBERS), np.frombuffer(stand, WHERE))
                yield part, bucket, pairs
