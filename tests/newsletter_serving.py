"""A real desk on the loopback, in a thread of the test's process, and people who use it."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import uvicorn

from newsletter_desk import make_app
from rooms_people import Person


class Desk:
    """A desk at ``url`` until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.app = make_app(folder, base_url=self.url)
        config = uvicorn.Config(
            self.app, log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )
        self.thread.start()
        while not self.server.started:
            assert self.thread.is_alive()
            time.sleep(0.01)

    def stop(self) -> None:
        """End it cleanly."""
        self.server.should_exit = True
        self.thread.join(20)
        assert not self.thread.is_alive()
        self.socket.close()

    def link(self) -> str:
        """Return a one-time link."""
        return f"{self.url}/desk/enter?key={self.app.state.doors.new_key()}"


def enter(person: Person, desk: Desk, name: str) -> Person:
    """Have somebody enter the desk by a link of their own."""
    person.go(desk.link())
    person.page.fill("#name", name)
    person.page.click("button[type=submit]")
    person.sees("#queue")
    return person


def write(person: Person, field: str, text: str) -> None:
    """Write a field of an entry's form, once the page's script is at work."""
    person.sees("#entry[data-alive]")
    person.page.fill(f"#f-{field}", text)
