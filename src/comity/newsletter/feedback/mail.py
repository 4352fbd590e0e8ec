"""One mail as it arrives: header and words, whatever it claims to be encoded in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from email import message_from_bytes, policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from comity.newsletter.feedback.automatic import Sort, sort_of
from comity.newsletter.feedback.charsets import decode, decode_field
from comity.newsletter.feedback.markup import to_text
from comity.newsletter.feedback.quotes import Piece, pieces

LONGEST = 200_000
"""Characters of a mail that are read; nobody writes more by hand."""
MOST_BYTES = 25_000_000
"""Larger mails are passed over."""
LONGEST_SENDER = 1000
"""Characters of the field that names the sender."""
_REPEATED = frozenset({"references", "in-reply-to", "to", "cc", "delivered-to", "x-original-to"})
"""Fields whose every line counts; of others the first does."""


@dataclass(frozen=True)
class Mail:
    """What a mail says, and of whom it says to come. Nothing in here is proven."""

    digest: str
    """SHA-256 of what stays the same on every road: sender, day, subject, id and words."""
    message_id: str
    name: str
    address: str
    subject: str
    date: str
    """ISO 8601 with its zone, or nothing."""
    fields: Mapping[str, str]
    text: str
    sort: Sort
    sort_by: str
    attachments: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What was written, quoted and signed."""
        return pieces(self.text)


def read_mail(data: bytes, own: frozenset[str] = frozenset()) -> Mail:
    """Read a mail. Takes any bytes: what cannot be understood is kept as it looks.

    Parameters
    ----------
    data : the mail as it was delivered.
    own : addresses of the publication, in lower case.
    """
    try:
        return _mail(message_from_bytes(data, policy=policy.compat32), own)
    except RecursionError:
        # Parts in parts in parts: no mail program makes such, and only the header is read.
        return _mail(BytesHeaderParser(policy=policy.compat32).parsebytes(data), own)


def _mail(message: Message, own: frozenset[str]) -> Mail:
    fields = _fields(message)
    name, address = _sender(fields.get("from", ""))
    body = _body(message)
    text = body[:LONGEST]
    sort, by = sort_of(fields, _content_type(message), own)
    message_id = fields.get("message-id", "").strip()
    stable = [message_id, fields.get("from", ""), fields.get("date", ""), fields.get("subject", "")]
    return Mail(
        digest=hashlib.sha256("\n".join([*stable, body]).encode("utf-8", "replace")).hexdigest(),
        message_id=message_id,
        name=name,
        address=address,
        subject=fields.get("subject", ""),
        date=_date(fields.get("date", "")),
        fields=fields,
        text=text,
        sort=sort,
        sort_by=by,
        attachments=tuple(_attachments(message)),
    )


def _fields(message: Message) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        key, words = name.lower(), decode_field(value)
        if key in _REPEATED and key in found:
            found[key] += " " + words
        else:
            found.setdefault(key, words)
    return found


def _sender(field: str) -> tuple[str, str]:
    """Return name and address of whoever wrote; the name is all that is not the address."""
    field = field[:LONGEST_SENDER]
    try:
        pairs = getaddresses([field])
    except (RecursionError, IndexError, ValueError):
        pairs = []
    name, address = pairs[0] if pairs else ("", "")
    if "@" not in address:
        match = re.search(r"[^\s<>\"]+@[^\s<>\"]+", field)
        address = match[0] if match else ""
        name = field.replace(f"<{address}>", "").replace(address, "") if address else field
    return " ".join(name.split()).strip("\"' "), address.lower()


def _date(field: str) -> str:
    try:
        moment = parsedate_to_datetime(field)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _content_type(message: Message) -> str:
    return decode_field(message.get("Content-Type"))


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold words of this mail, and none of mails that are attached to it."""
    if message.get_content_type() == "message/rfc822":
        return
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _body(message: Message) -> str:
    """Return the words of a mail: its plain text, or its HTML where there is no other."""
    texts = [part for part in _leaves(message) if not _is_attached(part)]
    plain = [_words(part) for part in texts if part.get_content_type() == "text/plain"]
    if any(words.strip() for words in plain):
        return "\n\n".join(words for words in plain if words.strip())
    pages = [_words(part) for part in texts if part.get_content_type() == "text/html"]
    return "\n\n".join(to_text(page) for page in pages)


def _is_attached(part: Message) -> bool:
    return decode_field(part.get("Content-Disposition")).lower().startswith("attachment")


def _words(part: Message) -> str:
    payload = part.get_payload(decode=True)
    charset = part.get_param("charset")
    name = charset if isinstance(charset, str) else None
    text = decode(payload if isinstance(payload, bytes) else b"", name)
    return _unflowed(text, part) if part.get_param("format") == "flowed" else text


def _unflowed(text: str, part: Message) -> str:
    """Join lines that end in a blank with those below them, if quoted alike (RFC 3676)."""
    drop = part.get_param("delsp") == "yes"
    lines: list[str] = []
    for line in text.split("\n"):
        marks = re.match(r">*", line)
        depth = marks.end() if marks else 0
        words = line[depth:].removeprefix(" ") if depth or line.startswith(" ") else line
        last = lines[-1] if lines else ""
        flows = last.endswith(" ") and last.lstrip("> ") and last.rstrip("\n") != "-- "
        if flows and _depth(last) == depth and words != "-- ":
            lines[-1] = (last[:-1] if drop else last) + words
        else:
            lines.append(f"{'>' * depth} {words}" if depth else words)
    return "\n".join(lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(">"))


def _attachments(message: Message) -> Iterator[str]:
    for part in message.walk():
        if _is_attached(part):
            yield decode_field(part.get_filename() or part.get_content_type())
