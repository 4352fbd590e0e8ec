"""How much a request may bring, and how long that may take."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Part

from comity.core.web.failures import Denied, answer

PATIENCE_SECONDS = 20.0
"""How long a body may take that brings nothing."""
LEAST_RATE = 1000.0
"""Bytes that earn one second more."""


class BodyLimit:
    """Reads at most so many bytes of any request, and answers 413 instead of reading on.

    Whoever sends them drop by drop is answered 408: a few hundred such requests would else hold
    all connections of a server. Where a sender hangs up midway, nobody hears of the request.
    """

    def __init__(self, app: ASGIApp, most: int, patience: float = PATIENCE_SECONDS) -> None:
        self.app = app
        self.most = most
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its whole body, or refuse it."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        try:
            body = await self._body(scope, receive)
        except Denied as error:
            response = answer(error.code, error)
            # What is left of the body is not read: the connection is of no more use.
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
        except ClientDisconnect:
            return
        else:
            await self.app(scope, _replayed(body, receive), send)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        claimed = dict(scope["headers"]).get(b"content-length", b"0")
        if not claimed.isdigit() or int(claimed) > self.most:
            raise self._too_long()
        pieces, size = [], 0
        begun = asyncio.get_running_loop().time()
        while True:
            part = await self._part(receive, begun + self.patience + size / LEAST_RATE)
            piece = part.get("body", b"")
            size += len(piece)
            if size > self.most:
                raise self._too_long()
            pieces.append(piece)
            if not part.get("more_body", False):
                return b"".join(pieces)

    async def _part(self, receive: Receive, deadline: float) -> Part:
        try:
            async with asyncio.timeout_at(deadline):
                part = await receive()
        except TimeoutError as error:
            raise Denied("slow", "the body did not come in time") from error
        if part["type"] == "http.disconnect":
            raise ClientDisconnect
        return part

    def _too_long(self) -> Denied:
        return Denied("size", "the body is too long", expected=f"at most {self.most} bytes")


def _replayed(body: bytes, receive: Receive) -> Receive:
    parts: list[Part] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Part:
        return parts.pop() if parts else await receive()

    return replay
