"""Sending an issue, from the first question to the last mail.

The same call begins a sending, goes on with one that stopped or crashed, and finishes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from comity.core.database import transaction
from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.ledger import Job, Ledger, State, Unknown, recipients
from comity.newsletter.delivery.letters import Letter, Recipient
from comity.newsletter.delivery.mailer import Outcome, client
from comity.newsletter.delivery.office import Office
from comity.newsletter.delivery.pace import Pace
from comity.newsletter.delivery.resolving import Resolver, resolve
from comity.newsletter.delivery.returning import forgive_refusals, note_refusal
from comity.newsletter.delivery.sender import BACKOFF, Sender
from comity.newsletter.delivery.suppression import is_suppressed
from comity.newsletter.delivery.tokens import Sent
from comity.newsletter.delivery.turns import alone

if TYPE_CHECKING:
    from sqlalchemy import Connection

Render = Callable[[frozenset[str]], Content | None]
"""Makes the issue without some categories, or nothing where nothing is left."""
TEST_READER = "a" * 16
"""Stands for a reader in tests; its links lead nowhere."""


@dataclass(frozen=True)
class Prospect:
    """What sending an issue would mean now."""

    begun: bool
    waiting: int
    """Mails that would go."""
    counts: Mapping[State, int]
    is_changed: bool
    """Whether the issue says something else than when its sending began."""


@dataclass
class Sending:
    """The sending of one issue.

    Parameters
    ----------
    render : called once for each set of categories that readers leave out.
    backoff : seconds before each new trial of a mail that is not taken for now.
    """

    office: Office
    number: int
    render: Render
    backoff: tuple[float, ...] = BACKOFF
    _rendered: dict[frozenset[str], Content | None] = field(default_factory=dict, init=False)
    _sender: Sender | None = field(default=None, init=False)

    @property
    def ledger(self) -> Ledger:
        """What is written down of it."""
        return Ledger(self.office.engine, self.number, lambda: self.office.clock().timestamp())

    def prospect(self) -> Prospect:
        """Return what would be sent."""
        counts = self.ledger.counts()
        digest = self.ledger.digest()
        if digest is None:
            with transaction(self.office.engine, writes=False) as connection:
                waiting = len(recipients(connection, self.office.secret))
            return Prospect(False, waiting, counts, False)
        return Prospect(True, counts[State.WAITING], counts, digest != self._digest())

    async def test(self, address: Recipient) -> Outcome:
        """Mail the whole issue to one address, by the way that it will take to readers."""
        content = self._content(frozenset())
        assert content is not None
        marked = replace(content, subject=f"[Test] {content.subject}")
        now = self.office.clock()
        again = str(int(now.timestamp() * 1000))
        letter = self.office.stationery.issue(marked, address, self.number, now, again)
        (outcome,) = await self.office.post([letter])
        return outcome

    async def run(
        self,
        *,
        resolver: Resolver | None = None,
        unknown: State | None = None,
        refused: bool = False,
        tell: Callable[[int, int], None] = lambda done, total: None,
    ) -> Sequence[Unknown]:
        """Mail the issue to all who wait for it; return those of whom nobody knows.

        Parameters
        ----------
        resolver : asks the relay what it took of mails that a crash left unknown.
        unknown : what to do with mails that stay unknown: `State.WAITING` repeats them, at the
            risk of a second copy; `State.GIVEN_UP` does not. Nothing leaves them for later.
        refused : whether to try again what the relay refused.
        tell : called with the number of mails that are done, and of all that this run has.
        """
        office, ledger = self.office, self.ledger
        with alone(office.folder):
            ledger.begin(self._digest(), office.secret, office.clock())
            left = resolve(ledger, office.secret, resolver)
            if unknown is not None:
                ledger.decide([each.reader for each in left], unknown, "as the editor decided")
            if refused:
                forgive_refusals(office.readers, self.number)
                ledger.retry_refused()
            self._sender = self._made(ledger, tell)
            try:
                await self._sender.run()
            finally:
                self._sender = None
            return ledger.find_unknown()

    def stop(self) -> None:
        """End the run after the mails that are on their way."""
        if self._sender is not None:
            self._sender.stop()

    def _made(self, ledger: Ledger, tell: Callable[[int, int], None]) -> Sender:
        post = self.office.publication.post
        return Sender(
            ledger,
            self._compose,
            lambda: client(post, self.office.folder),
            Pace(post.per_second, post.per_domain),
            connections=post.at_once,
            backoff=self.backoff,
            may=self._may,
            refused=self._note,
            tell=tell,
        )

    def _compose(self, job: Job) -> Letter | None:
        content = self._content(job.without)
        if content is None:
            return None
        now = self.office.clock()
        return self.office.sealed(self.office.stationery.issue(content, job.to, self.number, now))

    def _content(self, without: frozenset[str]) -> Content | None:
        if without not in self._rendered:
            self._rendered[without] = self.render(without)
        return self._rendered[without]

    def _digest(self) -> str:
        """Return what tells the words of the whole issue from any others."""
        content = self._content(frozenset())
        words = (content.subject, content.text, content.html) if content else ()
        return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()

    def _may(self, connection: Connection, job: Job) -> bool:
        hidden = self.office.secret.hide(job.to.address.key)
        return not is_suppressed(connection, hidden)

    def _note(self, connection: Connection, job: Job, outcome: Outcome) -> None:
        sent = Sent(self.number, job.to.reader)
        note_refusal(connection, self.office.readers, sent, outcome)
