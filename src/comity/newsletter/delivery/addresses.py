"""Mail addresses: one form for each, and which of them only look alike.

The domain is brought to the ASCII form that mail systems use (IDNA 2008, mapped as in UTS 46), the
local part is kept as it was written. Two addresses are the same reader where domain and local
part agree but for case: no large host tells cases apart, though RFC 5321, section 2.4, lets it.
Tags (``ann+news@``) and dots make different addresses, which is for the reader to choose.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from comity.core.errors import InputError
from comity.newsletter.text.hosts import LOOKS_LIKE, mixed, taken_for

EXPECTED = "an address such as ann@example.org"
LONGEST_LOCAL, LONGEST = 64, 254
"""RFC 5321, 4.5.3.1.1, and the path of 256 octets of 4.5.3.1.3 less its brackets."""
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LOCAL = re.compile(rf"{ATOM}(?:\.{ATOM})*")
"""The dot-atom of RFC 5322, 3.2.3; quoted local parts are not taken."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mail address in the form in which it is used.

    Attributes
    ----------
    local : what stands before ``@``, as it was written.
    domain : what stands behind it, in lower case and in ASCII.
    """

    local: str
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"

    @property
    def key(self) -> str:
        """What two addresses of one reader have in common."""
        return f"{self.local.casefold()}@{self.domain}"

    @property
    def mailbox(self) -> str:
        """Where the mail of all tags arrives: the key without its tag."""
        return f"{self.local.partition('+')[0].casefold()}@{self.domain}"

    @property
    def shown(self) -> str:
        """The address with its domain as people read it."""
        import idna

        return f"{self.local}@{idna.decode(self.domain)}"

    @property
    def skeleton(self) -> str:
        """What is left where look-alike letters are one and tags are left out."""
        untagged = self.local.partition("+")[0].casefold()
        return f"{untagged}@{self.shown.rpartition('@')[2]}".translate(LOOKS_LIKE)

    @property
    def masked(self) -> str:
        """The address as a page may show it to whoever has a link from a mail."""
        return f"{self.local[0]}…@{self.shown.rpartition('@')[2]}"

    @property
    def pretends(self) -> str:
        """The ASCII domain that this one is easily taken for, or nothing."""
        return taken_for(self.shown.rpartition("@")[2])


def parse(text: str) -> Address:
    """Return an address from what somebody wrote.

    Raises `InputError`, which says what is wrong with it.

    Examples
    --------
    >>> print(parse("Ann+news@Bücher.example."))
    Ann+news@xn--bcher-kva.example
    """
    text = text.strip()
    _refuse_invisible(text)
    local, at, domain = text.rpartition("@")
    if not at:
        raise _wrong("not a mail address", text)
    if not local.isascii():
        raise _wrong("letters before the @ that most mail systems cannot carry", local)
    if not LOCAL.fullmatch(local) or len(local) > LONGEST_LOCAL:
        raise _wrong("not what may stand before the @", local)
    address = Address(local, _domain(domain))
    if len(str(address)) > LONGEST:
        raise _wrong("the address is too long", f"{len(str(address))} characters")
    return address


def _wrong(message: str, found: str) -> InputError:
    return InputError(message, place="address", found=repr(found[:80]), expected=EXPECTED)


def _refuse_invisible(text: str) -> None:
    for letter in text:
        if unicodedata.category(letter)[0] in "CZ":
            invisible = f"an invisible character (U+{ord(letter):04X})"
            raise _wrong("a blank inside of it" if letter == " " else invisible, text)


def _domain(text: str) -> str:
    import idna

    try:
        domain = idna.encode(text.removesuffix("."), uts46=True, std3_rules=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise _wrong("not the name of a domain", text) from error
    labels = domain.lower().split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        raise _wrong("not the full name of a domain", text)
    for label in idna.decode(domain).split("."):
        _refuse_mixture(label)
    return ".".join(labels)


def _refuse_mixture(label: str) -> None:
    """Refuse letters of several scripts in one name: honest names hardly ever mix them."""
    if scripts := mixed(label):
        raise _wrong(f"letters of several scripts ({', '.join(scripts)}) in a name", label)
