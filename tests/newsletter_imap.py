"""A mail server that speaks just enough IMAP to be read from, and can hang up at any moment."""

from __future__ import annotations

import base64
import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PASSWORD = "correct horse"  # not a secret


@dataclass
class Folder:
    """Mails by their numbers, and what was asked of the server."""

    mails: dict[int, bytes] = field(default_factory=dict)
    generation: int = 7
    hang_up_after: int | None = None
    """Mails that are handed out before the line goes dead."""
    claims: dict[int, int] = field(default_factory=dict)
    """Sizes that the server claims for some mails."""
    asked: list[str] = field(default_factory=list)
    port: int = 0
    user: str = "jane@example.net"
    password: str = PASSWORD
    knows_plain: bool = True
    """Whether it lets in by AUTHENTICATE PLAIN, too."""
    listed: tuple[str, ...] = ()
    """What it answers to LIST."""
    names: frozenset[str] = frozenset({"INBOX"})
    """Folders that can be opened, as the protocol writes them."""
    expunged: frozenset[int] = frozenset()
    """Mails that are erased while they are read."""
    tls: ssl.SSLContext | None = None
    starts_plain: bool = False
    """Whether a client has to ask for encryption."""


class _Handler(socketserver.StreamRequestHandler):
    folder: Folder

    def setup(self) -> None:
        if self.folder.tls and not self.folder.starts_plain:
            self.request = self.folder.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        with suppress(OSError):
            self._serve()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.request.close()

    def _serve(self) -> None:
        self._say("* OK ready")
        while raw := self.rfile.readline():
            tag, _, command = raw.decode().strip().partition(" ")
            self.folder.asked.append(command)
            answer = self._enter(command) or self._answer(command)
            if answer is None:
                return
            self._say(f"{tag} {answer}")
            if command.upper() == "STARTTLS" and self.folder.tls:
                self.request = self.folder.tls.wrap_socket(self.request, server_side=True)
                super().setup()
            if command.upper().startswith("LOGOUT"):
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _enter(self, command: str) -> str | None:
        """Answer what comes before a folder; nothing where the command is another."""
        folder, words = self.folder, command.upper()
        if words == "CAPABILITY":
            offers = folder.starts_plain and not isinstance(self.request, ssl.SSLSocket)
            known = " AUTH=PLAIN" if folder.knows_plain else ""
            self._say("* CAPABILITY IMAP4rev1" + known + (" STARTTLS" if offers else ""))
            return "OK done"
        if words == "AUTHENTICATE PLAIN":
            self._say("+ ")
            both = base64.b64decode(self.rfile.readline()).decode()
            is_right = both == f"\0{folder.user}\0{folder.password}"
        elif words.startswith("LOGIN"):
            is_right = command[6:] == f'"{folder.user}" "{folder.password}"'
        else:
            return None
        return "OK in" if is_right else "NO [AUTHENTICATIONFAILED] wrong password"

    def _answer(self, command: str) -> str | None:
        words = command.upper()
        if words.startswith("LIST"):
            for line in self.folder.listed:
                self._say(f"* LIST {line}")
        elif words.startswith(("SELECT", "EXAMINE")):
            if command.split(" ", 1)[1].strip('"') not in self.folder.names:
                return "NO not there"
            self._say(f"* {len(self.folder.mails)} EXISTS")
            self._say(f"* OK [UIDVALIDITY {self.folder.generation}] fine")
        elif words.startswith("FETCH"):
            first, last = map(int, words.split()[1].split(":"))
            for n, uid in list(enumerate(self.folder.mails, start=1))[first - 1 : last]:
                self._say(f"* {n} FETCH (UID {uid})")
        elif words.startswith("UID FETCH"):
            return self._fetch(words)
        return "OK done"

    def _fetch(self, words: str) -> str | None:
        numbers = [int(n) for n in re.findall(r"\d+", words.split()[2])]
        for n, uid in enumerate(numbers, start=1):
            data = self.folder.mails.get(uid)
            if data is None:
                continue
            if "RFC822.SIZE" in words:
                size = self.folder.claims.get(uid, len(data))
                self._say(f"* {n} FETCH (UID {uid} RFC822.SIZE {size})")
                continue
            if uid in self.folder.expunged:
                return "NO [EXPUNGEISSUED] some of the mails are gone"
            if self.folder.hang_up_after == 0:
                return None
            if self.folder.hang_up_after is not None:
                self.folder.hang_up_after -= 1
            head = f"* {n} FETCH (UID {uid} BODY[] {{{len(data)}}}\r\n"
            self.wfile.write(head.encode() + data + b")\r\n")
        return "OK done"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that does not trust the server leaves; nothing to tell."""


@contextmanager
def imap_server(folder: Folder) -> Iterator[Folder]:
    """Serve a folder on a free port of this machine; `folder.port` is its number."""
    handler = type("Handler", (_Handler,), {"folder": folder})
    with _Server(("127.0.0.1", 0), handler) as server:
        folder.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield folder
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class Certificate:
    """A key and a certificate for this machine, signed by nobody else."""

    server: ssl.SSLContext
    client: ssl.SSLContext
    """Trusts the certificate."""


def certificate(folder: Path) -> Certificate:
    """Make a certificate that holds for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = signed.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "certificate.pem"
    path.write_bytes(private + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    client = ssl.create_default_context(cadata=pem.decode())
    return Certificate(server, client)
