"""Scripts and styles, all from this server."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.core.web.failures import Denied
from comity.newsletter.desk.rendering import PACKAGE
from comity.newsletter.editions.web.site import PACKAGE as SITE_PACKAGE

LOOK = "comity.core.page"
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""Kind of content by ending; nothing else is served."""

assets = APIRouter(include_in_schema=False)


@assets.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """Return a file that a browser may keep, and asks about each time."""
    content = _files().get(name)
    if content is None:
        raise Denied("unknown", "there is no such file", place="path")
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=KINDS[PurePosixPath(name).suffix], headers=headers)


@cache
def _files() -> dict[str, bytes]:
    found = {"look.css": (files(LOOK) / "templates" / "style.css").read_bytes()}
    for package in (SITE_PACKAGE, PACKAGE):
        for file in (files(package) / "static").iterdir():
            if PurePosixPath(file.name).suffix in KINDS:
                found[file.name] = file.read_bytes()
    return found
