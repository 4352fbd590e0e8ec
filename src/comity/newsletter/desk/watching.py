"""Searches that editors keep under a name: readers follow them as feeds."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Engine

from comity.newsletter.desk.access import Desk, Fields
from comity.newsletter.desk.asking import Asked, asked
from comity.newsletter.desk.rendering import content_of, desk_page
from comity.newsletter.editions.addresses import feed
from comity.newsletter.editions.web.pages import search_feed, search_slugs
from comity.newsletter.search.saved import remove_search, save_search, saved_searches

watching = APIRouter(prefix="/desk/searches", include_in_schema=False)


@watching.get("")
def show(request: Request, editor: Desk) -> Response:
    """Return the searches that are kept, and a form for one more."""
    content = content_of(request)
    site = content.public
    slugs = search_slugs(site)
    return desk_page(
        request,
        "searches",
        editor,
        content=content,
        searches=[
            (
                saved,
                Asked(saved.query, saved.filters),
                len(site.searches[saved.name]),
                feed(search_feed(slugs[saved.name]), "atom"),
            )
            for saved in saved_searches(_engine(request))
            if saved.name in slugs
        ],
        categories=content.publication.category_names,
    )


@watching.post("")
def keep(request: Request, editor: Desk, fields: Fields) -> Response:
    """Keep a search under a name."""
    ask = asked(fields)
    save_search(_engine(request), fields.get("name", ""), ask.query, ask.filters)
    return RedirectResponse("/desk/searches", 303)


@watching.post("/remove")
def remove(request: Request, editor: Desk, fields: Fields) -> Response:
    """Keep a search no longer; its feed ends."""
    remove_search(_engine(request), fields.get("search", ""))
    return RedirectResponse("/desk/searches", 303)


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.shelf.store.engine
    return engine
