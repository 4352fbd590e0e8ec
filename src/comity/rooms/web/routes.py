"""The paths of the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import JSONResponse, Response

from comity.core.errors import InputError
from comity.core.web.failures import Denied
from comity.language import rules
from comity.rooms.protocol.terms import Terms
from comity.rooms.service.access import Access, anyone, owe, pay, seat_of
from comity.rooms.service.intake import body_of
from comity.rooms.service.models import ROOM_PATTERN
from comity.rooms.service.rooms import Rooms
from comity.rooms.web.assets import assets
from comity.rooms.web.automatic import BEHAVIOURS, next_move
from comity.rooms.web.body import WEIGHT, parsed
from comity.rooms.web.examples import EXAMPLES, example, example_of
from comity.rooms.web.pages import lost, page, words_for
from comity.rooms.web.panel import panel, room_rules, topics
from comity.rooms.web.publishing import terms_of_public
from comity.rooms.web.workbench import bench

router = APIRouter(include_in_schema=False)
router.include_router(assets)
router.include_router(bench)

ABOUT = ("own", "file", *EXAMPLES)
"""What a room can be opened about."""
MOVE = 100_000
"""Bytes that a move of an automatic party counts for: the server works it out."""
RoomPath = Annotated[str, Path(pattern=ROOM_PATTERN)]
Seat = Annotated[Access, Depends(seat_of)]


@router.get("/", dependencies=[Depends(anyone)])
async def front(request: Request) -> Response:
    """Return the front page."""
    return page(request, "front", examples=[example(name) for name in EXAMPLES])


@router.get("/open", dependencies=[Depends(anyone)])
async def opening(request: Request, about: str = "own") -> Response:
    """Return the page that opens a room."""
    if about not in ABOUT:
        return lost(request)
    found = example(about) if about in EXAMPLES else None
    told = [] if found is None else _rules(request, found.terms)
    return page(request, "open", about=about, example=found, rules=told, behaviours=BEHAVIOURS)


@router.post("/open/rules", dependencies=[Depends(anyone)])
async def read_rules(request: Request) -> Response:
    """Return terms, checked and in full form, with their rules in plain words.

    Takes ``{"terms": ...}``, or the public part of a Case file: ``{"text": ..., "format": ...}``.
    """
    rooms: Rooms = request.app.state.rooms
    terms = await rooms.in_thread(_terms, await body_of(request, WEIGHT))
    return JSONResponse({"terms": dict(terms.data), "rules": _rules(request, terms)})


@router.get("/rooms/{room}")
async def room_page(room: RoomPath, request: Request) -> Response:
    """Return the page of a seat, or the one that says that this link opens no room."""
    try:
        seat = await seat_of(request)
    except Denied as denied:
        if denied.code == "rate":
            raise
        return lost(request)
    rooms: Rooms = request.app.state.rooms
    found = (await rooms.desk(room)).room
    known = await rooms.in_thread(example_of, found.terms)
    context: dict[str, Any] = {
        "room": found,
        "seat": seat,
        "example": known,
        "rules": room_rules(words_for(request), found),
        "topics": topics(found),
    }
    return page(request, "room", **context)


@router.get("/rooms/{room}/panel")
async def room_panel(room: RoomPath, seat: Seat, request: Request) -> Response:
    """Return where the room stands, as a part of its page."""
    rooms: Rooms = request.app.state.rooms
    pay(request, 1)
    desk = await rooms.desk(room)
    response = page(request, "panel", **panel(words_for(request), desk))
    owe(request, len(response.body))
    return response


@router.post("/rooms/{room}/automatic")
async def automatic(room: RoomPath, seat: Seat, request: Request) -> Response:
    """Let the automatic party in a seat make its next move; the seat's link is needed."""
    token = request.headers.get("authorization", "")
    if seat.name is None or seat.by != "token":
        raise Denied("seat", "an automatic party moves by the link of its seat")
    data = await body_of(request)
    owe(request, MOVE)
    kind = data.get("kind") if isinstance(data, Mapping) else None
    rooms: Rooms = request.app.state.rooms
    found = (await rooms.desk(room)).room
    message = await rooms.in_thread(next_move, found, seat.name, str(kind), token)
    if message is not None:
        await rooms.take(room, message)
    return JSONResponse({"moved": message is not None})


def _terms(data: Any) -> Terms:
    if isinstance(data, dict) and set(data) == {"terms"}:
        terms = Terms(data["terms"])
        terms.check()
        return terms
    if isinstance(data, dict) and set(data) == {"text", "format"}:
        return terms_of_public(parsed(data["text"], data["format"]))
    raise InputError("neither terms nor a Case file", expected="terms, or text and format")


def _rules(request: Request, terms: Terms) -> list[str]:
    return rules(words_for(request), terms.data)
