"""The one way out: how any mail, a test or the thousandth of an issue, is handed to the relay.

A relay has taken a mail once it answers the end of the mail's words with 250 (RFC 5321, 4.2.5).
Before the command DATA nothing can have been taken; where the line is lost behind it, nobody knows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from comity.core.errors import InputError
from comity.newsletter.delivery.keys import refuse_if_shared
from comity.newsletter.delivery.letters import Letter
from comity.newsletter.model.publication import Post

if TYPE_CHECKING:
    import aiosmtplib

CONNECT_SECONDS, ANSWER_SECONDS, TAKING_SECONDS = 30.0, 300.0, 600.0
"""How long to wait; the last is for the end of a mail, RFC 5321, 4.5.3.2.6."""
TLS = {"none": (False, False), "starttls": (False, True), "tls": (True, False)}
"""Whether a connection begins with TLS, and whether it turns to it."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSING = 421
"""The relay closes the line, which says nothing of the mail."""
LONGEST_WORDS = 300


class Result(StrEnum):
    """What became of a mail."""

    TAKEN = "taken"
    LATER = "later"
    """Not taken, and may be tried again."""
    CLOSED = "closed"
    """Not taken, since the line was lost or closed before."""
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """The line was lost while the relay may have been taking it."""
    BARRED = "barred"
    """The relay takes no mail at all from this sender."""
    DROPPED = "dropped"
    """Not offered: it was claimed by nobody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail, and in the relay's words why."""

    result: Result
    code: int = 0
    words: str = ""
    at_recipient: bool = False
    """Whether it is the recipient that the relay refused, and not the mail's words."""


Claim = Callable[[], Awaitable[bool]]


def client(post: Post, folder: Path) -> aiosmtplib.SMTP:
    """Return a client for the publication's relay, not yet connected.

    Raises `InputError` where the settings make no connection, or would show a password to anybody.
    """
    import aiosmtplib

    if post.tls not in TLS:
        raise InputError("no such setting", place="post.tls", found=post.tls, expected=list(TLS))
    if post.user and post.tls == "none" and post.host not in LOCAL:
        raise InputError("the password would be readable on its way", place="post.tls")
    begins, turns = TLS[post.tls]
    return aiosmtplib.SMTP(
        hostname=post.host,
        port=post.port,
        use_tls=begins,
        start_tls=turns,
        username=post.user or None,
        password=_password(post, folder) if post.user else None,
        timeout=CONNECT_SECONDS,
    )


async def hand_over(smtp: aiosmtplib.SMTP, letter: Letter, claim: Claim | None = None) -> Outcome:
    """Offer a mail to the relay once.

    Parameters
    ----------
    claim : called when the relay knows sender and recipient and nothing of the mail was sent yet;
        the mail goes on only where it answers true.
    """
    import aiosmtplib

    gone = (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError, OSError)
    try:
        await smtp.mail(letter.sender, timeout=ANSWER_SECONDS)
        await smtp.rcpt(letter.recipient, timeout=ANSWER_SECONDS)
        if claim is not None and not await claim():
            await smtp.rset()
            return Outcome(Result.DROPPED)
    except aiosmtplib.SMTPSenderRefused as error:
        return await _not_taken(smtp, error.code, error.message, Result.BARRED)
    except aiosmtplib.SMTPRecipientRefused as error:
        outcome = await _not_taken(smtp, error.code, error.message, Result.REFUSED)
        return replace(outcome, at_recipient=True)
    except aiosmtplib.SMTPResponseException as error:
        return await _not_taken(smtp, error.code, error.message, Result.BARRED)
    except gone as error:
        return Outcome(Result.CLOSED, words=_short(str(error) or type(error).__name__))
    try:
        code, words = await smtp.data(letter.message, timeout=TAKING_SECONDS)
    except aiosmtplib.SMTPDataError as error:
        return await _not_taken(smtp, error.code, error.message, Result.REFUSED)
    except gone as error:
        return Outcome(Result.UNKNOWN, words=_short(str(error) or type(error).__name__))
    return Outcome(Result.TAKEN, code, _short(words))


async def _not_taken(smtp: aiosmtplib.SMTP, code: int, words: str, permanent: Result) -> Outcome:
    """Return what an answer other than 250 means, with the line ready for the next mail."""
    import aiosmtplib

    if code == CLOSING:
        smtp.close()
        return Outcome(Result.CLOSED, code, _short(words))
    try:
        await smtp.rset(timeout=ANSWER_SECONDS)
    except (aiosmtplib.SMTPException, OSError):
        smtp.close()
    return Outcome(permanent if code >= 500 else Result.LATER, code, _short(words))


def _short(words: str) -> str:
    return " ".join(words.split())[:LONGEST_WORDS]


def _password(post: Post, folder: Path) -> str:
    path = folder / post.password_file
    try:
        refuse_if_shared(path)
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot read the password", file=str(path)) from error
