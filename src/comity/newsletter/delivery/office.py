"""What is needed to mail for a publication: its settings, its secret, its key, and its relay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import LONGEST_LOCAL, parse
from comity.newsletter.delivery.keys import secret_of
from comity.newsletter.delivery.letters import Letter, Stationery
from comity.newsletter.delivery.line import Line
from comity.newsletter.delivery.mailer import Outcome, client, hand_over
from comity.newsletter.delivery.readers import Clock, Readers, utc
from comity.newsletter.delivery.signing import Signer, signer_of
from comity.newsletter.delivery.tokens import Secret
from comity.newsletter.model.publication import Publication

MOST_LOCAL = LONGEST_LOCAL - 40
"""Characters before the ``@`` of the address for returns: a reader's word comes behind them."""


@dataclass(frozen=True)
class Office:
    """One publication's post office; made by `open`."""

    publication: Publication
    folder: Path
    engine: Engine = field(repr=False)
    secret: Secret = field(repr=False)
    signer: Signer | None = None
    clock: Clock = utc

    @classmethod
    def open(
        cls, publication: Publication, folder: Path, engine: Engine, clock: Clock = utc
    ) -> Office:
        """Return the office of a publication's folder.

        Raises `InputError` where its settings cannot mail: no sender, addresses that are none, a
        key that does not sign, a relay that cannot be named.
        """
        post = publication.post
        if not post.sender:
            raise InputError("no address to send from", place="post.sender")
        if not publication.url.isascii():
            expected = "its ASCII form (xn--...)"
            raise InputError("no link in a header", place="url", expected=expected)
        for name in ("sender", "reply_to", "bounces"):
            if address := getattr(post, name):
                _check(address, f"post.{name}", MOST_LOCAL if name == "bounces" else LONGEST_LOCAL)
        client(post, folder)
        signer = signer_of(post, folder)
        return cls(publication, folder, engine, secret_of(folder), signer, clock)

    @property
    def stationery(self) -> Stationery:
        """What its mails have in common."""
        return Stationery(self.publication, self.secret)

    @property
    def readers(self) -> Readers:
        """Its readers."""
        return Readers(self.engine, self.secret, self.clock)

    def sealed(self, letter: Letter) -> Letter:
        """Return a mail with its signature, where the publication has a key."""
        if self.signer is None:
            return letter
        return Letter(letter.sender, letter.recipient, self.signer.sign(letter.message))

    async def post(self, letters: Sequence[Letter]) -> list[Outcome]:
        """Hand over mails that no ledger knows, such as tests; return what became of each."""
        line = Line(lambda: client(self.publication.post, self.folder))
        try:
            return [await hand_over(await line.smtp(), self.sealed(each)) for each in letters]
        finally:
            await line.close()


def _check(address: str, place: str, longest: int) -> None:
    try:
        local = parse(address).local
    except InputError as error:
        raise error.within(place=place) from error
    if len(local) > longest:
        expected = f"at most {longest} characters before the @"
        raise InputError("the address is too long", place=place, found=address, expected=expected)


def kept_open(
    settings: Callable[[], Publication], folder: Path, engine: Engine
) -> Callable[[], Office]:
    """Return what gives the office of a publication as it is now, opened anew when that changed."""
    last: list[Office] = []

    def office() -> Office:
        publication = settings()
        if not last or last[0].publication != publication:
            last[:] = [Office.open(publication, folder, engine)]
        return last[0]

    return office
