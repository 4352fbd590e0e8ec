"""Reading mailboxes: each mail once, none lost, whatever interrupts it.

A mail and the note that it was read are written in one transaction. After a crash the mails without
a note are read again; one that was written is known by its digest, by whatever road it comes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from comity.core.database import transaction
from comity.core.results import Result
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.entries import Finder
from comity.newsletter.feedback.issues import SentIn, Sure, match_issue
from comity.newsletter.feedback.keeping import (
    add_reply,
    is_known,
    mark_erased,
    mark_seen,
    now,
    seen_keys,
)
from comity.newsletter.feedback.mail import read_mail
from comity.newsletter.feedback.mailboxes import Mailbox
from comity.newsletter.feedback.reply import Reply
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.publication import Publication

ID_DIGITS = 12


@dataclass(frozen=True)
class Taken(Result):
    """What came of one visit to a mailbox."""

    mailbox: str
    replies: tuple[str, ...]
    """Ids of new mails that people wrote."""
    set_aside: dict[str, int]
    """How many new mails were automatic, returned or our own."""
    known: int
    """Mails that had come by another road before."""
    too_large: int


class Reading:
    """Reads mails for one publication.

    Parameters
    ----------
    publication, archive : what replies are matched with.
    sent_in : tells the issue by the signed ids in a header field; see
        `comity.newsletter.delivery.tokens.Secret.read_message_id`.
    returned : is handed each mail that came back, before it is noted as read.
    leaves : is handed the subject of each other mail; tells whether it asks for no more mail.
    forgotten : is handed the words of each mail of a machine; tells whether they name somebody who
        asked to be forgotten. Nothing of such a mail is kept.
    """

    def __init__(
        self,
        publication: Publication,
        archive: Archive,
        *,
        sent_in: SentIn = lambda _: None,
        returned: Callable[[bytes], object] = lambda _: None,
        leaves: Callable[[str], bool] = lambda _: False,
        forgotten: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.publication = publication
        self.archive = archive
        self.sent_in = sent_in
        self.returned, self.leaves, self.forgotten = returned, leaves, forgotten
        self.finder = Finder(archive.entries)
        post = publication.post
        addresses = (post.sender, post.reply_to, publication.address)
        self.own = frozenset(a.lower() for a in addresses if a)

    def read(self, data: bytes) -> Reply:
        """Return a mail as a reply, with the issue and the entries that it is about."""
        mail = read_mail(data, self.own)
        pieces = mail.pieces
        issue = match_issue(mail, self.publication, self.archive, self.sent_in)
        by_hand = mail.sort is Sort.REPLY
        where = issue.issue if issue and issue.sure is not Sure.GUESS else None
        return Reply(
            id=mail.digest[:ID_DIGITS],
            digest=mail.digest,
            message_id=mail.message_id,
            name=mail.name,
            address=mail.address,
            subject=mail.subject,
            date=mail.date,
            taken=now(),
            pieces=pieces,
            issue=issue,
            matches=self.finder.find(pieces, where) if by_hand else (),
            sort=mail.sort,
            sort_by=mail.sort_by,
        )

    def take(self, database: Engine, mailbox: Mailbox) -> Taken:
        """Read what is new in a mailbox and store it.

        Raises `InputError` where the mailbox cannot be read; what was read before that stays.
        """
        seen = seen_keys(database, mailbox.name)
        new: list[str] = []
        counts: Counter[str] = Counter()
        for found in mailbox.mails(seen.__contains__):
            reply = None if found.data is None else self.read(found.data)
            if reply is not None and found.data is not None:
                reply = self._heed(database, reply, found.data)
            hidden = reply is not None and self._is_of_the_forgotten(reply)
            with transaction(database, writes=True) as connection:
                mark_seen(connection, mailbox.name, found.key)
                if reply is None:
                    counts["too large"] += 1
                elif is_known(connection, reply.digest):
                    counts["known"] += 1
                else:
                    if hidden:
                        mark_erased(connection, reply.digest)
                    else:
                        add_reply(connection, reply)
                    counts[reply.sort] += 1
                    new += [reply.id] if reply.sort is Sort.REPLY else []
        aside = {sort.value: counts[sort] for sort in Sort if sort is not Sort.REPLY}
        return Taken(mailbox.name, tuple(new), aside, counts["known"], counts["too large"])

    def _is_of_the_forgotten(self, reply: Reply) -> bool:
        if reply.sort is Sort.REPLY:
            return False
        words = (reply.address, reply.subject, *(piece.text for piece in reply.pieces))
        return self.forgotten("\n".join(words))

    def _heed(self, database: Engine, reply: Reply, data: bytes) -> Reply:
        """Hand on what a mail asks or tells, once: it may have been overtaken since."""
        with transaction(database, writes=False) as connection:
            known = is_known(connection, reply.digest)
        if known:
            return reply
        if reply.sort is Sort.BOUNCE:
            self.returned(data)
        elif self.leaves(reply.subject):
            return replace(reply, sort=Sort.AUTOMATIC, sort_by="it asks for no more mail")
        return reply
