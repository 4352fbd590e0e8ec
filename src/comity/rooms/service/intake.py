"""What a request may bring: its size, its nesting, and JSON that means one thing only."""

from __future__ import annotations

import json
import re
from typing import Any

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Part

from comity.core.errors import ComityError
from comity.rooms.service.access import pay
from comity.rooms.service.failures import Denied, answer
from comity.rooms.service.rooms import Rooms

STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""A string, or what is left after a quote that nothing closes: otherwise each quote within would be
tried as a beginning, and two megabytes of them would take hours."""
BRACKETS = b"[]{}"
OTHERS = bytes(set(range(256)) - set(BRACKETS))


class BodyLimit:
    """Reads at most so many bytes of any request, and answers 413 instead of reading on."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its whole body, or refuse it."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        body = await self._body(scope, receive)
        if body is None:
            error = ComityError("the body is too long", expected=f"at most {self.most} bytes")
            await answer("size", error)(scope, receive, send)
            return
        await self.app(scope, _replayed(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        claimed = dict(scope["headers"]).get(b"content-length", b"0")
        if not claimed.isdigit() or int(claimed) > self.most:
            return None
        pieces, size = [], 0
        while True:
            part = await receive()
            piece = part.get("body", b"")
            size += len(piece)
            if size > self.most:
                return None
            pieces.append(piece)
            if not part.get("more_body", False):
                return b"".join(pieces)


def _replayed(body: bytes, receive: Receive) -> Receive:
    parts: list[Part] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Part:
        return parts.pop() if parts else await receive()

    return replay


def read_json(body: bytes, depth: int) -> Any:
    """Return the JSON in a body; raise `Denied` where it is not plain JSON of one meaning.

    Refused are nesting deeper than ``depth``, names that come twice, and numbers that are not
    finite: two readers would read two things.

    Examples
    --------
    >>> read_json(b'{"a": [1]}', 2)
    {'a': [1]}
    >>> read_json(b'{"a": [1]}', 1)
    Traceback (most recent call last):
    comity.rooms.service.failures.Denied: the JSON is nested too deeply (expected at most 1)
    """
    if _depth(body) > depth:
        raise Denied("form", "the JSON is nested too deeply", expected=f"at most {depth}")
    try:
        text = body.decode("utf-8")
        return json.loads(text, object_pairs_hook=_once, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise Denied("form", "the body is not JSON", found=str(error)[:80]) from error


async def body_of(request: Request, weight: int = 1) -> Any:
    """Return the JSON that a request brings; raise `Denied` where it is none, or too much at once.

    ``weight`` is how much harder than JSON it is to read what is in it.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise Denied("media", "not JSON", place="Content-Type", expected="application/json")
    state = request.app.state
    rooms: Rooms = state.rooms
    body = await request.body()
    pay(request, weight * len(body))
    return await rooms.in_thread(read_json, body, state.settings.limits.depth)


def _depth(body: bytes) -> int:
    """Return how deeply JSON is nested; anything else is refused when it is read."""
    deepest = level = 0
    for byte in STRING.sub(b"", body).translate(None, OTHERS):
        level += 1 if byte in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _finite(word: str) -> Any:
    raise ValueError(f"{word} is not JSON")
