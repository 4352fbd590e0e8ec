"""DKIM signatures: the publication's domain vouches for each mail.

Relaxed canonical forms of head and body, as in RFC 6376, 3.4; keys of RSA (RFC 6376) or of Ed25519
(RFC 8463). Every field that a reader sees or a mail system acts upon is signed, those of RFC 8058
among them, and signed once more than it is there, so that none can be added.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from comity.core.errors import InputError
from comity.newsletter.delivery.keys import refuse_if_shared
from comity.newsletter.model.publication import Post

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

SIGNED = (
    "from",
    "sender",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "reply-to",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-post",
    "list-archive",
    "auto-submitted",
)
"""Fields that are signed, and sealed against others of their name."""
LEAST_BITS = 2048
RSA, ED25519 = "rsa", "ed25519"
KINDS = {RSA: "rsa-sha256", ED25519: "ed25519-sha256"}
"""Kinds of keys, as a DNS record names them, and the algorithms that signatures name."""
SPACES = re.compile(rb"[ \t]{2,}|\t")


class Signer:
    """Signs mails for a domain.

    Parameters
    ----------
    key : private key, PEM in PKCS 8.
    clock : seconds since 1970.

    Raises `InputError` where the key is neither RSA of 2048 bits or more nor Ed25519.
    """

    def __init__(
        self,
        domain: str,
        selector: str,
        key: bytes,
        signed: tuple[str, ...] = SIGNED,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.domain, self.selector, self.signed, self.clock = domain, selector, signed, clock
        self._key = _read(key)

    @property
    def kind(self) -> str:
        """The kind of key, as a DNS record names it."""
        return RSA if hasattr(self._key, "key_size") else ED25519

    @property
    def record(self) -> tuple[str, str]:
        """The name of the DNS record that has to be published, and what it says."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        public = self._key.public_key()
        if self.kind == RSA:
            data = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            data = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        text = f"v=DKIM1; k={self.kind}; p={base64.b64encode(data).decode()}"
        return f"{self.selector}._domainkey.{self.domain}", text

    def sign(self, message: bytes) -> bytes:
        """Return a mail with its signature before it."""
        head, _, body = message.partition(b"\r\n\r\n")
        fields = _fields(head + b"\r\n")
        digest = base64.b64encode(hashlib.sha256(relaxed_body(body)).digest()).decode()
        present = [name for name in self.signed for found, _ in fields if found == name.encode()]
        listed = [*present, *self.signed]
        unsigned = (
            f"v=1; a={KINDS[self.kind]}; c=relaxed/relaxed; d={self.domain};\r\n"
            f" s={self.selector}; t={int(self.clock())};\r\n"
            f" h={_wrapped(':'.join(listed), ':')};\r\n"
            f" bh={digest};\r\n b="
        )
        own = b"dkim-signature:" + _value(unsigned.encode())
        signature = self._sign(_taken(fields, listed) + own)
        text = base64.b64encode(signature).decode()
        lines = "\r\n ".join(text[k : k + 72] for k in range(0, len(text), 72))
        return f"DKIM-Signature: {unsigned}{lines}\r\n".encode() + message

    def _sign(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.hashes import SHA256

        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        # RFC 8463, 3: what Ed25519 signs is itself a digest.
        return self._key.sign(hashlib.sha256(data).digest())


def signer_of(post: Post, folder: Path) -> Signer | None:
    """Return the signer of a publication, or ``None`` where it has no key of its own.

    Raises `InputError` where the key cannot be used, or others can read it.
    """
    if not post.dkim_key_file:
        return None
    path = folder / post.dkim_key_file
    try:
        refuse_if_shared(path)
        key = path.read_bytes()
    except OSError as error:
        raise InputError("cannot read the key", file=str(path), found=error.strerror) from error
    if not (post.dkim_domain and post.dkim_selector):
        raise InputError("a key without its domain and selector", place="post", file=str(path))
    return Signer(post.dkim_domain, post.dkim_selector, key)


def make_key(kind: str = RSA) -> bytes:
    """Return a fresh private key, PEM in PKCS 8."""
    from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    if kind not in KINDS:
        raise InputError("no such kind of key", found=kind, expected=", ".join(KINDS))
    key: RSAPrivateKey | Ed25519PrivateKey
    if kind == RSA:
        key = rsa.generate_private_key(public_exponent=65537, key_size=LEAST_BITS)
    else:
        key = ed25519.Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read(key: bytes) -> RSAPrivateKey | Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    expected = f"PEM of RSA with {LEAST_BITS} bits or more, or of Ed25519, without a password"
    try:
        found = load_pem_private_key(key, None)
    except (ValueError, TypeError) as error:
        raise InputError("not a private key", place="dkim_key_file", expected=expected) from error
    if isinstance(found, Ed25519PrivateKey):
        return found
    if isinstance(found, RSAPrivateKey) and found.key_size >= LEAST_BITS:
        return found
    raise InputError("not a key that signs mails", place="dkim_key_file", expected=expected)


def relaxed_body(body: bytes) -> bytes:
    """Return a body in its relaxed form, RFC 6376, 3.4.4."""
    whole = body if body.endswith(b"\r\n") else body + b"\r\n"
    # Looking for a run of spaces is many times faster than matching each.
    lines = SPACES.sub(b" ", whole) if b"\t" in whole or b"  " in whole else whole
    text = lines.replace(b" \r\n", b"\r\n").rstrip(b"\r\n")
    return text + b"\r\n" if text else b""


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """Return the names of fields in lower case, and their relaxed values."""
    found = re.findall(rb"([^\s:]+)[ \t]*:((?:[^\r\n]|\r\n[ \t])*)\r\n", head)
    return [(name.lower(), _value(value)) for name, value in found]


def _value(value: bytes) -> bytes:
    """Return the value of a field in its relaxed form, RFC 6376, 3.4.2."""
    return SPACES.sub(b" ", value.replace(b"\r\n", b"")).strip(b" \t")


def _taken(fields: list[tuple[bytes, bytes]], listed: list[str]) -> bytes:
    """Return what is signed: fields by name, the last of each name first, RFC 6376, 5.4.2."""
    left = list(reversed(fields))
    text = b""
    for name in listed:
        for place, (found, value) in enumerate(left):
            if found == name.encode():
                text += found + b":" + value + b"\r\n"
                del left[place]
                break
    return text


def _wrapped(text: str, between: str, width: int = 70) -> str:
    """Break a list of names into lines."""
    lines, line = [], ""
    for word in text.split(between):
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line += word + between
    return "\r\n ".join([*lines, line]).removesuffix(between)
