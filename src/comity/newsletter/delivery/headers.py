"""Header fields of a mail, safe whatever a title or a name holds.

Words of people are brought to one line, then encoded (RFC 2047) unless they are plain ASCII. Links
and ids are never encoded or broken: Python's mail policies do that to long ones, and mail systems
then no longer know them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.header import Header
from textwrap import wrap
from typing import Any

from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import Address

LONGEST_LINE = 998
"""Octets of a line, RFC 5322, 2.1.1."""
LONGEST_WORDS = 400
"""Characters of a subject or name that are kept."""
WIDTH = 76
"""Characters of a line, where there are spaces to break it at."""
LONGEST_WORD = 60
"""Characters of a word that is never broken."""
UNBROKEN: dict[str, Any] = {"break_long_words": False, "break_on_hyphens": False}
NAME = re.compile(r"[A-Za-z][A-Za-z-]*")
PRINTABLE = re.compile(r"[ -~]*")


def one_line(text: str) -> str:
    r"""Return words of people on one line, without anything that could end it.

    Examples
    --------
    >>> one_line("Rivers\r\nBcc: eve@example.org")
    'Rivers Bcc: eve@example.org'
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    spaced = "".join(letter if letter.isprintable() else " " for letter in whole)
    return " ".join(spaced.split())[:LONGEST_WORDS].strip()


def subject(text: str) -> str:
    """Return the Subject field."""
    words = one_line(text)
    if not _is_plain(words) or max(map(len, words.split()), default=0) > LONGEST_WORD:
        return f"Subject: {_encoded(words, len('Subject: '))}\r\n"
    return "\r\n ".join(wrap(f"Subject: {words}", WIDTH, **UNBROKEN)) + "\r\n"


def mailbox(field: str, address: Address, name: str = "") -> str:
    """Return a field that holds one address, with a name before it where there is one."""
    words = one_line(name)
    if not words:
        return plain(field, str(address))
    if _is_plain(words):
        quoted = words.replace("\\", "\\\\").replace('"', '\\"')
        return plain(field, f'"{quoted}"', f"<{address}>")
    return f"{field}: {_encoded(words, len(field) + 2)}\r\n <{address}>\r\n"


def plain(field: str, *values: str) -> str:
    """Return a field of printable ASCII, one value a line.

    Raises `InputError` where a value could break out of the field.
    """
    text = "\r\n ".join(values)
    lines = f"{field}: {text}".split("\r\n")
    safe = all(PRINTABLE.fullmatch(value) for value in values)
    if not (NAME.fullmatch(field) and safe and all(len(x) <= LONGEST_LINE for x in lines)):
        raise InputError("not what a header field may hold", place=field, found=repr(text[:80]))
    return "\r\n".join(lines) + "\r\n"


def block(fields: Iterable[str]) -> bytes:
    """Return fields as the head of a mail, without the empty line behind it."""
    return "".join(fields).encode("ascii")


def _is_plain(words: str) -> bool:
    """Return whether words stand for themselves: ASCII that no reader takes for encoded."""
    return words.isascii() and "=?" not in words


def _encoded(words: str, begun: int) -> str:
    header = Header(words, "utf-8", maxlinelen=WIDTH, header_name="x" * (begun - 2))
    return header.encode(linesep="\r\n")
