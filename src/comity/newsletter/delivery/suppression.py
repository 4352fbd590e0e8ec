"""Addresses that get no mail whatever list they are on, and the rule by which returns lead there.

An address is not kept for this, only a keyed digest of it. A suppression ends when its reader asks
again and confirms: that mail arrived.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from comity.newsletter.store.tables.delivery import SUPPRESSED


class Reason(StrEnum):
    """Why an address gets no mail."""

    RETURNED = "mail to it came back"
    COMPLAINED = "its reader called the mail unwanted"
    FORGOTTEN = "its reader asked to be forgotten"


class Kind(StrEnum):
    """What a return means."""

    HARD = "no such mailbox"
    FULL = "mailbox full"
    SOFT = "cannot be delivered for now"
    POLICY = "refused for what it is or where it comes from"


class Rule(NamedTuple):
    """How many issues must come back within how long."""

    issues: int
    within: timedelta


RULES: dict[Kind, Rule | None] = {
    Kind.HARD: Rule(1, timedelta(days=3650)),
    Kind.FULL: Rule(4, timedelta(days=90)),
    Kind.SOFT: Rule(6, timedelta(days=90)),
    Kind.POLICY: None,
}
"""When returns of a kind suppress an address. What is refused by policy is the sender's to mend."""


class Returned(NamedTuple):
    """That an issue came back."""

    issue: int
    kind: Kind
    time: datetime


def is_spent(returns: Iterable[Returned], now: datetime) -> bool:
    """Return whether what came back from an address is enough to stop mailing it."""
    listed = list(returns)
    for kind, rule in RULES.items():
        if rule is None:
            continue
        issues = {x.issue for x in listed if x.kind == kind and now - x.time <= rule.within}
        if len(issues) >= rule.issues:
            return True
    return False


def suppress(connection: Connection, hidden: str, reason: Reason, now: datetime) -> None:
    """Record that an address gets no mail, within a transaction; a reason already given stays."""
    row = {"hidden": hidden, "reason": reason.value, "time": now.isoformat(timespec="seconds")}
    connection.execute(upsert(SUPPRESSED).values(row).on_conflict_do_nothing())


def lift(connection: Connection, hidden: str, reason: Reason | None = None) -> None:
    """Record that an address may get mail again, within a transaction.

    Parameters
    ----------
    reason : the only one that is lifted; any unless given.
    """
    here = SUPPRESSED.c.hidden == hidden
    if reason is not None:
        here &= SUPPRESSED.c.reason == reason.value
    connection.execute(delete(SUPPRESSED).where(here))


def is_suppressed(connection: Connection, hidden: str) -> bool:
    """Return whether an address gets no mail, by its digest."""
    query = select(SUPPRESSED.c.hidden).where(SUPPRESSED.c.hidden == hidden)
    return connection.scalar(query) is not None


def suppressed(connection: Connection) -> dict[str, str]:
    """Return the reasons by digest of all addresses that get no mail."""
    query = select(SUPPRESSED.c.hidden, SUPPRESSED.c.reason)
    return dict(connection.execute(query).all())
