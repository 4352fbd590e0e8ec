"""Mails that a reader's own request causes."""

from __future__ import annotations

from datetime import datetime, timedelta

from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.consent import wording
from comity.newsletter.delivery.headers import one_line
from comity.newsletter.delivery.letters import Letter, Recipient, Stationery
from comity.newsletter.delivery.readers import CONFIRM_WITHIN, Reader, Standing
from comity.newsletter.delivery.tokens import Purpose, Secret

CONFIRM = "confirm"

ASK = """\
Somebody asked that {name} be sent to this address.

  {wording}

If that was you, open this page and press its button, within {days} days:

  {link}

If it was not, do nothing: without that you get no mail from us.
"""
KNOWN = """\
Somebody asked that {name} be sent to this address. It is already.

You choose categories, or stop it, here:

  {link}
"""


def notice(stationery: Stationery, reader: Reader, now: datetime) -> Letter:
    """Return the mail to somebody who asked: to confirm, or that they read already."""
    name = one_line(stationery.publication.name)
    to = Recipient(reader.id, reader.address)
    if reader.standing == Standing.READING:
        link = stationery.links(reader.id)["preferences"]
        content = Content(f"You already get {name}", KNOWN.format(name=name, link=link))
    else:
        link = stationery.link(CONFIRM, Purpose.CONFIRM, reader.id, expiry(now))
        days = CONFIRM_WITHIN.days
        text = ASK.format(name=name, wording=wording(name), days=days, link=link)
        content = Content(f"Confirm that you want {name}", text)
    return stationery.notice(content, to, now)


def expiry(now: datetime, lasts: timedelta = CONFIRM_WITHIN) -> str:
    """Return until when a link to confirm is good, as it stands in the link."""
    return str(int((now + lasts).timestamp()))


def confirming(secret: Secret, word: str, now: datetime) -> str | None:
    """Return which reader a link to confirm names, or ``None`` where it is not good (any more)."""
    parts = secret.read(Purpose.CONFIRM, word)
    if parts is None or len(parts) != 2 or int(parts[1]) < now.timestamp():
        return None
    return parts[0]
