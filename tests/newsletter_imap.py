"""A mail server that speaks just enough IMAP to be read from, and can hang up at any moment."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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


class _Handler(socketserver.StreamRequestHandler):
    folder: Folder

    def handle(self) -> None:
        self._say("* OK ready")
        for raw in self.rfile:
            tag, _, command = raw.decode().strip().partition(" ")
            self.folder.asked.append(command)
            answer = self._answer(command)
            if answer is None:
                return
            self._say(f"{tag} {answer}")
            if command.upper().startswith("LOGOUT"):
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _answer(self, command: str) -> str | None:
        words = command.upper()
        if words == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif words.startswith("LOGIN"):
            return "OK in" if f'"{PASSWORD}"' in command else "NO wrong password"
        elif words.startswith(("SELECT", "EXAMINE")):
            if "INBOX" not in words:
                return "NO no such folder"
            self._say(f"* {len(self.folder.mails)} EXISTS")
            self._say(f"* OK [UIDVALIDITY {self.folder.generation}] fine")
        elif words.startswith("UID SEARCH"):
            self._say("* SEARCH " + " ".join(map(str, self.folder.mails)))
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
