"""Where a request comes from: which address, and whether our own page sent it."""

from __future__ import annotations

import ipaddress

from starlette.requests import Request

NETWORK = 64
"""Bits of an IPv6 address that tell one household or host from others: it has all below them."""


def address_of(request: Request) -> str:
    """Return where a request comes from, as far as it tells those who ask apart."""
    return network(request.client.host if request.client else "")


def network(host: str) -> str:
    """Return what of an address one party cannot change at will.

    Examples
    --------
    >>> network("192.0.2.7"), network("2001:db8:0:1:2:3:4:5"), network("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8:0:1::', '192.0.2.7')
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), NETWORK), strict=False).network_address)


def is_foreign(request: Request, ours: str) -> bool:
    """Return whether a browser says that another site than ``ours``, an origin, sent a request."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    return (origin is not None and origin != ours) or site not in ("same-origin", "none")
