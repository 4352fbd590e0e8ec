"""HEAD on the readers' site: the answer to GET without its body (RFC 9110, section 9.3.2)."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Part

DESK = "/desk"
"""What the desk's paths begin with; an answer there may have no end."""


class Heads:
    """Answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; one of HEAD outside the desk as if it were GET."""
        asked = scope["type"] == "http" and scope["method"] == "HEAD"
        if not asked or scope["path"].startswith(DESK):
            await self.app(scope, receive, send)
            return

        async def headers_only(part: Part) -> None:
            await send({**part, "body": b""} if part["type"] == "http.response.body" else part)

        await self.app({**scope, "method": "GET"}, receive, headers_only)
