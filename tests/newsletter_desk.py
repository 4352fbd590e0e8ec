"""A publication in a folder, its desk as an application, and editors who enter it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import tomlkit
from starlette.testclient import TestClient

from comity.newsletter.desk.app import create_app
from comity.newsletter.desk.settings import Limits, Settings
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.store.store import Store
from newsletter_small import ARCHIVE, PUBLICATION

ORIGIN = "http://testserver"
WAITING = (
    Entry(
        "LLLLLLLLLL",
        "Repeated promises among strangers",
        "Contracts",
        url="https://example.org/strangers",
        authors="Grace Hopper",
        year="2021",
        email_status=EmailStatus.PENDING,
        notes="Abstract: People who keep promises more often in markets and in the lab.",
    ),
    Entry(
        "MMMMMMMMMM",
        "Votes that count",
        "Voting",
        summary="A study of votes after <@@>(@#AAAAAAAAAA@).",
        summarizer="Ada Lovelace",
        email_status=EmailStatus.PENDING,
        public=Publicity.YES,
    ),
    Entry(
        "NNNNNNNNNN",
        "Votes that wait",
        "Voting",
        summary="Another one.",
        summarizer="Ada Lovelace",
        email_status=EmailStatus.PENDING,
        public=Publicity.YES,
        prerequisites="<@Promises that are kept@> and <@@>(@#BBBBBBBBBB@)",
    ),
)
"""What waits in the queue, beside all of the small publication."""


def _categories(categories: tuple[Category, ...]) -> list[dict]:
    return [
        {"name": node.name} | ({"inside": _categories(node.children)} if node.children else {})
        for node in categories
    ]


def write_folder(
    folder: Path, archive: Archive | None = None, publication: Publication = PUBLICATION
) -> Path:
    """Write a publication into a folder, with the sheet's entries in a database."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = ("name", "short", "url", "description", "editor", "address", "licence", "resources")
    settings = {name: getattr(publication, name) for name in (*plain, "disclaimer", "feedback")}
    settings |= {"categories": _categories(publication.categories)}
    settings |= {"aliases": dict(publication.aliases)}
    (folder / "publication.toml").write_text(tomlkit.dumps(settings), "utf-8")
    whole = archive or replace(
        ARCHIVE,
        entries=tuple(
            replace(entry, position=n) for n, entry in enumerate((*ARCHIVE.entries, *WAITING))
        ),
    )
    store = Store.open(folder)
    store.save_entries(whole.entries)
    for work in whole.works:
        store.save_work(work)
    for issue in whole.issues:
        store.save_issue(issue)
    for erratum in whole.errata:
        store.add_erratum(erratum)
    for reply in whole.replies:
        store.add_reply(reply)
    store.close()
    return folder


def make_app(folder: Path, **settings):
    """Return the application of a folder; its rates never stand in the way of a test."""
    limits = Limits(rate=1e6, burst=1_000_000, tries=1e6)
    defaults = {"base_url": ORIGIN, "limits": limits, "today": lambda: date(2026, 11, 26)}
    return create_app(Settings(folder, **{**defaults, **settings}))


class Editor:
    """Somebody with a browser of their own, who may have entered the desk."""

    def __init__(self, app, name: str | None = "Ada") -> None:
        self.app = app
        self.client = TestClient(app, base_url=ORIGIN)
        self.client.headers["accept"] = "text/html"
        self.csrf = ""
        if name is not None:
            self.enter(name)

    def enter(self, name: str) -> None:
        """Enter by a one-time link."""
        key = self.app.state.doors.new_key()
        answer = self.client.post("/desk/enter", data={"key": key, "name": name})
        assert answer.status_code == 200, answer.text
        self.csrf = re.search(r'name="csrf" content="([0-9a-f]{64})"', answer.text)[1]

    def get(self, path: str, **options):
        """Open a page."""
        return self.client.get(path, **options)

    def post(self, path: str, data: dict | None = None, **options):
        """Send a form of the desk's own."""
        return self.client.post(path, data={"csrf": self.csrf, **(data or {})}, **options)

    def form(self, path: str) -> dict[str, str]:
        """Return the fields of the form for an entry or an issue, as a browser would send them."""
        reader = FormReader()
        reader.feed(self.get(path).text)
        # A browser leaves out the first line end of a field of several lines.
        return {name: text.removeprefix("\n") for name, text in reader.fields.items()}


class FormReader(HTMLParser):
    """Reads what stands in the form of an entry or an issue."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.inside = False
        self.area = self.select = ""

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        if tag == "form":
            self.inside = own.get("id") in ("entry", "issue")
        if not self.inside:
            return
        if tag == "input" and own.get("name"):
            self.fields[own["name"]] = own.get("value", "")
        elif tag in ("textarea", "select"):
            self.fields[own["name"]] = ""
            self.area = own["name"] if tag == "textarea" else ""
            self.select = own["name"]
        elif tag == "option" and "selected" in own:
            self.fields[self.select] = own["value"]

    def handle_endtag(self, tag):
        if tag in ("textarea", "form"):
            self.area = ""
            self.inside = self.inside and tag != "form"

    def handle_data(self, data):
        if self.area:
            self.fields[self.area] += data


def stored(folder: Path) -> Archive:
    """Return what the database of a folder holds."""
    store = Store.open(folder)
    archive = store.load()
    store.close()
    return archive
