"""What is answered where something is wrong: one form for all."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from comity.core.database import Unavailable
from comity.core.errors import ComityError
from comity.core.web.failures import CODE_OF, RETRY_SECONDS, Denied
from comity.core.web.failures import STATUS_OF as STATUSES
from comity.core.web.failures import answer as plain_answer
from comity.rooms.protocol.state import Refused
from comity.rooms.service.book import NoRoom
from comity.rooms.web.failing import as_page

STATUS_OF = {
    **STATUSES,
    "content": 422,
    "signature": 403,
    "seat": 403,
    "room": 409,
    "chain": 409,
    "phase": 409,
    "duplicate": 409,
    "late": 409,
    "full": 429,
    "rooms": 429,
}
"""Status of each code; those of the protocol, and those of the server."""


def code_of(error: ComityError) -> str:
    """Return the code that an error is answered with."""
    if isinstance(error, (Refused, Denied)):
        return error.code
    if isinstance(error, Unavailable):
        return "store"
    return "unknown" if isinstance(error, NoRoom) else "form"


def answer(code: str, error: ComityError, retry: float | None = None) -> JSONResponse:
    """Return an error as a response."""
    return plain_answer(code, error, retry, STATUS_OF[code])


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
