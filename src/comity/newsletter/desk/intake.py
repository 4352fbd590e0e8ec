"""How much a request may bring: little from anybody, more at the desk, a file to its import."""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from comity.core.web.intake import BodyLimit
from comity.newsletter.desk.access import session_of

IMPORT = "/desk/import"


class Intake:
    """Passes a request on with its whole body, or refuses one that brings more than it may."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body up to what its sender and path allow."""
        most = most_of(Request(scope)) if scope["type"] == "http" else 0
        await BodyLimit(self.app, most)(scope, receive, send)


def most_of(request: Request) -> int:
    """Return the longest body that a request may have, in bytes."""
    state = request.app.state
    limits = state.settings.limits
    secret = session_of(request)
    if not secret or state.doors.editor(secret) is None:
        return int(limits.open_body)
    path = request.url.path
    return int(limits.body if path == IMPORT or path.startswith(f"{IMPORT}/") else limits.form)
