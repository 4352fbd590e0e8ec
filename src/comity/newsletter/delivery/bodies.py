"""What a mail says, and how that becomes the body of a mail.

The words are the same for many readers; two links are each reader's own, and an edition holds marks
where they will stand. Where it holds none, they are put below it: nobody gets a mail without a way
out.
"""

from __future__ import annotations

import binascii
import html
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from comity.core.errors import InputError
from comity.newsletter.delivery.headers import block, one_line, plain

UNSUBSCRIBE, PREFERENCES = "unsubscribe", "preferences"
MARKS = {
    UNSUBSCRIBE: "https://unsubscribe.invalid/",
    PREFERENCES: "https://preferences.invalid/",
}
"""Links that an edition holds where a reader's own will stand."""
FOOTER = (
    "\n-- \nYou get this because you asked for {name}.\n"
    "Stop it: {unsubscribe}\nChoose categories: {preferences}\n"
)
FOOTER_HTML = (
    "<p>You get this because you asked for {name}. "
    '<a href="{unsubscribe}">Stop it</a>, or <a href="{preferences}">choose categories</a>.</p>'
)


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail says, before it is any reader's."""

    subject: str
    text: str
    html: str = ""

    @classmethod
    def of(cls, message: EmailMessage) -> Content:
        """Return the content of a mail that was made for nobody yet."""
        bodies = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
        text, page = (str(part.get_content()) if part else "" for part in bodies.values())
        return cls(str(message["Subject"] or ""), text, page)


def personal(content: Content, links: Mapping[str, str], name: str) -> Content:
    """Return content with a reader's own links.

    Parameters
    ----------
    links : by the names in `MARKS`.
    name : of the publication.
    """
    text, page = content.text, content.html
    if MARKS[UNSUBSCRIBE] not in text:
        text += FOOTER.format(name=one_line(name), **MARKS)
    if page and MARKS[UNSUBSCRIBE] not in page:
        before, end, after = page.rpartition("</body>")
        footer = FOOTER_HTML.format(name=html.escape(one_line(name)), **MARKS)
        page = f"{before}{footer}{end}{after}" if end else page + footer
    for own, mark in MARKS.items():
        text = text.replace(mark, links[own])
        page = page.replace(mark, html.escape(links[own]))
    return Content(content.subject, text, page)


def body(content: Content, mark: str) -> tuple[list[str], bytes]:
    """Return the fields of a body and the body: plain text first, the richest form last.

    Parameters
    ----------
    mark : what the boundary between its parts is made of: letters and digits.
    """
    version = plain("MIME-Version", "1.0")
    if not content.html:
        head, coded = _part("text/plain", content.text)
        return [version, *head], coded
    # No quoted-printable text holds "=_", so that no part can hold the boundary.
    boundary = f"=_{mark}"
    coded = b""
    for kind, text in (("text/plain", content.text), ("text/html", content.html)):
        head, part = _part(kind, text)
        coded += f"--{boundary}\r\n".encode() + block(head) + b"\r\n" + part + b"\r\n"
    kind = plain("Content-Type", "multipart/alternative;", f'boundary="{boundary}"')
    return [version, kind], coded + f"--{boundary}--\r\n".encode()


def _part(kind: str, text: str) -> tuple[list[str], bytes]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    if "\x00" in lines:
        raise InputError("a character that no mail may hold", place=kind, found="U+0000")
    coded = binascii.b2a_qp(lines.encode("utf-8", "replace")).replace(b"\n", b"\r\n")
    head = [
        plain("Content-Type", f'{kind}; charset="utf-8"'),
        plain("Content-Transfer-Encoding", "quoted-printable"),
    ]
    return head, coded
