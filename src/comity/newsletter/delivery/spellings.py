"""An address in every spelling in which texts and files hold it, so that each can be erased.

Mail and its records spell an address as it is, in other cases, percent-encoded, in
quoted-printable, in entities of HTML, in UTF-16, within a return path
(``returns+ann=example.org@``), and in base64, which has three spellings of one text by where it
begins.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from comity.newsletter.delivery.addresses import Address
from comity.newsletter.delivery.unpacking import BROKEN, Stream, contents

ERASED = "(an address that was erased)"
CHUNK = 1 << 24
"""Bytes of a file that are looked at together."""
OVERLAP = 4096
"""Bytes of the end of a part that are looked at again with the next."""
CODED = r"(?<=[%=][0-9A-Fa-f]{2})|(?<=\\[nrt])"
"""What stands for a letter that is no part of an address: encoded, or escaped as JSON does it."""
BEFORE = rf"(?:(?<![\w.+%=-])|{CODED})"
BEFORE_RETURN = rf"(?:(?<!\w)|{CODED})"
AFTER = r"(?![\w-]|\.\w)"
SOFT_BREAK = re.compile(r"=\r?\n")


class Spellings:
    """The spellings of one address.

    Examples
    --------
    >>> from comity.newsletter.delivery.addresses import parse
    >>> ann = Spellings(parse("ann@example.org"))
    >>> ann.erased("To Ann%40Example.ORG and joann@example.org")
    'To (an address that was erased) and joann@example.org'
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        domains = {address.domain, address.shown.rpartition("@")[2]}
        local, ends = _letters(address.local), "|".join(map(_letters, sorted(domains)))
        at = f"(?:{_letter('@')}|&commat;)"
        plain = f"{BEFORE}{local}{at}(?:{ends}){AFTER}"
        returned = f"{BEFORE_RETURN}{local}=(?:{ends}){AFTER}"
        self._pattern = re.compile(f"{plain}|{returned}", re.IGNORECASE)
        # What every spelling but base64 holds as it is: looked for first, since it is found fast.
        self._core = max(re.findall("[a-z0-9]*", address.local.lower()), key=len)
        self._domains = [domain.encode() for domain in domains]

    def are_in(self, text: str) -> bool:
        """Return whether a text holds the address."""
        joined = SOFT_BREAK.sub("", text) if "=" in text else text
        if self._core in joined.lower() and self._pattern.search(joined):
            return True
        return self._in_base64(text.encode("utf-8", "replace"))

    def erased(self, text: str) -> str:
        """Return a text with the address taken out; a text that does not hold it stays as it is."""
        if not self.are_in(text):
            return text
        kept = self._pattern.sub(ERASED, text)
        for coded in self._coded:
            kept = coded.sub(ERASED, kept)
        if self.are_in(kept):
            kept = self._pattern.sub(ERASED, SOFT_BREAK.sub("", kept))
        return kept

    def are_in_bytes(self, data: bytes) -> bool:
        """Return whether bytes of any kind hold the address."""
        lower = data.replace(b"=\r\n", b"").replace(b"=\n", b"").lower()
        # Without zeros, what is ASCII in UTF-16 is ASCII.
        forms = {lower, lower.replace(b"\0", b"")}
        return any(map(self._in_lower_case, forms)) or self._in_base64(data)

    def are_in_file(self, path: Path) -> bool:
        """Return whether a file, or what is packed in it, holds the address.

        Raises `OSError` where it cannot be read or unpacked.
        """
        try:
            return any(map(self._in_stream, contents(path)))
        except BROKEN as error:
            raise OSError(0, f"cannot be unpacked: {error}") from error

    def _in_lower_case(self, data: bytes) -> bool:
        near = self._core.encode() in data and any(domain in data for domain in self._domains)
        return near and bool(self._pattern.search(data.decode("utf-8", "replace")))

    def _in_stream(self, stream: Stream) -> bool:
        rest = b""
        while part := stream.read(CHUNK):
            if self.are_in_bytes(rest + part):
                return True
            rest = part[-OVERLAP:]
        return False

    def _in_base64(self, data: bytes) -> bool:
        whole = data.replace(b"\\n", b"").translate(None, b"\r\n \t")
        return any(piece in whole for piece in self._pieces)

    @cached_property
    def _pieces(self) -> tuple[bytes, ...]:
        """What base64 of the address is in any text, wherever it begins there."""
        words = {str(self.address), self.address.key, self.address.shown}
        return tuple({piece for word in words for piece in _base64(word.encode())})

    @cached_property
    def _coded(self) -> tuple[re.Pattern[str], ...]:
        made = (r"\s*".join(map(re.escape, piece.decode())) for piece in self._pieces)
        return tuple(re.compile(rf"[A-Za-z0-9+/]?{piece}[A-Za-z0-9+/]?") for piece in made)


def _letters(text: str) -> str:
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    """Return a pattern for a letter; what is no ASCII letter or digit may be encoded."""
    if letter.isascii() and letter.isalnum():
        return letter
    octets = "".join(f"[%=]{octet:02X}" for octet in letter.encode())
    number = ord(letter)
    return rf"(?:{re.escape(letter)}|{octets}|&#0*{number};|&#x0*{number:x};|\\u{number:04x})"


def _base64(word: bytes) -> Iterator[bytes]:
    """Yield the letters of base64 that are the word's alone, for each of three places."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + word)
        first = -(-before * 8 // 6)
        last = (before + len(word)) * 8 // 6
        yield coded[first:last]
