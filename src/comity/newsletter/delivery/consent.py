"""What readers agree to, in which words, and how little is kept of where they asked from."""

from __future__ import annotations

import ipaddress
from enum import StrEnum

WORDINGS = {
    "1": "Send me each issue of {name} by mail. I can stop it at any time by a link in each mail.",
}
"""What a sign-up asks, by version. A wording that somebody agreed to is never changed: add one."""
WORDING = "1"
"""The version that is asked now."""
KEPT_BITS = {4: 24, 6: 48}
"""Bits that are kept of a network address, by version: those of a provider, not a household."""


class Act(StrEnum):
    """What a reader did, or what was done in their name."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    IMPORTED = "imported"
    CHOSE = "chose categories"
    LEFT = "left"


def wording(name: str, version: str = WORDING) -> str:
    """Return what a reader of a publication agrees to.

    Examples
    --------
    >>> wording("River Letters").partition(". ")[0]
    'Send me each issue of River Letters by mail'
    """
    return WORDINGS[version].format(name=name)


def coarse(host: str) -> str:
    """Return what is kept of the network address of a request.

    Examples
    --------
    >>> coarse("192.0.2.77"), coarse("2001:db8:1:2::3"), coarse("somewhere")
    ('192.0.2.0/24', '2001:db8:1::/48', '')
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    bits = KEPT_BITS[address.version]
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
