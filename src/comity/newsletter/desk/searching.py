"""Readers search: results while one types, every search with an address, a feed and a digest."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from comity.core.web.failures import Denied
from comity.newsletter.desk.access import anyone
from comity.newsletter.desk.asking import PAGE, Asked, asked
from comity.newsletter.desk.listing import KINDS, listed
from comity.newsletter.desk.rendering import READERS_HEADERS, content_of, readers_page
from comity.newsletter.editions import addresses
from comity.newsletter.editions.feeds import FORMS, WRITERS
from comity.newsletter.editions.web.following import entry_posts
from comity.newsletter.editions.web.following import feed as feed_of
from comity.newsletter.editions.web.groups import latest_first
from comity.newsletter.editions.web.pages import FILTERS
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.entry import Entry
from comity.newsletter.search.found import Found
from comity.newsletter.search.searching import MOST_HITS
from comity.newsletter.store.store import Store

DIGEST = "digest/"
MOST_IN_DIGEST = 100
searching = APIRouter(include_in_schema=False, dependencies=[Depends(anyone)])


@searching.get("/search/")
def search(request: Request) -> Response:
    """Return the page of a search, or only what it found, for the script of that page."""
    content = content_of(request)
    ask = asked(request.query_params)
    found = _found(request, ask, PAGE, ask.offset)
    only_part = request.query_params.get("part") == "1"
    html = readers_page(
        "found" if only_part else "searching",
        content,
        addresses.SEARCH,
        "Search",
        ask=ask,
        found=found,
        hits=_hits(content.public, found),
        pages=-(-found.total // PAGE),
        first=ask.offset + 1,
        choices=[(name, label, _choices(content.public, name)) for name, label in FILTERS],
    )
    return HTMLResponse(html, headers=READERS_HEADERS)


@searching.get("/feeds/search.{form}")
def feed(form: str, request: Request) -> Response:
    """Return what a search finds as a feed, the latest first."""
    if form not in WRITERS:
        raise Denied("unknown", "there is no such feed", place="path")
    site, ask = content_of(request).public, asked(request.query_params)
    described = feed_of(
        site,
        f"{site.publication.name}: {ask.told() or 'entries'}",
        f"{addresses.SEARCH}?{ask.written()}",
        entry_posts(site, _entries(site, _found(request, ask, MOST_HITS, 0))),
        f"{addresses.feed('search', form)}?{ask.written()}",
    )
    return Response(WRITERS[form](described), media_type=FORMS[form], headers=READERS_HEADERS)


@searching.get(f"/{DIGEST}")
def digest(request: Request) -> Response:
    """Return what a search finds whole, on one page to read through or to print."""
    content = content_of(request)
    ask = asked(request.query_params)
    found = _found(request, ask, MOST_IN_DIGEST, 0)
    entries = _entries(content.public, found)
    html = readers_page(
        "digest",
        content,
        DIGEST,
        f"Digest: {ask.told() or 'everything'}",
        ask=ask,
        found=found,
        items=[content.public.item(entry) for entry in latest_first(entries)],
    )
    return HTMLResponse(html, headers=READERS_HEADERS)


def _found(request: Request, ask: Asked, limit: int, offset: int) -> Found:
    if not ask.query:
        return listed(content_of(request).public, ask, limit, offset)
    store: Store = request.app.state.shelf.store
    return store.search(ask.query, ask.filters, limit=limit, offset=offset, audience="public")


def _entries(site: Site, found: Found) -> list[Entry]:
    """Return what was found and is public: the view decides, whatever a search returned."""
    by_id = site.view.archive.by_id
    return [by_id[hit.entry] for hit in found.hits if hit.entry in by_id]


def _hits(site: Site, found: Found) -> list[tuple[Any, Entry]]:
    by_id = site.view.archive.by_id
    return [(hit, by_id[hit.entry]) for hit in found.hits if hit.entry in by_id]


def _choices(site: Site, name: str) -> list[tuple[str, int, int]]:
    """Return the choices of a filter: name, how many entries, and how deep it lies."""
    groups = site.groups.get(KINDS[name], ())
    return [(group.name, len(group.entries), group.level) for group in groups]
