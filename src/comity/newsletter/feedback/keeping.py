"""Replies in the database of a publication."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.entries import EntryMatch
from comity.newsletter.feedback.issues import IssueMatch, Sure
from comity.newsletter.feedback.quotes import Kind, Piece
from comity.newsletter.feedback.reply import Consent, Reply, Said, State
from comity.newsletter.store.tables.feedback import (
    FEEDBACK,
    FEEDBACK_CONSENT,
    FEEDBACK_ERASED,
    FEEDBACK_MATCHES,
    FEEDBACK_SEEN,
)

PLAIN = ("id", "digest", "message_id", "name", "address", "subject", "date", "taken", "sort_by")
"""Fields that stand in the table as they are."""


def now() -> str:
    """Return this moment, ISO 8601 with its zone, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def replies(
    database: Engine,
    *,
    sorts: Iterable[Sort] = (Sort.REPLY,),
    states: Iterable[State] = tuple(State),
    issue: int | None = None,
) -> tuple[Reply, ...]:
    """Return replies, the newest first.

    Parameters
    ----------
    database : of the publication.
    sorts : which mails; by default those that people wrote.
    states : what the editor did with them; by default whatever it was.
    issue : only those that answer it.
    """
    query = select(FEEDBACK).where(FEEDBACK.c.sort.in_([*sorts]), FEEDBACK.c.state.in_([*states]))
    if issue is not None:
        query = query.where(FEEDBACK.c.issue == issue)
    with transaction(database, writes=False) as connection:
        rows = connection.execute(query.order_by(FEEDBACK.c.date.desc(), FEEDBACK.c.id)).mappings()
        return tuple(_reply(connection, row) for row in rows.all())


def reply(database: Engine, name: str) -> Reply:
    """Return the reply whose id is, or begins with, a name.

    Raises `InputError` where there is none, or more than one.
    """
    with transaction(database, writes=False) as connection:
        return read_reply(connection, name)


def read_reply(connection: Connection, name: str) -> Reply:
    """Return a reply, within a transaction."""
    query = select(FEEDBACK).where(FEEDBACK.c.id.startswith(name.lower(), autoescape=True)).limit(2)
    rows = connection.execute(query).mappings().all() if name else []
    if len(rows) != 1:
        raise InputError(
            "several replies begin so" if rows else "there is no such reply",
            place="reply",
            found=name or "nothing",
            expected="an id that `comity newsletter replies list` shows",
        )
    return _reply(connection, rows[0])


def _reply(connection: Connection, row: Mapping[Any, Any]) -> Reply:
    matches = select(FEEDBACK_MATCHES).where(FEEDBACK_MATCHES.c.reply == row["id"])
    said = select(FEEDBACK_CONSENT).where(FEEDBACK_CONSENT.c.reply == row["id"])
    issue = row["issue"]
    return Reply(
        **{name: row[name] for name in PLAIN},
        sort=Sort(row["sort"]),
        pieces=tuple(Piece(Kind(kind), text) for kind, text in json.loads(row["pieces"])),
        issue=None
        if issue is None
        else IssueMatch(issue, Sure(row["issue_sure"]), row["issue_why"]),
        matches=tuple(
            EntryMatch(found.paragraph, found.entry, Sure(found.sure), found.why)
            for found in connection.execute(matches.order_by(FEEDBACK_MATCHES.c.place))
        ),
        state=State(row["state"]),
        entry=row["entry"],
        printed_name=row["printed_name"],
        printed_text=row["printed_text"],
        said=tuple(
            Said(Consent(word.state), word.at, word.how, word.wording)
            for word in connection.execute(said.order_by(FEEDBACK_CONSENT.c.id))
        ),
        published=row["published"],
    )


def is_known(connection: Connection, digest: str) -> bool:
    """Return whether a mail has been read, also one that was erased since."""
    return any(
        connection.execute(select(table.c.digest).where(table.c.digest == digest)).first()
        for table in (FEEDBACK, FEEDBACK_ERASED)
    )


def add_reply(connection: Connection, reply: Reply) -> None:
    """Store a new reply with what it is about, within a transaction."""
    issue = reply.issue
    connection.execute(
        insert(FEEDBACK).values(
            **{name: getattr(reply, name) for name in PLAIN},
            sort=reply.sort,
            pieces=json.dumps([[p.kind, p.text] for p in reply.pieces], ensure_ascii=False),
            issue=issue.issue if issue else None,
            issue_sure=issue.sure if issue else "",
            issue_why=issue.why if issue else "",
            state=reply.state,
        )
    )
    for place, match in enumerate(reply.matches):
        connection.execute(
            insert(FEEDBACK_MATCHES).values(
                reply=reply.id,
                place=place,
                paragraph=match.paragraph,
                entry=match.entry,
                sure=match.sure,
                why=match.why,
            )
        )


def change(connection: Connection, name: str, /, **values: object) -> None:
    """Change fields of a reply, within a transaction."""
    connection.execute(update(FEEDBACK).where(FEEDBACK.c.id == name).values(**values))


def say(connection: Connection, name: str, said: Said) -> None:
    """Add a word on consent, within a transaction; earlier ones stay."""
    connection.execute(
        insert(FEEDBACK_CONSENT).values(
            reply=name, state=said.consent, at=said.at, how=said.how, wording=said.wording
        )
    )


def erase(connection: Connection, reply: Reply) -> None:
    """Erase a reply but for its digest, within a transaction."""
    for table, column in (
        (FEEDBACK_MATCHES, "reply"),
        (FEEDBACK_CONSENT, "reply"),
        (FEEDBACK, "id"),
    ):
        connection.execute(delete(table).where(table.c[column] == reply.id))
    mark_erased(connection, reply.digest)


def strip(connection: Connection, reply: Reply) -> None:
    """Erase who wrote a reply and all of it but what is printed, within a transaction."""
    connection.execute(delete(FEEDBACK_MATCHES).where(FEEDBACK_MATCHES.c.reply == reply.id))
    nothing = dict.fromkeys(("message_id", "name", "address", "subject"), "")
    change(connection, reply.id, **nothing, pieces="[]")


def mark_erased(connection: Connection, digest: str) -> None:
    """Note that a mail is not to be read again, within a transaction."""
    values = {"digest": digest, "at": now()}
    connection.execute(upsert(FEEDBACK_ERASED).values(values).on_conflict_do_nothing())


def seen_keys(database: Engine, source: str) -> frozenset[str]:
    """Return which mails of a source have been read."""
    query = select(FEEDBACK_SEEN.c.key).where(FEEDBACK_SEEN.c.source == source)
    with transaction(database, writes=False) as connection:
        return frozenset(connection.execute(query).scalars())


def mark_seen(connection: Connection, source: str, key: str) -> None:
    """Note that a mail of a source has been read, within a transaction."""
    if key:
        values = {"source": source, "key": key}
        connection.execute(upsert(FEEDBACK_SEEN).values(values).on_conflict_do_nothing())
