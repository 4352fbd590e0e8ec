"""One mail for one reader: an issue's words, the reader's own links, and what mail systems need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from comity.newsletter.delivery.addresses import Address, parse
from comity.newsletter.delivery.bodies import (
    PREFERENCES,
    UNSUBSCRIBE,
    Content,
    body,
    personal,
)
from comity.newsletter.delivery.headers import block, mailbox, plain, subject
from comity.newsletter.delivery.tokens import Purpose, Secret, Sent
from comity.newsletter.model.publication import Publication

AUTOMATIC = ("auto-generated", "OOF, AutoReply")
ONE_CLICK = "List-Unsubscribe=One-Click"
PAGES = {UNSUBSCRIBE: Purpose.UNSUBSCRIBE, PREFERENCES: Purpose.PREFERENCES}
"""Pages that a reader reaches by a link of their own in each issue."""
LEAVE = "unsubscribe"
"""First word of the subject of a mail that asks for no more; the reader's own word follows."""
SITE = "/readers"
"""Where the pages for readers are, under the publication's address."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a mail goes to."""

    reader: str
    address: Address
    name: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is handed to a relay."""

    sender: str
    """Return path."""
    recipient: str
    message: bytes


@dataclass(frozen=True)
class Stationery:
    """What all mails of a publication have in common."""

    publication: Publication
    secret: Secret

    def link(self, page: str, purpose: Purpose, *parts: str) -> str:
        """Return the address of a page that only a signed word opens."""
        return f"{self.publication.url}{SITE}/{page}/{self.secret.word(purpose, *parts)}"

    def links(self, reader: str) -> dict[str, str]:
        """Return a reader's own links by the name of their page."""
        return {page: self.link(page, purpose, reader) for page, purpose in PAGES.items()}

    def issue(
        self, content: Content, to: Recipient, number: int, now: datetime, again: str = ""
    ) -> Letter:
        """Return the mail of an issue to one reader.

        Parameters
        ----------
        again : what tells this mail from others to the same reader: they would have one Message-ID
            otherwise, and many mailboxes show only the first of an id.
        """
        sent = Sent(number, to.reader)
        links = self.links(to.reader)
        fields = [*self._common(content, to, sent, now, again), *self._list_fields(links)]
        return self._letter(personal(content, links, self.publication.name), to, sent, fields)

    def notice(self, content: Content, to: Recipient, now: datetime) -> Letter:
        """Return a mail that a reader's own request caused, such as the one to confirm by."""
        sent = Sent(0, to.reader)
        automatic, quiet = AUTOMATIC
        fields = [
            *self._common(content, to, sent, now, str(int(now.timestamp()))),
            plain("Auto-Submitted", automatic),
            plain("X-Auto-Response-Suppress", quiet),
        ]
        return self._letter(content, to, sent, fields)

    def _common(
        self, content: Content, to: Recipient, sent: Sent, now: datetime, again: str = ""
    ) -> Iterator[str]:
        post = self.publication.post
        sender = parse(post.sender)
        name = self.secret.message_id(sender.domain, sent)
        yield mailbox("From", sender, self.publication.name)
        yield mailbox("To", to.address, to.name)
        yield subject(content.subject)
        yield plain("Date", format_datetime(now))
        yield plain("Message-ID", f"<{again}.{name[1:]}" if again else name)
        if post.reply_to:
            yield mailbox("Reply-To", parse(post.reply_to), self.publication.editor)

    def _list_fields(self, links: dict[str, str]) -> Iterator[str]:
        """Yield what RFC 2369, 2919 and 8058 ask of a list that only its editors write to."""
        unsubscribe = links["unsubscribe"]
        yield list_id(self.publication)
        if bounces := self.publication.post.bounces:
            mail = f"<mailto:{parse(bounces)}?subject={LEAVE}%20{unsubscribe.rpartition('/')[2]}>"
            yield plain("List-Unsubscribe", f"<{unsubscribe}>,", mail)
        else:
            yield plain("List-Unsubscribe", f"<{unsubscribe}>")
        if unsubscribe.startswith("https:"):
            yield plain("List-Unsubscribe-Post", ONE_CLICK)
        yield plain("List-Post", "NO")
        yield plain("List-Archive", f"<{self.publication.url}/>")
        yield plain("Precedence", "list")
        yield plain("X-Auto-Response-Suppress", AUTOMATIC[1])

    def _letter(self, content: Content, to: Recipient, sent: Sent, fields: list[str]) -> Letter:
        post = self.publication.post
        returns = str(parse(post.bounces or post.sender))
        path = self.secret.return_path(returns, sent) if post.bounces else returns
        mark = self.secret.sign("boundary", str(sent.issue), sent.reader)
        head, coded = body(content, mark)
        return Letter(path, str(to.address), block([*fields, *head]) + b"\r\n" + coded)


def list_id(publication: Publication) -> str:
    """Return the List-Id field (RFC 2919): the same for all issues, whatever server sends them."""
    host = urlsplit(publication.url).hostname or "localhost"
    label = "".join(x for x in publication.short.lower() if x.isascii() and x.isalnum()) or "list"
    return plain("List-Id", f"<{label}.{host}>")
