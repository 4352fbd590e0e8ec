"""Signed words that stand in links, return paths and message ids.

Each names a reader by an id that means nothing elsewhere, never by an address, and is good for one
purpose only: HMAC-SHA256 (RFC 2104) over the purpose and what is signed, under the publication's
secret, compared in constant time. All are of small letters and digits, since some mail systems
change the case of what stands before an ``@``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from enum import StrEnum
from typing import NamedTuple

ID_BYTES = 10
"""80 random bits: 16 letters."""
LONG, SHORT = 26, 12
"""Letters of a signature: 130 bits in links; 60 where a local part has only 64 letters in all."""


class Purpose(StrEnum):
    """What a signed word lets its holder do."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    RETURN = "return"
    MESSAGE = "message"


class Sent(NamedTuple):
    """Which mail something answers."""

    issue: int
    reader: str


def new_id() -> str:
    """Return the id of a new reader."""
    return _letters(secrets.token_bytes(ID_BYTES))


class Secret:
    """The secret of a publication, from which all its signatures come.

    Parameters
    ----------
    key : 32 random bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, *parts: str, length: int = LONG) -> str:
        """Return the signature of some words; no two lists of words are signed alike."""
        text = "".join(f"{len(part.encode())}:{part}" for part in parts).encode()
        return _letters(hmac.new(self._key, text, hashlib.sha256).digest())[:length]

    def word(self, purpose: Purpose, *parts: str) -> str:
        """Return a signed word for a link: ``part.part.signature``."""
        return ".".join((*parts, self.sign(purpose, *parts)))

    def read(self, purpose: Purpose, word: str) -> tuple[str, ...] | None:
        """Return what a word signs, or ``None`` where it is not ours or for another purpose."""
        *parts, signature = word.split(".")
        return tuple(parts) if self._is_ours(signature, LONG, purpose, *parts) else None

    def return_path(self, bounces: str, sent: Sent) -> str:
        """Return where a mail comes back to if it cannot be delivered (VERP).

        Parameters
        ----------
        bounces : the address behind whose local part the reader's word is put.

        Source: Bernstein 1997, "Variable Envelope Return Paths".
        """
        local, _, domain = bounces.partition("@")
        number, signature = str(sent.issue), self._short(Purpose.RETURN, sent)
        return f"{local}+{number}-{sent.reader}-{signature}@{domain}"

    def read_return_path(self, address: str) -> Sent | None:
        """Return which mail came back to an address, or ``None`` where it is no return path."""
        found = RETURN_PATH.search(address.lower())
        return self._sent(Purpose.RETURN, found) if found else None

    def message_id(self, domain: str, sent: Sent) -> str:
        """Return the Message-ID of the mail of an issue to a reader, the same at each trial."""
        signature = self._short(Purpose.MESSAGE, sent)
        return f"<{sent.issue}.{sent.reader}.{signature}@{domain}>"

    def read_message_id(self, text: str) -> Sent | None:
        """Return which mail a Message-ID, In-Reply-To or References header names, the last first.

        Ids of others in the same header are passed over.
        """
        for found in reversed(list(MESSAGE_ID.finditer(text.lower()))):
            sent = self._sent(Purpose.MESSAGE, found)
            if sent is not None:
                return sent
        return None

    def hide(self, key: str) -> str:
        """Return what stands for an address that is not kept: nobody without the secret finds it.

        Parameters
        ----------
        key : as of `comity.newsletter.delivery.addresses.Address`.
        """
        return self.sign("hidden", key, length=52)

    def _short(self, purpose: Purpose, sent: Sent) -> str:
        return self.sign(purpose, str(sent.issue), sent.reader, length=SHORT)

    def _sent(self, purpose: Purpose, found: re.Match[str]) -> Sent | None:
        number, reader, signature = found.groups()
        ours = self._is_ours(signature, SHORT, purpose, number, reader)
        return Sent(int(number), reader) if ours else None

    def _is_ours(self, signature: str, length: int, *parts: str) -> bool:
        expected = self.sign(*parts, length=length)
        return hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode())


RETURN_PATH = re.compile(r"\+(\d{1,9})-([a-z2-7]{16})-([a-z2-7]{12})@")
MESSAGE_ID = re.compile(r"<(\d{1,9})\.([a-z2-7]{16})\.([a-z2-7]{12})@[^<>\s]+>")


def _letters(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").rstrip("=").lower()
