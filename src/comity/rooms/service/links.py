"""The link that seats a browser: it trades the token for a cookie.

A browser that speaks for somebody in a room is not moved to another seat of it unasked: a party
could send the other its own link, and have it tell what it wants under the wrong name. Cookies are
strict, so a click on another site's page arrives without them; such a click is led over a page of
our own first, from which they come along.
"""

from __future__ import annotations

from html import escape
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.rooms.service.access import anyone, check_csrf, cookie_name, is_foreign, seated
from comity.rooms.service.book import NoRoom
from comity.rooms.service.rooms import Rooms
from comity.rooms.store.passes import Pass, Passes
from comity.rooms.web.pages import lost, page

links = APIRouter(include_in_schema=False)

LONGEST_FORM = 1000
AGAIN = "again"
"""Query of a link that our own page leads to."""

# A redirect would still count as coming from the site that the link stood on, and a strict cookie
# stays away then; a page of our own that leads on does not.
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={target}">
<title>comity</title>
<p><a href="{target}">Enter the room</a></p>
</html>
"""

Token = Annotated[str, Path(min_length=1, max_length=200)]


@links.get("/s/{token}", dependencies=[Depends(anyone)])
async def sit_down(token: Token, request: Request) -> Response:
    """Begin a session for whoever holds a token, and lead to the room; ask before a change."""
    found = await _found(request, token)
    if found is None:
        return lost(request)
    if is_foreign(request):
        # In a frame without an origin even our own page counts as foreign: nothing happens there.
        again = AGAIN in request.query_params
        return lost(request) if again else _leading(f"/s/{token}?{AGAIN}")
    held = await seated(request, found.room)
    if held is not None and held.name is not None and held.name != found.seat:
        return page(request, "switch", held=held, theirs=found.seat)
    response = _leading(f"/rooms/{found.room}")
    await _seat(request, response, token, found)
    return response


@links.post("/s/{token}", dependencies=[Depends(anyone)])
async def change_seat(token: Token, request: Request) -> Response:
    """Begin a session whatever seat the browser held: its person said so on our own page.

    That page tells nobody where it is, so browsers send no origin with its form; it is known by the
    other half of the session, which it holds.
    """
    found = await _found(request, token)
    held = None if found is None else await seated(request, found.room)
    if found is None or held is None:
        return lost(request)
    form = parse_qs((await request.body())[:LONGEST_FORM].decode("latin-1"))
    check_csrf("".join(form.get("csrf", ())), held)
    response = RedirectResponse(f"/rooms/{found.room}", 303)
    await _seat(request, response, token, found)
    return response


async def _found(request: Request, token: str) -> Pass | None:
    """Return what a token opens, or ``None`` for a browser; programs are told by an error."""
    rooms: Rooms = request.app.state.rooms
    passes: Passes = request.app.state.passes
    found = await rooms.in_thread(passes.of_token, token)
    if found is None and "text/html" not in request.headers.get("accept", ""):
        raise NoRoom("there is no room behind this link", place="link")
    return found


def _leading(target: str) -> HTMLResponse:
    return HTMLResponse(PAGE.format(target=escape(target)))


async def _seat(request: Request, response: Response, token: str, found: Pass) -> None:
    """Give a browser the cookie of a seat."""
    state = request.app.state
    rooms: Rooms = state.rooms
    passes: Passes = state.passes
    settings = state.settings
    ends = settings.clock() + 1000 * settings.session
    session = await rooms.in_thread(passes.begin_session, token, ends)
    response.set_cookie(
        cookie_name(settings, found.room),
        session,
        max_age=settings.session,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="strict",
    )
