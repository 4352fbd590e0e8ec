"""Whether the relay took a mail of which the ledger does not know: asking the relay.

No sender can know by itself: it may die between the relay's decision and its own note of it, and
RFC 1047 tells what comes of guessing. Only the relay's own record tells. A resolver reads that
record; where it cannot tell, the mail stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from pathlib import Path
from typing import Protocol

from comity.newsletter.delivery.ledger import Ledger, State, Unknown
from comity.newsletter.delivery.relay_logs import read_log
from comity.newsletter.delivery.tokens import Secret, Sent

SETTLING_SECONDS = 600.0
"""How long a relay may still be taking a mail whose sender is gone, RFC 5321, 4.5.3.2.6."""
SKEW_SECONDS = 120.0
"""How far the clocks of relay and sender may be apart."""


class Resolver(Protocol):
    """Asks a relay."""

    def took(self, mails: Mapping[Sent, float], known: Mapping[Sent, float]) -> dict[Sent, bool]:
        """Return for each mail whether the relay took it; what it cannot tell is left out.

        Parameters
        ----------
        mails : when each was claimed, seconds since 1970.
        known : likewise mails that the relay is known to have taken, and when at the latest. A
            record that holds none of them is not the relay's, or not of that time.
        """


class RelayLog:
    """Reads the log of a relay: Postfix, Exim or OpenSMTPD; see `relay_logs`.

    Parameters
    ----------
    path : the log as it is now, in plain text.
    secret : that of the publication, by which its mails are known.
    settling : seconds for which the log must go on after a claim before the absence of a mail means
        that it was not taken.
    """

    def __init__(
        self, path: Path, secret: Secret, now: float, settling: float = SETTLING_SECONDS
    ) -> None:
        self.path, self.secret, self.now, self.settling = path, secret, now, settling

    def took(self, mails: Mapping[Sent, float], known: Mapping[Sent, float]) -> dict[Sent, bool]:
        """Return what the log tells.

        It tells that a mail was not taken only where it holds a mail of ours, goes back to before
        the claim by its first line or by a mail known to be taken before, and its last line is of a
        time when the relay cannot have been taking the mail any more.
        """
        log = read_log(self.path, self.secret)
        told = {mail: True for mail in mails if mail in log.taken}
        seen = [time for mail, time in known.items() if mail in log.taken]
        begun = min([log.begun + SKEW_SECONDS, *seen]) if seen else inf
        for mail, claimed in mails.items():
            is_over = min(self.now, log.ended) - claimed >= self.settling
            if mail not in log.taken and begun <= claimed and is_over:
                told[mail] = False
        return told


def resolve(ledger: Ledger, secret: Secret, resolver: Resolver | None) -> list[Unknown]:
    """Settle what the relay knows of unknown mails; return those that stay unknown.

    What the relay did not take waits again; what it took is sent.
    """
    unknown = ledger.find_unknown()
    if not unknown or resolver is None:
        return unknown
    mails = {Sent(ledger.issue, each.reader): each for each in unknown}
    claims = {mail: each.time for mail, each in mails.items()}
    first = min(claims.values())
    known = {Sent(issue, reader): time for issue, reader, time in ledger.sent_about(first)}
    told = resolver.took(claims, known)
    for taken, state in ((True, State.SENT), (False, State.WAITING)):
        readers = [mail.reader for mail, answer in told.items() if answer is taken]
        ledger.decide(readers, state, "as the relay's record tells")
    return [each for mail, each in mails.items() if mail not in told]
