"""What follows from a mail that came back, or that the relay refused at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from comity.core.database import transaction
from comity.newsletter.delivery.bounces import Bounce, read_bounce
from comity.newsletter.delivery.kinds import kind_of
from comity.newsletter.delivery.letters import LEAVE
from comity.newsletter.delivery.readers import Origin, Readers
from comity.newsletter.delivery.suppression import (
    Kind,
    Reason,
    Returned,
    is_spent,
    lift,
    suppress,
)
from comity.newsletter.delivery.tokens import Purpose, Sent
from comity.newsletter.store.tables.delivery import READERS, RETURNS

if TYPE_CHECKING:
    from comity.newsletter.delivery.mailer import Outcome

SENDING, RETURNING, BY_MAIL = "while sending", "returned mail", "mail"
LEAVING = re.compile(rf"{LEAVE} ([a-z2-7]+\.[a-z2-7]+)")


def note_refusal(connection: Connection, readers: Readers, sent: Sent, outcome: Outcome) -> None:
    """Record that the relay refused a mail, within a transaction."""
    kind = kind_of(outcome.words, outcome.code, at_recipient=outcome.at_recipient)
    digest = f"{SENDING} {sent.issue} {sent.reader}"
    _note(connection, readers, Bounce(digest, sent, kind, words=outcome.words), sent)


def forgive_refusals(readers: Readers, issue: int) -> None:
    """Forget that the relay refused mails of an issue, since they are to be tried again."""
    here = (RETURNS.c.issue == issue) & RETURNS.c.digest.startswith(SENDING)
    query = select(RETURNS.c.reader, READERS.c.key).join(READERS, READERS.c.id == RETURNS.c.reader)
    with transaction(readers.engine, writes=True) as connection:
        refused = connection.execute(query.where(here)).all()
        connection.execute(delete(RETURNS).where(here))
        for reader, key in refused:
            if not is_spent(_returns(connection, reader), readers.clock()):
                lift(connection, readers.secret.hide(key), Reason.RETURNED)


def take_back(mails: Iterable[bytes], readers: Readers) -> Counter[str]:
    """Record what mails that came back tell; return how many there are of each sort.

    Mails that were read before change nothing.
    """
    found: Counter[str] = Counter()
    for data in mails:
        bounce = read_bounce(data, readers.secret)
        if bounce is None:
            found["no returns"] += 1
        elif bounce.sent is None:
            found["returns of no mail of ours"] += 1
        elif bounce.is_complaint:
            found["complaints"] += 1
            _complain(readers, bounce.sent)
        else:
            found[str(bounce.kind)] += 1
            with transaction(readers.engine, writes=True) as connection:
                _note(connection, readers, bounce, bounce.sent)
    return found


def leave_by_mail(subject: str, readers: Readers) -> bool:
    """Take off whoever sent the mail that a List-Unsubscribe field offers; return whether it is.

    Its subject holds the word that only the reader's own mails hold.
    """
    found = LEAVING.fullmatch(subject.strip().lower())
    parts = readers.secret.read(Purpose.UNSUBSCRIBE, found[1]) if found else None
    if parts is None:
        return False
    readers.leave(parts[0], Origin(BY_MAIL))
    return True


def _note(connection: Connection, readers: Readers, bounce: Bounce, sent: Sent) -> None:
    """Record a return and stop all mail where the rule says so; nothing for unknown readers."""
    key = _key(connection, sent.reader)
    if key is None or bounce.kind is None:
        return
    now = readers.clock()
    row = {
        "digest": bounce.digest,
        "reader": sent.reader,
        "issue": sent.issue,
        "time": now.isoformat(timespec="seconds"),
        "kind": bounce.kind.value,
        "status": bounce.status,
        "words": bounce.words,
    }
    connection.execute(upsert(RETURNS).values(row).on_conflict_do_nothing())
    if is_spent(_returns(connection, sent.reader), now):
        suppress(connection, readers.secret.hide(key), Reason.RETURNED, now)


def _complain(readers: Readers, sent: Sent) -> None:
    """Stop all mail to whoever called it unwanted."""
    readers.leave(sent.reader, Origin(RETURNING))
    with transaction(readers.engine, writes=True) as connection:
        key = _key(connection, sent.reader)
        if key is not None:
            hidden = readers.secret.hide(key)
            suppress(connection, hidden, Reason.COMPLAINED, readers.clock())


def _key(connection: Connection, reader: str) -> str | None:
    return connection.scalar(select(READERS.c.key).where(READERS.c.id == reader))


def _returns(connection: Connection, reader: str) -> list[Returned]:
    query = select(RETURNS.c.issue, RETURNS.c.kind, RETURNS.c.time)
    return [
        Returned(row.issue, Kind(row.kind), datetime.fromisoformat(row.time))
        for row in connection.execute(query.where(RETURNS.c.reader == reader))
    ]
