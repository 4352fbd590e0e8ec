"""Pages: templates of the desk, which can extend those of the site."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from comity.core.errors import ComityError
from comity.core.page.page import environment, version
from comity.core.web.failures import whole
from comity.newsletter.desk.doors import Editor
from comity.newsletter.desk.shelf import Content, Shelf
from comity.newsletter.editions.addresses import placed, root_of
from comity.newsletter.editions.dates import told
from comity.newsletter.editions.facts import where
from comity.newsletter.editions.web.pages import POLICY, page_context
from comity.newsletter.editions.web.site import PACKAGE as SITE_PACKAGE

PACKAGE = "comity.newsletter.desk"
READERS_POLICY = f"{POLICY}; frame-ancestors 'self'"
"""The site's own policy; the desk shows its pages in frames."""
READERS_HEADERS = {
    "Content-Security-Policy": READERS_POLICY,
    "X-Frame-Options": "SAMEORIGIN",
    "Cache-Control": "no-cache",
}
OWN_HEADERS = {"Referrer-Policy": "same-origin"}
"""Of pages with forms: under a stricter policy browsers do not say that a form is ours."""
ADDRESS = "path"
"""What an error's place is where it is the address itself, which the browser shows."""
TABS = (
    ("Queue", "/desk"),
    ("Issues", "/desk/issues"),
    ("Import", "/desk/import"),
    ("Replies", "/desk/replies"),
    ("Searches", "/desk/searches"),
    ("Calendar", "/desk/calendar"),
)


def content_of(request: Request) -> Content:
    """Return the content as of now."""
    shelf: Shelf = request.app.state.shelf
    return shelf.content()


def desk_page(
    request: Request, template: str, editor: Editor, status: int = 200, **context: Any
) -> Response:
    """Return a page of the desk."""
    path = request.url.path
    content = context.pop("content", None) or content_of(request)
    html = _rendered(
        template,
        content=content,
        publication=content.publication,
        editor=editor,
        csrf=editor.csrf,
        path=path,
        tabs=TABS,
        **context,
    )
    return HTMLResponse(html, status, OWN_HEADERS)


def part(template: str, **context: Any) -> Response:
    """Return a part of a page, for a script that puts it into place."""
    return HTMLResponse(_rendered(template, **context))


def outside(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Return a page for whoever is not at the desk; it knows nothing of the publication."""
    html = _rendered(template, path=request.url.path, **context)
    return HTMLResponse(html, status, OWN_HEADERS)


def failed(request: Request, heading: str, error: ComityError, status: int) -> Response:
    """Return the page that says what went wrong."""
    parts = {name: getattr(error, name) for name in ("place", "found", "expected")}
    named = {name: whole(value) for name, value in parts.items() if value not in (None, ADDRESS)}
    message = whole(error.message)
    return outside(request, "failed", status, heading=heading, message=message, told=named)


def readers_page(template: str, content: Content, address: str, title: str, **context: Any) -> str:
    """Return a page of the live site, or a part of one, with its addresses placed."""
    described = {"description": content.publication.description}
    frame = page_context(content.public, address, title)
    return placed(_rendered(template, **described | frame | context), root_of(address))


def _rendered(template: str, **context: Any) -> str:
    found = environment(PACKAGE, SITE_PACKAGE).get_template(f"{template}.html.j2")
    return found.render({"version": version(), "where": where, "day": told, **context})
