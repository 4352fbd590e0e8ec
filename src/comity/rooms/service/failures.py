"""What is answered where something is wrong: one form for all."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from comity.core.database import Unavailable
from comity.core.errors import ComityError
from comity.rooms.protocol.state import Refused
from comity.rooms.service.book import NoRoom
from comity.rooms.web.failing import as_page

STATUS_OF = {
    "form": 422,
    "content": 422,
    "signature": 403,
    "seat": 403,
    "origin": 403,
    "csrf": 403,
    "token": 401,
    "unknown": 404,
    "method": 405,
    "room": 409,
    "chain": 409,
    "phase": 409,
    "stale": 409,
    "duplicate": 409,
    "late": 409,
    "size": 413,
    "media": 415,
    "full": 429,
    "rooms": 429,
    "rate": 429,
    "server": 500,
    "store": 503,
    "disk": 507,
}
"""Status of each code; those of the protocol, and those of the server."""

CODE_OF = {404: "unknown", 405: "method"}
RETRY_SECONDS = 2
LONGEST = 300
"""Characters of a part of an error: nobody gets back the megabyte that was wrong."""


class Denied(ComityError):
    """A request that the server does not answer, with the code of the reason."""

    def __init__(self, code: str, message: str, *, retry: float | None = None, **at: Any) -> None:
        super().__init__(message, **at)
        self.code = code
        self.retry = retry


def code_of(error: ComityError) -> str:
    """Return the code that an error is answered with."""
    if isinstance(error, (Refused, Denied)):
        return error.code
    if isinstance(error, Unavailable):
        return "store"
    return "unknown" if isinstance(error, NoRoom) else "form"


def answer(code: str, error: ComityError, retry: float | None = None) -> JSONResponse:
    """Return an error as a response."""
    parts = {name: getattr(error, name) for name in ("place", "found", "expected")}
    told = {name: None if value is None else _whole(value) for name, value in parts.items()}
    body = {"error": {"code": code, "message": _whole(error.message), **told}}
    headers = {} if retry is None else {"Retry-After": str(max(1, round(retry)))}
    if code == "token":
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, STATUS_OF[code], headers)


def handle_failures(app: FastAPI) -> None:
    """Have an app answer all its failures in one form: JSON, or a page where a person looks."""
    app.add_exception_handler(ComityError, _comity)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)


async def _comity(request: Request, error: Exception) -> Response:
    assert isinstance(error, ComityError)
    code = code_of(error)
    if code == "store":
        request.app.state.metrics.count("comity_store_errors_total")
        return as_page(request, code, answer(code, error, RETRY_SECONDS))
    retry = error.retry if isinstance(error, Denied) else None
    return as_page(request, code, answer(code, error, retry))


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return as_page(request, "form", answer("form", ComityError(str(first["msg"]), place=place)))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = CODE_OF.get(error.status_code, "form")
    response = answer(code, ComityError(str(error.detail)))
    response.status_code = error.status_code
    response.headers.update(error.headers or {})
    return as_page(request, code, response)


def _whole(value: object) -> str:
    """Return short text that UTF-8 can hold; hostile text is long, or holds half a character."""
    text = str(value)
    shown = text if len(text) <= LONGEST else text[:LONGEST] + "..."
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")
