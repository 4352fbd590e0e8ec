"""Mail that came back: which mail of ours, to whom, and what the other side meant.

Reports of delivery (RFC 3464), free words of older servers, and reports of abuse (RFC 5965).
Answers of machines that tell of an absence are none of these, nor are notes that a mail is late.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import Message
from email.parser import BytesHeaderParser

from comity.newsletter.delivery.kinds import STATUS, kind_of
from comity.newsletter.delivery.suppression import Kind
from comity.newsletter.delivery.tokens import Purpose, Secret, Sent
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.mail import Mail, read_mail

TO_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to", "to")
"""Fields in which mail systems keep the address that a mail came back to."""
CODE = re.compile(r"(?<![\d.])([245]\d\d)(?=[ -])")
LEAVING = re.compile(r"/unsubscribe/([a-z2-7]{16}\.[a-z2-7]{26})(?![a-z2-7])")
"""A link to leave by, with the word that only the reader's own mails hold."""
LONGEST_WORDS = 300
LONGEST_TEXT = 5_000
"""Characters of free words that are looked at."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a mail that came back tells."""

    digest: str
    """Of the mail, so that it counts once."""
    sent: Sent | None
    """Which mail of ours it is about; nothing where it names none."""
    kind: Kind | None
    """Nothing for a complaint."""
    status: str = ""
    words: str = ""

    @property
    def is_complaint(self) -> bool:
        """Whether a reader called a mail unwanted."""
        return self.kind is None


def read_bounce(data: bytes, secret: Secret) -> Bounce | None:
    """Return what a mail tells of a delivery that failed, or ``None`` where it tells of none.

    Only a return path that the publication signed, or the reader's own link to leave by in what
    came back, says whose mail it was: nobody can stop somebody else's mail by a forged report. A
    Message-ID does not, since answers and archives show it to others.
    """
    mail = read_mail(data)
    message = _message(data)
    digest = hashlib.sha256(data).hexdigest()
    sent = _sent(mail, data, secret)
    if _report_type(message) == "feedback-report":
        return Bounce(digest, sent, None) if _is_complaint(message) else None
    reports = list(_reports(message))
    if reports:
        failed = [each for each in reports if _field(each, "Action").lower() == "failed"]
        return _from_report(failed[0], mail.text, digest, sent) if failed else None
    if mail.sort is not Sort.BOUNCE:
        return None
    return _from_words(mail.text[:LONGEST_TEXT], mail.subject, digest, sent)


def _message(data: bytes) -> Message:
    """Return a mail with its parts; of parts in parts in parts, which no server makes, the head."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        for _ in message.walk():
            pass
    except RecursionError:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(data)
    return message


def _from_report(report: Message, text: str, digest: str, sent: Sent | None) -> Bounce:
    status = _field(report, "Status").split(" ")[0]
    words = _field(report, "Diagnostic-Code").partition(";")[2].strip()
    words = words or _beside(_field(report, "Final-Recipient").partition(";")[2].strip(), text)
    kind = kind_of(f"{words} {status}", _code(words))
    return Bounce(digest, sent, kind, status, words[:LONGEST_WORDS])


def _beside(address: str, text: str) -> str:
    """Return the free words behind an address.

    Exim and OpenSMTPD tell the reason there alone; their reports say only 5.0.0.
    """
    told = " ".join(OWN_MAIL.split(text[:LONGEST_TEXT])[0].split())
    found = told.partition(address)[2] if address else ""
    return found.lstrip(": ")[:LONGEST_WORDS]


def _from_words(text: str, subject: str, digest: str, sent: Sent | None) -> Bounce | None:
    """Return what free words tell; a note that a mail is late tells of no failure."""
    if LATE.search(subject) or LATE.search(text[:600]):
        return None
    # What follows is our own mail, whose words say nothing of why it came back.
    told = OWN_MAIL.split(text)[0]
    found = STATUS.search(told)
    words = " ".join(told.split())
    return Bounce(
        digest,
        sent,
        kind_of(words, _code(words)),
        found[0] if found else "",
        words[-LONGEST_WORDS:],
    )


LATE = re.compile(
    r"delayed|warning: (?:could not send|message)|still being (?:tried|retried)"
    r"|not yet been delivered|no action is required|you do not need to resend",
    re.IGNORECASE,
)
OWN_MAIL = re.compile(
    r"^(?:-{3,} ?(?:below this line|this is a copy|original message|the header|returned message"
    r"|the original|message header)|[ \t]*below is a copy|return-path: |received: (?:from|by) )",
    re.IGNORECASE | re.MULTILINE,
)


def _sent(mail: Mail, data: bytes, secret: Secret) -> Sent | None:
    for name in TO_FIELDS:
        found = secret.read_return_path(mail.fields.get(name, ""))
        if found is not None:
            return found
    return _returned(data.decode("latin-1"), secret) or _returned(mail.text, secret)


def _returned(text: str, secret: Secret) -> Sent | None:
    """Return which mail of ours a text holds: a Message-ID beside its reader's link to leave by."""
    sent = secret.read_message_id(text)
    if sent is None:
        return None
    words = (found[1] for found in LEAVING.finditer(text.lower()))
    return sent if (sent.reader,) in (secret.read(Purpose.UNSUBSCRIBE, w) for w in words) else None


def _report_type(message: Message) -> str:
    found = message.get_param("report-type")
    return str(found).lower() if found else ""


def _is_complaint(message: Message) -> bool:
    for part in _parts(message, "message/feedback-report"):
        for fields in _blocks(part):
            if _field(fields, "Feedback-Type").lower() in ("abuse", "opt-out"):
                return True
    return False


def _reports(message: Message) -> Iterator[Message]:
    """Yield what a report of delivery says of each recipient."""
    for part in _parts(message, "message/delivery-status"):
        for fields in _blocks(part):
            if fields.get("Action") is not None:
                yield fields


def _parts(message: Message, kind: str) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == kind:
            yield part


def _blocks(part: Message) -> list[Message]:
    """Return the groups of fields of a report, whether the parser took them apart or not."""
    payload = part.get_payload()
    if isinstance(payload, list):
        inner = [each for each in payload if isinstance(each, Message)]
        if any(each.keys() for each in inner):
            return inner
        payload = "\n\n".join(str(each.get_payload()) for each in inner)
    groups = re.split(r"\r?\n[ \t]*\r?\n", str(payload).strip())
    return [message_from_string(group, policy=policy.compat32) for group in groups]


def _field(fields: Message, name: str) -> str:
    return " ".join(str(fields.get(name, "")).split())


def _code(words: str) -> int:
    found = CODE.search(words)
    return int(found[1]) if found else 0
