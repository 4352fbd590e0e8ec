"""Replies from a mail server by IMAP (RFC 3501), read only: no mail is marked or moved."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from comity.core.errors import InputError
from comity.core.files import read_text
from comity.newsletter.feedback.mail import MOST_BYTES
from comity.newsletter.feedback.mailboxes import Found, Known

SECONDS = 30.0
PORTS = {"imap": 143, "imaps": 993}
AT_ONCE = 200
"""Mails whose sizes are asked for together."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
EXPECTED = "imaps://user@host/folder"
_SIZE = re.compile(rb"UID (\d+)[^)]*RFC822\.SIZE (\d+)|RFC822\.SIZE (\d+)[^)]*UID (\d+)")


@dataclass(frozen=True)
class Imap:
    """A folder on a mail server.

    Connections are encrypted from the start (``imaps``), or before the password is sent (``imap``).
    Only a server on this machine may be reached without.
    """

    scheme: str
    host: str
    port: int
    user: str
    folder: str
    password: str = field(repr=False)
    context: ssl.SSLContext | None = field(default=None, repr=False)

    @classmethod
    def at(cls, place: str, password_file: str) -> Imap:
        """Return the folder at an address, with the password that a file holds in its first line.

        Raises `InputError` where either cannot be used.
        """
        try:
            parts = urlsplit(place)
            port = parts.port
        except ValueError as error:
            raise InputError(
                "not an address of a mailbox", found=place, expected=EXPECTED
            ) from error
        if parts.password:
            raise InputError(
                "a password does not belong into an address", place="source", expected="a file"
            )
        if not parts.hostname or not parts.username:
            raise InputError("not an address of a mailbox", found=place, expected=EXPECTED)
        if not password_file:
            raise InputError(
                "no password", place="--password-file", expected="a file that holds the password"
            )
        return cls(
            parts.scheme,
            parts.hostname,
            port or PORTS[parts.scheme],
            unquote(parts.username),
            unquote(parts.path.strip("/")) or "INBOX",
            read_text(Path(password_file), 10_000).split("\n")[0].strip("\r"),
        )

    @property
    def name(self) -> str:
        """Server, user and folder."""
        return f"imap:{self.user}@{self.host}:{self.port}/{self.folder}"

    def mails(self, known: Known) -> Iterator[Found]:
        """Yield mails by their numbers on the server; keys hold the folder's own generation too.

        Raises `InputError` where the server cannot be reached or does not let us in. What was
        yielded before stays read.
        """
        try:
            with _ending(self._connected()) as server:
                self._ok(server.login(self.user, self.password), "the server does not let us in")
                self._ok(server.select(_quoted(self.folder), readonly=True), "no such folder")
                generation = (server.response("UIDVALIDITY")[1] or [b"0"])[0] or b"0"
                yield from self._new(server, generation.decode("ascii", "replace"), known)
        except (imaplib.IMAP4.error, OSError, ssl.SSLError) as error:
            raise InputError(
                "the mail server does not answer", place=self.name, found=str(error)[:200]
            ) from error

    def _connected(self) -> imaplib.IMAP4:
        context = self.context or ssl.create_default_context()
        if self.scheme == "imaps":
            return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=SECONDS)
        server = imaplib.IMAP4(self.host, self.port, timeout=SECONDS)
        try:
            self._encrypt(server, context)
        except BaseException:
            with suppress(OSError):
                server.shutdown()
            raise
        return server

    def _encrypt(self, server: imaplib.IMAP4, context: ssl.SSLContext) -> None:
        if "STARTTLS" in server.capabilities:
            server.starttls(context)
        elif self.host not in LOCAL:
            raise InputError(
                "the server offers no encryption", place=self.name, expected="imaps or STARTTLS"
            )

    def _new(self, server: imaplib.IMAP4, generation: str, known: Known) -> Iterator[Found]:
        listed = self._ok(server.uid("SEARCH", "ALL"), "cannot list mails")
        numbers = b" ".join(part for part in listed if part).split()
        fresh = [
            uid.decode("ascii") for uid in numbers if not known(f"{generation}.{uid.decode()}")
        ]
        for start in range(0, len(fresh), AT_ONCE):
            part = fresh[start : start + AT_ONCE]
            sizes = self._sizes(server, part)
            for uid in part:
                key = f"{generation}.{uid}"
                if sizes.get(uid, 0) > MOST_BYTES:
                    yield Found(key, None)
                elif (data := self._fetch(server, uid)) is not None:
                    yield Found(key, data)

    def _sizes(self, server: imaplib.IMAP4, uids: list[str]) -> dict[str, int]:
        rows = self._ok(
            server.uid("FETCH", ",".join(uids), "(UID RFC822.SIZE)"), "cannot list sizes"
        )
        found: dict[str, int] = {}
        for row in rows:
            match = _SIZE.search(row[0] if isinstance(row, tuple) else row or b"")
            if match:
                uid, size = (match[1], match[2]) if match[1] else (match[4], match[3])
                found[uid.decode()] = int(size)
        return found

    def _fetch(self, server: imaplib.IMAP4, uid: str) -> bytes | None:
        """Return a mail, or nothing where somebody erased it meanwhile."""
        rows = self._ok(server.uid("FETCH", uid, "(BODY.PEEK[])"), "cannot read a mail")
        return next((row[1] for row in rows if isinstance(row, tuple) and len(row) > 1), None)

    def _ok(self, answer: tuple[str, list], wrong: str) -> list:
        kind, data = answer
        if kind != "OK":
            said = b" ".join(part for part in data if isinstance(part, bytes))
            raise InputError(wrong, place=self.name, found=said.decode("utf-8", "replace")[:200])
        return data


@contextmanager
def _ending(server: imaplib.IMAP4) -> Iterator[imaplib.IMAP4]:
    """Leave the server in the end, also where it left us."""
    try:
        yield server
    finally:
        for leave in (server.logout, server.shutdown):
            with suppress(imaplib.IMAP4.error, OSError):
                leave()


def _quoted(folder: str) -> str:
    """Return a folder's name as the protocol writes it: modified UTF-7 in quotation marks.

    Examples
    --------
    >>> _quoted("Büro & Post")
    '"B&APw-ro &- Post"'
    """
    parts = re.split(r"([^\x20-\x7e]+)", folder.replace("&", "&-"))
    coded = "".join(part if n % 2 == 0 else _base64(part) for n, part in enumerate(parts))
    escaped = coded.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _base64(text: str) -> str:
    from base64 import b64encode

    coded = b64encode(text.encode("utf-16-be")).decode("ascii")
    return "&" + coded.rstrip("=").replace("/", ",") + "-"
