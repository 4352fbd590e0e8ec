"""What may be done with a reply: the editor settles what to print, its writer whether.

Consent is to a text under a name beside an entry. Whoever changes one of these asks again. A
refusal ends it: what was printed is taken back at once, and nothing of that mail is printed until
its writer says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, delete, insert, select

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.keeping import change, erase, now, read_reply, say
from comity.newsletter.feedback.reply import Consent, Reply, Said, State
from comity.newsletter.store.store import changed
from comity.newsletter.store.tables.content import ENTRIES
from comity.newsletter.store.tables.content import REPLIES as PRINTED
from comity.newsletter.store.tables.feedback import FEEDBACK


def approve(
    database: Engine,
    name: str,
    entry: str,
    *,
    paragraphs: Sequence[int] = (),
    printed_name: str | None = None,
) -> Reply:
    """Settle what of a reply would be printed, and with which entry.

    Parameters
    ----------
    name : id of the reply.
    entry : id of the entry.
    paragraphs : which, from 1, in their order; all where none are named.
    printed_name : in place of the sender's.

    Raises `InputError` where there is no such entry or paragraph, or nobody wrote the mail. What is
    printed already in other words is taken back: its writer has not agreed to these.
    """
    with transaction(database, writes=True) as connection:
        reply = read_reply(connection, name)
        if reply.sort is not Sort.REPLY:
            raise InputError("nobody wrote this mail by hand", place=reply.id, found=reply.sort)
        _check_entry(connection, entry)
        _take_back(connection, reply)
        change(
            connection,
            reply.id,
            state=State.APPROVED,
            entry=entry,
            printed_name=reply.name if printed_name is None else printed_name,
            printed_text=_chosen(reply, paragraphs),
        )
        return read_reply(connection, reply.id)


def record(database: Engine, name: str, consent: Consent, how: str) -> Reply:
    """Record that a writer was asked, agreed or refused, now and how that came.

    Where a writer refuses, what is printed is taken back. Raises `InputError` where it is not
    settled what would be printed, or not said how the word came.
    """
    if not how.strip():
        raise InputError(
            "not said how consent came", place="how", expected="mail of 5 May, for example"
        )
    if consent is Consent.UNASKED:
        raise InputError("no word on consent", place="consent", found=consent)
    with transaction(database, writes=True) as connection:
        reply = read_reply(connection, name)
        if not reply.printed_text and consent is not Consent.REFUSED:
            raise InputError(
                "it is not settled what would be printed",
                place=reply.id,
                expected="approve it first",
            )
        if consent is Consent.REFUSED:
            _take_back(connection, reply)
            change(connection, reply.id, state=State.DISMISSED)
        say(connection, reply.id, Said(consent, now(), how.strip(), reply.wording))
        return read_reply(connection, reply.id)


def publish(database: Engine, name: str) -> Reply:
    """Print a reply with its entry, in every edition from now on.

    Raises `InputError` unless the editor approved it and its writer consents to these very words.
    """
    with transaction(database, writes=True) as connection:
        reply = read_reply(connection, name)
        if reply.state is State.PUBLISHED:
            return reply
        if reply.state is not State.APPROVED:
            raise InputError(
                "the reply is not approved", place=reply.id, found=reply.state, expected="approved"
            )
        if reply.consent is not Consent.GIVEN:
            raise InputError(
                "its writer has not agreed to have these words printed",
                place=reply.id,
                found=f"consent {reply.consent}",
                expected=f"consent {Consent.GIVEN}",
            )
        _check_entry(connection, reply.entry)
        row = {
            "entry": reply.entry,
            "name": reply.printed_name,
            "date": reply.date[:10],
            "text": reply.printed_text,
        }
        key = connection.execute(insert(PRINTED).values(row)).inserted_primary_key
        change(connection, reply.id, state=State.PUBLISHED, published=key[0] if key else None)
        changed(connection)
        return read_reply(connection, reply.id)


def withdraw(database: Engine, name: str) -> Reply:
    """Take a printed reply back; it stays approved."""
    with transaction(database, writes=True) as connection:
        reply = read_reply(connection, name)
        _take_back(connection, reply)
        return read_reply(connection, reply.id)


def dismiss(database: Engine, name: str) -> Reply:
    """Set a reply aside: it is read, and nothing of it will be printed."""
    with transaction(database, writes=True) as connection:
        reply = read_reply(connection, name)
        _take_back(connection, reply)
        change(connection, reply.id, state=State.DISMISSED)
        return read_reply(connection, reply.id)


def forget(database: Engine, name: str) -> Reply:
    """Erase a reply, printed or not, with all that was noted about it; return what it was.

    Only a digest stays, so that the mail is not read again from a mailbox that still holds it.
    """
    with transaction(database, writes=True) as connection:
        reply = read_reply(connection, name)
        _take_back(connection, reply)
        erase(connection, reply)
        return reply


def forget_all(database: Engine, address: str) -> int:
    """Erase every mail that says to come from an address, as `forget` does; return how many."""
    query = select(FEEDBACK.c.id).where(FEEDBACK.c.address == address.strip().lower())
    with transaction(database, writes=True) as connection:
        names = connection.execute(query).scalars().all()
        for name in names:
            reply = read_reply(connection, name)
            _take_back(connection, reply)
            erase(connection, reply)
        return len(names)


def _take_back(connection: Connection, reply: Reply) -> None:
    if reply.published is not None:
        connection.execute(delete(PRINTED).where(PRINTED.c.id == reply.published))
        change(connection, reply.id, published=None, state=State.APPROVED)
        changed(connection)


def _check_entry(connection: Connection, entry: str) -> None:
    if connection.execute(select(ENTRIES.c.id).where(ENTRIES.c.id == entry)).first() is None:
        raise InputError("there is no such entry", place="entry", found=entry or "none")


def _chosen(reply: Reply, paragraphs: Sequence[int]) -> str:
    numbers = paragraphs or range(1, len(reply.paragraphs) + 1)
    wrong = [n for n in numbers if not 1 <= n <= len(reply.paragraphs)]
    if wrong or not reply.paragraphs:
        raise InputError(
            "there is no such paragraph",
            place=reply.id,
            found=wrong[0] if wrong else "an empty reply",
            expected=f"1 to {len(reply.paragraphs)}",
        )
    return "\n\n".join(reply.paragraphs[n - 1] for n in numbers)
