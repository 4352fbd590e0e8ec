"""The index of an audience's view: made from all of it, or brought up to date by what changed.

Either happens in one transaction: whoever stops in the middle leaves the index as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import View
from comity.newsletter.search import changes
from comity.newsletter.search.document import Documents
from comity.newsletter.search.gathering import Content, Gathered
from comity.newsletter.search.links import link, link_all, meant, named, referring
from comity.newsletter.search.parts import PART_BITS
from comity.newsletter.search.writing import (
    AT_ONCE,
    Measured,
    write_lengths,
    write_pairs,
    write_postings,
)
from comity.newsletter.store import rows
from comity.newsletter.store.store import read_archive
from comity.newsletter.store.tables.content import ENTRIES, ISSUES
from comity.newsletter.store.tables.search import (
    DOCUMENTS,
    INDEXED,
    LENGTHS,
    PAIRS,
    POSTINGS,
)

FORM = 4
"""Changes with how texts are read and kept: an index of another form is made anew."""
SHARE = 8
FEW = 500
"""Where more changes than these, and more than one in `SHARE` documents, all is made anew."""

Withhold = Callable[[Archive], View]
"""Returns of an archive what an audience may see."""

_KEEP = "INSERT INTO search_documents (audience, row, entry, texts, facets) VALUES (?, ?, ?, ?, ?)"
_UNKEEP = "DELETE FROM search_documents WHERE audience = ? AND row = ?"
_INDEXED = "SELECT settings, seen, documents, words FROM search_indexed WHERE audience = ?"
_INDEX = (
    "INSERT OR REPLACE INTO search_indexed (audience, content, settings, seen, documents, words)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)


def update_index(
    connection: Connection, audience: str, view_of: Withhold, content: int, settings: str
) -> int:
    """Bring the index of an audience up to date; return how many documents have changed.

    Parameters
    ----------
    view_of : withholds what the audience may not see of some entries and all that they refer to.
    content, settings : as of which the database is, see `comity.newsletter.search.searching`.
    """
    now = changes.last(connection)
    index = _Index(connection, audience, view_of)
    before = connection.exec_driver_sql(_INDEXED, (audience,)).one_or_none()
    if before is not None and before[0] == settings and index.can_follow(before[1], before[2]):
        number, more = index.follow(before[1], now)
        held = Measured(before[2] + more.documents, before[3] + more.words)
    else:
        number, held = index.make(now)
    connection.exec_driver_sql(_INDEX, (audience, content, settings, now, *held))
    changes.forget(connection)
    return number


@dataclass(frozen=True)
class _Document:
    """What is searched of an entry, and where it stands."""

    entry: str
    texts: Mapping[str, str]
    facets: list[str]
    issue: int | None

    @property
    def stored(self) -> tuple[str, str, str]:
        texts, facets = (json.dumps(it, ensure_ascii=False) for it in (self.texts, self.facets))
        return self.entry, texts, facets

    @property
    def content(self) -> Content:
        return self.texts, self.facets


@dataclass(frozen=True)
class _Index:
    connection: Connection
    audience: str
    view_of: Withhold

    def can_follow(self, seen: int, documents: int) -> bool:
        """Whether all changes after one are known, and few enough to follow."""
        count = changes.count_since(self.connection, seen)
        return count is not None and count <= max(FEW, documents // SHARE)

    def make(self, now: int) -> tuple[int, Measured]:
        """Make the index anew; return how many documents it has, and how long they are."""
        for table in (DOCUMENTS, POSTINGS, PAIRS, LENGTHS, INDEXED):
            self.connection.execute(table.delete().where(table.c.audience == self.audience))
        archive = read_archive(self.connection)
        numbers = dict(self.connection.execute(select(ENTRIES.c.id, ENTRIES.c.row)).all())
        link_all(self.connection, ((numbers[entry.id], entry) for entry in archive.entries))
        changes.set_linked(self.connection, now)
        view = self.view_of(archive)
        parts: dict[int, list[tuple[int, Entry]]] = {}
        for entry in view.archive.entries:
            row = numbers[entry.id]
            parts.setdefault(row >> PART_BITS, []).append((row, entry))
        documents = Documents(view)
        held = [self._write({}, _documents(part, documents), new=True) for part in parts.values()]
        total = Measured(*(sum(each) for each in zip(*held, strict=True))) if held else NOTHING
        return total.documents, total

    def follow(self, seen: int, now: int) -> tuple[int, Measured]:
        """Follow the changes after one; return how many documents differ, and by how much."""
        self._link(now)
        changed = changes.since(self.connection, seen)
        reached = changed.rows | referring(self.connection, changed.names)
        entries = _entries(self.connection, reached)
        names = set().union(*map(named, entries.values()))
        needed = _entries(self.connection, meant(self.connection, names) - reached)
        view = self.view_of(_archive(self.connection, {**entries, **needed}))
        numbers = {entry.id: row for row, entry in entries.items()}
        mine = [(numbers[e.id], e) for e in view.archive.entries if e.id in numbers]
        fresh = _documents(mine, Documents(view))
        there = self._there(reached)
        same = {row for row, it in there.items() if row in fresh and fresh[row].stored == it.stored}
        gone = {row: it for row, it in there.items() if row not in same}
        more = self._write(gone, {row: it for row, it in fresh.items() if row not in same})
        return len((gone.keys() | fresh.keys()) - same), more

    def _link(self, now: int) -> None:
        linked = changes.linked(self.connection)
        if linked is not None and linked < now:
            changed = changes.since(self.connection, linked).rows
            entries = _entries(self.connection, changed)
            link(self.connection, changed, entries.items())
            changes.set_linked(self.connection, now)

    def _there(self, wanted: Collection[int]) -> dict[int, _Document]:
        """Return documents as they are in the index."""
        found = {}
        query = select(*(DOCUMENTS.c[name] for name in ("row", "entry", "texts", "facets")))
        for some in _some(wanted):
            mine = (DOCUMENTS.c.audience == self.audience) & DOCUMENTS.c.row.in_(some)
            for row, entry, texts, facets in self.connection.execute(query.where(mine)):
                found[row] = _Document(entry, json.loads(texts), json.loads(facets), None)
        return found

    def _write(
        self, gone: Mapping[int, _Document], fresh: Mapping[int, _Document], *, new: bool = False
    ) -> Measured:
        """Take documents out and put others in; return by how much there is more."""
        old = Gathered.of({row: it.content for row, it in gone.items()})
        added = Gathered.of({row: it.content for row, it in fresh.items()})
        if gone:
            dropped = [(self.audience, row) for row in gone]
            self.connection.exec_driver_sql(_UNKEEP, dropped)
        if fresh:
            kept = [(self.audience, row, *it.stored) for row, it in fresh.items()]
            self.connection.exec_driver_sql(_KEEP, kept)
        write_postings(self.connection, self.audience, old, added, new=new)
        write_pairs(self.connection, self.audience, old, added, new=new)
        lengths = added.lengths
        measured = {row: (lengths[row], it.issue) for row, it in fresh.items()}
        return write_lengths(self.connection, self.audience, gone, measured)


NOTHING = Measured(0, 0)


def _documents(entries: Iterable[tuple[int, Entry]], documents: Documents) -> dict[int, _Document]:
    return {
        row: _Document(
            entry.id, documents.texts(entry), sorted({*documents.facets(entry)}), entry.issue
        )
        for row, entry in entries
    }


def _entries(connection: Connection, wanted: Collection[int]) -> dict[int, Entry]:
    """Return the entries of some rows that are there."""
    found = {}
    for some in _some(wanted):
        query = select(ENTRIES).where(ENTRIES.c.row.in_(some))
        for values in connection.execute(query).mappings():
            found[values["row"]] = rows.entry_of_row(values)
    return found


def _archive(connection: Connection, entries: Mapping[int, Entry]) -> Archive:
    """Return some entries with the issues that they are in."""
    numbers = {entry.issue for entry in entries.values() if entry.issue is not None}
    issues = [
        rows.issue_of_row(values)
        for some in _some(numbers)
        for values in connection.execute(select(ISSUES).where(ISSUES.c.number.in_(some))).mappings()
    ]
    return Archive(tuple(entries.values()), tuple(issues))


def _some(numbers: Collection[int]) -> Iterable[list[int]]:
    wanted = sorted(numbers)
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
