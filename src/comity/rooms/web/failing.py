"""Failures as pages, for people; programs are told in JSON."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

from comity.language import Words
from comity.rooms.web.pages import lost, page, words_for

PROGRAMS = ("/api/", "/static/", "/healthz", "/metrics", "/openapi.json")
"""Beginnings of paths that people do not open."""

LINKS = ("/rooms/", "/s/")
"""Beginnings of paths that a link leads to."""

NOWHERE = ("unknown", "form", "token", "method")
"""Codes of addresses at which there is nothing to see."""

SAID_AS = {"size": "large", "store": "busy", "server": "busy"}
"""Codes that have no words of their own."""


def as_page(request: Request, code: str, response: Response) -> Response:
    """Return a failure as a page where a person's browser asks for one, else as it is.

    The page has the status and the headers of the response; where a link leads nowhere it says what
    a wrong link says, whatever is wrong with it.
    """
    path, accepted = request.url.path, request.headers.get("accept", "")
    if "text/html" not in accepted or path.startswith(PROGRAMS):
        return response
    if code in NOWHERE and path.startswith(LINKS):
        return lost(request)
    heading, text = _told(words_for(request), code)
    shown = page(request, "failed", response.status_code, heading=heading, text=text)
    for name in ("retry-after", "allow"):
        if name in response.headers:
            shown.headers[name] = response.headers[name]
    return shown


def _told(words: Words, code: str) -> tuple[str, str]:
    """Return a heading and a sentence for a failure."""
    if code in NOWHERE:
        return words.say("site.nowhere"), words.say("site.nowhere_note")
    key = f"code.{SAID_AS.get(code, code)}"
    known = words.has(key)
    return words.say("site.failed"), words.say(key) if known else words.say("site.failed_note")
