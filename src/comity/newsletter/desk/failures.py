"""Failures, as pages for people and as JSON for programs and scripts."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from comity.core.database import Conflict, Unavailable
from comity.core.errors import ComityError
from comity.core.web.failures import CODE_OF, RETRY_SECONDS, Denied, answer
from comity.newsletter.desk.rendering import failed

HEADINGS = {
    "form": "That cannot be used",
    "origin": "That came from another site",
    "csrf": "This page is too old",
    "token": "The desk is closed",
    "unknown": "Nothing is here",
    "method": "Nothing is here",
    "stale": "Somebody else came first",
    "size": "That is too large",
    "media": "That cannot be used",
    "rate": "Too many requests",
    "store": "The database does not answer",
}
"""What a page says, by code."""


def handle_failures(app: FastAPI) -> None:
    """Have an app answer all its failures in one form."""
    app.add_exception_handler(ComityError, _comity)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)


def code_of(error: ComityError) -> str:
    """Return the code that an error is answered with."""
    if isinstance(error, Denied):
        return error.code
    if isinstance(error, Conflict):
        return "stale"
    return "store" if isinstance(error, Unavailable) else "form"


async def _comity(request: Request, error: Exception) -> Response:
    assert isinstance(error, ComityError)
    code = code_of(error)
    retry = error.retry if isinstance(error, Denied) else None
    response = answer(code, error, RETRY_SECONDS if code == "store" else retry)
    return _shown(request, code, error, response)


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    told = ComityError(str(first["msg"]), place=".".join(map(str, first["loc"])))
    return _shown(request, "form", told, answer("form", told))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = CODE_OF.get(error.status_code, "form")
    told = ComityError("there is no such page" if code == "unknown" else str(error.detail))
    response = answer(code, told, status=error.status_code)
    response.headers.update(error.headers or {})
    return _shown(request, code, told, response)


def _shown(request: Request, code: str, error: ComityError, response: Response) -> Response:
    """Return a failure as a page where a person's browser asks for one, else as it is."""
    if "text/html" not in request.headers.get("accept", ""):
        return response
    page = failed(request, HEADINGS.get(code, "That did not work"), error, response.status_code)
    if "retry-after" in response.headers:
        page.headers["Retry-After"] = response.headers["retry-after"]
    return page
