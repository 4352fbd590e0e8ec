"""The JSON that a page sends."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from comity.rooms.service.failures import Denied
from comity.rooms.service.intake import read_json
from comity.rooms.service.rooms import Rooms


async def body(request: Request) -> Any:
    """Return the JSON in the body of a request; raise `Denied` where it is none."""
    state = request.app.state
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Denied("media", "not JSON", place="Content-Type", expected="application/json")
    rooms: Rooms = state.rooms
    return await rooms.in_thread(read_json, await request.body(), state.settings.limits.depth)
