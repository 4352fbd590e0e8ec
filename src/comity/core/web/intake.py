"""How much a request may bring."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Part

from comity.core.errors import ComityError
from comity.core.web.failures import answer


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
