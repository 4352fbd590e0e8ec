"""What pages load: scripts, styles and words, all from this server."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.core.web.failures import Denied
from comity.language import LANGUAGES, words_of
from comity.rooms.web.examples import EXAMPLES, example

HERE = "comity.rooms.web"
LOOK = "comity.core.page"

KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
"""Kind of content by ending; nothing else is served."""

assets = APIRouter(include_in_schema=False)


@assets.get("/static/words/{name}")
async def words(name: str, request: Request) -> Response:
    """Return the words of a language as plain JSON."""
    return _cached(request, _words(name), ".json")


@assets.get("/static/examples/{name}")
async def shipped(name: str, request: Request) -> Response:
    """Return a shipped Case: its terms, and every party's view."""
    return _cached(request, _example(name), ".json")


@assets.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """Return a script or a style."""
    return _cached(request, _file(name), PurePosixPath(name).suffix)


def _cached(request: Request, content: bytes, ending: str) -> Response:
    """Return content that a browser may keep, and asks about each time."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=KINDS[ending], headers=headers)


@cache
def _names() -> frozenset[str]:
    folder = files(HERE) / "static"
    return frozenset(f.name for f in folder.iterdir() if PurePosixPath(f.name).suffix in KINDS)


@cache
def _file(name: str) -> bytes:
    if name == "look.css":
        return (files(LOOK) / "templates" / "style.css").read_bytes()
    if name not in _names():
        raise Denied("unknown", "there is no such file", place="path")
    return (files(HERE) / "static" / name).read_bytes()


@cache
def _words(name: str) -> bytes:
    code, _, ending = name.partition(".")
    if code not in LANGUAGES or ending != "json":
        raise Denied("unknown", "there is no such language", place="path")
    spoken = words_of(code)
    data = {"code": code, "tag": spoken.tag, "entries": dict(spoken.entries)}
    return json.dumps(data, ensure_ascii=False).encode()


@cache
def _example(name: str) -> bytes:
    stem, _, ending = name.partition(".")
    if stem not in EXAMPLES or ending != "json":
        raise Denied("unknown", "there is no such example", place="path")
    found = example(stem)
    data = {"terms": dict(found.terms.data), "reports": found.reports, "about": found.about}
    return json.dumps(data, ensure_ascii=False).encode()
