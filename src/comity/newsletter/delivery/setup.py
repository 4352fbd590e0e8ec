"""Whether a publication's mail can be believed: what its settings lack, and what DNS must say.

Only what stands in the settings is judged: DNS is not asked. Rules are those that Google and Yahoo
state for senders of bulk mail since February 2024: From is aligned with SPF or DKIM (RFC 7489,
3.1), mail is signed, and one click unsubscribes (RFC 8058).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.mailer import LOCAL
from comity.newsletter.delivery.office import Office
from comity.newsletter.delivery.signing import ED25519

CHUNK = 255
"""Octets of one string of a TXT record, RFC 1035, 3.3.14."""
PROVIDERS = frozenset(
    {
        "aol.com",
        "gmail.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "outlook.com",
        "proton.me",
        "web.de",
        "yahoo.com",
    }
)
"""Domains of mailboxes, for which nobody else can vouch: a choice of the large ones."""
RELAY, SERVER = "ADDRESS-OF-YOUR-RELAY", "NAME-OF-YOUR-MAIL-SERVER"
"""Stand in records for what the settings do not tell."""


class Fault(NamedTuple):
    """What makes mail harder to believe."""

    place: str
    """A setting."""
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Record(NamedTuple):
    """A DNS record to publish."""

    host: str
    kind: str
    text: str
    why: str

    def __str__(self) -> str:
        """Return the record as a zone file has it."""
        shown = strings(self.text) if self.kind == "TXT" else self.text
        return f"{self.host}. IN {self.kind} {shown}"


def strings(text: str) -> str:
    """Return the text of a TXT record as strings that are short enough.

    Examples
    --------
    >>> strings("v=spf1 -all")
    '( "v=spf1 -all" )'
    """
    parts = (f'"{text[k : k + CHUNK]}"' for k in range(0, len(text), CHUNK))
    return f"( {' '.join(parts)} )"


def aligned(one: str, other: str) -> bool:
    """Return whether two domains are one, or one is below the other.

    DMARC also lets two stand below one registered domain; which those are, only a list tells.
    """
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _unless(one: str, other: str) -> str:
    """Return what must be said where two domains may stand below one registered domain."""
    may = one.split(".")[-2:] == other.split(".")[-2:]
    return ", unless one owner registered the domain above both" if may else ""


def faults(office: Office) -> Iterator[Fault]:
    """Yield what settings with which mail can go lack for it to be believed."""
    publication, post, signer = office.publication, office.publication.post, office.signer
    sender = parse(post.sender).domain
    if sender in PROVIDERS:
        yield Fault("post.sender", f"nobody but {sender} can vouch for it; use a domain of yours")
    if not publication.url.startswith("https:"):
        yield Fault("url", "no one-click unsubscription without https (RFC 8058)")
    if not post.bounces:
        yield Fault("post.bounces", "returned mail stops nothing: whose it was is not told")
    elif not aligned(returns := parse(post.bounces).domain, sender):
        said = f"another domain than {sender}: SPF says nothing for From"
        yield Fault("post.bounces", said + _unless(returns, sender))
    if signer is None:
        yield Fault("post.dkim_key_file", "no signature (comity newsletter key makes a key)")
    else:
        if not aligned(vouching := signer.domain.lower(), sender):
            said = f"vouches for another domain than {sender}"
            yield Fault("post.dkim_domain", said + _unless(vouching, sender))
        if signer.kind == ED25519:
            yield Fault("post.dkim_key_file", "several receivers pass over Ed25519; take RSA")
    if post.tls == "none" and post.host not in LOCAL:
        yield Fault("post.tls", f"mails are readable on their way to {post.host}")


def records(office: Office) -> Iterator[Record]:
    """Yield the DNS records that the settings call for."""
    post, signer = office.publication.post, office.signer
    sender = parse(post.sender).domain
    returns = parse(post.bounces or post.sender).domain
    yield Record(returns, "TXT", f"v=spf1 ip4:{RELAY} -all", "SPF: which machines send")
    if signer is not None:
        yield Record(signer.record[0], "TXT", signer.record[1], "DKIM: the key that signs")
    rule = f"v=DMARC1; p=none; rua=mailto:dmarc@{sender}"
    yield Record(f"_dmarc.{sender}", "TXT", rule, "DMARC: that these agree with From")
    yield Record(returns, "MX", f"10 {SERVER}.", "where returned mail arrives")
