"""Saving what a form changed: who comes later is told of what came first, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, func, select

from comity.core.database import transaction
from comity.core.web.failures import Denied
from comity.newsletter.desk.forms import Form, read, unread_cells, written
from comity.newsletter.desk.merging import Merged, merge
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault
from comity.newsletter.model.ids import new_id
from comity.newsletter.sheets.fields import Reader
from comity.newsletter.sheets.keeping import cells_of, write_cells
from comity.newsletter.store.rows import entry_of_row
from comity.newsletter.store.store import Store, write_entries
from comity.newsletter.store.tables.content import ENTRIES
from comity.newsletter.text.titles import Titles

NEW = "new"
"""Stands for an entry that has no id yet."""


@dataclass(frozen=True)
class Saved:
    """What became of a form.

    Attributes
    ----------
    entry : as it is now in the database; of a new entry that was refused, as typed.
    done : whether it was saved.
    form, before : what the form holds now, and what it is to be compared with at the next try.
    theirs : names of fields that somebody else changed meanwhile, which are kept.
    conflicts : fields that both changed, with the other's text; nothing was saved.
    refused : names of fields that cannot be kept as typed; nothing was saved.
    faults : what is wrong with single fields.
    """

    entry: Entry
    done: bool
    form: dict[str, str]
    before: dict[str, str]
    theirs: tuple[str, ...] = ()
    conflicts: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def blank() -> Entry:
    """Return an entry to begin with: pending."""
    return Entry("", "", email_status=EmailStatus.PENDING)


def save(
    store: Store, name: str, before: Form, mine: Form, reader: Reader, titles: Titles, longest: int
) -> Saved:
    """Save a form within one transaction.

    A cell that could not be read is forgotten once somebody has decided what its field holds.

    Parameters
    ----------
    name : id of the entry, or `NEW`.
    before : the form when its editor began; ``mine`` is compared with it.
    """
    with transaction(store.engine, writes=True) as connection:
        entry = blank() if name == NEW else entry_in(connection, name)
        unread = unread_cells(entry, cells_of(connection, entry.id), reader, titles)
        now = written(entry, titles, unread)
        merged = merge(before, mine, now)
        if merged.conflicts:
            return _told(entry, merged, now)
        typed = read(entry, now, merged.form, reader, titles, longest)
        if typed.refused:
            told = _told(typed.entry if name == NEW else entry, merged, now)
            return replace(told, refused=typed.refused, faults=typed.faults)
        fresh = typed.entry
        if name == NEW:
            fresh = replace(fresh, id=_free_id(connection), position=next_position(connection))
        decided = [key for key in unread if merged.form[key] != now[key]]
        if fresh != entry or decided:
            write_entries(connection, [fresh])
            write_cells(connection, [fresh.id], decided, {})
    left = {key: text for key, text in unread.items() if key not in decided}
    after = written(fresh, titles, left)
    return Saved(fresh, True, after, after, merged.theirs, faults=typed.faults)


def entry_in(connection: Connection, name: str) -> Entry:
    """Return an entry within a transaction; raise `Denied` where there is none."""
    row = connection.execute(select(ENTRIES).where(ENTRIES.c.id == name)).mappings().first()
    if row is None:
        raise Denied("unknown", "there is no such entry", place="entry")
    return entry_of_row(row)


def next_position(connection: Connection) -> int:
    """Return the first place after all entries of the sheet."""
    last = connection.execute(select(func.max(ENTRIES.c.position))).scalar()
    return 0 if last is None else int(last) + 1


def _free_id(connection: Connection) -> str:
    while True:
        name = new_id()
        if not connection.execute(select(ENTRIES.c.id).where(ENTRIES.c.id == name)).first():
            return name


def _told(entry: Entry, merged: Merged, now: dict[str, str]) -> Saved:
    """Return what an editor must look at: their own text, to be compared with what is now there."""
    return Saved(entry, False, merged.form, now, merged.theirs, merged.conflicts)
