"""The queue: entries by what is to be done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.newsletter.desk.access import Desk
from comity.newsletter.desk.drafts import drafts
from comity.newsletter.desk.rendering import content_of, desk_page
from comity.newsletter.desk.shelf import Content
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import in_issue, publicity
from comity.newsletter.text.titles import normalised

PAGE = 50
LONGEST = 200

Is = Callable[[Entry], bool]


def _pending(entry: Entry) -> bool:
    return entry.email_status is EmailStatus.PENDING


QUEUES: Mapping[str, tuple[str, Is]] = {
    "write": ("To write", lambda e: _pending(e) and not e.summary),
    "send": ("Written", lambda e: _pending(e) and bool(e.summary)),
    "edits": ("With edits", lambda e: publicity(e) is Publicity.WITH_EDITS),
    "undecided": ("Undecided", lambda e: publicity(e) is Publicity.BLANK),
    "hidden": ("Not public", lambda e: publicity(e) in (Publicity.NO, Publicity.LINK_ONLY)),
    "all": ("All", lambda e: True),
}
"""What each queue is called, and what is in it."""

Key = Callable[[Entry], Any]
SORTS: Mapping[str, tuple[str, Key]] = {
    "new": ("latest first", lambda e: -e.position),
    "old": ("earliest first", lambda e: e.position),
    "title": ("title", lambda e: normalised(e.title)),
    "rating": ("rating", lambda e: (-(e.rating or 0), e.position)),
    "category": ("category", lambda e: (e.category, e.position)),
    "issue": ("issue", lambda e: (-(e.issue or 0), e.position)),
}
"""What each order is called, and what it goes by."""

queue = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which queue, in which order, and what its entries must hold."""

    name: str
    sort: str
    words: str
    page: int

    def written(self, **changed: Any) -> str:
        """Return it as the query of an address."""
        parts = {"queue": self.name, "sort": self.sort, "q": self.words, "page": self.page}
        return urlencode({k: v for k, v in (parts | changed).items() if v not in ("", 1)})

    def picks(self, entry: Entry) -> bool:
        """Return whether an entry is wanted."""
        text = " ".join((entry.title, entry.authors, entry.category, entry.summarizer, entry.venue))
        plain = normalised(text)
        return all(word in plain for word in normalised(self.words).split())


@queue.get("/desk")
def show(request: Request, editor: Desk) -> Response:
    """Return the queue."""
    content = content_of(request)
    count = counts(content)
    wanted = _wanted(request, count)
    found = sorted(
        (e for e in content.archive.entries if QUEUES[wanted.name][1](e) and wanted.picks(e)),
        key=SORTS[wanted.sort][1],
    )
    pages = max(-(-len(found) // PAGE), 1)
    page = min(wanted.page, pages)
    engine = request.app.state.shelf.store.engine
    return desk_page(
        request,
        "queue",
        editor,
        content=content,
        wanted=wanted,
        total=len(found),
        entries=found[(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=pages,
        queues=[(name, told, count[name]) for name, (told, _) in QUEUES.items()],
        sorts=[(name, told) for name, (told, _) in SORTS.items()],
        unsaved={draft.entry: draft for draft in reversed(drafts(engine))},
        in_issue=in_issue,
        publicity=publicity,
    )


def counts(content: Content) -> dict[str, int]:
    """Return how many entries are in each queue."""
    entries = content.archive.entries
    return {name: sum(map(is_in, entries)) for name, (_, is_in) in QUEUES.items()}


def _wanted(request: Request, count: Mapping[str, int]) -> Wanted:
    query = request.query_params
    first = next((name for name in ("write", "send") if count[name]), "all")
    number = query.get("page", "")
    return Wanted(
        query.get("queue", "") if query.get("queue") in QUEUES else first,
        query.get("sort", "") if query.get("sort") in SORTS else "new",
        " ".join(query.get("q", "").split())[:LONGEST],
        int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 6 else 1,
    )
