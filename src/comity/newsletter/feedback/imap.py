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
from comity.newsletter.feedback.imap_folders import choose, encode, quoted, read_list
from comity.newsletter.feedback.mail import MOST_BYTES
from comity.newsletter.feedback.mailboxes import Found, Known

SECONDS = 30.0
PORTS = {"imap": 143, "imaps": 993}
AT_ONCE = 200
"""Mails whose sizes are asked for together."""
LISTED_AT_ONCE = 5000
"""Mails whose numbers are asked for together."""
MOST_NAMES, LONGEST_WORDS = 30, 200
"""Folders that are named, and characters of a server's words, where something is wrong."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
EXPECTED = "imaps://user@host/folder"
_UID = re.compile(rb"UID (\d+)")
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
        user = unquote(parts.username)
        if not user.isprintable():
            raise InputError("not an address of a mailbox", found=place, expected=EXPECTED)
        if not password_file:
            raise InputError(
                "no password", place="--password-file", expected="a file that holds the password"
            )
        return cls(
            parts.scheme,
            parts.hostname,
            port or PORTS[parts.scheme],
            user,
            unquote(parts.path.strip("/")) or "INBOX",
            read_text(Path(password_file), 10_000).split("\n")[0].strip("\r"),
        )

    @property
    def name(self) -> str:
        """Server, user and folder."""
        return f"imap:{self.user}@{self.host}:{self.port}/{self.folder}"

    def mails(self, known: Known) -> Iterator[Found]:
        """Yield mails by their numbers on the server; keys hold the folder's own generation too.

        Raises `InputError` where the server cannot be reached, is not trusted, or does not let us
        in. What was yielded before stays read.
        """
        try:
            with _ending(self._connected()) as server:
                self._login(server)
                count = self._open(server)
                generation = (server.response("UIDVALIDITY")[1] or [b"0"])[0] or b"0"
                yield from self._new(server, count, generation.decode("ascii", "replace"), known)
        except ssl.SSLCertVerificationError as error:
            raise InputError(
                "the mail server's certificate is not trusted",
                place=self.name,
                found=error.verify_message,
                expected="one of a known authority, or of one in the file that SSL_CERT_FILE names",
            ) from error
        except (imaplib.IMAP4.error, OSError) as error:
            raise InputError(
                "the mail server does not answer", place=self.name, found=_said(error)
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

    def _login(self, server: imaplib.IMAP4) -> None:
        """Let the server know who we are; by PLAIN (RFC 4616), which knows all letters, if it can.

        Raises `InputError` where it does not let us in.
        """
        both = f"\0{self.user}\0{self.password}"
        by_plain = "AUTH=PLAIN" in server.capabilities
        if not (by_plain or both.isascii()):
            raise InputError(
                "letters in user or password that the server cannot be told", place=self.name
            )
        try:
            if by_plain:
                server.authenticate("PLAIN", lambda _: both.encode())
            else:
                server.login(quoted(self.user), self.password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise InputError(
                "the mail server does not let us in", place=self.name, found=_said(error)
            ) from error

    def _open(self, server: imaplib.IMAP4) -> int:
        """Open the folder for reading alone, and return how many mails it holds."""
        answer = server.select(quoted(encode(self.folder)), readonly=True)
        if answer[0] != "OK":
            folders = read_list(self._ok(server.list(), "cannot list folders"))
            found = choose(self.folder, folders)
            if found is None:
                names = sorted(folder.shown for folder in folders)
                raise InputError(
                    "no such folder",
                    place=self.name,
                    found=_said(answer[1]),
                    expected=", ".join(names[:MOST_NAMES]) + (", ..." * (len(names) > MOST_NAMES)),
                )
            answer = server.select(quoted(found.written), readonly=True)
        return int(self._ok(answer, "no such folder")[0] or 0)

    def _new(
        self, server: imaplib.IMAP4, count: int, generation: str, known: Known
    ) -> Iterator[Found]:
        fresh = [uid for uid in self._numbers(server, count) if not known(f"{generation}.{uid}")]
        for start in range(0, len(fresh), AT_ONCE):
            part = fresh[start : start + AT_ONCE]
            sizes = self._sizes(server, part)
            for uid in part:
                key = f"{generation}.{uid}"
                if sizes.get(uid, 0) > MOST_BYTES:
                    yield Found(key, None)
                elif (data := self._fetch(server, uid)) is not None:
                    yield Found(key, data)

    def _numbers(self, server: imaplib.IMAP4, count: int) -> list[str]:
        """Return the numbers that mails keep, in order.

        Asked for by place, some at once: SEARCH tells all on one line, which may be longer than a
        client reads. Places do not change meanwhile (RFC 3501, 7.4.1).
        """
        numbers: list[str] = []
        for first in range(1, count + 1, LISTED_AT_ONCE):
            places = f"{first}:{min(count, first + LISTED_AT_ONCE - 1)}"
            rows = self._ok(server.fetch(places, "(UID)"), "cannot list mails")
            found = (_UID.search(row) for row in rows if isinstance(row, bytes))
            numbers += [match[1].decode("ascii") for match in found if match]
        return numbers

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
        answer = server.uid("FETCH", uid, "(BODY.PEEK[])")
        if answer[0] == "NO" and "[EXPUNGEISSUED]" in _said(answer[1]).upper():
            return None
        rows = self._ok(answer, "cannot read a mail")
        return next((row[1] for row in rows if isinstance(row, tuple) and len(row) > 1), None)

    def _ok(self, answer: tuple[str, list], wrong: str) -> list:
        kind, data = answer
        if kind != "OK":
            raise InputError(wrong, place=self.name, found=_said(data))
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


def _said(words: Exception | list) -> str:
    """Return what a server or the system said, short; imaplib hands on words as bytes, too."""
    parts = words.args[:1] if isinstance(words, imaplib.IMAP4.error) else words
    if isinstance(parts, Exception):
        return str(parts)[:LONGEST_WORDS]
    said = (p.decode("utf-8", "replace") if isinstance(p, bytes) else str(p) for p in parts if p)
    return " ".join(said)[:LONGEST_WORDS]
