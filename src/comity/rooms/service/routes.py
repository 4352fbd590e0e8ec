"""The paths of the API."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from comity.core.database import Unavailable
from comity.core.errors import InputError
from comity.core.web.senders import address_of
from comity.rooms.protocol.bodies import BODIES
from comity.rooms.protocol.messages import PROTOCOL, Message, message_from_dict
from comity.rooms.protocol.state import Refused
from comity.rooms.service.access import (
    Access,
    anyone,
    opener,
    owe,
    pay,
    seat_of,
    token_of,
    watcher,
)
from comity.rooms.service.events import Streams
from comity.rooms.service.intake import body_of
from comity.rooms.service.metrics import Metrics
from comity.rooms.service.models import (
    ROOM_PATTERN,
    Failure,
    Health,
    Held,
    Log,
    NewRoom,
    Operator,
    Place,
    Standing,
    message_schema,
    opening_schema,
)
from comity.rooms.service.rooms import Rooms

FROM_PARTIES = tuple(name for name, body in BODIES.items() if body.sender == "party")
MOST_ENTRIES = 2**31 - 1

api = APIRouter(prefix="/api", tags=["rooms"])
watch = APIRouter(tags=["server"])


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the errors of a path."""
    return {status: {"model": Failure} for status in (*statuses, 429, 503)}


def takes(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what OpenAPI says of the body of a request."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


IN_ROOM = (401, 404, 422)
Seat = Annotated[Access, Depends(seat_of)]
RoomPath = Annotated[str, Path(pattern=ROOM_PATTERN, description="Name of the room.")]
From = Annotated[int, Query(alias="from", ge=0, le=MOST_ENTRIES, description="First entry.")]


@api.get("/operator", dependencies=[Depends(anyone)], responses=failures())
async def operator(request: Request) -> Operator:
    """Return whose key seals the logs of this server."""
    key = request.app.state.rooms.book.key.public
    return Operator(protocol=PROTOCOL, operator=key, version=version("comity"))


@api.post(
    "/rooms",
    status_code=201,
    dependencies=[Depends(opener)],
    responses=failures(403, 409, 413, 415, 422, 507),
    openapi_extra=takes(opening_schema()),
)
async def open_room(request: Request) -> NewRoom:
    """Open a room by the terms in a signed message; its tokens are told this once."""
    state = request.app.state
    rooms: Rooms = state.rooms
    data = await body_of(request)
    if not isinstance(data, dict) or set(data) != {"message"}:
        raise InputError("not a proposal of terms", expected="message")
    message = await rooms.in_thread(message_from_dict, data["message"])
    who = rooms.book.mark(address_of(request))
    await rooms.in_thread(state.space.check_opening, who)
    opened = await rooms.open(message, who)
    return NewRoom(
        room=opened.room,
        operator=rooms.book.key.public,
        seats=dict(opened.seats),
        watch=opened.watch,
    )


@api.get("/seat", responses=failures(401))
async def seat(token: Annotated[Access, Depends(token_of)]) -> Place:
    """Return which room and seat a token opens, for programs that hold a link alone."""
    return Place(room=token.room, you=token.name)


@api.get("/rooms/{room}", responses=failures(*IN_ROOM))
async def standing(room: RoomPath, seat: Seat, request: Request) -> Standing:
    """Return where a room stands."""
    rooms: Rooms = request.app.state.rooms
    return Standing(**await rooms.state(room, seat.name))


@api.get("/rooms/{room}/log", response_model=Log, responses=failures(*IN_ROOM))
async def log(room: RoomPath, seat: Seat, request: Request, from_: From = 0) -> Response:
    """Return the log, from an entry on."""
    rooms: Rooms = request.app.state.rooms
    pay(request, 1)
    text = await rooms.log_text(room, from_)
    owe(request, len(text))
    return Response(text, media_type="application/json")


@api.post(
    "/rooms/{room}/messages",
    responses=failures(401, 403, 404, 409, 413, 415, 422, 507),
    openapi_extra=takes(message_schema(FROM_PARTIES)),
)
async def take(room: RoomPath, seat: Seat, request: Request) -> Held:
    """Take a signed message of one's own seat; the same message again changes nothing."""
    state = request.app.state
    rooms: Rooms = state.rooms
    message = await rooms.in_thread(message_from_dict, await body_of(request))
    _check_own(message, room, seat)
    try:
        taken = await rooms.take(room, message)
    except Refused as refused:
        _count(state.metrics, message, refused.code)
        raise
    _count(state.metrics, message, "held" if taken.held else "taken")
    return Held(held=taken.held, entries=taken.entries)


@api.get(
    "/rooms/{room}/events",
    responses={
        200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}},
        **failures(*IN_ROOM),
    },
    response_class=StreamingResponse,
)
async def events(
    room: RoomPath,
    seat: Seat,
    request: Request,
    from_: From = 0,
    last: Annotated[str | None, Header(alias="Last-Event-ID", max_length=10)] = None,
) -> StreamingResponse:
    """Send entries from one on as they come, and where the room stands whenever that changes."""
    streams: Streams = request.app.state.streams
    pay(request, 1)
    start = int(last) + 1 if last is not None and last.isascii() and last.isdigit() else from_
    return streams.begin(address_of(request), room, seat.name, start, partial(owe, request))


@watch.get("/healthz", dependencies=[Depends(anyone)], responses=failures())
async def health(request: Request) -> Health:
    """Return whether the database answers."""
    rooms: Rooms = request.app.state.rooms
    await rooms.in_thread(rooms.book.logs.versions, [])
    return Health(status="ok")


@watch.get(
    "/metrics",
    response_class=PlainTextResponse,
    dependencies=[Depends(watcher)],
    responses=failures(401),
)
async def metrics(request: Request) -> PlainTextResponse:
    """Return counts and times to the operator, in Prometheus' text format."""
    state = request.app.state
    rooms: Rooms = state.rooms
    try:
        phases = await rooms.in_thread(rooms.book.logs.phases)
    except Unavailable:
        phases = None
    kind = "text/plain; version=0.0.4; charset=utf-8"
    return PlainTextResponse(state.metrics.text(phases), media_type=kind)


def _check_own(message: Message, room: str, seat: Access) -> None:
    """Raise `Refused` where a message is not for this room, or not of whoever sends it."""
    if message.room != room:
        raise Refused("room", "it is of another room", place="message.room")
    if seat.name is None or message.author != seat.name:
        raise Refused("seat", "the seat is another's", place="message.author")


def _count(metrics: Metrics, message: Message, result: str) -> None:
    metrics.count("comity_messages_total", type=message.type, result=result)
