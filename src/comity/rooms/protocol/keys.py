"""Ed25519 signatures (RFC 8032), and everything secret of a seat from one secret.

Whoever keeps the 32 bytes of a seat's secret can sit down again after a crash: key and nonces
follow from them (HMAC, RFC 2104). How secrets are made is a seat's own affair; only signatures and
commitments are part of the protocol.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from comity.core import canonical_json

SECRET_BYTES = 32

FIELD_PRIME = 2**255 - 19
TWISTED = 2707385501144840649318225287225658788936804267575313519463743609750303402022
SMALL_ORDER = {0, 1, FIELD_PRIME - 1, TWISTED, FIELD_PRIME - TWISTED}
"""Second coordinates of the eight points of order 1, 2, 4 and 8 (Bernstein et al. 2012)."""


@dataclass(frozen=True)
class Key:
    """A key to sign with.

    Attributes
    ----------
    seed : 32 bytes, secret.

    Examples
    --------
    >>> key = Key(bytes(32))
    >>> holds(key.public, key.sign(b"a pie"), b"a pie"), holds(key.public, key.sign(b"a"), b"b")
    (True, False)
    """

    seed: bytes = field(repr=False)

    @property
    def public(self) -> str:
        """The key that all may know, 64 hexadecimal digits."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, data: bytes) -> str:
        """Return the signature, 128 hexadecimal digits."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(data).hex()


def holds(public: str, signature: str, data: bytes) -> bool:
    """Return whether a signature of some data was made with the key behind a public key.

    A key under which one signature fits all messages, or that is not in its one encoding, signs
    nothing: libraries differ on those.
    """
    if not is_strong(public):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_strong(public: str) -> bool:
    """Return whether a public key is in its one encoding and not of small order.

    Examples
    --------
    >>> is_strong(Key(bytes(32)).public), is_strong("01" + 31 * "00")
    (True, False)
    """
    second = int.from_bytes(bytes.fromhex(public), "little") & (2**255 - 1)
    return second < FIELD_PRIME and second not in SMALL_ORDER


def new_secret() -> str:
    """Return 32 random bytes in hexadecimal, from the system's source of secrets."""
    return secrets.token_hex(SECRET_BYTES)


def derived(secret: str, *words: str | int) -> bytes:
    """Return 32 bytes that follow from a secret and words or numbers, and tell nothing of either.

    HMAC-SHA-256 of the canonical JSON of the list of words.

    Examples
    --------
    >>> derived("00" * 32, "key") == derived("00" * 32, "key") != derived("00" * 32, "nonce")
    True
    """
    text = canonical_json(list(words)).encode("utf-8")
    return hmac.new(bytes.fromhex(secret), text, hashlib.sha256).digest()
