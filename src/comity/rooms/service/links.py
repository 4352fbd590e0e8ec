"""The link that seats a browser: it trades the token for a cookie."""

from __future__ import annotations

from html import escape
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, Response

from comity.rooms.service.access import anyone, cookie_name
from comity.rooms.service.book import NoRoom
from comity.rooms.service.rooms import Rooms
from comity.rooms.store.passes import Passes
from comity.rooms.web.pages import lost

links = APIRouter(include_in_schema=False)

# A redirect would still count as coming from the site that the link stood on, and a strict cookie
# stays away then; a page of our own that leads on does not.
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<meta http-equiv="refresh" content="0; url={room}">
<title>comity</title>
<p><a href="{room}">Enter the room</a></p>
</html>
"""


@links.get("/s/{token}", dependencies=[Depends(anyone)])
async def sit_down(
    token: Annotated[str, Path(min_length=1, max_length=200)], request: Request
) -> Response:
    """Begin a session for whoever holds a token, and lead to the room."""
    state = request.app.state
    rooms: Rooms = state.rooms
    passes: Passes = state.passes
    found = await rooms.in_thread(passes.of_token, token)
    if found is None and "text/html" in request.headers.get("accept", ""):
        return lost(request)
    if found is None:
        raise NoRoom("there is no room behind this link", place="link")
    settings = state.settings
    ends = settings.clock() + 1000 * settings.session
    session = await rooms.in_thread(passes.begin_session, token, ends)
    response = HTMLResponse(PAGE.format(room=escape(f"/rooms/{found.room}")))
    response.set_cookie(
        cookie_name(settings, found.room),
        session,
        max_age=settings.session,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="strict",
    )
    return response
