"""What a request may do: anybody reads the site; the desk takes a session and our own forms."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from comity.core.web.failures import Denied
from comity.core.web.rates import Rates
from comity.core.web.senders import address_of, is_foreign
from comity.newsletter.desk.doors import Doors, Editor
from comity.newsletter.desk.settings import Settings

SAFE_METHODS = ("GET", "HEAD")
CSRF_FIELD, CSRF_HEADER = "csrf", "X-CSRF-Token"
MOST_FIELDS = 20_000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def cookie_name(settings: Settings) -> str:
    """Return the name of the desk's cookie; over TLS no other host can set it."""
    return f"{'__Host-' if settings.secure else ''}comity-desk"


def session_of(request: Request) -> str:
    """Return the secret that a browser shows, or nothing."""
    return request.cookies.get(cookie_name(request.app.state.settings), "")


async def anyone(request: Request) -> None:
    """Count a request against its address; raise `Denied` where there are too many."""
    spend(request, request.app.state.rates)


async def editor_of(request: Request) -> Editor:
    """Return who is at the desk, or raise `Denied`.

    Whoever shows no session is told to use a link. A request that changes something comes from a
    page of ours and brings what only our pages show.
    """
    spend(request, request.app.state.rates)
    doors: Doors = request.app.state.doors
    secret = session_of(request)
    found = doors.editor(secret) if secret else None
    if found is None:
        raise Denied("token", "the desk opens with a link that the server prints when it starts")
    if request.method not in SAFE_METHODS:
        await _check_own(request, found)
    return found


async def fields_of(request: Request) -> dict[str, str]:
    """Return the plain fields of a form; of a name that comes twice, the last."""
    return dict((await _form(request)).fields)


async def lists_of(request: Request) -> dict[str, list[str]]:
    """Return the plain fields of a form, with all values of each."""
    found: dict[str, list[str]] = {}
    for name, text in (await _form(request)).fields:
        found.setdefault(name, []).append(text)
    return found


async def file_of(request: Request) -> tuple[str, bytes]:
    """Return the name and content of the file that a form brings."""
    file = (await _form(request)).file
    if file is None or not file[0]:
        raise Denied("form", "no file was chosen", place="file")
    return file


def own_page(request: Request) -> None:
    """Raise `Denied` where a browser says that another site sent a request."""
    if is_foreign(request, request.app.state.settings.origin):
        raise Denied("origin", "it comes from another site", place="Origin")


def spend(request: Request, rates: Rates) -> None:
    """Count a request; raise `Denied` where its address has sent too many."""
    if wait := rates.wait(address_of(request)):
        raise Denied("rate", "too many requests", retry=wait)


@dataclass(frozen=True)
class _Form:
    """What a form brings: its fields in order, and at most one file."""

    fields: tuple[tuple[str, str], ...]
    file: tuple[str, bytes] | None = None


async def _form(request: Request) -> _Form:
    """Return the form of a request, read once and closed."""
    known: _Form | None = getattr(request.state, "form", None)
    if known is not None:
        return known
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in FORMS:
        raise Denied("media", "not a form", place="Content-Type", expected=" or ".join(FORMS))
    most = request.app.state.settings.limits.body
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=most) as form:
        parts = form.multi_items()
        uploads = [part for _, part in parts if isinstance(part, UploadFile)]
        file = ((uploads[0].filename or "")[:200], await uploads[0].read()) if uploads else None
    found = _Form(tuple((name, part) for name, part in parts if isinstance(part, str)), file)
    request.state.form = found
    return found


async def _check_own(request: Request, editor: Editor) -> None:
    own_page(request)
    given = request.headers.get(CSRF_HEADER) or (await fields_of(request)).get(CSRF_FIELD, "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), editor.csrf.encode()):
        raise Denied("csrf", "it lacks the value that our own page shows", place=CSRF_FIELD)


Desk = Annotated[Editor, Depends(editor_of)]
Fields = Annotated[Mapping[str, str], Depends(fields_of)]
Lists = Annotated[Mapping[str, list[str]], Depends(lists_of)]
File = Annotated[tuple[str, bytes], Depends(file_of)]
