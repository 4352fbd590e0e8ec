"""The link that opens one seat: where the server is, and the token it asks for."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from comity.core.errors import InputError

LINK = re.compile(r"(?P<prefix>.*)/s/(?P<token>[A-Za-z0-9_-]{20,200})/?\Z")
EXPECTED = "https://HOST/s/TOKEN"


@dataclass(frozen=True)
class Link:
    """A seat's way in.

    Attributes
    ----------
    server : address of the server, without a slash at its end.
    token : what shows that the seat is one's own; secret.
    """

    server: str
    token: str = field(repr=False)

    @classmethod
    def read(cls, text: str) -> Link:
        """Return the link that a text is; raise `InputError` for any other.

        Examples
        --------
        >>> Link.read("https://rooms.example/s/" + "a" * 43).server
        'https://rooms.example'
        """
        parts = urlsplit(text.strip())
        found = LINK.match(parts.path)
        if found is None or parts.query or parts.fragment:
            raise InputError("not the link of a seat", place="LINK", expected=EXPECTED)
        address = urlunsplit((parts.scheme, parts.netloc, found["prefix"], "", ""))
        return cls(server_address(address), found["token"])

    def __str__(self) -> str:
        return f"{self.server}/s/{self.token}"


def server_address(text: str) -> str:
    """Return the address of a server in its plain form; raise `InputError` for anything else.

    Examples
    --------
    >>> server_address("http://localhost:8000/")
    'http://localhost:8000'
    """
    parts = urlsplit(text.strip())
    try:
        named = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if parts.scheme not in ("http", "https") or not named or parts.query or parts.fragment:
        raise InputError(
            "not the address of a server",
            place="server",
            found=repr(text)[:80],
            expected="https://HOST",
        )
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def is_exposed(address: str) -> bool:
    """Return whether whoever carries what is sent to an address can read it, tokens included.

    Examples
    --------
    >>> is_exposed("http://rooms.example"), is_exposed("https://rooms.example")
    (True, False)
    >>> is_exposed("http://localhost:8000/s/abc"), is_exposed("http://127.0.0.1")
    (False, False)
    """
    parts = urlsplit(address.strip())
    host = parts.hostname or ""
    with suppress(ValueError):
        return parts.scheme == "http" and not ip_address(host).is_loopback
    return parts.scheme == "http" and host != "localhost" and not host.endswith(".localhost")
