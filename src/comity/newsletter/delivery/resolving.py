"""Whether the relay took a mail of which the ledger does not know: asking the relay.

No sender can know by itself: it may die between the relay's decision and its own note of it, and
RFC 1047 tells what comes of guessing. Only the relay's own record tells. A resolver reads that
record; where it cannot tell, the mail stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Protocol

from comity.core.errors import InputError
from comity.newsletter.delivery.ledger import Ledger, State, Unknown
from comity.newsletter.delivery.tokens import Secret, Sent

SETTLING_SECONDS = 600.0
"""How long a relay may still be taking a mail whose sender is gone, RFC 5321, 4.5.3.2.6."""
SKEW_SECONDS = 120.0
"""How far the clocks of relay and sender may be apart."""
DAY_SECONDS = 86_400.0


class Resolver(Protocol):
    """Asks a relay."""

    def took(self, names: Mapping[str, float], known: Mapping[str, float]) -> dict[str, bool]:
        """Return for each mail whether the relay took it; what it cannot tell is left out.

        Parameters
        ----------
        names : local part of each mail's Message-ID, and when it was claimed, seconds since 1970.
        known : likewise mails that the relay is known to have taken, and when at the latest. A
            record that holds none of them is not the relay's, or not of that time.
        """


class PostfixLog:
    """Reads the log of a Postfix server, where each mail is named twice.

    Once by ``cleanup`` with its Message-ID, while it is read, and once by ``qmgr``, when it is safe
    in the queue: only then it was taken.

    Parameters
    ----------
    path : the log as it is now, in plain text.
    settling : seconds after its claim before the absence of a mail means that it was not taken.
    """

    def __init__(self, path: Path, now: float, settling: float = SETTLING_SECONDS) -> None:
        self.path, self.now, self.settling = path, now, settling

    def took(self, names: Mapping[str, float], known: Mapping[str, float]) -> dict[str, bool]:
        """Return what the log tells.

        It tells that a mail was not taken only where it holds a mail of ours, goes back to before
        the claim by its first line or by a mail known to be taken before, and goes on after it.
        """
        taken, begun, written = self._read()
        told = {name: True for name in names if name in taken}
        seen = [time for name, time in known.items() if name in taken]
        begun = min([begun + SKEW_SECONDS, *seen]) if seen else inf
        for name, claimed in names.items():
            is_over = self.now - claimed >= self.settling and written >= claimed
            if name not in taken and begun <= claimed and is_over:
                told[name] = False
        return told

    def _read(self) -> tuple[set[str], float, float]:
        """Return what was in the queue at any time, and when the log was begun and last written."""
        reading: dict[str, str] = {}
        taken: set[str] = set()
        begun = inf
        try:
            written = self.path.stat().st_mtime
            with self.path.open(encoding="utf-8", errors="replace") as lines:
                for line in lines:
                    begun = min(begun, _time(line, written)) if begun == inf else begun
                    if found := CLEANUP.search(line):
                        reading[found[1]] = found[2].lower()
                    elif (found := QUEUED.search(line)) and found[1] in reading:
                        taken.add(reading[found[1]])
        except OSError as error:
            raise InputError(
                "cannot read the relay's log", file=str(self.path), found=error.strerror
            ) from error
        return taken, begun, written


def _time(line: str, written: float) -> float:
    """Return when a line was written, seconds since 1970; endless where it does not say.

    Old forms lack the year: it is the one in which the log was last written, or that before.
    """
    try:
        return datetime.fromisoformat(line.split(" ", 1)[0]).timestamp()
    except ValueError:
        pass
    year = datetime.fromtimestamp(written).astimezone().year
    for candidate in (year, year - 1):
        try:
            moment = datetime.strptime(f"{candidate} {line[:15]}", "%Y %b %d %H:%M:%S")
        except ValueError:
            continue
        if moment.timestamp() <= written + DAY_SECONDS:
            return moment.timestamp()
    return inf


CLEANUP = re.compile(r"postfix[^ ]*/cleanup\[\d+\]: (\w+): message-id=<([^@<>]+)@")
QUEUED = re.compile(r"postfix[^ ]*/qmgr\[\d+\]: (\w+): from=.*\(queue active\)")


def resolve(ledger: Ledger, secret: Secret, resolver: Resolver | None) -> list[Unknown]:
    """Settle what the relay knows of unknown mails; return those that stay unknown.

    What the relay did not take waits again; what it took is sent.
    """
    unknown = ledger.find_unknown()
    if not unknown or resolver is None:
        return unknown
    names = {_name(secret, ledger.issue, each.reader): each for each in unknown}
    claims = {name: each.time for name, each in names.items()}
    first = min(claims.values())
    known = {_name(secret, issue, reader): time for issue, reader, time in ledger.sent_about(first)}
    told = resolver.took(claims, known)
    for taken, state in ((True, State.SENT), (False, State.WAITING)):
        readers = [names[name].reader for name, answer in told.items() if answer is taken]
        ledger.decide(readers, state, "as the relay's record tells")
    return [each for name, each in names.items() if name not in told]


def _name(secret: Secret, issue: int, reader: str) -> str:
    """Return the local part of a mail's Message-ID."""
    return secret.message_id("x", Sent(issue, reader)).strip("<>").partition("@")[0]
