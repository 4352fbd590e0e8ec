"""What became of an issue: how its mails went, what came back, and who left after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, Engine, func, select

from comity.core.database import transaction
from comity.core.results import Result
from comity.newsletter.delivery.consent import Act
from comity.newsletter.delivery.returning import RETURNING, SENDING
from comity.newsletter.store.tables.delivery import CONSENTS, LEDGER, RETURNS, SENDINGS


@dataclass(frozen=True)
class Account(Result):
    """What is known of an issue's sending by now."""

    issue: int
    begun: str
    """ISO 8601, as are the others."""
    finished: str
    """Empty while mails are open."""
    mails: Mapping[str, int]
    """How many are in each state; see `comity.newsletter.delivery.ledger.State`."""
    returned: Mapping[str, int]
    """Readers whose mail came back after the relay had taken it, by what that means."""
    left: int
    """Readers who left since, up to the next issue's sending."""
    complained: int
    """Those of them who called a mail unwanted."""

    @property
    def recipients(self) -> int:
        """How many readers it was for."""
        return sum(self.mails.values())


def account(engine: Engine, issue: int) -> Account | None:
    """Return what became of an issue, or ``None`` where its sending has not begun.

    Readers who were forgotten since count among the mails alone.
    """
    with transaction(engine, writes=False) as connection:
        sending = connection.execute(select(SENDINGS).where(SENDINGS.c.issue == issue)).first()
        if sending is None:
            return None
        mails = _counted(connection, LEDGER.c.state, LEDGER.c.issue == issue, LEDGER.c.reader)
        late = (RETURNS.c.issue == issue) & ~RETURNS.c.digest.startswith(SENDING)
        returned = _counted(connection, RETURNS.c.kind, late, RETURNS.c.reader)
        left = _left(connection, sending.begun)
    complained = left.get(RETURNING, 0)
    total = sum(left.values())
    return Account(issue, sending.begun, sending.finished, mails, returned, total, complained)


def _left(connection: Connection, begun: str) -> dict[str, int]:
    """Return how many left after an issue, by where they did."""
    after = select(func.min(SENDINGS.c.begun)).where(SENDINGS.c.begun > begun)
    until = connection.scalar(after)
    here = (CONSENTS.c.act == Act.LEFT.value) & (CONSENTS.c.time >= begun)
    if until:
        here &= CONSENTS.c.time < until
    return _counted(connection, CONSENTS.c.source, here, CONSENTS.c.reader)


def _counted(
    connection: Connection, column: Column[str], here: ColumnElement[bool], who: Column[str]
) -> dict[str, int]:
    """Return how many readers there are by what a column says, the most frequent first."""
    number = func.count(func.distinct(who))
    query = select(column, number).where(here).group_by(column).order_by(number.desc(), column)
    return {word: int(count) for word, count in connection.execute(query)}
