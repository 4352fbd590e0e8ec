"""What a relay means by refusing a mail, from its codes or else from its words.

Codes: RFC 5321 (three digits), RFC 3463 and its registry (``5.1.1``). Many servers give a code that
says little and words that say all; words come from the answers of common servers.
"""

from __future__ import annotations

import re

from comity.newsletter.delivery.suppression import Kind

STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")

BY_STATUS = (
    (r"[45]\.2\.2", Kind.FULL),
    (r"5\.1\.(?:1|2|3|6|10)", Kind.HARD),
    (r"5\.2\.1", Kind.HARD),
    (r"5\.4\.4", Kind.HARD),
    (r"[45]\.7\.\d+", Kind.POLICY),
    (r"5\.[36]\.\d+", Kind.POLICY),
    (r"4\.\d+\.\d+", Kind.SOFT),
)
"""Kinds by enhanced status, the first that fits."""

BY_WORDS = (
    (r"greylist|grey-list|try again later|temporar", Kind.SOFT),
    (
        r"over ?quota|quota exceeded|exceeded .{0,40}quota|mailbox (?:is )?full|out of storage",
        Kind.FULL,
    ),
    (
        r"insufficient (?:disk )?(?:space|storage)|storage (?:space )?exceeded|buz[oó]n lleno",
        Kind.FULL,
    ),
    (
        r"spam|blacklist|blocklist|block ?list|\bdnsbl\b|reputation|\bdmarc\b|\bspf\b|\bdkim\b",
        Kind.POLICY,
    ),
    (
        r"relay(?:ing)? (?:access )?denied|not authori[sz]ed|rejected .{0,30}(?:policy|content)",
        Kind.POLICY,
    ),
    (r"message (?:size|is too large)|too large|virus", Kind.POLICY),
    (
        r"user unknown|unknown user|unknown recipient|no such (?:user|mailbox|recipient|address)",
        Kind.HARD,
    ),
    (
        r"(?:user|mailbox|address|recipient|account) .{0,60}(?:not found|does ?n[o']t exist)",
        Kind.HARD,
    ),
    (r"does not exist|doesn't have an? .{0,40}account|no mailbox|not a valid mailbox", Kind.HARD),
    (
        r"(?:mailbox|account|user) .{0,40}(?:disabled|inactive|closed|unavailable|deactivated)",
        Kind.HARD,
    ),
    (r"invalid (?:recipient|mailbox|address)|bad destination|unrouteable address", Kind.HARD),
    (
        r"host(?: or domain name)? not found|domain .{0,40}not (?:found|exist)|nullmx|null mx",
        Kind.HARD,
    ),
    (r"timed? ?out|connection refused|could not be delivered for|retry time", Kind.SOFT),
)
"""Kinds by words, the first that fits."""

HARD_CODES = frozenset({550, 551, 553})
"""Codes by which a server that says nothing else means the mailbox, if it said so to its name."""
FULL_CODE = 552


def kind_of(words: str, code: int = 0, *, at_recipient: bool = True) -> Kind:
    """Return what a refusal means.

    Parameters
    ----------
    words : what the server said, with an enhanced status if it gave one.
    code : its three digits, if known.
    at_recipient : whether it said so to the recipient's name, and not to the words of the mail.

    Examples
    --------
    >>> kind_of("5.2.2 Over quota").name, kind_of("550 no such user here").name
    ('FULL', 'HARD')
    """
    for found in STATUS.finditer(words):
        for pattern, kind in BY_STATUS:
            if re.fullmatch(pattern, found[0]):
                return kind
    text = " ".join(words.casefold().split())
    for pattern, kind in BY_WORDS:
        if re.search(pattern, text):
            return kind
    if not at_recipient:
        return Kind.POLICY if code >= 500 else Kind.SOFT
    if code == FULL_CODE:
        return Kind.FULL
    return Kind.HARD if code in HARD_CODES else Kind.SOFT
