"""Logs of relays: which mails of ours they say were taken.

A relay has taken a mail once it is safe in its queue. How each says so is a row of a table, after
what Postfix 3.7, Exim 4.96 and OpenSMTPD 6.8 wrote.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from math import inf
from pathlib import Path

from comity.core.errors import InputError
from comity.newsletter.delivery.tokens import Secret, Sent

DAY_SECONDS = 86_400.0
LAST_LINES = 100
"""Lines at the end of which one tells its time, unless none does."""


@dataclass(frozen=True)
class Log:
    """What a log tells.

    Attributes
    ----------
    taken : mails that were in the queue at any time.
    begun, ended : when its first and its last line were written, seconds since 1970; where no line
        tells a time, the log tells of none. When the file was written does not say: it may be a
        copy of an older log.
    """

    taken: frozenset[Sent]
    begun: float = inf
    ended: float = -inf


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of line looks that names a mail.

    Attributes
    ----------
    pattern : finds ``id``, its Message-ID; ``path``, its return path; ``queue``, the relay's own
        name for it, by which another line may mean it.
    takes : whether the line says that the mail is in the queue.
    """

    pattern: re.Pattern[str]
    takes: bool


FORMS = (
    # Postfix names a mail while it is read, and again when it is safe in the queue.
    Form(
        re.compile(r"postfix[^ ]*/cleanup\[\d+\]: (?P<queue>\w+): message-id=(?P<id><\S+)"), False
    ),
    Form(
        re.compile(
            r"postfix[^ ]*/qmgr\[\d+\]: (?P<queue>\w+): from=<(?P<path>[^>]*)>.*\(queue active\)"
        ),
        True,
    ),
    # Exim writes one line when it answers for a mail. Names in its queue are longer from 4.97 on.
    Form(
        re.compile(
            r"^[^<]*?\b(?P<queue>\w{6}-\w{6,11}-\w{2,4}) <= (?P<path>\S+)"
            r"(?:.* id=(?P<id>\d+\.\w+\.\w+@\S+))?"
        ),
        True,
    ),
    # OpenSMTPD names no Message-ID, but the return path: of a mail that came in, and once more of
    # each trial to deliver it.
    Form(
        re.compile(
            r"smtpd\[\d+\]: \w+ (?:smtp envelope|m[dt]a delivery)"
            r" evpid=(?P<queue>\w+) from=<(?P<path>[^>]*)>"
        ),
        True,
    ),
)


def read_log(path: Path, secret: Secret) -> Log:
    """Return what a log in plain text tells of a publication's mails.

    Parameters
    ----------
    secret : that of the publication; what others put into the log names no mail of ours.

    Raises `InputError` where it cannot be read.
    """
    begun = inf
    last: deque[str] = deque(maxlen=LAST_LINES)
    reading = _Reading(secret)
    try:
        written = path.stat().st_mtime
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                begun = moment(line, written) if begun == inf else begun
                last.append(line)
                reading.take(line)
    except OSError as error:
        raise InputError(
            "cannot read the relay's log", file=str(path), found=error.strerror
        ) from error
    ends = (moment(line, written) for line in reversed(last))
    ended = next((end for end in ends if end < inf), -inf)
    return Log(frozenset(reading.taken), begun, ended)


class _Reading:
    """What the lines so far have told."""

    def __init__(self, secret: Secret) -> None:
        self.secret = secret
        self.taken: set[Sent] = set()
        self._named: dict[str, Sent | None] = {}

    def take(self, line: str) -> None:
        """Read one line."""
        for form in FORMS:
            if found := form.pattern.search(line):
                sent = self._sent(found.groupdict())
                if not form.takes:
                    self._named[found["queue"]] = sent
                elif sent:
                    self.taken.add(sent)

    def _sent(self, said: dict[str, str | None]) -> Sent | None:
        """Return which mail of ours a line names, by what it says itself or another line did."""
        message, path = (said.get("id") or "").strip("<>"), said.get("path")
        if found := self.secret.read_message_id(f"<{message}>"):
            return found
        if path is None:
            return None
        return self.secret.read_return_path(path) or self._named.get(said["queue"] or "")


ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,6})?) ?(Z|[+-]\d\d:?\d\d)?")
"""The day, the time, and the zone where it is given; else it is this machine's."""


def moment(line: str, written: float) -> float:
    """Return when a line was written, seconds since 1970; endless where it does not say.

    Old forms lack the year: it is the one in which the log was last written, or that before.
    """
    if found := ISO.match(line):
        day, clock, zone = found.groups()
        try:
            return datetime.fromisoformat(f"{day}T{clock}{zone or ''}").timestamp()
        except ValueError:
            return inf
    year = datetime.fromtimestamp(written).astimezone().year
    for candidate in (year, year - 1):
        try:
            found_at = datetime.strptime(f"{candidate} {line[:15]}", "%Y %b %d %H:%M:%S")
        except ValueError:
            continue
        if found_at.timestamp() <= written + DAY_SECONDS:
            return found_at.timestamp()
    return inf
