"""The door of the desk: a one-time link opens it, once, for one browser."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from comity.newsletter.desk.access import (
    Desk,
    Fields,
    cookie_name,
    own_page,
    session_of,
    spend,
)
from comity.newsletter.desk.doors import Doors
from comity.newsletter.desk.rendering import desk_page, outside

entering = APIRouter(include_in_schema=False)


@entering.get("/desk/enter")
async def door(request: Request, key: str = "") -> Response:
    """Return the page that asks whoever opens a link to enter; looking uses nothing up.

    Programs that look at links in mails before people do thus leave them good.
    """
    spend(request, request.app.state.tries)
    doors: Doors = request.app.state.doors
    if not doors.is_key(key):
        return outside(request, "used", 404)
    return outside(request, "enter", key=key)


@entering.post("/desk/enter")
async def enter(request: Request, form: Fields) -> Response:
    """Use up a key and open a session."""
    spend(request, request.app.state.tries)
    own_page(request)
    state = request.app.state
    doors: Doors = state.doors
    secret = doors.enter(form.get("key", ""), form.get("name", ""))
    if secret is None:
        return outside(request, "used", 404)
    response = RedirectResponse("/desk", 303)
    response.set_cookie(
        cookie_name(state.settings),
        secret,
        path="/",
        secure=state.settings.secure,
        httponly=True,
        samesite="lax",
    )
    return response


@entering.post("/desk/leave")
async def leave(request: Request, editor: Desk) -> Response:
    """End the session."""
    doors: Doors = request.app.state.doors
    doors.leave(session_of(request))
    response = RedirectResponse("/", 303)
    response.delete_cookie(cookie_name(request.app.state.settings), path="/")
    return response


@entering.post("/desk/invite")
async def invite(request: Request, editor: Desk) -> Response:
    """Return a page with a one-time link for somebody else."""
    doors: Doors = request.app.state.doors
    link = f"{request.app.state.settings.origin}/desk/enter?key={doors.new_key()}"
    return desk_page(request, "invited", editor, link=link)
