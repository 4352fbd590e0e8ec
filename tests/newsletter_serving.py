"""A real desk on the loopback, in a thread of the test's process, and people who use it."""

from __future__ import annotations

from pathlib import Path

from newsletter_desk import make_app
from rooms_people import Person
from web_serving import Serving


class Desk(Serving):
    """A desk at ``url`` until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(lambda url: make_app(folder, base_url=url))

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
