"""Replies by hand, in the manners of the usual mail programs, and what must be read in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.store.store import Store

CORPUS = Path(__file__).parent / "newsletter" / "feedback" / "corpus"
PUBLICATION = Publication("Cooperation Notes", "AN", address="notes@example.org")


def _entry(name: str, title: str, summary: str) -> Entry:
    return Entry(
        name,
        title,
        summary=summary,
        category="Cooperation",
        summarizer="Mia Hope",
        email="AN #12",
        issue=12,
        email_status=EmailStatus.SENT,
        public=Publicity.YES,
    )


ENTRIES = (
    _entry(
        "trust",
        "Trust without words",
        "Agents that *cannot* talk learn to trust each other when their moves are visible to both "
        "before anything is at stake.",
    ),
    _entry(
        "promises",
        "Promises that hold",
        "A promise holds when breaking it costs more than keeping it, and [the paper]"
        "(https://a.example/p) measures that cost in three field studies.",
    ),
    _entry(
        "river",
        "Dividing a river",
        "Two villages share the water of one river, and no rule that ignores dry years keeps both "
        "of them content.",
    ),
)
"""The issue that the mails of the corpus answer."""
ARCHIVE = Archive(
    ENTRIES,
    (
        Issue(11, sent="2026-04-27T09:00:00+00:00"),
        Issue(12, sent="2026-05-04T09:12:00+00:00"),
        Issue(13),
    ),
)


def filled_store(path: Path) -> Store:
    """A store in a new file that holds the issue."""
    store = Store.open(path / "newsletter.db")
    for issue in ARCHIVE.issues:
        store.save_issue(issue)
    store.save_entries(ENTRIES)
    return store


def mail(text: str = "Yes.", **fields: str) -> bytes:
    """A plain mail with some fields."""
    given = {
        "From": "Jane Roe <jane@example.net>",
        "Subject": "Re: AN #12",
        "Date": "Tue, 5 May 2026 10:00:00 +0000",
        "Content-Type": "text/plain; charset=utf-8",
    } | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"{head}\r\n{text}\r\n".encode()


@dataclass(frozen=True)
class Example:
    """One mail, and what must come of it."""

    name: str
    data: bytes
    reply: str
    sort: str
    entries: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.name.partition("-")[0]


def examples() -> tuple[Example, ...]:
    """All mails of the corpus, in order."""
    return tuple(example for path in sorted(CORPUS.glob("*.txt")) for example in _examples(path))


def _examples(path: Path) -> list[Example]:
    parts = re.split(r"^##### (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for name, mail, expect, reply in zip(*[iter(parts)] * 4, strict=True):
        wanted = dict(pair.split("=") for pair in expect.partition("|")[2].split())
        entries = tuple(filter(None, wanted.get("entries", "").split(",")))
        data = mail.encode().replace(b"\n", b"\r\n")
        found.append(Example(name, data, reply.strip(), wanted.get("sort", "reply"), entries))
    return found


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ by nothing but blanks."""
    return one.split() == other.split()
