"""Erasing all that is known of one person, wherever the database holds it.

Erased are the reader with all acts and returns, the mails that they wrote, and the mails of
machines that name them. Their address is taken out of other people's mails. What they agreed to
have printed stays without the mail that it came by, and what editors wrote is theirs to change:
both are named, and so are files beside the database.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Table, Text, delete, select, update

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.core.results import Result
from comity.newsletter.delivery.addresses import Address, parse
from comity.newsletter.delivery.readers import Readers
from comity.newsletter.delivery.spellings import Spellings
from comity.newsletter.delivery.suppression import Reason, suppressed
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.keeping import erase, read_reply, strip
from comity.newsletter.store.cleaning import clean
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.delivery import CONSENTS, LEDGER, READERS, RETURNS
from comity.newsletter.store.tables.feedback import FEEDBACK, FEEDBACK_CONSENT, FEEDBACK_MATCHES
from comity.newsletter.store.tables.search import CHANGES, DOCUMENTS

MENDED: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (FEEDBACK, ("message_id", "name", "subject", "pieces", "sort_by", "issue_why")),
    (FEEDBACK_MATCHES, ("why",)),
    (FEEDBACK_CONSENT, ("how",)),
    (LEDGER, ("words",)),
    (RETURNS, ("words",)),
    (CONSENTS, ("source",)),
    (READERS, ("name",)),
)
"""Where an address is taken out of what is about others."""
DERIVED = "search_"
"""Tables that are made from others begin so."""
WRITTEN = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Forgotten(Result):
    """What was erased, and what is left for the editor to see to."""

    reader: bool
    """Whether the address was a reader's."""
    mails: int
    printed: tuple[str, ...]
    """Ids of replies whose words stay printed, as their writer agreed."""
    named: tuple[str, ...]
    """Where editors wrote the address."""
    files: tuple[str, ...]
    """Files of the publication's folder that hold it."""
    related: tuple[str, ...]
    """Other addresses of the same mailbox of which something is kept."""
    clean: bool
    """Whether nothing is left in the database's file of what was erased."""


def forget(store: Store, readers: Readers, address: Address) -> Forgotten:
    """Erase all that is known of an address, and say what is left elsewhere."""
    spellings = Spellings(address)
    with transaction(store.engine, writes=True) as connection:
        reader = readers.erase(connection, address)
        mails, printed = _erase_mails(connection, spellings)
        _mend(connection, spellings)
        _drop_index(connection, spellings)
    # What is looked through below keeps nobody from writing: of many mails it takes seconds.
    with transaction(store.engine, writes=False) as connection:
        named = tuple(sorted(_named(connection, spellings)))
        related = _related(connection, address)
    cleaned = clean(store.engine)
    skipped = store.path if named else None
    files = tuple(_files(store.folder, spellings, skipped))
    return Forgotten(reader, mails, printed, named, files, related, cleaned)


def naming_forgotten(readers: Readers) -> Callable[[str], bool]:
    """Return what tells whether a text names somebody who asked to be forgotten."""
    with transaction(readers.engine, writes=False) as connection:
        reasons = suppressed(connection)
    hidden = {word for word, reason in reasons.items() if reason == Reason.FORGOTTEN.value}

    def names(text: str) -> bool:
        keys = {_key(found) for found in WRITTEN.findall(text)} if hidden else set()
        return any(readers.secret.hide(key) in hidden for key in keys)

    return names


def _erase_mails(connection: Connection, spellings: Spellings) -> tuple[int, tuple[str, ...]]:
    """Erase the mails of a person; return how many, and which of them are printed."""
    theirs = [*mails_of(connection, spellings)]
    for row in theirs:
        reply = read_reply(connection, row.id)
        (erase if row.published is None else strip)(connection, reply)
    return len(theirs), tuple(row.id for row in theirs if row.published is not None)


def mails_of(connection: Connection, spellings: Spellings) -> Iterator[Row[Any]]:
    """Yield the mails that came from an address, and those of machines that name it."""
    for row in connection.execute(select(FEEDBACK)).all():
        words = (row.subject, row.message_id, row.name, *_texts("pieces", row.pieces))
        by_hand = row.sort == Sort.REPLY
        if spellings.are_in(row.address) or (not by_hand and any(map(spellings.are_in, words))):
            yield row


def _mend(connection: Connection, spellings: Spellings) -> None:
    for table, columns in MENDED:
        keys = [key.name for key in table.primary_key]
        query = select(*(table.c[name] for name in (*keys, *columns)))
        wrong = [
            row
            for row in connection.execute(query).mappings()
            if any(spellings.are_in(text) for name in columns for text in _texts(name, row[name]))
        ]
        for row in wrong:
            step = update(table).where(*(table.c[key] == row[key] for key in keys))
            values = {name: _without(name, row[name], spellings) for name in columns}
            connection.execute(step.values(values))


def _texts(name: str, text: str) -> list[str]:
    """Return what a column holds: one text, or those of all pieces of a mail."""
    return [words for _, words in json.loads(text)] if name == "pieces" else [text]


def _without(name: str, text: str, spellings: Spellings) -> str:
    if name != "pieces":
        return spellings.erased(text)
    pieces = [[kind, spellings.erased(words)] for kind, words in json.loads(text)]
    return json.dumps(pieces, ensure_ascii=False)


def _drop_index(connection: Connection, spellings: Spellings) -> None:
    """Drop an index that holds the address, as of texts that were changed since; search makes one.

    Where the texts hold it still, the new one will, too: they are named.
    """
    columns = (DOCUMENTS.c.texts, CHANGES.c.title)
    texts = chain.from_iterable(connection.scalars(select(column)) for column in columns)
    if any(text and spellings.are_in(text) for text in texts):
        for table in READERS.metadata.sorted_tables:
            if table.name.startswith(DERIVED):
                connection.execute(delete(table))


def _named(connection: Connection, spellings: Spellings) -> Iterator[str]:
    """Yield where else an address stands: what editors wrote is theirs to change."""
    for table in READERS.metadata.sorted_tables:
        columns = [column.name for column in table.columns if isinstance(column.type, Text)]
        if table.name.startswith(DERIVED) or not columns:
            continue
        for row in connection.execute(select(table)).mappings():
            for name in columns:
                if row[name] and spellings.are_in(row[name]):
                    key = row.get("id", row[next(iter(table.primary_key)).name])
                    yield f"{table.name} {key}: {name}"


def _related(connection: Connection, address: Address) -> tuple[str, ...]:
    queries = (select(READERS.c.key), select(FEEDBACK.c.address).distinct())
    known = {text for query in queries for text in connection.scalars(query)}
    keys = {key for key in map(_key, known) if key and parse(key).mailbox == address.mailbox}
    return tuple(sorted(keys - {address.key}))


def _key(text: str) -> str:
    try:
        return parse(text).key
    except InputError:
        return ""


def _files(folder: Path, spellings: Spellings, skipped: Path | None) -> Iterator[str]:
    """Yield the files of a folder that hold an address, or cannot be looked through."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path == skipped:
            continue
        name = path.relative_to(folder).as_posix()
        try:
            if spellings.are_in_file(path):
                yield name
        except OSError as error:
            yield f"{name} ({error.strerror or error})"
