"""What every request passes through: headers, one log line, and an end to every failure."""

from __future__ import annotations

import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Part

from comity.core.errors import ComityError
from comity.core.web.failures import answer
from comity.core.web.logs import event, failure

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
PUBLIC = "/static/"
"""Paths that hold nothing private; all others are not to be kept by anybody."""
STRICT_TRANSPORT = "max-age=31536000"


class Shell:
    """The outermost layer.

    Parameters
    ----------
    secure : whether browsers reach the server over TLS, and are to stay there.
    """

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; where that fails, with 500 and no word of why."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def dressed(part: Part) -> None:
            nonlocal status
            if part["type"] == "http.response.start":
                status = part["status"]
                self._dress(MutableHeaders(scope=part), scope["path"])
            await send(part)

        try:
            await self.app(scope, receive, dressed)
        except Exception as error:  # noqa: BLE001 - the last place where anything is caught
            failure("a request failed", error)
            if status == 0:
                await answer("server", ComityError("the server failed"))(scope, receive, dressed)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self.note(scope["method"], route, status, time.monotonic() - begun)

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Log an answer, by the pattern of its path: a path itself may hold a secret."""
        milliseconds = round(1000 * seconds, 1)
        event("info", "request", method=method, route=route, status=status, ms=milliseconds)

    def _dress(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if not path.startswith(PUBLIC):
            headers.setdefault("Cache-Control", "no-store")
        if self.secure:
            headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
