"""Rendering: templates, with the words of the reader's language."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from comity.core.page.page import environment, version
from comity.language import LANGUAGES, Words, choose, words_of

PACKAGE = "comity.rooms.web"
COOKIE = "comity-language"
YEAR = 365 * 86400


def words_for(request: Request) -> Words:
    """Return the words of the language that a request asks for.

    A choice made now goes first, then one made earlier, then what the browser says.
    """
    stated = request.query_params.get("lang"), request.cookies.get(COOKIE)
    return words_of(choose(request.headers.get("accept-language", ""), *stated))


def page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Return a page, or a part of one, in the reader's language."""
    words = words_for(request)
    html = (
        environment(PACKAGE)
        .get_template(f"{template}.html.j2")
        .render(
            t=words.say,
            words=words,
            languages=LANGUAGES,
            path=request.url.path,
            query=_query(request),
            version=version(),
            **context,
        )
    )
    response = HTMLResponse(html, status, {"Content-Language": words.tag})
    response.headers["Vary"] = "Accept-Language, Cookie"
    if request.query_params.get("lang") in LANGUAGES:
        _remember(request, response, words.code)
    return response


def lost(request: Request) -> Response:
    """Return the page that says that a link opens no room."""
    return page(request, "lost", 404)


def _query(request: Request) -> str:
    """Return the rest of the query, for links that only change the language."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k == "about"]
    return "".join(f"&{key}={value}" for key, value in kept if value.isidentifier())


def _remember(request: Request, response: Response, code: str) -> None:
    secure = request.app.state.settings.secure
    response.set_cookie(
        COOKIE, code, max_age=YEAR, path="/", secure=secure, httponly=True, samesite="lax"
    )
