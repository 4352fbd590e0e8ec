"""What is answered where something is wrong: one form for all."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

from comity.core.errors import ComityError

STATUS_OF = {
    "form": 422,
    "origin": 403,
    "csrf": 403,
    "token": 401,
    "unknown": 404,
    "method": 405,
    "slow": 408,
    "stale": 409,
    "size": 413,
    "media": 415,
    "rate": 429,
    "server": 500,
    "store": 503,
    "disk": 507,
}
"""Status of each code that any server may answer with; a server may have more."""

CODE_OF = {404: "unknown", 405: "method"}
"""Codes of what the router itself refuses; all else it refuses is `form`."""
RETRY_SECONDS = 2
"""Seconds after which a database that did not answer may be asked again."""
LONGEST = 300
"""Characters of a part of an error: nobody gets back the megabyte that was wrong."""


class Denied(ComityError):
    """A request that the server does not answer, with the code of the reason."""

    def __init__(self, code: str, message: str, *, retry: float | None = None, **at: Any) -> None:
        super().__init__(message, **at)
        self.code = code
        self.retry = retry


def answer(
    code: str, error: ComityError, retry: float | None = None, status: int | None = None
) -> JSONResponse:
    """Return an error as a response; codes that are not in `STATUS_OF` come with their status."""
    parts = {name: getattr(error, name) for name in ("place", "found", "expected")}
    told = {name: None if value is None else whole(value) for name, value in parts.items()}
    body = {"error": {"code": code, "message": whole(error.message), **told}}
    headers = {} if retry is None else {"Retry-After": str(max(1, round(retry)))}
    if code == "token":
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, STATUS_OF[code] if status is None else status, headers)


def whole(value: object) -> str:
    """Return short text that UTF-8 can hold; hostile text is long, or holds half a character."""
    text = str(value)
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "..."
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")
