"""Proposals become entries of the queue: each looked up first, then stored with its work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from comity.core.database import transaction
from comity.newsletter.finding.duplicates import Duplicate, DuplicateFinder, marks_of
from comity.newsletter.importing.proposal import Proposal
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.ids import Draws, new_id
from comity.newsletter.store.store import Store, write_entries, write_works
from comity.newsletter.store.tables.content import ENTRIES, WORKS


@dataclass(frozen=True)
class Candidate:
    """A proposal with what may be there already.

    Attributes
    ----------
    known : entries that may be about the same thing, most alike first.
    earlier : place of the first proposal of the same file that is the same thing, if there is one.
    """

    proposal: Proposal
    known: tuple[tuple[Entry, Duplicate], ...] = ()
    earlier: str = ""

    @property
    def is_new(self) -> bool:
        """Whether nothing like it is known."""
        return not self.known and not self.earlier


def candidates(proposals: Iterable[Proposal], archive: Archive) -> tuple[Candidate, ...]:
    """Return proposals, each with what may be there already."""
    finder = DuplicateFinder(archive)
    seen: dict[tuple[str, str], str] = {}
    found = []
    for proposal in proposals:
        entry, work = proposal.entry(""), proposal.to_work("")
        known = tuple(
            (archive.by_id[pair.second], pair) for pair in finder.of(entry, work) if pair.second
        )
        keys = marks_of(entry, work).keys
        earlier = next((seen[key] for key in keys if key in seen), "")
        found.append(Candidate(proposal, known, earlier))
        for key in keys:
            seen.setdefault(key, proposal.place)
    return tuple(found)


def add(store: Store, proposals: Iterable[Proposal], rng: Draws | None = None) -> list[Entry]:
    """Store proposals behind all entries, each with a work of its own, in one transaction."""
    with transaction(store.engine, writes=True) as connection:
        last = connection.execute(select(func.max(ENTRIES.c.position))).scalar()
        start = 0 if last is None else int(last) + 1
        entries, works = [], []
        taken = _ids(connection)
        for place, proposal in enumerate(proposals, start=start):
            name, work = _fresh(taken, rng), _fresh(taken, rng)
            works.append(proposal.to_work(work))
            entries.append(proposal.entry(name, work, place))
        write_works(connection, works)
        write_entries(connection, entries)
    return entries


def _ids(connection: Connection) -> set[str]:
    columns = (ENTRIES.c.id, WORKS.c.id)
    return {name for column in columns for name in connection.execute(select(column)).scalars()}


def _fresh(taken: set[str], rng: Draws | None) -> str:
    name = new_id(rng)
    while name in taken:
        name = new_id(rng)
    taken.add(name)
    return name
